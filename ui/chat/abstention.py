"""Where the archive does not say: what was looked for, what is nearest, and why it does not do."""

from rag.answer import Answer
from ui.chat.cards import card, listed
from ui.chat.render import plain


def abstention(answer: Answer, turn: int) -> str:
    reasons = answer.why_not or ("",) * len(answer.nearest)
    rows = [
        card(near, "", turn, f"<span class='dl-why'>{plain(why)}</span>" if why else "")
        for near, why in zip(answer.nearest, reasons, strict=True)
    ]
    message = f"<p class='dl-message'>{plain(answer.message)}</p>"
    nearest = listed("Nearest passages, and why they do not answer", rows)
    return f"<div class='dl-abstention'>{message}{_looked_for(answer)}</div>{nearest}"


def _looked_for(answer: Answer) -> str:
    words = "".join(f"<li>{plain(word)}</li>" for word in answer.looked_for)
    return f"<p class='dl-looked'>Looked for</p><ul class='dl-words'>{words}</ul>" if words else ""
