// A copy button on every citation. Without this file the text can be selected, and a click on the download works.
const TOLD_MS = 2000;

for (const block of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  const label = `Copy ${block.dataset.copy}`;
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", async () => {
    button.textContent = (await copied(block)) ? "Copied" : "Selected: press Ctrl+C";
    setTimeout(() => (button.textContent = label), TOLD_MS);
  });
  block.nextElementSibling.prepend(button, " ");
}

/** Browsers refuse the clipboard to pages that came without TLS: then the text is at least selected. */
async function copied(block) {
  try {
    await navigator.clipboard.writeText(block.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(block);
    return false;
  }
}
