// Keeps the address in step with the newest question, so that it opens the same question again.
// Gradio runs this once, when the page is there. What others keep in the address stays.

() => {
  const OURS = ["q", "as_of", "from", "to", "outlet"];
  const chat = document.getElementById("dl-chat");
  let shown = null;

  function follow() {
    const link = [...chat.querySelectorAll("a.dl-address")].pop();
    const asked = link ? link.search : null;
    if (asked === shown) return;
    shown = asked;
    const kept = new URLSearchParams(location.search);
    for (const name of OURS) kept.delete(name);
    for (const [name, value] of new URLSearchParams(asked ?? "")) kept.append(name, value);
    const search = kept.toString();
    history.replaceState(history.state, "", location.pathname + (search && `?${search}`));
  }

  new MutationObserver(follow).observe(chat, { childList: true, subtree: true });
}
