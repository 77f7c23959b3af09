/* What wagtail-localize's editor says in English only, in the person's language: the words are those
   of this script's element (home/wagtail_hooks.py). */

const { moreActions, translation } = document.currentScript.dataset;
const TITLE = /^(.+) to (.+) translation$/;

function rename(editor) {
  for (const label of editor.querySelectorAll(".w-sr-only"))
    if (label.textContent === "More actions") label.textContent = moreActions;
  for (const title of editor.querySelectorAll("h3")) {
    const [, source, target] = title.textContent.match(TITLE) ?? [];
    if (source) title.textContent = `${translation}: ${source} → ${target}`;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const editor = document.querySelector(".js-translation-editor");
  if (!editor) return;
  new MutationObserver(() => rename(editor)).observe(editor, { childList: true, subtree: true });
  rename(editor);
});
