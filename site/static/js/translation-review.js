/* Puts the state of the review above the texts, where wagtail-localize leaves no block for it. */

const review = document.querySelector(".translation-review");
const editor = document.querySelector(".js-translation-editor");
if (review && editor) editor.before(review);
