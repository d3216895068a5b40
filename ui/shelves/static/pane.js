// What was opened comes into sight, also where the pane lies below the list. Gradio runs this once,
// when the pane is there, with `element` and `watch`.

watch("value", () => {
  const mark = element.querySelector("mark");
  if (mark) mark.scrollIntoView({ block: "center" });
  else element.querySelector(".dl-article")?.scrollIntoView({ block: "start" });
});
