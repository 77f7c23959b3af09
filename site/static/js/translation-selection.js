// Wagtail's search field asks for the results once more when it is left, for instance to tick the
// first box. What was ticked stays so in the results that come, as far as it is among them.

const BOX = ".translation-status tbody [data-w-bulk-target=item]";
let ticked = [];

const boxes = () => [...document.querySelectorAll(BOX)];

document.addEventListener("change", ({ target }) => {
  if (target.matches(BOX)) {
    ticked = boxes().filter((box) => box.checked).map((box) => box.value);
  }
});

document.addEventListener("w-swap:success", () => {
  // A frame later Wagtail's controller of the form is at work.
  requestAnimationFrame(() => {
    const kept = boxes().filter((box) => ticked.includes(box.value));
    for (const box of kept) {
      box.checked = true;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
});
