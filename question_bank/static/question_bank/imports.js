// The drop target, and the keys 1, 2, 3 of the review. Without this file everything works by buttons.
const target = document.querySelector(".drop-target");
if (target) {
  const input = target.querySelector("input");
  ["dragover", "dragleave", "drop"].forEach((name) => target.addEventListener(name, (event) => {
    event.preventDefault();
    target.classList.toggle("is-over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    }
  }));
}

const cards = () => [...document.querySelectorAll(".review-card")];
const current = () => document.activeElement.closest(".review-card") || cards()[0];
const step = (card, by) => {
  const all = cards();
  const next = all[Math.min(Math.max(all.indexOf(card) + by, 0), all.length - 1)];
  if (next) next.focus();
};
const openFix = (card) => {
  const form = card.querySelector(".review-fix");
  form.hidden = !form.hidden;
  card.querySelector("[data-key='2']").setAttribute("aria-expanded", String(!form.hidden));
  if (!form.hidden) form.querySelector("textarea").focus();
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-key='2']");
  if (button) openFix(button.closest(".review-card"));
});
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const card = current();
  if (!card) return;
  if (["ArrowDown", "j"].includes(event.key)) { event.preventDefault(); step(card, 1); }
  if (["ArrowUp", "k"].includes(event.key)) { event.preventDefault(); step(card, -1); }
  const button = ["1", "2", "3"].includes(event.key) && card.querySelector(`[data-key='${event.key}']`);
  if (button) { event.preventDefault(); button.click(); }
});
// After a decision the card is a new element: go on to the next one, or stay where something is amiss.
document.addEventListener("htmx:afterSwap", (event) => {
  const card = document.getElementById(event.detail.target.id);
  if (card && card.matches(".review-card")) {
    if (card.querySelector("[role=alert]")) card.focus();
    else step(card, 1);
  }
});
