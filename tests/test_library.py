"""Several archives, of which each visitor has one open."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import WordEncoder

from eval.sample import EXAMPLES
from index.errors import DatelineError
from index.home import archive_path
from rag.archive import Archive
from ui.library import Library


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models: Path) -> Iterator[Library]:
    """One whose first archive is at a path, and another at home."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models)
    monkeypatch.setenv("DATELINE_HOME", str(home))
    Archive.open("harbour").close()
    with Archive.open(tmp_path / "mine", WordEncoder()) as first, Library(first) as library:
        yield library


def test_the_one_given_the_sample_and_those_at_home_are_offered(library: Library) -> None:
    assert library.names() == {"sample": None, "harbour": 0, "mine": 0}


def test_without_a_name_the_first_is_meant(library: Library) -> None:
    assert library.open() is library.open("mine")


def test_threads_get_one_archive_of_a_name(library: Library) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(library.open, ["harbour"] * 8))) == 1


@pytest.mark.parametrize("name", ["nowhere", "../mine", "./harbour", "/etc", "harbour/"])
def test_a_name_that_is_not_offered_opens_nothing(library: Library, name: str) -> None:
    with pytest.raises(DatelineError, match="there is no archive"):
        library.open(name)


def test_a_new_archive_is_empty_and_offered(library: Library) -> None:
    assert library.create(" ferries-2021 ").status().articles == 0
    assert "ferries-2021" in library.names()
    assert archive_path("ferries-2021").is_dir()


@pytest.mark.parametrize("name", ["", "a b", "../up", "a/b", ".hidden", "-x", "x" * 65, "é"])
def test_what_is_no_name_is_refused_in_words(library: Library, name: str) -> None:
    with pytest.raises(DatelineError, match="letters, digits, - and _"):
        library.create(name)


@pytest.mark.parametrize("name", ["harbour", "mine", "sample"])
def test_a_taken_name_is_refused(library: Library, name: str) -> None:
    with pytest.raises(DatelineError, match="there is already"):
        library.create(name)


def test_the_sample_is_offered_with_its_questions_and_never_changed(sample: Archive) -> None:
    library = Library(sample)
    assert library.examples() == EXAMPLES
    with pytest.raises(DatelineError, match="stays as it is: make an archive of your own"):
        library.to_change()


def test_articles_are_counted_without_opening_their_archive(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    folder = write("a.txt", "The gates were opened at dawn by the harbour master of the town.")
    with Archive.open("harbour") as other:
        other.add(folder)
    assert library.names()["harbour"] == 1
