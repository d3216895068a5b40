// Citations anywhere on the page open in this pane. Gradio runs this once, when the pane is there,
// with `element`, `trigger` and `watch`.

const quoted = () => element.querySelector("mark.dl-quoted");
let opened = "";

function reveal() {
  const mark = quoted();
  if (!mark) {
    opened = "";
    return;
  }
  const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  mark.scrollIntoView({ block: "center", behavior: smooth });
}

function point(link) {
  for (const other of document.querySelectorAll("a[aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href*="#cite-"]');
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

watch("value", reveal);
