// A form whose answer takes more than a moment says so: nobody wonders whether the click was felt.
(() => {
  const MOMENT_MS = 700;

  const say = (place) => {
    const said = document.createElement("p");
    said.className = "ak-waiting ak-soft";
    said.setAttribute("role", "status");
    said.append("正在处理，请稍候…", Object.assign(document.createElement("progress"), { className: "ak-bar" }));
    place.after(said);
  };

  document.addEventListener("submit", ({ defaultPrevented, target, submitter }) => {
    if (!defaultPrevented && target.closest(".ak")) setTimeout(() => say(submitter || target.lastElementChild), MOMENT_MS);
  });
  // Back from the next page the browser may show this one as it was left.
  addEventListener("pageshow", () => document.querySelectorAll(".ak-waiting").forEach((said) => said.remove()));
})();
