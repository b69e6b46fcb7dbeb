// Keys for readers who keep their hands on the keyboard. Pages are complete without this file.
const cards = () => [...document.querySelectorAll(".papers .card h2 a")];
const help = document.getElementById("keys");
/** The first key of a two-key command, forgotten after this time. */
const SECOND_KEY_MS = 1000;
let pending = "";

function move(step) {
  const links = cards();
  if (links.length === 0) return;
  const at = links.findIndex((link) => link.closest(".card").contains(document.activeElement));
  const to = at === -1 ? (step > 0 ? firstInSight(links) : -1) : at + step;
  const link = links[to];
  if (!link) return;
  link.focus({ preventScroll: true });
  link.closest(".card").scrollIntoView({ block: "nearest" });
}

function firstInSight(links) {
  const at = links.findIndex((link) => link.getBoundingClientRect().top >= 0);
  return at === -1 ? links.length - 1 : at;
}

function open() {
  const card = document.activeElement?.closest(".card");
  if (card && document.activeElement !== document.body) card.querySelector("h2 a").click();
}

function upvote() {
  const card = document.activeElement?.closest(".card") ?? document.querySelector(".paper .actions");
  card?.querySelector("upvote-box button")?.click();
}

/** A button of the card in focus that names its key. */
function buttonOf(key) {
  const button = /^[a-z]$/.test(key) && document.activeElement?.closest(".card")?.querySelector(`[data-key=${key}]`);
  return button ? () => button.click() : undefined;
}

const follow = (rel) => document.querySelector(`.neighbours a[rel=${rel}], .pager a[rel=${rel}]`)?.click();

function search() {
  const box = document.querySelector(".filters input[type=search]") ?? document.querySelector(".search input");
  box.focus();
  box.select();
}

const commands = {
  j: () => move(1),
  k: () => move(-1),
  o: open,
  u: upvote,
  "/": search,
  "[": () => follow("prev"),
  "]": () => follow("next"),
  "?": () => help.showModal(),
  "g h": () => location.assign("/"),
};

function isTyping(target) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || help.open) return;
  const command = commands[`${pending}${event.key}`] ?? commands[event.key] ?? buttonOf(event.key);
  pending = event.key === "g" ? "g " : "";
  if (pending) setTimeout(() => (pending = ""), SECOND_KEY_MS);
  if (!command) return;
  event.preventDefault();
  command();
});

document.querySelector("[data-help]")?.addEventListener("click", (event) => {
  event.preventDefault();
  help.showModal();
});
