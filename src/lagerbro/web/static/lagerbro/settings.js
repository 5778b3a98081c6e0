/* Comfort on the settings page: search as you type, arrows as in a spreadsheet, what is not saved yet.
   Without this file everything works by typing a number and pressing Save. */
"use strict";
(() => {
  const form = document.getElementById("settings");
  const picker = document.getElementById("picker");
  if (!form || !picker) return;
  const initial = new Map();
  const alreadyChanged = Number(form.dataset.changed || 0);
  let open = null; // the field whose choices are shown
  let at = -1;
  let asking = null;
  let timer = 0;

  const fields = () => form.querySelectorAll("input[name]:not([type=hidden]), select[name]");
  const value = (field) => (field.type === "checkbox" ? String(field.checked) : field.value.trim());
  const hint = (field) => document.getElementById(field.id + "-hint");
  const isCell = (field) => field.name.startsWith("purchase_accounts:");

  /* What is not saved yet, and what is not decided yet. */
  function count() {
    let changed = alreadyChanged;
    for (const field of fields()) if (initial.get(field) !== value(field)) changed += 1;
    const line = document.getElementById("unsaved");
    if (line) line.textContent = changed ? `${changed} ${changed === 1 ? line.dataset.one : line.dataset.many}` : "";
    form.classList.toggle("dirty", changed > 0);
    const undecided = document.getElementById("undecided");
    if (!undecided) return;
    const left = form.querySelectorAll(".cell:not(.exempt) input");
    undecided.textContent = [...left].filter((field) => !field.value.trim() || field.dataset.unknown).length;
    const byName = document.getElementById("by-name");
    if (!byName) return;
    byName.textContent = [...form.querySelectorAll(".confirm[data-together]")].filter((one) => one.offsetParent).length;
    byName.closest("details").hidden = byName.textContent === "0";
  }
  function touched(field) {
    const cell = field.closest(".cell");
    if (cell) {
      cell.classList.remove("suggested", "empty", "decided", "wrong");
      cell.classList.add(!field.value.trim() ? "empty" : initial.get(field) === value(field) ? "decided" : "changed");
      if (field.value.trim()) cell.querySelector(".confirm")?.remove();
      const cells = [...cell.parentElement.querySelectorAll(".cell:not(.exempt) input")];
      cell.parentElement.classList.toggle("complete", cells.every((one) => one.value.trim()));
    }
    count();
  }
  function unsay(field) {
    field.closest(".cell, .setting")?.querySelectorAll(".said").forEach((line) => line.remove());
    field.removeAttribute("aria-invalid");
  }
  function set(field, text, words, why) {
    field.value = text;
    if (hint(field)) hint(field).textContent = words || "";
    unsay(field);
    if (why && hint(field)) {
      const line = document.createElement("p");
      line.className = "said attention";
      line.textContent = why;
      hint(field).after(line);
    }
    touched(field);
    soon();
  }

  /* The choices. */
  function close() {
    picker.hidden = true;
    if (open) {
      open.setAttribute("aria-expanded", "false");
      open.removeAttribute("aria-activedescendant");
    }
    open = null;
    at = -1;
  }
  const options = () => [...picker.querySelectorAll("[role=option]:not([aria-disabled=true])")];
  function mark(to) {
    const all = options();
    all[at]?.removeAttribute("aria-selected");
    at = Math.max(-1, Math.min(to, all.length - 1));
    const one = all[at];
    if (!one || !open) return;
    one.setAttribute("aria-selected", "true");
    open.setAttribute("aria-activedescendant", one.id);
    one.scrollIntoView({ block: "nearest" });
  }
  async function ask(field, search = field.value.trim()) {
    asking?.abort();
    asking = new AbortController();
    const address = `pick/?for=${encodeURIComponent(field.name)}&q=${encodeURIComponent(search)}`;
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: asking.signal });
      if (!answer.ok || document.activeElement !== field) return;
      picker.innerHTML = await answer.text();
    } catch {
      return; // a newer question has replaced this one, or there is no line: the number can still be typed
    }
    open = field;
    place(field);
    field.setAttribute("aria-expanded", "true");
    at = -1;
    if (search) mark(0);
  }
  function place(field) {
    const box = field.getBoundingClientRect();
    picker.hidden = false;
    const width = Math.min(Math.max(box.width, 420), document.documentElement.clientWidth - 16);
    picker.style.setProperty("--width", `${width}px`);
    picker.style.setProperty("--left", `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8)) + window.scrollX}px`);
    const below = window.innerHeight - box.bottom - 80;
    const top = below > 180 ? box.bottom + 4 : box.top - 4 - picker.offsetHeight;
    picker.style.setProperty("--top", `${top + window.scrollY}px`);
  }
  function choose(option) {
    const field = open;
    if (!option || !field) return;
    set(field, option.dataset.value, option.dataset.hint, option.querySelector(".why")?.textContent);
    close();
  }
  picker.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the field keeps the focus
    const option = event.target.closest("[role=option]");
    if (option && option.getAttribute("aria-disabled") !== "true") choose(option);
  });

  /* A number that is typed and no account is told on leaving, not only on saving. */
  async function check(field) {
    const text = field.value.trim();
    delete field.dataset.unknown;
    if (!/^\d+$/.test(text) || hint(field)?.textContent || initial.get(field) === text) return count();
    const answer = await fetch(`pick/?for=${encodeURIComponent(field.name)}&q=${text}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || field.value.trim() !== text) return count();
    const offered = document.createElement("div");
    offered.innerHTML = await answer.text();
    const found = [...offered.querySelectorAll("[role=option]")].find((one) => one.dataset.value === text);
    if (found) return set(field, text, found.dataset.hint, found.querySelector(".why")?.textContent);
    field.dataset.unknown = "yes";
    set(field, text, "", form.dataset.unknown.replace("{n}", text));
    return count();
  }

  /* Moving in the grid. */
  function neighbour(field, down, right) {
    const cell = field.closest(".cell");
    if (!cell) return null;
    const seen = (one) => one.offsetParent !== null;
    let row = cell.parentElement;
    const column = [...row.querySelectorAll(".cell")].indexOf(cell);
    if (down) {
      do row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      while (row && !seen(row));
      return row?.querySelectorAll(".cell input")[column] || null;
    }
    const inputs = [...row.querySelectorAll(".cell input")].filter(seen);
    return inputs[inputs.indexOf(field) + right] || null;
  }
  function go(field) {
    if (!field) return false;
    field.focus();
    field.select();
    return true;
  }
  function keys(event) {
    const field = event.target;
    if (!field.matches?.("[data-pick]")) return;
    const isOpen = open === field && !picker.hidden;
    const atStart = field.selectionStart === 0;
    const atEnd = field.selectionEnd === field.value.length;
    switch (event.key) {
      case "ArrowDown":
        if (event.altKey && !isOpen) ask(field);
        else if (isOpen) mark(at + 1);
        else if (!isCell(field)) ask(field);
        else if (!go(neighbour(field, 1, 0))) return;
        break;
      case "ArrowUp":
        if (isOpen) mark(at - 1);
        else if (!go(neighbour(field, -1, 0))) return;
        break;
      case "ArrowRight":
        if (isOpen || !atEnd || !go(neighbour(field, 0, 1))) return;
        break;
      case "ArrowLeft":
        if (isOpen || !atStart || !go(neighbour(field, 0, -1))) return;
        break;
      case "Escape":
        if (!isOpen) return;
        close();
        break;
      case "Enter": {
        if (isOpen && options()[at]) choose(options()[at]);
        close();
        go(neighbour(field, 1, 0));
        break;
      }
      default:
        return;
    }
    event.preventDefault();
  }

  /* Suggestions: confirmed here at once; the same buttons work on the server without script. */
  function confirm(field) {
    const button = field.closest(".cell")?.querySelector(".confirm");
    if (button && !field.value.trim()) set(field, button.dataset.value, button.dataset.hint);
  }
  function help(button) {
    const [act, subject] = [button.value.split(":")[0], button.value.slice(button.value.indexOf(":") + 1)];
    const cells = [...form.querySelectorAll(".cell input")];
    const place = (field) => field.name.slice(field.name.indexOf(":") + 1).split(".");
    if (act === "confirm") {
      for (const field of cells) {
        const [row, zone] = place(field);
        const shown = field.offsetParent !== null;
        const byName = field.closest(".cell").querySelector(".confirm[data-together]");
        const among = subject === `row-${row}` || ((subject === "all" || subject === `column-${zone}`) && shown);
        if (subject === `${row}.${zone}` || (among && byName)) confirm(field);
      }
    } else if (act === "copy") {
      for (const from of cells.filter((field) => place(field)[0] === subject && field.value.trim())) {
        for (const to of cells.filter((field) => place(field)[1] === place(from)[1] && !field.value.trim())) {
          set(to, from.value, hint(from)?.textContent);
        }
      }
    } else return false;
    return true;
  }
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    const field = button.closest(".cell")?.querySelector("input");
    if (help(button)) {
      event.preventDefault();
      if (field) go(neighbour(field, 1, 0) || field);
      else if (!button.isConnected) form.querySelector(".grid input")?.focus();
    }
  });

  /* Which sections are answered now: the server counts, as it does for a page without script. */
  let counting = 0;
  async function sections() {
    const sent = new FormData(form);
    sent.set("act", "count");
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "HX-Request": "true" } });
      if (answer.ok) document.getElementById("sections").outerHTML = await answer.text();
    } catch {
      return; // without a line the counts stay as they were
    }
  }
  function soon() {
    clearTimeout(counting);
    counting = setTimeout(sections, 400);
  }

  form.addEventListener("keydown", keys);
  form.addEventListener("change", soon);
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches("[data-pick]")) {
      if (hint(field)) hint(field).textContent = "";
      unsay(field);
      clearTimeout(timer);
      timer = setTimeout(() => ask(field), 120);
    }
    if (field.name) touched(field);
  });
  form.addEventListener("focusin", (event) => {
    const field = event.target;
    if (!field.matches("[data-pick]")) return;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", "picker");
    field.setAttribute("aria-expanded", "false");
    if (!isCell(field) && form.classList.contains("ready")) ask(field, ""); // in the grid arrows move, so a click opens
  });
  form.addEventListener("focusout", (event) => {
    asking?.abort();
    clearTimeout(timer);
    close();
    if (event.target.matches("[data-pick]")) check(event.target);
  });
  form.addEventListener("click", (event) => {
    if (event.target.matches("[data-pick]") && (picker.hidden || open !== event.target)) ask(event.target, "");
  });
  window.addEventListener("beforeunload", (event) => {
    if (form.classList.contains("dirty") && !form.classList.contains("sending")) event.preventDefault();
  });
  form.addEventListener("submit", () => form.classList.add("sending"));
  form.querySelector(".undo")?.addEventListener("click", () => form.classList.add("sending"));
  for (const field of fields()) {
    initial.set(field, value(field));
    field.removeAttribute("list"); // our own choices tell more than the browser's
  }
  document.documentElement.classList.add("live");
  form.classList.add("ready");
  count();
})();
