// Keeps the newest question in sight. Gradio runs this once, when the page is there.

() => {
  const chat = document.getElementById("dl-chat");
  if (!chat) return; // another page
  let shown = 0;

  // Gradio labels each message with its HTML, which a screen reader would then read out.
  function unlabel() {
    for (const message of chat.querySelectorAll("[data-testid][aria-label*='message:']"))
      message.removeAttribute("aria-label");
  }

  function follow() {
    const questions = chat.querySelectorAll(".dl-question");
    if (questions.length > shown) questions[questions.length - 1].scrollIntoView({ block: "start" });
    shown = questions.length;
  }

  new MutationObserver(() => {
    unlabel();
    follow();
  }).observe(chat, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
}
