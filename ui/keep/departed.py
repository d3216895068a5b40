"""The source pane for an article that is no longer in the archive: what was cited of it stays."""

from html import escape

from index.errors import DatelineError
from rag.answer import Citation, source_line


def departed(citation: Citation, error: DatelineError) -> str:
    """Why the article cannot be shown, and the words that were quoted from it."""
    return (
        "<article class='dl-article'>"
        f"<p class='dl-problem' role='alert'>This article cannot be opened ({escape(str(error))})."
        " What was cited of it:</p>"
        f"<p><mark class='dl-quoted'>{escape(citation.quote)}</mark></p>"
        f"<p class='dl-where'>{escape(source_line(citation))}</p></article>"
    )
