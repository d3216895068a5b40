// Goes to an archive that was made. Gradio runs this once, when the place of the news is there, with
// `element` and `watch`.

watch("value", () => {
  const news = element.querySelector("[data-archive]");
  if (!news) return;
  const to = new URL(location.href);
  to.searchParams.set("archive", news.dataset.archive);
  location.assign(to);
});
