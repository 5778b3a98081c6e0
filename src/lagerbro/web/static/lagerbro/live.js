// A page that nobody looks at asks for nothing. A condition in hx-trigger would need eval, which our policy forbids.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.closest("[data-live]")) event.preventDefault();
});
