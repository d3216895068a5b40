// A question offered under an answer is asked by a click. Gradio runs this once, with `trigger`.

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href*="#ask-"]');
  if (!link) return;
  event.preventDefault();
  document.querySelector("#dl-box textarea").focus();
  trigger("click", { ask: link.hash });
});
