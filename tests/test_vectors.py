"""Finding vectors: the nearest of all, and the nearest of a few."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import WordEncoder

from index.article import Passage
from index.encoder import Vectors
from index.index import SIFTED, Index
from index.vectors import COMPARED, VectorIndex

SIZE = COMPARED + 200
K = 5
PASSAGES = [Passage("article", n, n + 1) for n in range(SIZE)]
MISSING = Passage("gone", 0, 1)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    made = np.random.default_rng(1).standard_normal((SIZE, 32)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True))


@pytest.fixture(scope="module")
def index(vectors: Vectors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorIndex]:
    index = VectorIndex(tmp_path_factory.mktemp("vectors"))
    index.put(PASSAGES, [None] * SIZE, vectors)
    yield index
    index.close()


@pytest.mark.parametrize("count", [1, K, COMPARED, COMPARED + 1, SIZE])
@pytest.mark.parametrize("missing", [[], [MISSING]])
def test_the_nearest_of_some_are_those_that_comparing_each_finds(
    index: VectorIndex, vectors: Vectors, count: int, missing: list[Passage]
) -> None:
    rows = np.random.default_rng(count).choice(SIZE, count, replace=False)
    cosines = vectors[rows] @ vectors[0]
    best = np.argsort(-cosines)[:K]
    found = index.nearest_of([PASSAGES[row] for row in rows] + missing, vectors[0], K)
    assert [passage for passage, _ in found] == [PASSAGES[rows[place]] for place in best]
    assert [cosine for _, cosine in found] == pytest.approx(cosines[best].tolist(), abs=1e-5)


@pytest.mark.parametrize("given", [[], [MISSING]])
def test_of_none_that_are_here_none_is_nearest(
    index: VectorIndex, vectors: Vectors, given: list[Passage]
) -> None:
    assert index.nearest_of(given, vectors[0], K) == []


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """More passages than are sifted for the nearest one."""
    folder = tmp_path_factory.mktemp("archive")
    for number in range(3 * SIFTED):
        (folder / f"{number}.txt").write_text(f"The weir number {number} was mended.")
    with Index(folder / "index", WordEncoder()) as index:
        index.add(folder.glob("*.txt"))
        yield index


@pytest.mark.parametrize("share", [1, 2, 10, 3 * SIFTED, 10 * SIFTED])
def test_however_few_are_allowed_the_nearest_of_them_is_found(archive: Index, share: int) -> None:
    passages = archive.store.all_passages()
    texts = [archive.article(passage.article_id).text for passage in passages]
    allowed = {p for p, text in zip(passages, texts, strict=True) if _number(text) % share == 0}
    vector, *vectors = archive.encoder.encode(["The weir was mended.", *texts])
    cosines = [
        float(one @ vector) for p, one in zip(passages, vectors, strict=True) if p in allowed
    ]
    ((passage, cosine),) = archive.nearest(vector, 1, allowed.__contains__)
    assert passage in allowed
    assert cosine == pytest.approx(max(cosines), abs=1e-5)


@pytest.mark.parametrize("share", [1, 2, 10, 3 * SIFTED, 10 * SIFTED])
def test_however_few_are_allowed_the_best_of_them_by_words_are_found(
    archive: Index, share: int
) -> None:
    passages = archive.store.all_passages()[::share]
    every = archive.matching("Who mended the weir?", archive.store.count_passages(), lambda _: True)
    best = [score for passage, score in every if passage in passages]
    found = archive.matching("Who mended the weir?", 1, passages.__contains__)
    assert found[0][0] in passages and [score for _, score in found] == pytest.approx(best[:1])


def test_what_is_added_after_the_passages_were_listed_is_found_among_the_allowed(
    archive: Index, tmp_path: Path
) -> None:
    vector = archive.encoder.encode(["The weir was mended."])[0]
    assert archive.nearest(vector, 1, lambda _: False) == []
    (tmp_path / "late.txt").write_text("The weir number 9999 was new.")
    before = set(archive.store.all_passages())
    archive.add([tmp_path / "late.txt"])
    (late,) = set(archive.store.all_passages()) - before
    assert [passage for passage, _ in archive.nearest(vector, 1, {late}.__contains__)] == [late]


def _number(text: str) -> int:
    return int(text.split()[3])
