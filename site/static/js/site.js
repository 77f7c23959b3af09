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

// The notice: at the foot of the window until it has been read.
const notice = document.querySelector("[data-notice]");
if (notice) {
  const version = notice.dataset.notice;
  if (memory.get("notice-read") === version) {
    notice.hidden = true;
  } else {
    // It floats where it leaves most of the window free (large letters, small windows), and what
    // gets the focus scrolls clear of it (WCAG 2.4.11).
    const float = () => {
      notice.classList.add("is-floating");
      if (notice.offsetHeight > innerHeight * 0.4) notice.classList.remove("is-floating");
      const covered = notice.classList.contains("is-floating") ? notice.offsetHeight + 8 : 0;
      document.documentElement.style.scrollPaddingBlockEnd = `${covered}px`;
    };
    new ResizeObserver(float).observe(notice);
    addEventListener("resize", float);
    const button = notice.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => {
      memory.set("notice-read", version);
      notice.hidden = true;
    });
  }
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
for (const choice of document.querySelectorAll("[data-always-play]")) {
  choice.checked = memory.get("videos") === "always";
  choice.addEventListener("change", () => {
    memory.set("videos", choice.checked ? "always" : null);
    document.dispatchEvent(new CustomEvent("videochoice"));
  });
}

// Copying a text, for instance a citation.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
    button.textContent = button.dataset.done;
  });
}

// Recordings play in place, on demand. Nothing is asked of another host before a click, or before
// an earlier "always" (kept in this browser, revocable in the footer's dialog).
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
