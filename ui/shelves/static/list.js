// Opens, turns pages and asks before it removes. Gradio runs this once, when the list is there,
// with `element`, `trigger` and `watch`.

let turned = false;

function point(button) {
  for (const other of element.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
}

function confirm({ remove, title, from, siblings }) {
  const dialog = document.querySelector(".dl-confirm");
  const [question, where] = dialog.querySelectorAll("p");
  const all = dialog.querySelector("[value=all]");
  question.textContent = `Remove “${title}” from the archive?`;
  where.textContent = from ? `It came from ${from}.` : "";
  all.textContent = `Remove all ${siblings} of ${from}`;
  all.hidden = Number(siblings) < 2;
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (!dialog.returnValue) return;
    turned = true;
    trigger("delete", { article: remove, all: dialog.returnValue === "all" });
  };
  dialog.showModal();
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.open) {
    point(button);
    trigger("click", { open: button.dataset.open });
  } else if (button.dataset.page) {
    turned = true;
    const { page, undated } = button.dataset;
    trigger("select", { page: Number(page), ...(undated && { undated: undated === "1" }) });
  } else if (button.dataset.remove) {
    confirm(button.dataset);
  }
});

watch("value", () => {
  if (turned) element.querySelector("h2")?.focus();
  turned = false;
});
