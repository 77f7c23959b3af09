/* Suggestions below a search field: a combobox with a listbox, as ARIA 1.2 describes it. Without
   this, or when the server does not answer, the form works as it is. All words come from the server;
   the list holds links, so that a mouse or a finger uses them like any other. */

const PAUSE = 150; // milliseconds without a key before the server is asked

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function enhance(form, number) {
  const input = form.elements.q;
  const id = `suggestions-${number}`;
  const list = element("div", { id, role: "listbox", class: "suggestions", "aria-label": form.dataset.label });
  const status = element("span", { role: "status", class: "visually-hidden" });
  let active = -1; // the place in the list; -1 is the field itself
  let timer, request;

  const combobox = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": id };
  for (const [key, value] of Object.entries(combobox)) input.setAttribute(key, value);

  function show(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", isOpen);
    activate(-1);
  }

  function activate(place) {
    active = place;
    input.removeAttribute("aria-activedescendant");
    [...list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", at === place);
      if (at !== place) return;
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    status.textContent = "";
    show(false);
  }

  async function ask() {
    const { signal } = (request = new AbortController());
    const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: input.value })}`;
    try {
      const response = await fetch(address, { signal });
      const { suggestions, message } = await response.json();
      if (signal.aborted) return;
      list.replaceChildren(...suggestions.map(option));
      list.scrollTop = 0;
      show(suggestions.length > 0);
      status.textContent = message;
    } catch {
      if (!signal.aborted) close(); // no network: the form still works
    }
  }

  function option({ title, url, kind }, at) {
    const attributes = { id: `${id}-${at}`, role: "option", tabindex: -1, href: url };
    if (!kind) return element("a", attributes, element("span", {}, title));
    const name = element("span", { class: "quiet" }, kind);
    return element("a", { ...attributes, class: "is-page" }, element("span", {}, title), " ", name);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    request?.abort();
    activate(-1);
    if (input.value.trim()) timer = setTimeout(ask, PAUSE);
    else close();
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", close);

  input.addEventListener("keydown", (event) => {
    const number = list.children.length;
    const isOpen = !list.hidden;
    const places = {
      ArrowDown: active + 1 < number ? active + 1 : -1,
      ArrowUp: active < 0 ? number - 1 : active - 1,
      Home: active < 0 ? undefined : 0, // in the field these move the caret
      End: active < 0 ? undefined : number - 1,
    };
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (isOpen && event.key === "Escape") close();
    else if (isOpen && event.key === "Enter" && active >= 0) list.children[active].click();
    else if (isOpen && places[event.key] !== undefined) activate(places[event.key]);
    else if (!isOpen && event.key === "ArrowDown" && input.value.trim()) ask();
    else return;
    event.preventDefault();
  });

  show(false);
  form.append(list, status);
}

document.querySelectorAll("[data-suggestions]").forEach(enhance);
