// A hit moves the player of its lesson there and plays.
document.addEventListener("click", (event) => {
  const hit = event.target.closest("[data-said]");
  if (!hit) return;
  const video = hit.closest(".said-lesson").querySelector("video");
  document.querySelectorAll(".said-lesson video").forEach((other) => other !== video && other.pause());
  video.currentTime = Number(hit.dataset.said);
  video.play().catch(() => {});
  video.scrollIntoView({ block: "nearest", behavior: "smooth" });
});
