// Narrows a list of ticks to the rows that hold every word typed; what is ticked stays in sight.
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-picks]").forEach((picks) => {
  const find = picks.querySelector(".picks-find");
  find.hidden = false;
  find.addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    picks.querySelectorAll(".picks-rows label").forEach((row) => {
      const text = row.textContent.toLowerCase();
      row.hidden = !row.querySelector("input").checked && !words.every((word) => text.includes(word));
    });
  });
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}));
