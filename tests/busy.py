"""Real processes that write to an archive, or read it, until they are told to end or are killed.

python busy.py write ARCHIVE ARTICLES SEED    adds, removes and rebuilds; tells what is done
python busy.py read ARCHIVE SECONDS WORD…     finds these words again and again, or fails
python busy.py wait ARCHIVE WORD              the time at which the word is first found
"""

import random
import sys
import time
from pathlib import Path

from conftest import WordEncoder

from index.article import Passage
from index.index import Index

AT_ONCE = 90  # articles of one `add`: more than one commit of the indexes
SENTENCES = 12


def text_of(number: int) -> str:
    """Some passages, each with words of the article's own, so that it is far from all others."""
    said = "The weir w{0} of mill m{0} was mended by k{0} and h{0} at {0} Quay in {0}1."
    return " ".join(said.format(number) for _ in range(SENTENCES))


def write(archive: Path, articles: Path, seed: int) -> None:
    dice = random.Random(seed)
    with Index(archive, WordEncoder()) as index:
        print("open", flush=True)
        while True:
            dice.choice([_add, _add, _remove, _rebuild])(index, articles, dice)


def _add(index: Index, articles: Path, dice: random.Random) -> None:
    numbers = dice.sample(range(100_000), dice.randint(1, AT_ONCE))
    for number in numbers:
        (articles / f"{number}.txt").write_text(text_of(number))
    index.add([articles])
    print("added", *numbers, flush=True)


def _remove(index: Index, articles: Path, dice: random.Random) -> None:
    files = sorted(articles.iterdir())
    if not files:
        return
    files = dice.sample(files, min(len(files), 20))
    print("removing", *(file.stem for file in files), flush=True)
    index.remove([file for file in files if index.store.files_below(str(file))])
    for file in files:
        file.unlink()
    print("removed", *(file.stem for file in files), flush=True)


def _rebuild(index: Index, articles: Path, dice: random.Random) -> None:
    index.rebuild()
    print("rebuilt", flush=True)


def finds(index: Index, word: str) -> bool:
    """By words, and by meaning."""
    index.refresh()
    vector = index.encoder.encode([text_of(int(word[1:]))])[0]

    def its_own(passage: Passage) -> bool:
        return f" {word} " in index.article(passage.article_id).text

    by_words = index.matching(word, 1, lambda passage: True)
    # The graph is approximate: of 3,000 vectors just written it misses a few, crash or no crash.
    # With a condition it is searched further, and at last without the graph.
    by_meaning = index.nearest(vector, 1, lambda passage: True)
    if not by_meaning or not its_own(by_meaning[0][0]):
        by_meaning = index.nearest(vector, 1, its_own)
    return bool(by_words and by_meaning) and its_own(by_words[0][0])


def read(archive: Path, seconds: float, *words: str) -> None:
    rounds, end = 0, time.monotonic() + seconds
    with Index(archive, WordEncoder()) as index:
        print("open", flush=True)
        while time.monotonic() < end:
            rounds += 1
            missed = [word for word in words if not finds(index, word)]
            if missed:
                sys.exit(f"not found in round {rounds}: {missed}")
    print(rounds, flush=True)


def wait(archive: Path, word: str) -> None:
    with Index(archive, WordEncoder()) as index:
        print("open", flush=True)
        while not finds(index, word):
            time.sleep(0.01)
    print(time.time(), flush=True)


if __name__ == "__main__":
    command, archive, *rest = sys.argv[1:]
    if command == "write":
        write(Path(archive), Path(rest[0]), int(rest[1]))
    elif command == "read":
        read(Path(archive), float(rest[0]), *rest[1:])
    else:
        wait(Path(archive), rest[0])
