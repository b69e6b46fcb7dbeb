// Says that a picture is too large before it is sent: the server could only refuse it with everything that was typed.
for (const input of document.querySelectorAll("input[data-bytes-max]")) {
  input.addEventListener("change", () => {
    const most = Number(input.dataset.bytesMax);
    const isTooLarge = [...input.files].some(({ size }) => size > most);
    input.setCustomValidity(isTooLarge ? `The picture is larger than ${most / 1024} kB. Choose a smaller one.` : "");
    input.reportValidity();
  });
}
