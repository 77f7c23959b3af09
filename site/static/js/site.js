/* Small help for every page; each part works without it. All words come from the HTML. */

// Storage may be refused (private windows, settings): then nothing is remembered.
const memory = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Nothing is lost but the memory.
    }
  },
};

// The notice: at the foot of the window until this text of it has been read. It is the first thing
// in the page, so that the keyboard reaches it early; what it would cover scrolls clear of it.
const notice = document.querySelector("[data-notice]");
const noticeKey = `notice-read-${document.documentElement.lang}`;
if (notice && memory.get(noticeKey) !== notice.dataset.notice) {
  const root = document.documentElement;
  // Large letters or a small window: it stays above the header and leaves the window free.
  const place = () => {
    const fits = notice.scrollHeight <= innerHeight * 0.4;
    notice.classList.toggle("is-floating", fits);
    notice.classList.toggle("is-above", !fits);
    root.style.setProperty("--notice-size", `${fits ? notice.offsetHeight : 0}px`);
  };
  const observer = new ResizeObserver(place);
  const close = () => {
    memory.set(noticeKey, notice.dataset.notice);
    observer.disconnect();
    removeEventListener("resize", place);
    notice.classList.remove("is-floating", "is-above");
    root.style.removeProperty("--notice-size");
  };
  notice.classList.add("is-floating");
  observer.observe(notice);
  addEventListener("resize", place);
  notice.querySelector("button").addEventListener("click", close);
  notice.addEventListener("keydown", (event) => event.key === "Escape" && close());
}

// Menus of the second level close on Escape, on a click elsewhere and when the focus leaves.
for (const submenu of document.querySelectorAll(".menu details")) {
  const close = () => submenu.removeAttribute("open");
  submenu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && submenu.open) {
      event.stopPropagation();
      close();
      submenu.querySelector("summary").focus();
    }
  });
  const isRow = matchMedia("(width >= 72rem)");
  submenu.addEventListener("focusout", (event) => {
    if (isRow.matches && event.relatedTarget && !submenu.contains(event.relatedTarget)) close();
  });
  document.addEventListener("click", (event) => {
    if (isRow.matches && !submenu.contains(event.target)) close();
  });
}

// Buttons that open a dialog, and the visitor's choice for videos in it.
for (const button of document.querySelectorAll("[data-dialog]")) {
  const dialog = document.getElementById(button.dataset.dialog);
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}
const isAlwaysAllowed = () => memory.get("videos") === "always";
const choice = document.querySelector("[data-always-play]");
const showChoice = () => choice && (choice.checked = isAlwaysAllowed());

function choose(isAlways) {
  memory.set("videos", isAlways ? "always" : null);
  document.dispatchEvent(new CustomEvent("videochoice"));
}

showChoice();
document.addEventListener("videochoice", showChoice);
choice?.addEventListener("change", () => choose(choice.checked));

// Copying a text, for instance a citation; the status beside the button says how it went.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const status = button.parentElement.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
      status.textContent = button.dataset.done;
    } catch {
      status.textContent = button.dataset.failed;
    }
  });
}

// Recordings play in place, on demand. Nothing is asked of another host before the visitor has read
// what will happen and chosen: once, or always (kept in this browser, revocable in the footer's
// dialog). Small pictures in lists say it when they are clicked, large ones have it below them.
const isSmall = (box) => box.classList.contains("is-small");
const questionOf = (box) => box.querySelector(".video-question");

function play(box, { start = box.dataset.start, autoplay = true } = {}) {
  const address = new URL(box.dataset.embed);
  address.searchParams.set("autoplay", autoplay ? "1" : "0");
  if (start) address.searchParams.set("start", start);
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = box.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  if (!autoplay) frame.loading = "lazy";
  box.querySelector("iframe, .video-start").replaceWith(frame);
  box.classList.add("is-playing");
  questionOf(box).hidden = true;
  if (autoplay) frame.focus();
}

// Plays where that is allowed already, else asks.
function start(box, seconds = "") {
  box.dataset.start = seconds;
  if (isAlwaysAllowed() || box.classList.contains("is-playing")) return play(box);
  questionOf(box).hidden = false;
  questionOf(box).querySelector("button").focus();
}

for (const box of document.querySelectorAll("[data-embed]")) {
  const facade = box.querySelector(".video-start");
  const question = questionOf(box);
  facade.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (isSmall(box)) start(box);
    else play(box, { start: "" }); // the question stands right below the picture
  });
  for (const button of question.querySelectorAll("[data-play]")) {
    button.addEventListener("click", () => {
      if (button.dataset.play === "always") choose(true);
      play(box);
    });
  }
  question.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isSmall(box)) return;
    question.hidden = true;
    facade.focus();
  });
  document.addEventListener("videochoice", () => {
    if (isAlwaysAllowed()) return;
    box.querySelector("iframe")?.replaceWith(facade);
    box.classList.remove("is-playing");
    question.hidden = isSmall(box);
  });
  if (isAlwaysAllowed() && !isSmall(box)) play(box, { autoplay: false });
}

// A moment of the agenda or of the transcript starts the recording there.
for (const moment of document.querySelectorAll("[data-seconds]")) {
  moment.addEventListener("click", (event) => {
    const scope = moment.closest("[data-recording]") ?? document;
    const box = scope.querySelector("[data-embed]");
    if (!box || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    start(box, moment.dataset.seconds);
    box.scrollIntoView({ block: "nearest" });
  });
}
