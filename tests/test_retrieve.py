"""Finding passages in an archive of a few reports."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import WordEncoder

from index.index import Index
from rag.question import understand
from rag.retrieve import ArchiveRetriever, QuestionBundle, excerpt_of

REPORTS = {
    "gates.txt": "The sluice gates at Oakes were shut by the warden.\n",
    "ferry.txt": "The Skerrow ferry was sold to a line from Hale.\n",
    "mill.txt": "The mill at Hale burned, and the ferry was late.\n",
    "dam.txt": "The dam above Oakes held through the winter.\n",
}
DAY = date(2021, 3, 10)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Index(tmp_path_factory.mktemp("made") / "archive", WordEncoder()) as index:
        index.add([folder])
        yield index


def _found(index: Index, text: str, depth: int) -> list[str]:
    nodes = ArchiveRetriever(index, depth).retrieve(QuestionBundle.of(understand(text, DAY)))
    return [Path(index.article(e.passage.article_id).path).name for e in map(excerpt_of, nodes)]


def test_what_is_asked_about_is_found_first(index: Index) -> None:
    assert _found(index, "Who shut the sluice gates?", 4)[0] == "gates.txt"
    assert _found(index, "Who bought the Skerrow ferry?", 4)[0] == "ferry.txt"


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_shorter_list_is_the_beginning_of_a_longer(index: Index, depth: int) -> None:
    for text in ("What burned at Hale?", "Which ferry was late?", "Did the dam at Oakes hold?"):
        assert _found(index, text, depth) == _found(index, text, len(REPORTS))[:depth]
