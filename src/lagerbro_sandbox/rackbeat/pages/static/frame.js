// The settings of an app stand in a frame; the app tells how high it is by postMessage({height}).
"use strict";
const LOWEST_PX = 200;
const HIGHEST_PX = 30000;
// Listens before the frame begins to load, which may tell at once.
window.addEventListener("message", (event) => {
  const frame = document.querySelector("iframe.app-settings");
  if (!frame || event.source !== frame.contentWindow || event.origin !== frame.dataset.origin) return;
  const height = Math.ceil(Number(event.data && event.data.height));
  if (Number.isFinite(height) && height > 0) {
    frame.style.height = `${Math.min(Math.max(height, LOWEST_PX), HIGHEST_PX)}px`;
  }
});
