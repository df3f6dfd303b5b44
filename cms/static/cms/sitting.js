// The countdown only shows what the server counts; when it ends, what is chosen is handed in.
const clock = document.querySelector("[data-left]");
const sheet = document.querySelector("[data-sheet]");
const said = document.querySelector("[data-said]");
const end = performance.now() + Number(clock.dataset.left) * 1000;
let handedIn = false;

const tick = () => {
  const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
  clock.querySelector("[data-seconds]").textContent = left;
  clock.querySelector("progress").value = left;
  clock.classList.toggle("is-short", left <= 10);
  if (left === 10) said.textContent = "还剩 10 秒";
  if (left === 0) {
    if (!handedIn) sheet.requestSubmit();
    return;
  }
  setTimeout(tick, 250);
};

sheet.addEventListener("submit", (event) => {
  if (handedIn) event.preventDefault();
  handedIn = true;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const choice = sheet.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (choice) {
    choice.checked = choice.type === "radio" || !choice.checked;
    choice.focus();
    event.preventDefault();
  } else if (event.key === "Enter" && event.target.tagName !== "BUTTON" && event.target.tagName !== "A") {
    event.preventDefault();
    sheet.requestSubmit();
  }
});

tick();
