"""The speed benchmark: what it gives the contenders, what it reports, and its large archive."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from eval.benchmarks.speed import tables
from eval.benchmarks.speed.contender import DATELINE, Entry
from eval.benchmarks.speed.perturbed import build
from eval.benchmarks.speed.race import Round
from eval.benchmarks.speed.worker import Added, Asked
from eval.benchmarks.speed.workload import (
    Cut,
    count_passages,
    cut_articles,
    first,
    questions_for,
    read_articles,
    write_articles,
    write_questions,
)
from index.article import Article
from index.encoder import Encoder
from index.errors import DatelineError
from index.index import Index
from index.loaders import load
from index.passages import encoded_text

PLACES = "harbour quarry station orchard foundry chapel market reservoir tannery brewery dock mill"
ARTICLES = 12
Write = Callable[[str, str], Path]


@pytest.fixture
def articles(write: Write) -> Path:
    records = [
        {
            "title": f"Lock {number} is mended",
            "text": f"The keeper of the {place} oiled the northern gates before the barges came. "
            "They had stood open since the flood, and nobody could say who held the key. A wet "
            "summer followed, with rain on every second day and eels in the lower basin.\n\n"
            f"“It took {number + 2} days,” said the engineer’s deputy.",
            "url": f"https://example.org/lock-{number}",
            "published": "2021-05-19",
        }
        for number, place in enumerate(PLACES.split())
    ]
    return write("locks.jsonl", "\n".join(map(json.dumps, records)))


@pytest.fixture
def cuts(articles: Path) -> list[Cut]:
    return cut_articles(articles, most=1_000)


def work(task: str, store: Path, file: Path) -> str:
    """The last line that our worker prints."""
    command = ["-m", "eval.benchmarks.speed.worker", task, DATELINE.name, str(store), str(file)]
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=True, env=os.environ
    )
    return done.stdout.splitlines()[-1]


def test_the_worker_counts_what_it_adds_and_times_what_it_is_asked(
    models: Path, tmp_path: Path, articles: Path, cuts: list[Cut]
) -> None:
    file, questions, store = tmp_path / "a.jsonl", tmp_path / "q.json", tmp_path / "store"
    write_articles(file, cuts)
    write_questions(questions, questions_for(articles, cuts, 3))
    added = Added(**json.loads(work("add", store, file)))
    asked = Asked(**json.loads(work("ask", store, questions)))
    assert added.characters == sum(len(a.text) for a in load(articles) if isinstance(a, Article))
    assert added.passages == count_passages(cuts) == ARTICLES
    assert added.seconds > 0 and 30e6 < added.peak < 4e9
    assert len(asked.found) == 3 and min(asked.found) > 0
    assert {"encoding the question", "dense list", "lexical list", "total"} <= asked.stages.keys()
    assert {len(times) for times in asked.stages.values()} == {3}


def test_every_contender_is_given_the_same_text(tmp_path: Path, cuts: list[Cut]) -> None:
    file = tmp_path / "a.jsonl"
    write_articles(file, cuts)
    ours = [article for article in load(file) if isinstance(article, Article)]
    assert [article.id for article in ours] == [article.id for article, _, _ in cuts]
    assert [d.text for d in read_articles(file)] == [article.text for article in ours]


def test_articles_are_taken_until_there_are_passages_enough(cuts: list[Cut]) -> None:
    assert [count_passages(first(cuts, most)) for most in (1, 5, 99)] == [1, 5, ARTICLES]


def test_a_folder_without_an_article_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=tmp_path.name):
        cut_articles(tmp_path, 1)


def test_titles_are_asked_where_there_are_no_questions(articles: Path, cuts: list[Cut]) -> None:
    assert [q.text for q in questions_for(articles, cuts, 2)] == [
        "Lock 0 is mended",
        "Lock 1 is mended",
    ]


@pytest.mark.parametrize("size", [ARTICLES - 5, 4 * ARTICLES + 1])
def test_a_built_archive_holds_so_many_passages_each_found_by_its_own_vector(
    tmp_path: Path, encoder: Encoder, cuts: list[Cut], size: int
) -> None:
    nearby = build(tmp_path / "built", cuts, size, encoder)
    with Index(tmp_path / "built", encoder) as index:
        assert index.store.count_passages() == size
        found = [
            (passage, index.nearest(vector, 1, lambda _: True)[0][0])
            for article in index.store.articles()
            for passage in index.store.passages(article.id)
            for vector in nearby.encode([encoded_text(article, passage)])
        ]
        texts = [index.excerpts(pair) for pair in found]
    assert len(found) == size
    assert all(one == other for one, other in found)
    assert len({excerpt.text for excerpt, _ in texts}) == size


def test_a_copy_lies_near_its_original(tmp_path: Path, encoder: Encoder, cuts: list[Cut]) -> None:
    nearby = build(tmp_path / "built", cuts, 2 * ARTICLES, encoder)
    with Index(tmp_path / "built", encoder) as index:
        texts = [
            encoded_text(article, passage)
            for article in index.store.articles()
            for passage in index.store.passages(article.id)
        ]
    vectors = nearby.encode(texts)
    cosines = np.sum(vectors[:ARTICLES] * vectors[ARTICLES:], axis=1)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.all((cosines > 0.8) & (cosines < 0.99))


def test_the_tables_hold_who_took_part_and_name_who_is_left_out() -> None:
    absent = Entry("gone", "Gone", "nowhere:Gone", ("no-such-peer", "nor-this"))
    one = Round(
        1_000,
        added={"dateline": [Added(1, 2, 4_000, 10, 9)], "txtai": [Added(1, 8, 4_000, 10, 9)]},
        asked={"dateline": [Asked(1, 30, [1.0, 3.0], {"reading": [2.0, 4.0]}, 9)]},
        passages={"dateline": 10, "txtai": 10},
        disk={"dateline": 5_000, "txtai": 7_000},
        cold={"dateline": [1.0, 3.0, 2.0]},
    )
    ours, theirs = tables.adding([one]).splitlines()[2:]
    assert "2,000 (2,000–2,000) | 1.0 ×" in ours and "500 (500–500) | 4.0 ×" in theirs
    (asked,) = tables.asking([one]).splitlines()[2:]
    assert "2.0 (2.0–2.0)" in asked and "2.00 (1.00–3.00)" in asked
    assert tables.stages([one]).endswith("| Dateline | reading | 3.0 | 3.9 |")
    assert tables.left_out([DATELINE, absent]) == (
        "Gone is left out: pip install no-such-peer nor-this"
    )
