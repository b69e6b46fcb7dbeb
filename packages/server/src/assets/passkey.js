/** Passkeys on the sign-in and settings pages; without scripts, links by mail do the same. */

const post = async (step, body) => {
  const answer = await fetch(`/passkeys/${step}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw new Error(answer.status === 429 ? "Too many attempts. Wait a few minutes." : "refused");
  return answer.json();
};

const ceremonies = {
  "sign-in": async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await post("sign-in-options"));
    const response = await navigator.credentials.get({ publicKey });
    await post("sign-in", { response: response.toJSON() });
  },
  register: async (place) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await post("register-options"));
    const response = await navigator.credentials.create({ publicKey });
    const name = place.querySelector("input")?.value.trim();
    await post("register", { response: response.toJSON(), ...(name ? { name } : {}) });
  },
};

const wordsOf = (error) => {
  if (error.name === "NotAllowedError") return "Nothing was chosen.";
  if (error.name === "InvalidStateError") return "This device has a passkey for you already.";
  return error.message === "refused" ? "That did not work. Sign in by mail and try again." : error.message;
};

const isAble = typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
for (const place of isAble ? document.querySelectorAll("[data-passkey]") : []) {
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  place.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = "";
    try {
      await ceremonies[place.dataset.passkey](place);
      location.assign(place.dataset.next);
    } catch (error) {
      status.textContent = wordsOf(error);
      button.disabled = false;
    }
  });
}
