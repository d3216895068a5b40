// Another archive, or the other page with all else that the address says. Gradio runs this once,
// when the masthead is there, with `element` and `watch`.

const OF_AN_ARCHIVE = ["q", "c", "outlet"];

function go(path, archive, forgets = []) {
  const to = new URL(path, location.href);
  const query = new URLSearchParams(location.search);
  for (const name of forgets) query.delete(name);
  if (archive) query.set("archive", archive);
  to.search = query;
  location.assign(to);
}

element.addEventListener("change", (event) => {
  if (event.target.matches("select")) go(location.pathname, event.target.value, OF_AN_ARCHIVE);
});

element.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='archive=']");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(link.pathname, new URLSearchParams(link.search).get("archive"));
});

watch("value", () => {
  const select = element.querySelector("select");
  if (select) document.title = `${select.value} · Dateline`;
});
