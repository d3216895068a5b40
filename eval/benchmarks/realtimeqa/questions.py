"""The questions of one year, as the benchmark's file has them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from index.errors import DatelineError

Label = Literal["answerable", "unanswerable", "unclear"]
GRACE = timedelta(days=2)  # how much later than the question an article may be published


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """
    Attributes:
        asked: the day of the quiz; "this week" is its week.
        label: "answerable" if its answer stands in an article that the benchmark's own
            retrieval returned, "unanswerable" if in none of the year, else "unclear".
        articles: the addresses of those that its retrieval returned.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    asked: date
    label: Label
    articles: tuple[str, ...] = ()

    @property
    def until(self) -> date:
        return self.asked + GRACE

    @property
    def quarter(self) -> str:
        return f"Q{(self.asked.month + 2) // 3}"


def read_questions(folder: Path) -> list[QuizQuestion]:
    """The questions that are scored: all but the unclear ones.

    Raises:
        DatelineError: the file is missing, or a line of it is not as described.
    """
    file = folder / "questions.jsonl"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DatelineError(
            f"no questions at {file} ({error.strerror})",
            "give the folder of one year of RealTimeQA, with articles.jsonl.gz and questions.jsonl",
        ) from error
    questions = []
    for number, line in enumerate(lines, start=1):
        try:
            questions.append(_question(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise DatelineError(f"{file}:{number} is no question ({error!r})", "mend it") from error
    return [question for question in questions if question.label != "unclear"]


def read_answerable(folder: Path) -> list[QuizQuestion]:
    """Those of them whose answer is in the archive."""
    return [question for question in read_questions(folder) if question.label == "answerable"]


def is_drawn(article_id: str, one_in: int) -> bool:
    """Whether an article is among a share of all, the same ones always: ids are hashes, so that
    their last digits draw by chance."""
    return int(article_id, 16) % one_in == 0


def _question(row: Mapping[str, Any]) -> QuizQuestion:
    if row["label"] not in get_args(Label):
        raise ValueError(f"label {row['label']!r}")
    return QuizQuestion(
        id=row["id"],
        text=row["question"],
        answers=tuple(row["answers"]),
        asked=date.fromisoformat(row["asked"]),
        label=row["label"],
        articles=tuple(row.get("articles", ())),
    )
