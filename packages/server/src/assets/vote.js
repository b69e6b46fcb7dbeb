// Votes at once and asks the server behind it. Without this file the button is a form that does the same.
const LOST = "The vote did not arrive. Try again.";

class UpvoteBox extends HTMLElement {
  #asked = Promise.resolve();
  #clicks = 0;
  /** What the server has said, or what it drew: there the box returns to when a vote is lost. */
  #known;

  connectedCallback() {
    this.addEventListener("submit", (event) => {
      if (!this.dataset.api) return;
      event.preventDefault();
      this.toggle();
    });
  }

  get button() {
    return this.querySelector("button");
  }

  /** One request after the other: the last click decides. */
  toggle() {
    const upvoted = this.button.value === "on";
    const before = Number(this.querySelector("[data-count]").dataset.count);
    this.#known ??= { upvoted: !upvoted, upvotes: before };
    this.show(upvoted, before + (upvoted ? 1 : -1));
    const click = ++this.#clicks;
    this.#asked = this.#asked.then(() => this.#send(upvoted, click));
  }

  async #send(upvoted, click) {
    const lost = await this.#ask(upvoted);
    // Another click is on its way already, and says what is shown.
    if (click !== this.#clicks) return;
    this.show(this.#known.upvoted, this.#known.upvotes);
    if (lost) this.#say(lost);
  }

  /** What went wrong, in a sentence; the browser's own words for it help nobody. */
  async #ask(upvoted) {
    try {
      const answer = await fetch(this.dataset.api, { method: upvoted ? "POST" : "DELETE" });
      if (answer.status === 401) return this.querySelector("form").submit();
      const said = await answer.json();
      if (!answer.ok) return said.error || LOST;
      this.#known = said;
    } catch {
      return LOST;
    }
  }

  show(upvoted, count) {
    const { button } = this;
    const number = this.querySelector("[data-count]");
    button.setAttribute("aria-pressed", String(upvoted));
    button.value = upvoted ? "off" : "on";
    number.dataset.count = count;
    number.textContent = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 })
      .format(count)
      .toLowerCase();
    button.lastElementChild.textContent = count === 1 ? " upvote" : " upvotes";
    this.classList.toggle("zero", count === 0);
    this.querySelector("[role=alert]")?.remove();
  }

  #say(text) {
    const note = Object.assign(document.createElement("small"), { textContent: text });
    note.setAttribute("role", "alert");
    this.append(note);
  }
}
customElements.define("upvote-box", UpvoteBox);
