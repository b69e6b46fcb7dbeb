// Suggestions in search boxes, as the browser shows them. Without this file one types to the end.
/** Between the last key and the question. */
const PAUSE_MS = 120;
const CHARS_MIN = 2;

for (const box of document.querySelectorAll("form[role=search] input[type=search]")) {
  const list = document.createElement("datalist");
  list.id = "suggestions";
  box.setAttribute("list", list.id);
  box.form.append(list);
  let found = [];
  let timer;
  let asked;

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    asked?.abort();
    // Chosen from the list, and not typed letter by letter.
    const chosen = found.find(({ text }) => text === box.value);
    if (chosen && (event.inputType ?? "insertReplacementText") === "insertReplacementText") {
      return chosen.href ? location.assign(chosen.href) : box.form.requestSubmit();
    }
    timer = setTimeout(() => suggest(box.value), PAUSE_MS);
  });

  async function suggest(typed) {
    if (typed.trim().length < CHARS_MIN) return list.replaceChildren();
    asked = new AbortController();
    try {
      const answer = await fetch(`/search/suggestions?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      if (!answer.ok) return;
      found = await answer.json();
    } catch {
      return; // Typed on, or no network: a search box needs neither.
    }
    list.replaceChildren(
      ...found.map(({ text, about = "" }) =>
        Object.assign(document.createElement("option"), { value: text, label: about }),
      ),
    );
  }
}
