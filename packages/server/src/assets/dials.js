// Dials answer at once. Without this file a button does the same.
const form = document.querySelector("form.dials");
for (const dial of form.querySelectorAll("input[type=range]")) {
  const output = dial.closest("p").querySelector("output");
  dial.addEventListener("input", () => (output.textContent = dial.value));
}
form.addEventListener("change", ({ target }) => {
  // A list of fields is still being written when its box loses focus.
  if (target.type === "range") form.requestSubmit();
});
