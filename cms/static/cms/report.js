// The time axis: its playhead follows the player; a click, a drag or a key on it moves the player.
(() => {
  const axis = document.querySelector("[data-axis]");
  const player = document.querySelector("[data-player] video");
  if (!axis || !player) return;
  const head = axis.querySelector("[data-playhead]");
  const duration = Number(axis.dataset.axis);
  const STILL_PX = 4; // a hand that presses shakes as much
  let pressedAt = 0;
  const STEPS_S = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 };

  const clock = (seconds) => {
    const whole = Math.round(seconds);
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const two = (number) => String(number).padStart(2, "0");
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  };
  const jump = (second) => {
    player.currentTime = Math.min(Math.max(second, 0), duration);
    follow();
  };
  const follow = () => {
    const second = Math.min(player.currentTime, duration);
    head.style.left = `${duration ? (100 * second) / duration : 0}%`;
    head.setAttribute("aria-valuenow", Math.round(second));
    head.setAttribute("aria-valuetext", clock(second));
  };
  const point = (event) => {
    const box = axis.getBoundingClientRect();
    jump(((event.clientX - box.left) / box.width) * duration);
  };

  axis.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    axis.setPointerCapture(event.pointerId);
    pressedAt = event.clientX;
    const mark = event.target.closest("[data-at]");
    if (mark) jump(Number(mark.dataset.at));
    else point(event);
  });
  axis.addEventListener("pointermove", (event) => {
    if (axis.hasPointerCapture(event.pointerId) && Math.abs(event.clientX - pressedAt) > STILL_PX) {
      pressedAt = -Infinity;
      point(event);
    }
  });
  head.addEventListener("keydown", (event) => {
    const target = { Home: 0, End: duration }[event.key] ?? player.currentTime + STEPS_S[event.key];
    if (Number.isNaN(target)) return;
    event.preventDefault();
    jump(target);
  });
  for (const name of ["timeupdate", "seeking", "loadedmetadata"]) player.addEventListener(name, follow);
  head.hidden = false;
  document.querySelector("[data-axis-hint]").hidden = false;
  follow();
})();
