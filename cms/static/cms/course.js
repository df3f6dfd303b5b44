// Drop or choose a file on a lesson: uploaded in slices, and attached once its first bytes are those of a video.
(() => {
  const page = document.querySelector("[data-uploads]");
  if (!page) return;

  const size = (bytes) => (bytes > 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const left = (seconds) => (seconds > 90 ? `约 ${Math.round(seconds / 60)} 分钟` : `约 ${Math.ceil(seconds)} 秒`);

  const say = (row, text, share) => {
    const note = row.querySelector(".lesson-upload");
    note.hidden = false;
    note.classList.toggle("ak-note--bad", share === undefined);
    row.classList.toggle("is-uploading", share !== undefined);
    note.querySelector("[data-upload-text]").textContent = text;
    const bar = note.querySelector("[data-upload-bar]");
    bar.hidden = share === undefined;
    if (share !== undefined) bar.value = share;
  };

  const attach = async (row, video) => {
    const body = new URLSearchParams({ video, csrfmiddlewaretoken: page.dataset.csrf });
    const answer = await fetch(row.dataset.attach, { method: "POST", body }).catch(() => null);
    if (answer?.ok) return;
    const told = await answer?.json().catch(() => null);
    throw new Error(told?.error || "没能把视频放到这个课时上，已上传的部分会保留。请刷新页面，再选同一个文件。");
  };

  const upload = (row, file) => {
    say(row, `正在准备上传 ${file.name}……`, 0);
    window.AnkeUpload.start({
      file,
      endpoint: page.dataset.uploads,
      target: row.dataset.lesson,
      csrf: page.dataset.csrf,
      onAccepted: (_url, video) => attach(row, video),
      onProgress: (sent, total, speed) => {
        const rest = speed > 0 ? `，还要${left((total - sent) / speed)}` : "";
        const text = `已上传 ${size(sent)} / ${size(total)}（${Math.floor((sent / total) * 100)} %）${rest}。可以离开页面，回来选同一个文件就会续传。`;
        say(row, text, sent / total);
      },
      onDone: () => window.htmx.ajax("GET", row.dataset.row, { target: row, swap: "outerHTML" }),
      onError: (sentence) => say(row, sentence),
    });
  };

  const rowOf = (event) => event.target.closest("[data-lesson]");
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-upload-file]") || !event.target.files.length) return;
    upload(rowOf(event), event.target.files[0]);
  });
  document.addEventListener("dragover", (event) => {
    const row = rowOf(event);
    if (!row) return;
    event.preventDefault();
    row.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => rowOf(event)?.classList.remove("is-over"));
  document.addEventListener("drop", (event) => {
    const row = rowOf(event);
    if (!row || !event.dataTransfer.files.length) return;
    event.preventDefault();
    row.classList.remove("is-over");
    upload(row, event.dataTransfer.files[0]);
  });
})();
