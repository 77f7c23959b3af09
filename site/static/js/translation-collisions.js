/* Two translators at one text unit. Every saving tells the server which text this window showed; when
   another is stored by now, the person is asked which of the two stays (translation/collisions.py).
   The words are those of this script's element; its names are its own, since the scripts of the editor
   share one scope. */

(() => {
  const words = { ...document.currentScript.dataset };
  const known = new Map(); // address of a text unit: the text that the editor got last

  function start(editor) {
    const { segments, initialStringTranslations } = JSON.parse(editor.dataset.props);
    const texts = new Map(initialStringTranslations.map((one) => [one.segment_id, one.data]));
    for (const { type, id, editUrl } of segments)
      if (type === "string") known.set(editUrl, texts.get(id) ?? "");
  }

  /* Resolves to whether the person's own text is to be saved. */
  function ask({ data, last_translated_by: author }, mine) {
    const dialog = document.createElement("dialog");
    dialog.className = "translation-collision";
    dialog.setAttribute("aria-labelledby", "translation-collision-title");
    const add = (name, text, values) => {
      const element = Object.assign(document.createElement(name), { textContent: text, ...values });
      dialog.append(element);
      return element;
    };
    add("h2", words.title, { id: "translation-collision-title" });
    add("h3", author?.full_name ? `${words.theirs}: ${author.full_name}` : words.theirs);
    add("p", data, { className: "translation-collision__text" });
    add("h3", words.mine);
    add("p", mine || words.nothing, { className: "translation-collision__text" });
    const keep = add("button", words.keep, { type: "button", className: "button button-secondary" });
    const replace = add("button", words.replace, { type: "button", className: "button" });
    return new Promise((resolve) => {
      keep.addEventListener("click", () => dialog.close());
      replace.addEventListener("click", () => dialog.close("replace"));
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "replace");
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  const send = window.fetch.bind(window);

  async function save(address, options) {
    const body = options.body ?? new FormData();
    body.set("known", known.get(address));
    const response = await send(address, { ...options, body });
    if (response.status === 409) {
      const found = await response.json();
      known.set(address, found.data);
      if (await ask(found, body.get("value"))) return save(address, { ...options, body });
      if (options.method === "DELETE") location.reload(); // the editor takes every answer for "gone"
      return new Response(JSON.stringify(found)); // the editor shows it as if it had been saved
    }
    if (response.ok) known.set(address, body.get("value") ?? "");
    return response;
  }

  window.fetch = (address, options) =>
    known.has(address) && ["PUT", "DELETE"].includes(options?.method)
      ? save(address, options)
      : send(address, options);

  document.addEventListener("DOMContentLoaded", () => {
    const editor = document.querySelector(".js-translation-editor");
    if (editor) start(editor);
  });
})();
