"""Known-answer cases: questions about an archive whose right answers are known.

A file of cases is JSON Lines, one case a line; `eval/sample/cases.jsonl` shows every kind.
A malformed line is refused, never skipped: a gate that quietly ran fewer cases would pass.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from eval.record import Record
from index.errors import DatelineError

CaseKind = Literal[
    "fact", "who-said", "as-of", "follow-up", "comparison", "why", "unanswerable", "false-premise"
]
KINDS: tuple[str, ...] = get_args(CaseKind)
UNANSWERED = frozenset({"unanswerable", "false-premise"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that states the answer.

    Attributes:
        article: the file's name; for one of many in a JSON Lines file, "file.jsonl#2" (from 1);
            or the article's id.
        sentence: as it stands in the article's text.
    """

    article: str
    sentence: str


@dataclass(frozen=True)
class Case:
    """One question and what a right answer to it is.

    Attributes:
        as_of: the day it is asked from.
        until: nothing published after this day is used; `as_of` where None.
        history: the questions asked before it in the conversation, oldest first.
        answers: any one of them is right; empty where the right answer is to abstain.
        evidence: the sentences an answer may rest on; empty where `answers` is.
    """

    id: str
    kind: CaseKind
    question: str
    as_of: date
    until: date | None = None
    history: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def answerable(self) -> bool:
        return self.kind not in UNANSWERED


def load_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file, in its order; blank lines are passed over.

    Raises:
        DatelineError: the file cannot be read or holds no case, or a line is malformed; the
            problem names the file, the line and the field.
    """
    cases: dict[str, Case] = {}
    for number, line in enumerate(_text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        record = Record.parse(line, f"{path}, line {number}")
        case = _case(record)
        if case.id in cases:
            record.refuse("id", f"is {case.id!r}, as on an earlier line", "give each case its own")
        cases[case.id] = case
    if not cases:
        raise DatelineError(f"no cases in '{path}'", "write one JSON object a line")
    return list(cases.values())


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DatelineError(
            f"cannot read cases from '{path}' ({error})", "name a UTF-8 JSON Lines file"
        ) from error


def _case(record: Record) -> Case:
    record.expect(
        required=("id", "kind", "question", "as_of", "answers", "evidence"),
        optional=("until", "history"),
    )
    kind = record.text("kind")
    if kind not in KINDS:
        record.refuse("kind", f"is {kind!r}", f"use one of {', '.join(KINDS)}")
    case = Case(
        id=record.text("id"),
        kind=cast(CaseKind, kind),
        question=record.text("question"),
        as_of=record.day("as_of"),
        until=record.day("until") if "until" in record.fields else None,
        history=record.texts("history") if "history" in record.fields else (),
        answers=record.texts("answers"),
        evidence=tuple(map(_evidence, record.records("evidence"))),
    )
    _check_against_kind(case, record)
    return case


def _evidence(record: Record) -> Evidence:
    record.expect(required=("article", "sentence"))
    return Evidence(record.text("article"), record.text("sentence"))


def _check_against_kind(case: Case, record: Record) -> None:
    for name, value in (("answers", case.answers), ("evidence", case.evidence)):
        if case.answerable and not value:
            record.refuse(name, f"is empty, but a {case.kind} case has an answer", "add one")
        if value and not case.answerable:
            record.refuse(name, f"is not empty, but the case is {case.kind}", "use []")
    if case.kind == "follow-up" and not case.history:
        record.refuse("history", "is missing or empty", "give the questions asked before")
