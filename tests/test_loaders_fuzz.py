"""Damaged files of every format give articles or refusals, and never another exception.

A new format is one line in `VALID`. Each mutation is drawn from a seed, which a failure prints:

    DATELINE_FUZZ_SEED=17 python -m pytest tests/test_loaders_fuzz.py    # that one again
    python -m pytest -m slow tests/test_loaders_fuzz.py                  # for minutes
"""

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import random
import tarfile
import time
import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from index.article import Article
from index.errors import UnreadableSource
from index.loaders import load

SECONDS = 5.0  # for all formats together
SECONDS_SLOW = 400.0
MOST_MUTATIONS = 4  # of one file

TEXT = "The sluice gates at Varn were opened at dawn, the river office said. “Forty” were moved."
PAGE = (
    '<html lang="en"><head><title>Gates opened</title><meta property="og:site_name" content="Post">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2020-06-09"}'
    f"</script></head><body><article><h1>Gates opened</h1><p>{TEXT}</p></article></body></html>"
)
RECORDS = [
    {"title": f"Gates {n}", "text": TEXT, "date": "2020-06-09", "outlet": "Harbour Post"}
    for n in range(5)
]


def json_lines() -> bytes:
    return "\n".join(map(json.dumps, RECORDS)).encode()


def table() -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, RECORDS[0].keys())
    writer.writeheader()
    writer.writerows(RECORDS)
    return file.getvalue().encode()


def parquet() -> bytes:
    table = pytest.importorskip("pyarrow").Table.from_pylist(RECORDS)
    file = io.BytesIO()
    pytest.importorskip("pyarrow.parquet").write_table(table, file)
    return file.getvalue()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", TEXT)
        packed.writestr("in/b.jsonl", json_lines())
    return file.getvalue()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as packed:
        for name in ("a.txt", "long/" * 30 + "b.txt"):
            member = tarfile.TarInfo(name)
            member.size = len(TEXT.encode())
            packed.addfile(member, io.BytesIO(TEXT.encode()))
    return file.getvalue()


def crawl() -> bytes:
    page = gzip.compress(PAGE.encode())
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
    body += b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
    return (head + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(body), body)) * 3


def saved_page() -> bytes:
    return (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        "Content-Type: text/html; charset=utf-8\nContent-Location: https://a.example/\n"
        f"Content-Transfer-Encoding: 8bit\n\n{PAGE}\n--b--\n"
    ).encode()


VALID: dict[str, Callable[[], bytes]] = {
    "a.txt": lambda: f"Gates opened\n\n{TEXT}".encode(),
    "a.md": lambda: (
        f"---\ntitle: Gates\n---\n# Gates\n\n*{TEXT}*\n\n| a |\n|---|\n| b |\n".encode()
    ),
    "a.html": PAGE.encode,
    "a.jsonl": json_lines,
    "a.jsonl.gz": lambda: gzip.compress(json_lines()),
    "a.json": lambda: json.dumps({"articles": RECORDS}, indent=1).encode(),
    "a.csv": table,
    "a.parquet": parquet,
    "a.zip": zipped,
    "a.tar": tarred,
    "a.tar.gz": lambda: gzip.compress(tarred()),
    "a.tar.bz2": lambda: bz2.compress(tarred()),
    "a.tar.xz": lambda: lzma.compress(tarred()),
    "a.csv.gz": lambda: gzip.compress(table()),
    "a.warc": crawl,
    "a.warc.gz": lambda: gzip.compress(crawl()),
    "a.mhtml": saved_page,
}
every_format = pytest.mark.parametrize("name", VALID)


def mutated(valid: bytes, noise: random.Random) -> bytes:
    """A copy with a few bits turned, or bytes cut off, left out, put in, or copied elsewhere."""
    data = bytearray(valid)
    for _ in range(noise.randint(1, MOST_MUTATIONS)):
        at, length = noise.randrange(len(data) + 1), noise.choice((1, 2, 4, 8, 40))
        match noise.randrange(6):
            case 0 if at < len(data):
                data[at] ^= 1 << noise.randrange(8)
            case 1:
                del data[at:]
            case 2:
                del data[at : at + length]
            case 3:
                data[at:at] = noise.randbytes(length)
            case 4:
                data[at : at + length] = noise.choice((b"\0", b"\xff", b"9", b"\n")) * length
            case _:
                start = noise.randrange(len(data) + 1)
                data[at:at] = data[start : start + length]
    return bytes(data)


def damage(name: str, folder: Path, seconds: float) -> None:
    """Loads one mutation after another until the time is over."""
    given = os.environ.get("DATELINE_FUZZ_SEED")
    valid = VALID[name]()
    path = folder / name
    end = time.monotonic() + seconds
    for seed in [int(given)] if given else count():
        path.write_bytes(mutated(valid, random.Random(seed)))
        try:
            for found in load(path):
                assert isinstance(found, Article | UnreadableSource), found
                str(found).encode()
                assert not isinstance(found, Article) or found.text
        except BaseException as error:
            error.add_note(f"{name}: DATELINE_FUZZ_SEED={seed}")
            raise
        if time.monotonic() > end:
            break


@every_format
def test_what_is_valid_before_it_is_damaged_gives_articles_only(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(VALID[name]())
    assert all(isinstance(found, Article) for found in load(path))


@every_format
def test_a_damaged_file_gives_articles_or_refusals(name: str, tmp_path: Path) -> None:
    damage(name, tmp_path, SECONDS / len(VALID))


@pytest.mark.slow
@every_format
def test_damaged_files_give_articles_or_refusals_for_long(name: str, tmp_path: Path) -> None:
    damage(name, tmp_path, SECONDS_SLOW / len(VALID))
