"""The reading sets: questions, the paragraphs that they were asked of, and the answers' spans.

Two are our own: questions on Wikinews' articles, and on reports that we wrote as well, four of one
sort of event at a time, because the reader takes one event for another. `LICENSED` are those whose
texts and questions are published under an open licence; only these make the weights that ship (see
the model card, docs/reader.md).
"""

import csv
import gzip
import io
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


def read_set(folders: Sequence[Path], name: str) -> list[Asked]:
    """
    Args:
        folders: where its files are looked for, in this order, before our own.

    Raises:
        DatelineError: there is no such set, or a file of it is missing.
    """
    if name not in SETS:
        raise DatelineError(f"there is no reading set '{name}'", f"name of {', '.join(SETS)}")
    files, parse = SETS[name]
    return list(parse(*(_text(folders, file) for file in files)))


def _text(folders: Sequence[Path], file: str) -> str:
    places = [folder / file for folder in (*folders, OURS)]
    place = next((place for place in places if place.is_file()), places[0])
    try:
        content = place.read_bytes()
        return (gzip.decompress(content) if place.suffix == ".gz" else content).decode("utf-8")
    except OSError as error:
        raise DatelineError(
            f"no reading set at {' or '.join(map(str, places[:-1]))} ({error.strerror})",
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


def _wikinews(questions: str, *articles: str) -> Iterator[Asked]:
    """Our questions, and the articles: two tables and a file of JSON lines."""
    csv.field_size_limit(10**7)
    *tables, lines = articles
    rows = [row for table in tables for row in csv.DictReader(io.StringIO(table))]
    told = {row["url"]: (row["title"], row["text"].strip()) for row in rows}
    for row in map(json.loads, lines.splitlines()):
        told[row["url"]] = row["title"], "\n\n".join(row["paragraphs"]).strip()
    for row in map(json.loads, questions.splitlines()):
        yield from _ours(row["asked"], *told[row["url"]])


def _families(reports: str) -> Iterator[Asked]:
    for row in map(json.loads, reports.splitlines()):
        yield from _ours(row["asked"], row["title"], row["text"])


def _ours(asked: Sequence[Sequence[Any]], title: str, text: str) -> Iterator[Asked]:
    """Args: asked: a question; and if it has an answer, its words and where they begin."""
    for question, *answer in asked:
        spans = [(at, at + len(words)) for words, at in filter(None, [answer])]
        yield _asked(question, question, title, text, spans)


def _asked(id: Any, question: str, title: str, paragraph: str, spans: Sequence[Span]) -> Asked:
    spans = tuple(dict.fromkeys(spans))
    answers = tuple(dict.fromkeys(paragraph[start:end] for start, end in spans))
    return Asked(str(id), question.strip(), title, paragraph, spans, answers)


OURS = Path(__file__).parent / "ours"
SETS: dict[str, tuple[Sequence[str], Callable[..., Iterator[Asked]]]] = {
    "squad-du": (["squad1.1-du-test.json.gz"], _squad),
    "squad2": (["squad2.0-dev-part.json.gz"], _squad),
    "xquad": (["xquad-en.json.gz"], _squad),
    "new-wiki": (["squadshifts-new_wiki.json.gz"], _squad),
    "qed": (["qed-dev.jsonl.gz"], _qed),
    "wikinews": (
        ["wikinews.jsonl", "wikinews_2019.csv", "wikinews_2020.csv", "gum_wikinews.jsonl.gz"],
        _wikinews,
    ),
    "families": (["families.jsonl"], _families),
    "reddit": (["squadshifts-reddit.json.gz"], _untitled),
    "amazon": (["squadshifts-amazon_reviews.json.gz"], _untitled),
}
LICENSED = ("squad-du", "squad2", "xquad", "new-wiki", "qed", "wikinews", "families")
