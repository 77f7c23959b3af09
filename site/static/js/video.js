/* Recordings that play in place, on demand. Nothing is asked of another host before a click, or
   before an earlier "always" (kept in this browser, revocable in the footer's dialog). */
import { memory } from "./site.js";

const isAlwaysAllowed = () => memory.get("videos") === "always";

function play(box, { start = 0, autoplay = true } = {}) {
  const address = new URL(box.dataset.embed);
  address.searchParams.set("autoplay", autoplay ? "1" : "0");
  if (start) address.searchParams.set("start", start);
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = box.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  box.querySelector("iframe, .video-start").replaceWith(frame);
  box.classList.add("is-playing");
  if (autoplay) frame.focus();
}

for (const box of document.querySelectorAll("[data-embed]")) {
  const facade = box.querySelector(".video-start");
  facade.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    play(box);
  });
  const revert = () => {
    if (isAlwaysAllowed()) return;
    box.querySelector("iframe")?.replaceWith(facade);
    box.classList.remove("is-playing");
  };
  document.addEventListener("videochoice", revert);
  if (isAlwaysAllowed()) play(box, { autoplay: false });
}

// A moment of the agenda or of the transcript starts the recording there.
for (const moment of document.querySelectorAll("[data-seconds]")) {
  moment.addEventListener("click", (event) => {
    const scope = moment.closest("[data-recording]") ?? document;
    const box = scope.querySelector("[data-embed]");
    if (!box || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    play(box, { start: moment.dataset.seconds });
    box.scrollIntoView({ block: "nearest" });
  });
}
