// Votes at once and asks the server behind it. Without this file the button is a form that does the same.
class UpvoteBox extends HTMLElement {
  #asked = Promise.resolve();

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
    this.show(upvoted, before + (upvoted ? 1 : -1));
    this.#asked = this.#asked.then(() => this.#send(upvoted, before));
  }

  async #send(upvoted, before) {
    try {
      const answer = await fetch(this.dataset.api, { method: upvoted ? "POST" : "DELETE" });
      const said = await answer.json();
      if (answer.status === 401) return this.querySelector("form").submit();
      if (!answer.ok) throw new Error(said.error);
      this.show(said.upvoted, said.upvotes);
    } catch (error) {
      this.show(!upvoted, before);
      this.#say(error.message || "The vote did not arrive. Try again.");
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
