/* Tells the server that the editor has seen Wagtail's warning of a newer version and goes on: then it
   does not ask again (home/conflicts.py). */

document.addEventListener(
  "w-dialog:confirmed",
  (event) => {
    const session = document.querySelector("[data-controller~='w-session']");
    const form = document.querySelector("[data-edit-form]");
    if (event.target.id !== "w-save-confirmation-dialog" || !form) return;
    if (session?.dataset.wSessionInterceptValue !== "conflict") return;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "overwrite", value: "1" });
    form.append(input);
  },
  { capture: true },
);
