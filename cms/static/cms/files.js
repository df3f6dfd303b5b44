// Every file field in one Chinese look: a button and the names that were chosen; the field itself stays, unseen.
(() => {
  const names = (input) => [...input.files].map((file) => file.name).join("、") || "没有选文件";

  const dress = (input, number) => {
    if (input.dataset.dressed || input.closest("label.ak-button")) return;
    input.dataset.dressed = "";
    input.id ||= `file-${number}-${Date.now()}`;
    const button = document.createElement(input.closest("label") ? "span" : "label");
    if (button.tagName === "LABEL") button.htmlFor = input.id;
    button.className = "ak-button ak-button--plain ak-file";
    button.textContent = input.multiple ? "选择文件（可以多选）" : "选择文件";
    const chosen = document.createElement("output");
    chosen.className = "ak-file-name";
    chosen.textContent = names(input);
    input.classList.add("ak-visually-hidden");
    input.after(button, chosen);
    input.addEventListener("change", () => (chosen.textContent = names(input)));
  };
  const dressAll = () => document.querySelectorAll("input[type=file]").forEach(dress);

  document.addEventListener("DOMContentLoaded", dressAll);
  document.addEventListener("htmx:afterSettle", dressAll);
})();
