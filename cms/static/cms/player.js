// The native player with our extras. Any element with data-seek (seconds) moves it.
(() => {
  const frame = document.querySelector("[data-player]");
  if (!frame) return;
  const player = frame.querySelector("video");

  const seek = (second) => {
    const end = Number.isFinite(player.duration) ? player.duration : second;
    player.currentTime = Math.min(Math.max(second, 0), end);
  };
  const toggle = () => (player.paused ? player.play() : player.pause());
  const keys = { ArrowLeft: () => seek(player.currentTime - 5), ArrowRight: () => seek(player.currentTime + 5), k: toggle };

  frame.addEventListener("click", (event) => {
    const button = event.target.closest("[data-skip]");
    if (button) seek(player.currentTime + Number(button.dataset.skip));
  });
  frame.addEventListener("keydown", (event) => {
    if (event.target === player || event.target.matches("select") || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  frame.querySelector("[data-speed]").addEventListener("change", (event) => {
    player.playbackRate = Number(event.target.value);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-seek]");
    if (!button) return;
    seek(Number(button.dataset.seek));
    frame.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });

  const complain = () => { frame.querySelector("[data-player-error]").hidden = false; };
  player.addEventListener("error", complain);
  if (player.error) complain();
  frame.querySelector("[data-player-extras]").hidden = false;
})();
