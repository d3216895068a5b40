"""An answer, or a conversation, as Markdown with its full citations.

What comes from a person or an article is escaped: it is words in the export, never markup. The one
kind of link in it is an article's own http or https address.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from rag.answer import DOUBT, Answer, Citation, Rival, Statement, day_line
from rag.period import written
from ui.chat.about import is_web
from ui.chat.conversation import Turn

_ACTIVE = re.compile(r"[\\`*_\[\]<>&~|$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_OPENING = re.compile(r"^([#+=-]|\d+(?=[.)]))")  # what makes a heading or a list of a line
_IN_ADDRESS = "!#$%&'()*+,-./:;=?@[]_~"  # not < and >, which would end it


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands, on one line.

    >>> print(escaped("# 5 < 6 [see](https://evil.example)"))
    \\# 5 \\< 6 \\[see\\](https\\://evil.example)
    """
    line = _ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))
    return _OPENING.sub(lambda found: _held(found[0]), line)


def _held(opening: str) -> str:
    return f"{opening}\\" if opening.isdigit() else f"\\{opening}"


def markdown(answer: Answer) -> str:
    """An answer as a document of its own."""
    return _document(_answer(answer, level=1))


def conversation_markdown(turns: Iterable[Turn], title: str, archive: str) -> str:
    """A conversation, with its title and its archive's name, as a document."""
    head = [f"# {escaped(title)}", f"From the archive {escaped(archive)}, by Dateline."]
    return _document([*head, *(part for turn in turns for part in _turn(turn))])


def _document(parts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, parts)) + "\n"


def _turn(turn: Turn) -> Iterator[str]:
    if turn.answer:
        yield from _answer(turn.answer, level=2)
    else:
        yield from [f"## {escaped(turn.asked)}", escaped(turn.problem)]


def _answer(answer: Answer, level: int) -> Iterator[str]:
    yield f"{'#' * level} {escaped(answer.question.text)}"
    yield f"Asked as of {written(answer.question.as_of)}."
    if answer.short_answer:
        yield f"**{escaped(answer.short_answer)}** {_numbers(answer.said_by)}".strip()
    yield escaped(answer.message)
    yield " ".join(map(_statement, answer.statements))
    yield from map(_rival, answer.rivals)
    if answer.model:
        yield f"Written by {escaped(answer.model)}, from the sources below."
    yield from map(escaped, answer.remarks)
    heading = "#" * (level + 1)
    yield from _sources(f"{heading} Sources", answer.citations)
    yield from _sources(f"{heading} Nearest passages", answer.nearest)


def _statement(statement: Statement) -> str:
    doubt = "" if statement.verified else f" *(unchecked: {DOUBT})*"
    return f"{escaped(statement.text)} {_numbers(statement.citations)}{doubt}"


def _rival(rival: Rival) -> str:
    first = rival.citations[0]
    where = escaped(", ".join(filter(None, [first.outlet, day_line(first)])))
    said = f"**{escaped(rival.short_answer)}** {_numbers(rival.citations)}"
    return f"Other reports say: {said} ({where})."


def _numbers(citations: Iterable[Citation]) -> str:
    return "".join(rf"\[{citation.number}\]" for citation in citations)


def _sources(heading: str, citations: Sequence[Citation]) -> Iterator[str]:
    if citations:
        yield heading
        yield from map(_source, citations)


def _source(citation: Citation) -> str:
    """Outlet, day and how it is known, title, address, quote, and where in the article it is."""
    where = [citation.outlet or "Outlet unknown", _day(citation)]
    title = f", “{escaped(citation.title)}”" if citation.title else ""
    address = f"<{quote(citation.url, safe=_IN_ADDRESS)}>" if is_web(citation.url) else ""
    place = f"Article {escaped(citation.article_id)}, characters {citation.start}–{citation.end}."
    lines = [
        rf"\[{citation.number}\] {escaped(', '.join(where))}{title}",
        f"> {escaped(citation.quote)}",
        " ".join(filter(None, [address, place])),
    ]
    return "\n\n".join(lines)


def _day(citation: Citation) -> str:
    day = day_line(citation)
    return f"{day} (stated)" if citation.published_how == "stated" else day


def file_name(title: str) -> str:
    """
    >>> file_name("Who opened the gates, & when?")
    'who-opened-the-gates-when.md'
    """
    words = re.findall(r"[a-z0-9]+", title.lower())
    return ("-".join(words)[:60].strip("-") or "dateline") + ".md"
