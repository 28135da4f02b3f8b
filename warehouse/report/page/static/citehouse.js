// Comfort only: every page can be read and used without it.
"use strict";
for (const select of document.querySelectorAll("form.ordering select")) {
  select.form.querySelector("button").hidden = true;
  select.addEventListener("change", () => select.form.requestSubmit());
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
  const box = document.getElementById("words") ?? document.getElementById("find");
  if (box) { event.preventDefault(); box.focus(); }
});
