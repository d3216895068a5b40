"""What is asked and what comes back: question, citation, statement, answer.

`Answer.to_dict` is the one form in which an answer leaves Python: the command line's
`--json` and every other program's view of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from index.known import Certainty, in_words
from rag.period import written
from rag.revive import plain, revive
from rag.scope import EVERYTHING, Scope

Kind = Literal["fact", "who", "when", "where", "count", "why", "yes-no", "comparison", "summary"]
Stage = Literal["searching", "reading", "writing", "checking"]

DOUBTED = 0.5  # a confidence below which the answer says so
DOUBT = "not found in its source"  # said of a statement that is not verified


@dataclass(frozen=True, slots=True)
class Question:
    """A question, resolved from what was typed and from the conversation.

    Attributes:
        text: what was typed.
        standalone: the same, with what the conversation supplies; this is searched for.
        as_of: the day it is asked from; "this week" is the week of this day.
        until: nothing published after this day is used.
        window: first and last day asked about, both included; None if no time is named.
        kind: what form of answer fits.
        scope: the days and outlets that alone are looked in.
    """

    text: str
    standalone: str
    as_of: date
    until: date
    window: tuple[date, date] | None = None
    kind: Kind = "fact"
    scope: Scope = EVERYTHING


@dataclass(frozen=True, slots=True)
class Citation:
    """A span of one article: `archive.article(article_id).text[start:end] == quote`, always."""

    number: int
    article_id: str
    start: int
    end: int
    quote: str
    outlet: str
    title: str
    published: str | None
    published_how: Certainty
    url: str
    published_from: str = ""  # an `Origin`; empty if unknown


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, with the citations it rests on.

    Attributes:
        verified: whether its numbers, dates, names and quotations were found in what it cites.
    """

    text: str
    citations: tuple[Citation, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Rival:
    """Another answer that articles give: they disagree, or the count has changed since.

    Attributes:
        citations: sentences that give it; at least one.
        changed: the same outlet or story gave it on another day; else reports disagree.
    """

    short_answer: str
    citations: tuple[Citation, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """How many say so: prints and rewrites of one report are one report of several outlets."""

    outlets: int
    reports: int

    def __str__(self) -> str:
        if self.reports == 1:
            return f"{self.outlets} outlets say so, all in prints of one report."
        return f"{self.outlets} outlets say so, in {self.reports} independent reports."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets.

    Attributes:
        short_answer: the answer in a few words, where one was found.
        said_by: sentences that give the short answer, one an article; the first is the one that a
            statement repeats.
        support: how many outlets give the short answer; None if fewer than two are known to.
        rivals: other answers that are as well supported, or nearly.
        confidence: from 0 to 1, how likely the short answer is right; None without one.
        statements: the answer's sentences, in reading order; empty when abstaining.
        citations: every citation of the statements, once each, by number from 1.
        prints: what is cited, as other articles print it; numbered on from the citations.
        stories: the numbers of citations and prints, grouped by the story that their articles tell;
            those of rivals stand apart.
        abstained: the archive does not say.
        message: what Dateline says of itself, not of the news: a greeting, or why it abstains.
        nearest: when abstaining, the nearest passages, for the reader to judge.
        why_not: of each of these, why it does not answer.
        looked_for: when abstaining, the words that were looked for, as the question has them.
        follow_ups: questions that the archive can answer next.
        notes: remarks on the answer as a whole, such as "The newest article is of 1 October 2021."
        model: the language model that wrote the statements; None if they are the articles' own.
        dropped: sentences that a model wrote but that cite nothing, and are left out.
        timings: milliseconds by stage, and "total".
    """

    question: Question
    statements: tuple[Statement, ...] = ()
    short_answer: str | None = None
    said_by: tuple[Citation, ...] = ()
    support: Support | None = None
    rivals: tuple[Rival, ...] = ()
    confidence: float | None = None
    citations: tuple[Citation, ...] = ()
    prints: tuple[Citation, ...] = ()
    stories: tuple[tuple[int, ...], ...] = ()
    abstained: bool = False
    message: str = ""
    nearest: tuple[Citation, ...] = ()
    why_not: tuple[str, ...] = ()
    looked_for: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    model: str | None = None
    dropped: int = 0
    timings: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def text(self) -> str:
        """The answer as a reader sees it: the short answer, then each sentence, with the numbers
        of what they cite."""
        sentences = (statement_line(statement) for statement in self.statements)
        body = " ".join(filter(None, [self.message, *sentences]))
        return "\n".join([*filter(None, [short_line(self)]), body, *map(rival_line, self.rivals)])

    @property
    def assurance(self) -> tuple[str, ...]:
        """How many give the short answer, and how likely it is right, in words."""
        return (*_support(self), *_likelihood(self.confidence))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said below the sources."""
        looked_for = [f"Looked for: {', '.join(self.looked_for)}."] if self.looked_for else []
        return (*looked_for, *self.assurance, *self.notes)

    def __str__(self) -> str:
        parts = [self.text]
        if lines := source_lines(self):
            parts += ["Sources:" if self.citations else "Nearest passages:", *lines]
        return "\n".join([*parts, *self.remarks])

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types only; days as ISO 8601."""
        return {**plain(self), "text": self.text, "assurance": list(self.assurance)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Answer":
        """The answer that `to_dict` made `data` of; raises DatelineError if it is of none."""
        return revive(cls, data)


@dataclass(frozen=True, slots=True)
class Piece:
    """One step of a streamed answer; exactly one field is set. The last piece holds the answer.

    A new stage withdraws the statements streamed before it: another way of answering begins.
    """

    stage: Stage | None = None
    statement: Statement | None = None
    answer: Answer | None = None


def short_line(answer: Answer) -> str:
    """`Larvik. [1][3]`; nothing where there is no short answer."""
    if not answer.short_answer:
        return ""
    return f"{answer.short_answer.removesuffix('.')}. {_numbers(answer.said_by)}".strip()


def rival_line(rival: Rival) -> str:
    """`Other reports say: seven [4] (Harbour Post, 9 June 2020).`"""
    first = rival.citations[0]
    where = ", ".join(filter(None, [first.outlet, day_line(first)]))
    return f"Other reports say: {rival.short_answer} {_numbers(rival.citations)} ({where})."


def _numbers(citations: Sequence[Citation]) -> str:
    return "".join(f"[{citation.number}]" for citation in citations)


def statement_line(statement: Statement) -> str:
    """`The calls went unanswered. [1][2]`, and `(not found in its source)` if it was not."""
    return f"{statement.text} {_numbers(statement.citations)}" + (
        "" if statement.verified else f" ({DOUBT})"
    )


def _support(answer: Answer) -> list[str]:
    if answer.support:
        return [str(answer.support)]
    outlets = {citation.outlet for citation in answer.said_by}
    return [f"One outlet says so: {outlet}." for outlet in outlets if outlet and len(outlets) == 1]


def _likelihood(confidence: float | None) -> list[str]:
    if confidence is None:
        return []
    right = min(max(round(10 * confidence), 1), 9)
    said = f"of short answers found like this one, about {right} in 10 are right."
    return [f"Not sure: {said}" if confidence < DOUBTED else said.capitalize()]


def source_lines(answer: Answer) -> list[str]:
    """Its citations; or its nearest passages, each with why it does not answer."""
    if answer.citations:
        return [source_line(citation) for citation in answer.citations]
    why_not = answer.why_not or [""] * len(answer.nearest)
    lines = zip(map(source_line, answer.nearest), why_not, strict=True)
    return [" ".join(filter(None, both)) for both in lines]


def source_line(citation: Citation) -> str:
    """`[1] Harbour Post, 9 June 2020, "Lines go quiet": "The calls went unanswered."`"""
    heading = f'"{citation.title}"' if citation.title else ""
    where = ", ".join(filter(None, [citation.outlet, day_line(citation), heading]))
    quote = " ".join(citation.quote.split())  # a passage may hold line breaks
    return f'[{citation.number}] {where}: "{quote}"'


def day_line(citation: Citation) -> str:
    """`9 June 2020`; `about 9 June 2020 (from the URL)` if inferred; `undated` if unknown."""
    if citation.published is None:
        return "undated"
    day = written(date.fromisoformat(citation.published[:10]))
    if citation.published_how != "inferred":
        return day
    source = in_words(citation.published_from)
    return f"about {day} ({source})" if source else f"about {day}"
