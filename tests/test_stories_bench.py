"""Floors for the grouping of the labelled articles, by the encoder that ships."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.benchmarks.stories import Labelled, Pair, labelled, pairs
from eval.benchmarks.stories.measure import Grouped, by_archive, by_vectors, by_words, measure
from index.encoder import load_encoder
from index.index import Index
from index.lines import differences, lines

ARTICLES = labelled()
REPORTED = pairs(ARTICLES, "report")


@pytest.fixture(scope="module")
def archive(
    tmp_path_factory: pytest.TempPathFactory, models: Path
) -> Iterator[tuple[Grouped, Index]]:
    grouped, index = by_archive(tmp_path_factory.mktemp("stories") / "archive", load_encoder())
    with index:
        yield grouped, index


def test_the_labels_are_sound() -> None:
    names = {one.name: one for one in ARTICLES}
    assert len(names) >= 40
    for one in ARTICLES:
        if one.origin:
            assert one.event == names[one.origin].event and one.half == names[one.origin].half
            assert one.how in ("copy", "update", "rewrite")
    assert {pair.label for pair in REPORTED} == {
        "copy", "update", "rewrite", "own reporting", "different",
    }  # fmt: skip


def test_pairs_of_the_reported_half_are_grouped_as_labelled(
    archive: tuple[Grouped, Index],
) -> None:
    found = measure(REPORTED, archive[0])
    assert found.precision >= 0.85
    assert found.recall >= 0.95


def test_words_or_vectors_alone_do_worse(archive: tuple[Grouped, Index]) -> None:
    found = measure(REPORTED, archive[0]).f1
    assert found > measure(REPORTED, by_words(ARTICLES)).f1
    assert found > measure(REPORTED, by_vectors(ARTICLES, load_encoder())).f1


@pytest.mark.parametrize("made", [one for one in ARTICLES if one.origin], ids=lambda one: one.name)
def test_what_was_made_of_an_article_is_told_by_its_figures(made: Labelled) -> None:
    origin = next(other for other in ARTICLES if other.name == made.origin)
    parted = differences(lines(origin.article.text), lines(made.article.text))
    assert bool(parted) == (made.how == "update")


def test_an_archive_tells_prints_from_updates(archive: tuple[Grouped, Index]) -> None:
    first = next(one for one in ARTICLES if one.name == "kettering-quake-1")
    told = {one.article_id: one for one in archive[1].story(_in(archive[1], first.article.title))}
    update = told[_in(archive[1], "Earthquake at Kettering Sound kills 34")]
    assert update.relation == "update"
    assert (("21",), ("34",)) in update.differences


def _in(index: Index, title: str) -> str:
    return next(article.id for article in index.store.articles() if article.title == title)


def test_labels_are_of_what_differs_most() -> None:
    by_name = {one.name: one for one in ARTICLES}
    pair = Pair(by_name["kettering-quake-3"], by_name["kettering-quake-4"])
    assert pair.label == "rewrite"
