// Papers of a list that somebody orders can be dragged. Without this file their buttons move them; with it, too.
const list = document.querySelector("[data-ordered]");
/** Where the list goes on from another page, its first place. */
const firstPlace = Number(list?.dataset.ordered) || 1;
const cards = () => [...(list?.querySelectorAll(":scope > .card") ?? [])];
let held = null;

for (const card of cards()) {
  if (!card.querySelector("[data-move]")) continue;
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    held = card;
    event.dataTransfer.effectAllowed = "move";
    card.classList.add("held");
  });
  card.addEventListener("dragend", () => {
    held?.classList.remove("held");
    held = null;
  });
}

list?.addEventListener("dragover", (event) => {
  const over = event.target.closest(".card");
  if (!held || !over || over === held) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  list.insertBefore(held, event.clientY > top + height / 2 ? over.nextSibling : over);
});

list?.addEventListener("drop", (event) => {
  if (!held) return;
  event.preventDefault();
  const form = held.querySelector("[data-move]");
  const to = Object.assign(document.createElement("input"), { type: "hidden", name: "to" });
  to.value = String(cards().indexOf(held) + firstPlace);
  form.append(to);
  form.submit();
});
