// The native player with our controls, one per [data-player]. Any element with data-seek (seconds) moves the
// player of its own [data-player-scope], or else the page's first; with data-play it plays from there. One plays
// at a time.
(() => {
  const CHOICE = "anke-quality";
  const players = [...document.querySelectorAll("[data-player]")].map(setUp);
  let current = players[0];
  if (!current) return;

  const ofElement = (element) => players.find((player) => player.frame.contains(element));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-seek]");
    if (!button) return;
    const scope = button.closest("[data-player-scope]") ?? document;
    current = ofElement(scope.querySelector("[data-player] video")) ?? current;
    current.seek(Number(button.dataset.seek));
    if ("play" in button.dataset) current.play();
    current.frame.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });
  for (const name of ["focusin", "pointerdown", "play"]) {
    document.addEventListener(name, (event) => { current = ofElement(event.target) ?? current; }, true);
  }
  document.addEventListener("play", (event) => {
    if (!ofElement(event.target)) return;
    players.forEach((player) => player.frame.contains(event.target) || player.pause());
  }, true);
  document.addEventListener("keydown", (event) => {
    const inside = ofElement(event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (!inside && event.target !== document.body) return;
    if (event.target.matches("select, textarea, a, [contenteditable], input:not([data-player-position])")) return;
    if (event.key === " " && event.target.matches("button")) return;
    const act = current.keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || (!inside && event.key.startsWith("Arrow") && players.length > 1)) return;
    event.preventDefault();
    act();
  });

  function setUp(frame) {
    const find = (name) => frame.querySelector(`[data-player-${name}]`);
    const video = frame.querySelector("video");
    const [position, quality, captions] = [find("position"), find("quality"), find("captions")];
    const peek = setUpPeek(frame, find, length);
    const failed = new Set();
    let kept = null;

    function length() {
      return Number.isFinite(video.duration) ? video.duration : Number(frame.dataset.duration);
    }
    const seek = (second) => {
      const within = Math.min(Math.max(second, 0), length() || second);
      if (kept) kept.second = within;
      video.currentTime = within;
      follow();
    };
    const play = () => {
      if (kept) kept.playing = true;
      else video.play().catch(() => {});
    };
    const pause = () => {
      if (kept) kept.playing = false;
      video.pause();
    };
    const toggle = () => ((kept ? kept.playing : !video.paused) ? pause() : play());
    const louder = (step) => { video.volume = Math.min(1, Math.max(0, video.volume + step)); video.muted = false; };
    const mute = () => { video.muted = !video.muted; };
    const full = () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (frame.requestFullscreen) frame.requestFullscreen();
      else video.webkitEnterFullscreen?.();
    };
    const caption = () => {
      if (captions.hidden) return;
      captions.value = captions.value === "-1" ? captions.options[1].value : "-1";
      showCaptions();
    };
    const by = (step) => () => {
      seek((kept?.second ?? video.currentTime) + step);
      if (document.activeElement === position) peek.at(video.currentTime);
    };
    const keys = {
      " ": toggle, k: toggle, j: by(-10), l: by(10), ArrowLeft: by(-5), ArrowRight: by(5),
      ArrowUp: () => louder(0.1), ArrowDown: () => louder(-0.1), Home: () => seek(0), End: () => seek(length()),
      m: mute, f: full, c: caption,
    };

    function follow() {
      const now = Math.min(kept?.second ?? video.currentTime, length());
      position.max = length();
      position.value = now;
      position.style.setProperty("--played", `${length() ? (100 * now) / length() : 0}%`);
      position.setAttribute("aria-valuetext", `${clock(now)}，共 ${clock(length())}`);
      find("now").textContent = clock(now);
      find("length").textContent = clock(length());
    }
    const name = (button, on, words) => {
      button.classList.toggle("is-on", on);
      button.setAttribute("aria-label", words);
    };
    const showState = () => name(find("play"), !video.paused, video.paused ? "播放" : "暂停");
    const showVolume = () => {
      const silent = video.muted || video.volume === 0;
      name(find("mute"), silent, silent ? "取消静音" : "静音");
      find("volume").value = silent ? 0 : video.volume;
    };

    // Another source, at the same place, playing on when it played. What is kept outlives a source that fails
    // before it has told its length.
    function change(option) {
      kept ??= { second: video.currentTime, playing: !video.paused && !video.ended };
      option.selected = true;
      video.src = option.value;
      video.load();
    }
    function goOn() {
      if (!kept) return;
      const { second, playing } = kept;
      kept = null;
      video.currentTime = second;
      if (playing) video.play().catch(() => {});
    }
    const choose = () => {
      const option = quality.selectedOptions[0];
      localStorage.setItem(CHOICE, option.dataset.kind);
      failed.delete(option);
      for (const name of ["error", "told"]) find(name).hidden = true;
      change(option);
    };
    function firstChoice() {
      const wanted = localStorage.getItem(CHOICE) ?? (screen.width < 600 ? "mid" : "");
      const option = [...quality.options].find((each) => each.dataset.kind === wanted);
      if (!option || option.index === 0) return;
      option.selected = true;
      video.src = option.value;
    }
    // What cannot be played gives way to the next lower quality, then to the others, and at the end to a sentence.
    function next() {
      const broken = quality.selectedOptions[0];
      failed.add(broken);
      const rest = [...quality.options].filter((option) => !failed.has(option));
      const other = rest.find((option) => option.index > broken.index) ?? rest.at(-1);
      find("told").hidden = !other;
      find("error").hidden = Boolean(other);
      if (!other) return;
      find("told").textContent = `「${broken.text}」放不出来，已换成「${other.text}」，位置不变。`;
      change(other);
    }

    function listCaptions() {
      captions.length = 1;
      [...video.textTracks].forEach((track, index) => captions.add(new Option(track.label || "字幕", index)));
      captions.hidden = captions.length === 1;
      captions.value = String([...video.textTracks].findIndex((track) => track.mode === "showing"));
    }
    function showCaptions() {
      [...video.textTracks].forEach((track, index) => { track.mode = String(index) === captions.value ? "showing" : "hidden"; });
    }

    find("play").addEventListener("click", toggle);
    video.addEventListener("click", toggle);
    find("mute").addEventListener("click", mute);
    find("full").addEventListener("click", full);
    find("volume").addEventListener("input", (event) => { video.volume = event.target.value; video.muted = false; });
    find("speed").addEventListener("change", (event) => { video.defaultPlaybackRate = video.playbackRate = Number(event.target.value); });
    position.addEventListener("input", () => { seek(Number(position.value)); peek.at(Number(position.value)); });
    quality.addEventListener("change", choose);
    captions.addEventListener("change", showCaptions);
    for (const event of ["addtrack", "removetrack"]) video.textTracks.addEventListener(event, listCaptions);
    for (const event of ["timeupdate", "seeking", "loadedmetadata", "durationchange"]) video.addEventListener(event, follow);
    for (const event of ["play", "pause", "ended"]) video.addEventListener(event, showState);
    video.addEventListener("volumechange", showVolume);
    video.addEventListener("loadedmetadata", goOn);
    video.addEventListener("error", next);

    if (video.error) next(); else firstChoice();
    video.controls = false;
    find("bar").hidden = false;
    quality.hidden = quality.options.length < 2;
    listCaptions();
    follow();
    showVolume();
    return { frame, seek, play, pause, keys };
  }

  // The small picture over the seek bar, for a mouse, a finger and the keyboard.
  function setUpPeek(frame, find, length) {
    const [box, peek, picture] = [find("seek"), find("peek"), find("picture")];
    const found = find("thumbnails");
    const index = found && JSON.parse(found.dataset.index);
    const at = (second) => {
      const share = length() ? second / length() : 0;
      find("peek-time").textContent = clock(second);
      if (index) show(Math.floor(second / index.every));
      peek.hidden = false;
      const room = box.clientWidth - peek.offsetWidth;
      peek.style.left = `${Math.min(Math.max(share * box.clientWidth - peek.offsetWidth / 2, 0), Math.max(room, 0))}px`;
    };
    const show = (tile) => {
      const each = index.columns * index.rows;
      const sheet = Math.min(Math.floor(tile / each), index.sheets.length - 1);
      const [column, row] = [tile % index.columns, Math.floor((tile % each) / index.columns)];
      picture.style.cssText = `width:${index.width}px;height:${index.height}px;` +
        `background:url("${index.sheets[sheet]}") -${column * index.width}px -${row * index.height}px`;
    };
    const hide = () => { peek.hidden = true; };
    box.addEventListener("pointermove", (event) => {
      const area = box.getBoundingClientRect();
      at(Math.min(Math.max((event.clientX - area.left) / area.width, 0), 1) * length());
    });
    for (const name of ["pointerleave", "pointercancel"]) box.addEventListener(name, hide);
    box.addEventListener("focusout", hide);
    return { at };
  }

  function clock(seconds) {
    const whole = Math.floor(seconds || 0);
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const two = (number) => String(number).padStart(2, "0");
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  }
})();
