/* What was typed and sent to no avail, as the sign-in had ended, stands on the page again after signing in.
   It is kept in this tab alone, from the press of Save until the page is shown again. */
"use strict";
(() => {
  const form = document.getElementById("settings");
  const notice = document.getElementById("unsent");
  if (!form || !notice) return;
  const place = `lagerbro.unsent ${form.getAttribute("action")}`;
  const fields = () => [...form.querySelectorAll("input[name]:not([type=hidden]), select[name]")];
  const value = (field) => (field.type === "checkbox" ? String(field.checked) : field.value);
  const before = new Map(fields().map((field) => [field, value(field)]));

  function restore(kept) {
    let restored = 0;
    for (const field of fields()) {
      const text = kept.texts[field.name];
      if (text === undefined || text === value(field)) continue;
      if (field.type === "checkbox") field.checked = text === "true";
      else field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      restored += 1;
    }
    if (!restored) return;
    form.elements.version.value = kept.version; // what somebody else has saved meanwhile is told, not overwritten
    const first = document.createElement("strong");
    first.textContent = notice.dataset.signedOut;
    const line = document.createElement("p");
    line.append(first, ` ${restored === 1 ? notice.dataset.one : notice.dataset.many.replace("{n}", restored)}`);
    notice.replaceChildren(line);
    notice.hidden = false;
  }

  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(place));
    sessionStorage.removeItem(place);
  } catch {
    return; // a browser that keeps nothing for us
  }
  if (kept && document.referrer.includes(notice.dataset.signIn)) restore(kept);

  form.addEventListener("submit", () => {
    const changed = fields().filter((field) => before.get(field) !== value(field));
    const texts = Object.fromEntries(changed.map((field) => [field.name, value(field)]));
    sessionStorage.setItem(place, JSON.stringify({ version: form.elements.version.value, texts }));
  });
})();
