/* The translation editor of wagtail-localize with the memory and the glossary beside each text unit.
   The words are the server's (translation/views.py) or those of this script's element. What fails
   here leaves the editor as it is: React owns its elements, ours are appended to them. */

const { url, waiting, failed, inserted } = document.currentScript.dataset;
const fields = new WeakMap(); // the text field for which a unit shows help
let hints = new Map();
let marks = new Map();

const sayer = document.createElement("div");
sayer.className = "w-sr-only translation-help-said";
sayer.setAttribute("role", "status");

function say(text) {
  sayer.textContent = "";
  requestAnimationFrame(() => (sayer.textContent = text));
}

/* Text units in the order in which the editor shows them: by tab, then by field and block. */
function ordered({ tabs, segments }) {
  const known = new Set(segments.map(({ location }) => location.tab));
  const shown = tabs.filter(({ slug }) => known.has(slug));
  const perTab = shown.length > 1 ? shown.map(({ slug }) => (at) => at.tab === slug) : [() => true];
  return perTab.flatMap((isHere) => {
    const groups = new Map();
    for (const segment of segments.filter(({ location }) => isHere(location))) {
      const key = `${segment.location.field}/${segment.location.blockId || "null"}`;
      groups.set(key, [...(groups.get(key) ?? []), segment]);
    }
    return [...groups.values()].flat();
  });
}

async function ask(address) {
  const response = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!response.ok || response.redirected) throw new Error(response.statusText);
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  return template.content;
}

/* React hears of a new value only by the native setter and an event. */
function write(field, text, start, end) {
  const value = field.value.slice(0, start) + text + field.value.slice(end);
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(start + text.length, start + text.length);
  say(inserted);
}

function insert(unit, { insert: text, insertWord: word }) {
  const field = unit.querySelector("textarea");
  if (!field) return;
  if (word) write(field, word, field.selectionStart, field.selectionEnd);
  else write(field, text, 0, field.value.length);
}

/* The last button of a unit that is not being edited opens it. */
function insertOpening(unit, suggestion) {
  if (unit.querySelector("textarea")) return insert(unit, suggestion);
  toolbar(unit).querySelector("li:last-child button")?.click();
  requestAnimationFrame(() => insert(unit, suggestion));
}

const toolbar = (unit) => unit.querySelector(":scope > ul");
const helpOf = (unit) => unit.querySelector(":scope > .translation-help");

async function showHelp(unit, field, address) {
  helpOf(unit)?.remove();
  const help = document.createElement("div");
  help.className = "translation-help";
  help.textContent = waiting;
  unit.append(help);
  try {
    help.replaceChildren(await ask(address));
  } catch {
    help.textContent = failed;
  }
  if (help.isConnected) say(help.querySelector("button") ? summary(help) : help.textContent);
}

const summary = (help) =>
  [...help.querySelectorAll(".translation-help__title")]
    .map((title) => `${title.textContent}: ${title.nextElementSibling.children.length}`)
    .join(". ");

/* A unit that is not being edited shows what is known for certain, and nothing else. */
function showHint(unit, hint) {
  const shown = helpOf(unit);
  const isWanted = hint && unit.classList.contains("incomplete");
  const isShown = shown?.classList.contains("translation-help--hint");
  if (shown && !(isShown && isWanted)) shown.remove();
  if (isWanted && !isShown) unit.append(hint.content.cloneNode(true));
}

/* A machine's work is marked until somebody has saved the unit: then its remark changes. */
function showMark(unit, mark) {
  const remark = toolbar(unit)?.firstElementChild?.textContent;
  mark.remark ??= remark;
  const shown = unit.querySelector(":scope > .translation-help-mark");
  const isWanted = remark === mark.remark && !unit.querySelector("textarea");
  if (!isWanted) shown?.remove();
  else if (!shown) unit.append(mark.template.content.cloneNode(true));
}

function refresh(editor, segments, base) {
  const units = editor.querySelectorAll("li > h3 + ul > li");
  if (units.length !== segments.length) return; // an editor that we do not know
  units.forEach((unit, place) => {
    const segment = segments[place];
    if (segment.type !== "string") return;
    const field = unit.querySelector("textarea");
    if (!field) showHint(unit, hints.get(segment.id));
    else if (fields.get(unit) !== field) showHelp(unit, field, `${base}${segment.id}/`);
    fields.set(unit, field);
    if (marks.has(segment.id)) showMark(unit, marks.get(segment.id));
  });
}

async function start(editor) {
  const props = JSON.parse(editor.dataset.props);
  const id = props.links.downloadPofile.match(/\/translate\/(\d+)\//)?.[1];
  if (!id || props.object.isLocked) return;
  const base = url.replace("/0/", `/${id}/`);
  const segments = ordered(props);
  const update = () => refresh(editor, segments, base);
  editor.after(sayer);
  editor.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-insert], [data-insert-word]");
    if (button) insertOpening(button.closest(".translation-help").parentElement, button.dataset);
  });
  new MutationObserver(update).observe(editor, { childList: true, subtree: true });
  update();
  try {
    const overview = await ask(base);
    const templates = (name) => [...overview.querySelectorAll(`template[data-${name}]`)];
    hints = new Map(templates("hint").map((hint) => [Number(hint.dataset.hint), hint]));
    marks = new Map(templates("mark").map((mark) => [Number(mark.dataset.mark), { template: mark }]));
    const bar = overview.querySelector(".translation-help-bar");
    if (bar) editor.before(bar);
    update();
  } catch {
    // Hints are a help that nobody has asked for yet: the editor says nothing of them.
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const editor = document.querySelector(".js-translation-editor");
  if (editor) start(editor);
});
