// The caption editor. What is typed is kept in this browser until it is saved; a save never overwrites a version.
(() => {
  const page = document.querySelector("[data-captions]");
  if (!page) return;
  const data = JSON.parse(document.getElementById("captions-data").textContent);
  const video = page.querySelector("video");
  const list = page.querySelector("[data-cues]");
  const find = (name) => page.querySelector(`[data-${name}]`);
  const readOnly = page.hasAttribute("data-read-only");
  let cues = data.cues.map(([start, end, text]) => ({ start, end, text }));
  let base = data.number;
  let dirty = false;

  // ---- times and rules -------------------------------------------------------------------------------
  const clock = (seconds) => {
    const hundredths = Math.round(Math.max(seconds, 0) * 100);
    const [minutes, rest] = [Math.floor(hundredths / 6000), hundredths % 6000];
    const two = (number) => String(number).padStart(2, "0");
    const head = minutes >= 60 ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}` : String(minutes);
    return `${head}:${two(Math.floor(rest / 100))}.${two(rest % 100)}`;
  };
  const seconds = (text) => {
    const parts = text.trim().replaceAll("：", ":").replace(",", ".").split(":");
    if (parts.length > 3 || parts.some((part) => !/^\d+(\.\d+)?$/.test(part))) return NaN;
    return Math.round(parts.reduce((sum, part) => sum * 60 + Number(part), 0) * 100) / 100;
  };
  const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u2014\u2018-\u201d\u2026]/;
  const width = (text) => [...text].reduce((sum, each) => sum + (wide.test(each) ? 1 : 0.5), 0);
  const spoken = (text) => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
  const error = (cue) => {
    if (Number.isNaN(cue.start) || Number.isNaN(cue.end)) return "时间请写成 分:秒，如 1:02.50";
    if (cue.end <= cue.start) return "结束要晚于开始";
    if (!cue.text.trim()) return "没有文字";
    if (data.duration && cue.start >= data.duration) return `视频只有 ${clock(data.duration)}`;
    return "";
  };
  const hint = (cue) => {
    const { limits } = data;
    const lines = cue.text.split("\n");
    const speed = spoken(cue.text) / (cue.end - cue.start);
    const widest = Math.max(...lines.map(width));
    return [
      widest > limits.width && `一行 ${widest} 字宽，建议不超过 ${limits.width}`,
      lines.length > limits.lines && `${lines.length} 行，建议不超过 ${limits.lines}`,
      cue.end - cue.start > limits.longest && `显示 ${(cue.end - cue.start).toFixed(1)} 秒，建议不超过 ${limits.longest}`,
      speed > limits.fastest + 0.05 && `每秒 ${speed.toFixed(1)} 字，建议不超过 ${limits.fastest}`,
    ].filter(Boolean).join("；");
  };

  // ---- the list --------------------------------------------------------------------------------------
  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const button = (act, label) => {
    const made = element("button", { type: "button", className: "captions-small", textContent: label });
    made.dataset.act = act;
    return made;
  };
  const input = (name, value, label) => {
    const made = element("input", { value: clock(value), readOnly, inputMode: "decimal" });
    made.dataset.field = name;
    made.setAttribute("aria-label", label);
    return made;
  };
  const row = (cue, index) => {
    const number = index + 1;
    const text = element("textarea", { value: cue.text, rows: 2, readOnly });
    text.dataset.field = "text";
    text.setAttribute("aria-label", `第 ${number} 条文字`);
    const times = element("div", { className: "captions-times" }, input("start", cue.start, `第 ${number} 条开始`), input("end", cue.end, `第 ${number} 条结束`));
    const acts = element("div", { className: "captions-acts" }, button("play", `▶ ${number}`));
    acts.firstChild.setAttribute("aria-label", `从第 ${number} 条播放`);
    if (!readOnly) acts.append(button("split", "拆分"), button("merge", "与下条合并"), button("after", "后面加一条"), button("remove", "删除"));
    acts.append(element("span", { className: "captions-hint" }));
    return element("li", { className: "captions-cue" }, times, text, acts);
  };
  const judge = (index) => {
    const [shown, cue] = [list.children[index], cues[index]];
    const wrong = error(cue);
    shown.classList.toggle("is-wrong", Boolean(wrong));
    shown.querySelector(".captions-hint").textContent = wrong ? `✕ ${wrong}` : hint(cue) && `! ${hint(cue)}`;
  };
  const draw = (focus) => {
    list.replaceChildren(...cues.map(row));
    cues.forEach((_, index) => judge(index));
    find("count").textContent = cues.length ? `${cues.length} 条` : "";
    find("empty").hidden = cues.length > 0;
    if (focus !== undefined) list.children[Math.min(focus, cues.length - 1)]?.querySelector("textarea").focus();
    preview();
    follow();
  };

  // ---- the player ------------------------------------------------------------------------------------
  const track = video.addTextTrack("captions", "字幕", "zh-Hans");
  track.mode = "showing";
  function preview() {
    [...(track.cues ?? [])].forEach((cue) => track.removeCue(cue));
    cues.filter((cue) => !error(cue)).forEach((cue) => track.addCue(new VTTCue(cue.start, cue.end, cue.text.replace(/[&<]/g, (sign) => (sign === "&" ? "&amp;" : "&lt;")))));
  }
  function follow() {
    const now = video.currentTime + 0.01;
    cues.forEach((cue, index) => {
      const isNow = cue.start <= now && now < cue.end;
      const shown = list.children[index];
      if (isNow && !shown.classList.contains("is-now") && !video.paused && !list.contains(document.activeElement)) {
        shown.scrollIntoView({ block: "nearest" });
      }
      shown.classList.toggle("is-now", isNow);
    });
  }
  const play = (index) => {
    if (Number.isNaN(cues[index].start)) return;
    video.currentTime = cues[index].start;
    video.play().catch(() => {});
  };
  video.addEventListener("timeupdate", follow);
  video.addEventListener("seeking", follow);
  const wanted = new URLSearchParams(location.hash.slice(1)).get("t");
  if (wanted) video.currentTime = Number(wanted) || 0;

  // ---- drafts: one per tab, so that two tabs never write over each other ------------------------------
  const PREFIX = `anke-captions-${data.video}-`;
  const tab = (sessionStorage.ankeTab ??= crypto.randomUUID?.() ?? String(Math.random()));
  const keep = () => {
    try {
      localStorage.setItem(PREFIX + tab, JSON.stringify({ base, cues, at: Date.now() }));
    } catch {
      status("浏览器存不下草稿，请尽快保存");
    }
  };
  const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))
    .sort((one, other) => other.at - one.at);
  const status = (text) => { if (find("status")) find("status").textContent = text; };
  const changed = () => {
    dirty = true;
    find("save").disabled = false;
    status("有没有保存的修改（已存在本机）");
    keep();
  };
  const notice = (sentence, ...choices) => {
    const box = find("notice");
    box.replaceChildren(element("p", { textContent: sentence }), ...choices.map(([label, act]) =>
      element("button", { type: "button", className: "captions-small", textContent: label, onclick: () => { box.hidden = true; act(); } })));
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
  };
  const take = (draft) => {
    if (draft.key !== PREFIX + tab) localStorage.removeItem(draft.key);
    cues = draft.cues.map((cue) => ({ ...cue, start: cue.start ?? NaN, end: cue.end ?? NaN }));
    draw();
    changed();
  };
  const offer = (draft) => {
    const when = new Date(draft.at).toLocaleString("zh-CN", { dateStyle: "long", timeStyle: "short" });
    const older = draft.base === base ? "" : `，是在第 ${draft.base} 版上改的，现在已经是第 ${base} 版`;
    const drop = ["丢弃", () => { localStorage.removeItem(draft.key); restore(); }];
    if (draft.key === PREFIX + tab && !older) {
      take(draft);
      notice(`已恢复 ${when} 没有保存的修改。`, ["好", () => {}], ["放弃修改", () => { localStorage.removeItem(draft.key); location.reload(); }]);
    } else {
      notice(`本机有 ${when} 没有保存的修改${older}。`, ["用这份修改", () => take(draft)], drop);
    }
  };
  const restore = () => {
    const mine = drafts();
    const own = mine.find((draft) => draft.key === PREFIX + tab);
    if (own ?? mine[0]) offer(own ?? mine[0]);
  };

  // ---- editing ---------------------------------------------------------------------------------------
  const acts = {
    play,
    split: (index) => {
      const cue = cues[index];
      const text = list.children[index].querySelector("textarea");
      const at = text.selectionStart > 0 && text.selectionStart < cue.text.length ? text.selectionStart : Math.ceil(cue.text.length / 2);
      if (cue.text.length < 2 || error(cue)) return;
      const middle = Math.round((cue.start + ((cue.end - cue.start) * at) / cue.text.length) * 100) / 100;
      cues.splice(index, 1, { start: cue.start, end: middle, text: cue.text.slice(0, at).trim() }, { start: middle, end: cue.end, text: cue.text.slice(at).trim() });
      return index + 1;
    },
    merge: (index) => {
      if (index + 1 >= cues.length) return;
      const [one, two] = cues.splice(index, 2);
      cues.splice(index, 0, { start: one.start, end: two.end, text: `${one.text}\n${two.text}` });
      return index;
    },
    after: (index) => add(cues[index].end || 0, index + 1),
    remove: (index) => { cues.splice(index, 1); return index; },
  };
  const add = (start, index) => {
    const following = cues[index]?.start ?? data.duration ?? start + 3;
    cues.splice(index, 0, { start, end: Math.max(start + 0.5, Math.min(start + 3, following)), text: "" });
    return index;
  };
  const perform = (name, index) => {
    const focus = acts[name](index);
    if (focus === undefined) return;
    draw(focus);
    changed();
  };
  const indexOf = (node) => [...list.children].indexOf(node.closest(".captions-cue"));

  list.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-act]");
    if (pressed) perform(pressed.dataset.act, indexOf(pressed));
    else if (event.target.matches("textarea") && video.paused) video.currentTime = cues[indexOf(event.target)].start || 0;
  });
  list.addEventListener("input", (event) => {
    const [index, { field }] = [indexOf(event.target), event.target.dataset];
    cues[index][field] = field === "text" ? event.target.value : seconds(event.target.value);
    judge(index);
    changed();
  });
  list.addEventListener("change", (event) => {
    if (event.target.dataset.field === "text") { preview(); return; }
    const cue = cues[indexOf(event.target)];
    cues.sort((one, other) => one.start - other.start);
    draw(cues.indexOf(cue));
  });
  page.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); if (!readOnly) save(); return; }
    if (!list.contains(event.target)) return;
    const index = indexOf(event.target);
    const go = (to) => list.children[to]?.querySelector("textarea").focus();
    const keys = {
      ArrowUp: () => go(index - 1), ArrowDown: () => go(index + 1),
      p: () => (video.paused ? play(index) : video.pause()), m: () => perform("merge", index), Delete: () => perform("remove", index),
    };
    const act = event.ctrlKey && event.key === "Enter" ? () => perform("split", index) : event.altKey && keys[event.key];
    if (!act || (readOnly && !/^Arrow|p/.test(event.key))) return;
    event.preventDefault();
    act();
  });

  // ---- saving ----------------------------------------------------------------------------------------
  async function save(over = base) {
    const wrong = cues.findIndex(error);
    if (wrong >= 0) {
      status(`没有保存：第 ${wrong + 1} 条${error(cues[wrong])}`);
      list.children[wrong].querySelector("textarea").focus();
      return;
    }
    status("正在保存……");
    const sent = JSON.stringify(cues);
    let answer, told;
    try {
      answer = await fetch(page.dataset.captions, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": page.dataset.csrf },
        body: JSON.stringify({ based_on: over, cues: cues.map((cue) => [cue.start, cue.end, cue.text]) }),
      });
      told = await answer.json();
    } catch {
      status(answer?.status === 403 || answer?.redirected ? "登录已失效：请在新窗口登录后再保存，修改还在" : "没有连上服务器，修改还在本机，请再保存一次");
      return;
    }
    if (answer.ok) {
      base = told.number;
      dirty = JSON.stringify(cues) !== sent;
      if (dirty) { keep(); status("有没有保存的修改"); return; }
      localStorage.removeItem(PREFIX + tab);
      find("save").disabled = true;
      status(`已保存为第 ${base} 版`);
      return;
    }
    status("没有保存");
    if (answer.status !== 409) { notice(told.error, ["好", () => {}]); return; }
    notice(told.error,
      ["在新窗口看新版", () => window.open(location.pathname)],
      [`保存我的（成为第 ${told.number + 1} 版，对方的留在版本里）`, () => save(told.number)]);
  }

  if (!readOnly) {
    find("save").addEventListener("click", () => save());
    find("add").addEventListener("click", () => {
      const now = Math.round(video.currentTime * 100) / 100;
      const index = cues.findIndex((cue) => cue.start > now);
      const at = add(now, index < 0 ? cues.length : index);
      draw(at);
      changed();
    });
    window.addEventListener("beforeunload", (event) => { if (dirty) { keep(); event.preventDefault(); } });
  }
  draw();
  if (!readOnly) restore();
})();
