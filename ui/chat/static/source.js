// Citations anywhere on the page open in this pane. Gradio runs this once, when the pane is there,
// with `element`, `trigger` and `watch`.

const OPENS = 'a[href*="#cite-"], a[href*="#article-"]';
const quoted = () => element.querySelector("mark.dl-quoted");
let opened = "";
let from = null; // the link in the conversation that the pane was opened from

function reveal() {
  const place = quoted() || element.querySelector(".dl-head h2");
  if (!place) {
    opened = "";
    return;
  }
  const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  place.scrollIntoView({ block: "center", behavior: smooth });
  place.focus({ preventScroll: true });
}

// The newest link of that address, for the conversation may have been drawn anew.
function inConversation(hash) {
  return [...document.querySelectorAll(`#dl-chat ${OPENS}`)].filter((link) => link.hash === hash);
}

function point(link) {
  for (const other of document.querySelectorAll("a[aria-current]")) other.removeAttribute("aria-current");
  const same = inConversation(link.hash);
  for (const one of same) one.setAttribute("aria-current", "true");
  from = same.includes(link) ? link : same[0] || from;
}

function back() {
  const link = from?.isConnected ? from : inConversation(opened)[0];
  if (!link) return;
  if (link.closest("details")) link.closest("details").open = true;
  link.scrollIntoView({ block: "nearest" });
  link.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".dl-back")) {
    event.preventDefault();
    back();
    return;
  }
  const link = event.target.closest(OPENS);
  if (!link) return;
  event.preventDefault();
  point(link);
  if (link.hash === opened && quoted()) {
    reveal();
  } else {
    opened = link.hash;
    trigger("click", { cite: link.hash });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable='true']")) return;
  const step = element.querySelector(`.dl-step[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
  if (step) step.click();
  else if (event.key === "Escape" && element.contains(event.target)) back();
});

watch("value", reveal);
