"""The reading sets: questions, the paragraphs that they were asked of, and the answers' spans.

`LICENSED` are those whose texts and questions are published under an open licence; only these
make the weights that ship (see the model card, docs/reader.md).
"""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import DatelineError
from index.sentences import Span


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked of one paragraph.

    Attributes:
        spans: where the paragraph answers it, as its annotators say; none if it does not.
        answers: the same in words.
    """

    id: str
    question: str
    title: str
    paragraph: str
    spans: tuple[Span, ...]
    answers: tuple[str, ...]


def read_set(folder: Path, name: str) -> list[Asked]:
    """
    Raises:
        DatelineError: there is no such set, or its file is missing.
    """
    if name not in SETS:
        raise DatelineError(f"there is no reading set '{name}'", f"name of {', '.join(SETS)}")
    file, parse = SETS[name]
    try:
        with gzip.open(folder / file, "rt", encoding="utf-8") as lines:
            return list(parse(lines.read()))
    except OSError as error:
        raise DatelineError(
            f"no reading set at {folder / file} ({error.strerror})",
            "give the folder that holds it; CONTRIBUTING.md says where each comes from",
        ) from error


def _squad(text: str) -> Iterator[Asked]:
    for article in json.loads(text)["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                spans = tuple(
                    (answer["answer_start"], answer["answer_start"] + len(answer["text"]))
                    for answer in asked["answers"]
                )
                title = article.get("title", "").replace("_", " ")
                yield _asked(asked["id"], asked["question"], title, paragraph["context"], spans)


def _untitled(text: str) -> Iterator[Asked]:
    """SQuAD's format, where the titles name no subject."""
    for asked in _squad(text):
        yield replace(asked, title="")


def _qed(text: str) -> Iterator[Asked]:
    for row in map(json.loads, text.splitlines()):
        spans = [
            (found["start"], found["end"])
            for answer in row["original_nq_answers"]
            for found in answer
        ]
        yield _asked(
            str(row["example_id"]),
            row["question_text"],
            row["title_text"],
            row["paragraph_text"],
            spans,
        )


def _asked(id: Any, question: str, title: str, paragraph: str, spans: Sequence[Span]) -> Asked:
    spans = tuple(dict.fromkeys(spans))
    answers = tuple(dict.fromkeys(paragraph[start:end] for start, end in spans))
    return Asked(str(id), question.strip(), title, paragraph, spans, answers)


SETS: dict[str, tuple[str, Callable[[str], Iterator[Asked]]]] = {
    "squad-du": ("squad1.1-du-test.json.gz", _squad),
    "squad2": ("squad2.0-dev-part.json.gz", _squad),
    "xquad": ("xquad-en.json.gz", _squad),
    "new-wiki": ("squadshifts-new_wiki.json.gz", _squad),
    "qed": ("qed-dev.jsonl.gz", _qed),
    "reddit": ("squadshifts-reddit.json.gz", _untitled),
    "amazon": ("squadshifts-amazon_reviews.json.gz", _untitled),
}
LICENSED = ("squad-du", "squad2", "xquad", "new-wiki", "qed")
