"""Known-answer cases: questions about an archive whose right answers are known.

A file of cases is JSON Lines, one case a line; `eval/sample/cases.jsonl` shows every kind.
A malformed line is refused, never skipped: a gate that quietly ran fewer cases would pass.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, NoReturn, cast, get_args

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
        article: the file's name; for one of many in a JSON Lines file, "file.jsonl#2" (from 1).
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
        record = _Record.parse(line, f"{path}, line {number}")
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


def _case(record: "_Record") -> Case:
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


def _evidence(record: "_Record") -> Evidence:
    record.expect(required=("article", "sentence"))
    return Evidence(record.text("article"), record.text("sentence"))


def _check_against_kind(case: Case, record: "_Record") -> None:
    for name, value in (("answers", case.answers), ("evidence", case.evidence)):
        if case.answerable and not value:
            record.refuse(name, f"is empty, but a {case.kind} case has an answer", "add one")
        if value and not case.answerable:
            record.refuse(name, f"is not empty, but the case is {case.kind}", "use []")
    if case.kind == "follow-up" and not case.history:
        record.refuse("history", "is missing or empty", "give the questions asked before")


@dataclass(frozen=True)
class _Record:
    """A JSON object and where it stands, so that whatever is wrong with it can be named."""

    where: str
    fields: dict[str, Any]

    @classmethod
    def parse(cls, line: str, where: str) -> "_Record":
        try:
            return cls.of(json.loads(line), where)
        except json.JSONDecodeError as error:
            raise DatelineError(
                f"{where}: not JSON ({error})", "write one object a line"
            ) from error

    @classmethod
    def of(cls, value: object, where: str) -> "_Record":
        if not isinstance(value, dict):
            raise DatelineError(f"{where}: {value!r} is not a JSON object", "write {...}")
        return cls(where, value)

    def refuse(self, name: str, what: str, cure: str) -> NoReturn:
        raise DatelineError(f"{self.where}: field '{name}' {what}", cure)

    def expect(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
        for name in self.fields:
            if name not in required + optional:
                self.refuse(name, "is unknown", f"use {', '.join(required + optional)}")
        for name in required:
            if name not in self.fields:
                self.refuse(name, "is missing", "add it")

    def text(self, name: str) -> str:
        value = self.fields[name]
        if not isinstance(value, str) or not value.strip():
            self.refuse(name, f"is {value!r}", "give a text that is not blank")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(_Record(self.where, {name: value}).text(name) for value in self.items(name))

    def records(self, name: str) -> "tuple[_Record, ...]":
        return tuple(_Record.of(value, f"{self.where}, {name}") for value in self.items(name))

    def items(self, name: str) -> list[Any]:
        value = self.fields[name]
        if not isinstance(value, list):
            self.refuse(name, f"is {value!r}", "give a list")
        return value

    def day(self, name: str) -> date:
        value = self.text(name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(name, f"is {value!r}", "give a day as 2021-10-31")
