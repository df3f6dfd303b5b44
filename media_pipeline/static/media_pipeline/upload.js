/* Resumable upload over tus 1.0: slices, retries with growing pauses, resume after a reload.
 *
 * const upload = AnkeUpload.start({file, endpoint, target, csrf, onAccepted, onProgress, onDone, onError});
 *   target      what the file is for, e.g. "lesson-7"; an interrupted upload is remembered under it
 *   csrf        the token, or a function that returns it
 *   onAccepted  (url, videoId) => Promise; the first bytes are those of a video; called again after a resume
 *   onProgress  (sent, total, bytesPerSecond)
 *   onDone      (videoId)
 *   onError     (sentence); the upload has stopped, start() again resumes it
 * upload.pause(), upload.resume(), upload.cancel() → Promise
 * AnkeUpload.pendingFor(target) → {name, size, videoId} of an upload to continue, or null
 */
(() => {
  "use strict";
  const MIB = 1024 * 1024;
  const FIRST = 64 * 1024; // by so much the server tells what is no video
  const [SMALLEST, LARGEST] = [MIB, 32 * MIB]; // a slice is sized to take a few seconds, so that progress moves
  const PAUSES_S = [1, 2, 4, 8, 16, 30, 30, 30, 30, 30];
  const OFFLINE = "网络连接中断，已上传的部分会保留。网络恢复后，请重新选择同一个文件继续。";
  const EXPIRED = "登录或页面已失效，已上传的部分会保留。请刷新页面、重新登录后，选择同一个文件继续。";

  const memory = {
    key: (target) => `anke-upload:${target}`,
    read: (target) => { try { return JSON.parse(localStorage.getItem(memory.key(target))); } catch { return null; } },
    write: (target, entry) => { try { localStorage.setItem(memory.key(target), JSON.stringify(entry)); } catch { /* private mode: no resume after a reload */ } },
    forget: (target) => { try { localStorage.removeItem(memory.key(target)); } catch { /* as above */ } },
  };
  const fingerprint = (file) => [file.name, file.size, file.lastModified].join("\n");
  const videoIdOf = (url) => url.split("/").filter(Boolean).pop();
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

  class Refused extends Error {}    // the server said no; repeating changes nothing
  class Interrupted extends Error {} // the network or the server was away, or somebody else holds the file

  class Upload {
    constructor(options) {
      Object.assign(this, {onAccepted: async () => {}, onProgress() {}, onDone() {}, onError() {}}, options);
      this.offset = 0;
      this.slice = SMALLEST;
      this.running = null;
    }

    resume() {
      this.paused = false;
      this.failures = 0;
      this.running ??= this.run().finally(() => { this.running = null; });
      return this.running;
    }

    pause() {
      this.paused = true;
      this.abort?.abort();
    }

    async cancel() {
      this.pause();
      await this.running;
      if (this.url) await this.discard();
      memory.forget(this.target);
    }

    /** Give the bytes up. The server may still hold the file for the slice that was just broken off: then again, later. */
    async discard() {
      for (const pause of PAUSES_S.slice(0, 5)) {
        try { await this.ask("DELETE"); return; } catch (error) { if (!(error instanceof Interrupted)) return; }
        await wait(pause);
      }
    }

    async run() {
      while (!this.paused) {
        try {
          await this.open();
          await this.send();
          return;
        } catch (error) {
          if (this.paused) return;
          if (!(error instanceof Interrupted)) return this.stop(error);
          if (this.failures >= PAUSES_S.length) return this.onError(error.message || OFFLINE);
          await wait(PAUSES_S[this.failures++]);
        }
      }
    }

    stop(error) {
      if (error.gone && memory.read(this.target)?.url === this.url) memory.forget(this.target);
      this.onError(error instanceof Refused ? error.message : `上传出错：${error.message}。请刷新页面后重试。`);
    }

    /** Find out how far the server is, or open a new upload. */
    async open() {
      const known = memory.read(this.target);
      if (!this.url && known?.fingerprint === fingerprint(this.file)) this.url = known.url;
      if (this.url && (await this.find())) return;
      const metadata = `filename ${base64(this.file.name)}`;
      const answer = await this.ask("POST", {"Upload-Length": String(this.file.size), "Upload-Metadata": metadata});
      this.url = answer.headers.get("Location");
      this.offset = 0;
    }

    /** Only what the server took takes the place of what was there, and is what a reload goes on with. */
    async accept() {
      if (this.accepted === this.url || !this.offset) return;
      memory.write(this.target, {url: this.url, fingerprint: fingerprint(this.file), name: this.file.name, size: this.file.size});
      await this.onAccepted(this.url, videoIdOf(this.url)).catch((error) => { throw new Refused(error.message); });
      this.accepted = this.url;
    }

    async find() {
      try {
        const answer = await this.ask("HEAD");
        this.offset = Number(answer.headers.get("Upload-Offset"));
        return true;
      } catch (error) {
        if (!error.gone) throw error;
        this.url = null;
        return false;
      }
    }

    async send() {
      const total = this.file.size;
      this.onProgress(this.offset, total, 0);
      await this.accept();
      while (this.offset < total && !this.paused) {
        await this.sendSlice(total);
        await this.accept();
      }
      if (this.offset < total) return;
      memory.forget(this.target);
      this.onDone(videoIdOf(this.url));
    }

    async sendSlice(total) {
      const [began, before] = [performance.now(), this.offset];
      const headers = {"Upload-Offset": String(before), "Content-Type": "application/offset+octet-stream"};
      const answer = await this.ask("PATCH", headers, this.file.slice(before, before + (before ? this.slice : FIRST)));
      this.offset = Number(answer.headers.get("Upload-Offset"));
      this.failures = 0;
      const seconds = (performance.now() - began) / 1000;
      if (seconds < 1) this.slice = Math.min(this.slice * 2, LARGEST);
      if (seconds > 4) this.slice = Math.max(this.slice / 2, SMALLEST);
      this.onProgress(this.offset, total, (this.offset - before) / seconds);
    }

    async ask(method, headers = {}, body = undefined) {
      const token = typeof this.csrf === "function" ? this.csrf() : this.csrf;
      const all = {"Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers};
      this.abort = new AbortController();
      const signal = method === "DELETE" ? undefined : this.abort.signal;
      const url = method === "POST" ? this.endpoint : this.url;
      const answer = await fetch(url, {method, headers: all, body, signal, credentials: "same-origin"})
        .catch(() => { throw new Interrupted(OFFLINE); });
      if (!answer.ok) throw await this.refusal(answer);
      return answer;
    }

    async refusal(answer) {
      const plain = (answer.headers.get("Content-Type") ?? "").startsWith("text/plain");
      const sentence = plain ? await answer.text() : "";
      if ([409, 423, 429].includes(answer.status) || (answer.status >= 500 && answer.status !== 507)) return new Interrupted(sentence);
      if ([401, 403].includes(answer.status) && !sentence) return new Refused(EXPIRED);
      const refused = new Refused(sentence || `服务器没有接收这个文件（${answer.status}）。请刷新页面后重试。`);
      refused.gone = [404, 410, 415].includes(answer.status);
      return refused;
    }
  }

  window.AnkeUpload = {
    start(options) {
      const upload = new Upload(options);
      upload.resume();
      return upload;
    },
    pendingFor(target) {
      const known = memory.read(target);
      return known && {name: known.name, size: known.size, videoId: videoIdOf(known.url)};
    },
  };
})();
