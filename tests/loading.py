"""What tests of loaders do with a file: write it, and load the one thing in it."""

from collections.abc import Mapping
from pathlib import Path

from index.article import Article
from index.errors import UnreadableSource
from index.loaders import load


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only(path: Path) -> Article:
    (article,) = load(path)
    assert isinstance(article, Article), article
    return article


def refusal(path: Path, columns: Mapping[str, str] | None = None) -> UnreadableSource:
    (unreadable,) = load(path, columns)
    assert isinstance(unreadable, UnreadableSource), unreadable
    assert unreadable.problem.startswith(str(path))
    assert unreadable.cure
    return unreadable
