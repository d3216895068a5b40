"""One line above an answer: what is done and under way, then what the marks in it mean."""

from rag.answer import DOUBT, Answer, Stage
from ui.chat.conversation import Turn

STAGES: dict[Stage, tuple[str, str]] = {
    "searching": ("Searching the archive…", "Searched"),
    "reading": ("Reading what was found…", "Read"),
    "writing": ("The language model is writing…", "Written"),
    "checking": ("Checking each sentence…", "Checked"),
}
# The chat's sanitiser takes labels away; what is read out is there, out of sight.
CHECKED = "<span class='dl-checked'>✓<span class='dl-unseen'> checked</span></span>"
DOUBTFUL = f"<span class='dl-doubt'>? {DOUBT}</span>"


def progress(turn: Turn) -> str:
    done = "".join(f"<span class='dl-done'>✓ {STAGES[stage][1]}</span> " for stage in turn.done)
    now = f"<span class='dl-stage'>{STAGES[turn.stage][0]}</span>"
    return f"<p class='dl-line'>{done}{now}</p>"


def legend(answer: Answer) -> str:
    """Takes the place of the progress, so that nothing below it moves."""
    if not answer.statements:
        return ""
    checked = "numbers, dates, names and quotations stand in what is cited"
    return f"<p class='dl-line' title='{checked}'><span>✓ = checked against its source</span></p>"
