/* The content checks that Wagtail lacks, for its checker in the preview and on the site.

What they go by (words, limits) comes from editorial/content_checks.py, which applies the same rules
to the fields when a page is published. Each returns whether the element is as it should be. */

const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const ownText = (element) => {
  const copy = element.cloneNode(true);
  for (const nested of copy.querySelectorAll("ul, ol")) nested.remove();
  for (const lineBreak of copy.querySelectorAll("br")) lineBreak.replaceWith("\n");
  return copy.textContent;
};

const checks = {
  "page-summary": (element, { without }) => {
    const description = document.querySelector("meta[name='description']:not([data-automatic])");
    return Boolean(description?.content.trim() || document.querySelector(without));
  },
  "picture-alternative": (element) => Boolean(element.getAttribute("alt")?.trim()),
  "link-says-something": (element, { texts }) => !texts.includes(plain(element.textContent)),
  "easy-sentence": (element, { words, end }) =>
    ownText(element)
      .split(new RegExp(end))
      .every((sentence) => (sentence.match(/\S*[\p{L}\p{N}_]\S*/gu) ?? []).length <= words),
};

const userbar = document.querySelector("wagtail-userbar");
for (const [name, check] of Object.entries(checks)) userbar?.registerCheck(name, check);
