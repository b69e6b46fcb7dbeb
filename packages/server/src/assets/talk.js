// Shows a comment as it will look while it is typed, and sends it with Ctrl+Enter. Without this file there is a button.
const PAUSE_MS = 400;

for (const form of document.querySelectorAll("[data-comment-form]")) {
  const field = form.querySelector("textarea");
  const shown = document.createElement("div");
  shown.className = "comment-text preview";
  shown.setAttribute("aria-live", "polite");
  shown.hidden = true;
  form.append(shown);
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => preview(form, field, shown), PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

/** Plain text is its own preview. */
async function preview(form, field, shown) {
  const text = field.value;
  shown.hidden = !/[*_`$[\]#>@|]|^\s*[-\d]/m.test(text);
  if (shown.hidden) return;
  const headers = { accept: "application/json" };
  try {
    const answer = await fetch("/comments/preview", {
      method: "POST",
      headers,
      body: new URLSearchParams(new FormData(form)),
    });
    if (!answer.ok || field.value !== text) return;
    // The server's HTML is the same that the page will hold.
    shown.innerHTML = (await answer.json()).html;
  } catch {
    // Without a connection there is nothing to show; what was typed is still there, and so is the button.
    shown.hidden = true;
  }
}
