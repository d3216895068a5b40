// The list of conversations, and the buttons under the answers. Gradio runs this once, when the
// list is there, with `element`, `trigger` and `watch`.

const SHOWN = "dl-kept-shown";
const main = document.getElementById("dl-main");
let query = "";
let done = "";

// The list is shown or folded; as the reader left it, else as the screen has room.

function show(shown) {
  main.classList.toggle(SHOWN, shown);
  element.querySelector(".dl-kept-toggle")?.setAttribute("aria-expanded", shown);
}

const shown = () => main.classList.contains(SHOWN);
const left = localStorage.getItem(SHOWN);
show(left ? left === "yes" : matchMedia("(min-width: 1400px)").matches);

function fold() {
  show(!shown());
  localStorage.setItem(SHOWN, shown() ? "yes" : "no");
}

// A question to the reader; with a value, one that is answered in writing.

function confer(text, agree, value, then) {
  const dialog = document.createElement("dialog");
  dialog.className = "dl-dialog";
  dialog.innerHTML =
    "<form method='dialog'><label><span></span><textarea rows='4'></textarea></label>" +
    "<p><button value=''>Cancel</button><button class='dl-agree' value='yes'></button></p></form>";
  const field = dialog.querySelector("textarea");
  dialog.querySelector("span").textContent = text;
  dialog.querySelector(".dl-agree").textContent = agree;
  if (value === null) field.remove();
  else field.value = value;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") then(field.value);
  });
  document.body.append(dialog);
  dialog.showModal();
}

// What the server hands over goes to the clipboard, or into a file.

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");  // without https there is no such clipboard
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

function save(text, file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function run(errand) {
  if (!errand || errand.dataset.errand === done) return;
  done = errand.dataset.errand;
  if (errand.dataset.file) return save(errand.textContent, errand.dataset.file);
  await copy(errand.textContent);
  say("Copied");
}

function say(text) {
  const status = element.querySelector(".dl-kept-said");
  status.textContent = text;
  setTimeout(() => (status.textContent = ""), 3000);
}

// The conversation on the page is in its address, so that a reload opens it again; and one that is
// left is a step back in the browser's history.

const named = () => new URLSearchParams(location.search).get("c") ?? "";
let travelling = false;

function keepAddress(open) {
  const left = named();
  const address = new URL(location.href);
  if (open) address.searchParams.set("c", open);
  else address.searchParams.delete("c");
  const step = left && !travelling ? "pushState" : "replaceState";
  if (open !== left) history[step](history.state, "", address);
  travelling = false;
}

addEventListener("popstate", () => {
  const c = named();
  if (c === (element.querySelector("nav")?.dataset.open ?? "")) return;
  travelling = true;
  trigger("select", { c });
});

function search() {
  for (const row of element.querySelectorAll("li"))
    row.hidden = !row.querySelector(".dl-kept-title").textContent.toLowerCase().includes(query);
}

const titled = (c) => element.querySelector(`#dl-kept-${c}`).textContent;

function onList(event) {
  if (event.target.closest(".dl-kept-toggle")) return fold();
  if (event.target.closest(".dl-export-all")) return trigger("copy", { act: "export", all: true });
  const chosen = event.target.closest("[data-c]");
  if (!chosen) return;
  const c = chosen.dataset.c;
  if (chosen.matches(".dl-rename"))
    confer("Rename the conversation", "Rename", titled(c), (title) => trigger("edit", { c, title }));
  else if (chosen.matches(".dl-delete"))
    confer(`Delete “${titled(c)}”? It cannot be brought back.`, "Delete", null, () => trigger("delete", { c }));
  else if (!(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    if (matchMedia("(max-width: 760px)").matches) show(false);
    trigger("select", { c });
  }
}

function onAnswer(button) {
  const [, action] = button.id.match(/^dl-([a-z]+)-/);
  const act = button.id;
  if (action === "copy" || action === "export") trigger("copy", { act });
  else if (action !== "say") trigger("like", { act });
  else {
    const said = button.closest(".dl-reply").querySelector(".dl-comment")?.textContent ?? "";
    confer("What was good or poor about this answer?", "Store", said, (comment) => trigger("like", { act, comment }));
  }
}

element.addEventListener("click", onList);
element.addEventListener("input", (event) => {
  query = event.target.value.toLowerCase();
  search();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest(".dl-action");
  if (button) onAnswer(button);
});

// The chat lets no `aria-pressed` through; which thumb is pressed, its class says.
new MutationObserver(() => {
  for (const thumb of main.querySelectorAll(".dl-thumb"))
    thumb.setAttribute("aria-pressed", thumb.classList.contains("dl-pressed"));
}).observe(main, { childList: true, subtree: true, attributeFilter: ["class"] });

watch("value", () => {
  const list = element.querySelector("nav");
  show(shown());
  const field = element.querySelector("input[type=search]");
  if (field) field.value = query;
  search();
  keepAddress(list.dataset.open);
  run(element.querySelector("[data-errand]"));
});
