// A true/false question has no options: the field steps aside, what was typed stays.
const field = document.querySelector("[data-options]");
const fit = () => {
  const chosen = document.querySelector("input[name=type]:checked");
  field.hidden = chosen && chosen.value === "true_false" && !field.querySelector("textarea").value.trim();
};
if (field) {
  document.querySelectorAll("input[name=type]").forEach((radio) => radio.addEventListener("change", fit));
  fit();
}
