"""Articles that tell one story in nearly the same words are found as they arrive."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import WordEncoder
from hypothesis import given
from hypothesis import strategies as st

from index.gather import KEPT, sampled
from index.index import DATABASE, Index
from index.lines import Difference, differences, lines
from index.shingles import shingles
from index.store import Store
from index.stories import Telling
from index.stories_store import COMMON, StoryStore

Write = Callable[[str, str], Path]

WIRE = """Seven people died when the spillway of Quarrow Dam gave way on Tuesday night.

The water reached the lower town of Oakes within ten minutes, the county fire service said.

Boats went from house to house until dawn and took forty people off their roofs.

The dam was inspected in March, and its owner was told to renew the gates within a year."""
OTHER = """A strike by ferry crews emptied the harbour of Varn on Monday morning.

Crews want a rise of four percent, and the line has offered them half of that.

Islanders were told to wait for the mail boat, which sails on Thursdays only."""


def page(text: str, outlet: str = "Harbour Post", day: str = "2031-04-12") -> str:
    return f"---\noutlet: {outlet}\npublished: {day}\n---\n{text}"


@pytest.fixture
def index(tmp_path: Path, encoder: WordEncoder) -> Iterator[Index]:
    with Index(tmp_path / "archive", encoder) as index:
        yield index


def stories(index: Index) -> list[set[str]]:
    """The names of the files of every story that more than one article tells."""
    found: dict[str, set[str]] = {}
    for article in index.store.articles():
        found.setdefault(index.stories.story(article.id), set()).add(Path(article.path).name)
    return [names for names in found.values() if len(names) > 1]


def relations(index: Index) -> dict[str, tuple[str | None, list[Difference]]]:
    first = next(index.store.articles())
    return {
        Path(index.article(told.article_id).path).name: (told.relation, list(told.differences))
        for told in index.story(first.id)
    }


# How a copy differs


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Seven people died at Oakes.", "Nine people died at Oakes.", [("Seven",), ("Nine",)]),
        ("It killed 7 people at Oakes.", "It killed seven people at Oakes.", None),
        ("It cost 4,000 crowns a day.", "It cost 4000 crowns a day.", None),
        ("It took 22 gold coins.", "It took twenty-two gold coins.", None),
        (
            "The bridge was opened by Ada Quill on Monday.",
            "The bridge was opened by Ada Quill on Friday.",
            [("Monday",), ("Friday",)],
        ),
        (
            "The mill was sold to Olan Brist for little.",
            "The mill was sold to Vera Dahl for little.",
            [("Olan", "Brist"), ("Vera", "Dahl")],
        ),
        # Cut, not changed.
        ("Five boats came, and 40 people were saved.", "Five boats came, people were saved.", None),
        # Another sentence altogether.
        ("Seven people died at Oakes.", "The ferry was sold for 84 million.", None),
    ],
)
def test_the_figures_and_names_at_which_two_tellings_part(
    one: str, other: str, differ: list[tuple[str, ...]] | None
) -> None:
    found = differences(lines(one), lines(other))
    assert found == ([Difference(*differ)] if differ else [])


@given(st.integers(2, 10**6), st.integers(2, 10**6))
def test_any_two_figures_that_differ_are_told_apart(one: int, other: int) -> None:
    told = [lines(f"The flood at Oakes drowned {n} sheep in one night.") for n in (one, other)]
    found = differences(*told)
    assert found == ([] if one == other else [Difference((str(one),), (str(other),))])


@given(st.permutations(WIRE.split("\n\n")), st.integers(1, 4))
def test_a_text_does_not_differ_from_its_own_parts(parts: list[str], kept: int) -> None:
    assert differences(lines(WIRE), lines("\n\n".join(parts[:kept]))) == []


# Gathering


def test_prints_of_one_report_are_one_story_and_other_reports_are_not(
    index: Index, write: Write
) -> None:
    write("wire.md", page(WIRE))
    write("cut.md", page("\n\n".join(WIRE.split("\n\n")[:2]), "Varn Courier"))
    write("litter.md", page(f"Advertisement\n\n{WIRE}\n\nRead more: Dams", "Selm Gazette"))
    index.add([write("ferry.md", page(OTHER))])
    assert stories(index) == [{"wire.md", "cut.md", "litter.md"}]
    assert index.stories.count() == 2


def test_the_first_published_leads_and_undated_prints_come_last(index: Index, write: Write) -> None:
    write("a.md", page(WIRE, day="2031-04-13"))
    write("b.md", page(f"{WIRE}\n\nMore soon.", day="2031-04-12"))
    index.add([write("c.md", f"{WIRE}\n\nShare this.")])
    order = [Path(index.article(told.article_id).path).name for told in tellings(index)]
    assert order == ["b.md", "a.md", "c.md"]


def tellings(index: Index) -> list[Telling]:
    return list(index.story(next(index.store.articles()).id))


def test_a_print_with_another_figure_is_an_update_and_says_which(
    index: Index, write: Write
) -> None:
    write("a.md", page(WIRE))
    write("b.md", page(WIRE.replace("Seven people", "Nine people"), day="2031-04-13"))
    index.add([write("c.md", page(WIRE, "Varn Courier", "2031-04-13"))])
    assert relations(index) == {
        "a.md": (None, []),
        "b.md": ("update", [Difference(("Seven",), ("Nine",))]),
        "c.md": ("copy", []),
    }


def test_the_same_words_weeks_later_are_another_story(index: Index, write: Write) -> None:
    later = date(2031, 4, 12) + timedelta(days=15)
    write("a.md", page(WIRE))
    index.add([write("b.md", page(WIRE, day=later.isoformat()))])
    assert stories(index) == []


def test_an_article_that_joins_two_stories_makes_them_one(index: Index, write: Write) -> None:
    parts = (WIRE + "\n\n" + OTHER).split("\n\n")
    write("top.md", page("\n\n".join(parts[:4])))
    index.add([write("end.md", page("\n\n".join([parts[0], *parts[4:]])))])
    assert stories(index) == []
    index.add([write("whole.md", page("\n\n".join(parts)))])
    assert stories(index) == [{"top.md", "end.md", "whole.md"}]


def test_articles_added_one_by_one_are_grouped_as_those_added_at_once(
    tmp_path: Path, encoder: WordEncoder, write: Write
) -> None:
    texts = {"a.md": WIRE, "b.md": f"{WIRE}\n\nMore soon.", "c.md": OTHER, "d.md": f"{OTHER} Ends."}
    with Index(tmp_path / "slow", encoder) as slow, Index(tmp_path / "fast", encoder) as fast:
        for name, text in texts.items():
            slow.add([write(name, page(text))])
        fast.add([tmp_path / "articles"])
        assert stories(slow) == stories(fast) == [{"a.md", "b.md"}, {"c.md", "d.md"}]


def test_an_article_that_leaves_the_archive_leaves_its_story(index: Index, write: Write) -> None:
    write("a.md", page(WIRE))
    index.add([write("b.md", page(f"{WIRE}\n\nMore soon."))])
    index.add([write("a.md", page(OTHER))])  # replaced
    assert stories(index) == []
    with sqlite3.connect(index.folder / DATABASE) as database:
        known = {number for (number,) in database.execute("SELECT number FROM stories")}
        having = {number for (number,) in database.execute("SELECT number FROM story_runs")}
    database.close()
    assert len(known) == 2 and having <= known


def test_an_archive_from_before_there_were_stories_gets_them_with_the_next_article(
    index: Index, write: Write
) -> None:
    write("a.md", page(WIRE))
    index.add([write("b.md", page(f"{WIRE}\n\nMore soon."))])
    with sqlite3.connect(index.folder / DATABASE) as database:
        database.executescript("DELETE FROM stories; DELETE FROM story_runs;")
    database.close()
    assert stories(index) == []
    index.add([write("c.md", page(OTHER))])
    assert stories(index) == [{"a.md", "b.md"}]


# Looking up


def test_a_run_of_words_that_many_articles_have_names_no_candidate(tmp_path: Path) -> None:
    Store(tmp_path / "stories.sqlite").close()
    store = StoryStore(tmp_path / "stories.sqlite")
    for number in range(COMMON):
        store.put(str(number), [], [1])
    store.put("a", [], [2, 3])
    store.put("b", [], [3])
    assert store.sharing([3, 2]) == ["a", "b"]
    assert len(store.sharing([1])) == COMMON
    store.put("one more", [], [1])
    assert store.sharing([1]) == []
    store.close()


@given(st.lists(st.sampled_from([f"word{n}" for n in range(300)]), min_size=400, max_size=800))
def test_the_sample_of_a_part_is_part_of_the_sample_of_the_whole(words: list[str]) -> None:
    whole, part = shingles(" ".join(words)), shingles(" ".join(words[100:300]))
    assert set(sampled(part)) <= set(sampled(whole))


def test_about_one_run_in_sixteen_is_looked_up() -> None:
    runs = shingles(" ".join(f"word{n}" for n in range(1600)))
    assert 0.5 < len(sampled(runs)) * KEPT / len(runs) < 2
