// Copies a technical text for a letter to support. Without this file the text is marked and copied by hand.
"use strict";
(() => {
  const textsOf = (button) => [...button.parentElement.querySelectorAll("pre")];

  function marked(texts) {
    const range = document.createRange();
    range.setStartBefore(texts[0]);
    range.setEndAfter(texts[texts.length - 1]);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // Rackbeat's frame need not let us write to the clipboard, and a page over plain HTTP has none.
  async function copied(texts) {
    try {
      await navigator.clipboard.writeText(texts.map((text) => text.textContent).join("\n\n"));
      return true;
    } catch {
      marked(texts);
      return document.execCommand("copy");
    }
  }

  for (const button of document.querySelectorAll("button.copy")) {
    const told = button.nextElementSibling;
    button.hidden = false;
    button.addEventListener("click", async () => {
      told.textContent = (await copied(textsOf(button))) ? told.dataset.copied : told.dataset.marked;
    });
  }
})();
