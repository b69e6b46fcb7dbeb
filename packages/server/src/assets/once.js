// A form is sent once, however often its button is pressed while the answer is on its way. Without this file the server
// keeps what was sent twice once where that matters.
/** After that no answer is coming, and whoever presses again is right. */
const PATIENCE_MS = 8000;

addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.ariaBusy === "true") return event.preventDefault();
  form.ariaBusy = "true";
  setTimeout(() => (form.ariaBusy = null), PATIENCE_MS);
});

// In a page that the browser kept and shows again, forms are as new.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.ariaBusy = null;
});
