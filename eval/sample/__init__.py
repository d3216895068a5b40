"""The sample archive: articles written for Dateline, and questions with known answers."""

import hashlib
from pathlib import Path

from index.home import home
from rag.archive import Archive

NAME = "The sample archive"
ARTICLES = Path(__file__).parent / "articles"
CASES = Path(__file__).parent / "cases.jsonl"
BASELINE = Path(__file__).parent.parent / "baseline.json"
EXAMPLES = (
    "Why did the North cut the hotlines?",
    "How many people died in the flood below Quarrow Dam?",
    "Who opposed the sale of the ferry company, and why?",
)


def open_sample() -> Archive:
    """The sample archive, made on first use (a few seconds) and again when its articles change.

    Raises:
        DatelineError: it cannot be made, or another process is making it this moment.
    """
    archive = Archive.open(home() / "sample" / _fingerprint())
    archive.name = NAME
    # All its articles become visible in one transaction, so one of them means all.
    if not archive.status().articles:
        archive.add(ARTICLES)
    return archive


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for file in sorted(ARTICLES.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
