// Questions are dragged into order, or from the bank into the paper; the buttons do the same by keyboard.
const list = document.querySelector("[data-asked][data-edit]");
const form = document.getElementById("order");
const page = document.querySelector("main"); // Wagtail scrolls it, not the window
let dragged = null;

const after = (y) =>
  [...list.children].find((row) => row !== dragged && y < row.getBoundingClientRect().top + row.offsetHeight / 2);

const say = (name, value) => {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
};

const send = () => form.requestSubmit();

if (list) {
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("li[draggable]");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    list.classList.remove("is-over");
  });
  const zone = list.parentElement;
  zone.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    list.classList.add("is-over");
  });
  zone.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const rows = [...list.children].filter((row) => row !== dragged);
    const next = after(event.clientY);
    const before = rows[next ? rows.indexOf(next) - 1 : rows.length - 1];
    say("place", dragged.dataset.question);
    if (before) say("after", before.dataset.question);
    send();
  });
  // By keyboard one presses ↑ again and again: the same button has the focus when the page is back.
  form.addEventListener("submit", ({ submitter }) => {
    sessionStorage.setItem("anke-paper-scroll", String(page.scrollTop));
    if (submitter) sessionStorage.setItem("anke-paper-button", `[name="${submitter.name}"][value="${submitter.value}"]`);
  });
  const pressed = sessionStorage.getItem("anke-paper-button");
  if (pressed) {
    sessionStorage.removeItem("anke-paper-button");
    document.querySelector(pressed)?.focus({ preventScroll: true });
  }
  const kept = sessionStorage.getItem("anke-paper-scroll");
  if (kept) {
    page.scrollTop = Number(kept);
    sessionStorage.removeItem("anke-paper-scroll");
  }
}
