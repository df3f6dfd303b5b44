// Questions are dragged into order, or from the bank into the paper; the buttons do the same by keyboard.
const list = document.querySelector("[data-asked][data-edit]");
const form = document.getElementById("order");
let dragged = null;

const after = (y) =>
  [...list.children].find((row) => row !== dragged && y < row.getBoundingClientRect().top + row.offsetHeight / 2);

const send = () => {
  sessionStorage.setItem("anke-paper-scroll", String(window.scrollY));
  form.requestSubmit();
};

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
    const added = dragged.dataset.add;
    if (added) {
      const row = document.createElement("li");
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "question";
      hidden.value = added;
      row.append(hidden);
      list.insertBefore(row, after(event.clientY) ?? null);
    } else {
      list.insertBefore(dragged, after(event.clientY) ?? null);
    }
    send();
  });
  const kept = sessionStorage.getItem("anke-paper-scroll");
  if (kept) {
    window.scrollTo(0, Number(kept));
    sessionStorage.removeItem("anke-paper-scroll");
  }
}
