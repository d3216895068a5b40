"""Reading files for an `add`. One that is as it was when it was read costs a look, and no more."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from index.article import Article, Passage
from index.errors import UnreadableSource
from index.files import UNSETTLED, FileRead, Look, digest, look
from index.passages import passages
from index.report import AddReport, OnOutcome, OnProgress, Outcome, Progress
from index.sentences import Span, sentences
from index.store import Store

if TYPE_CHECKING:
    from index.loaders import Found


class Arrival(NamedTuple):
    """A new article, cut up."""

    article: Article
    sentences: list[Span]
    passages: list[Passage]


class Intake:
    """What files hold that the archive does not, counted in a report on the way."""

    def __init__(self, store: Store, report: AddReport, tell: OnProgress, log: OnOutcome) -> None:
        self._store = store
        self._report = report
        self._tell = tell
        self._log = log
        self._seen: set[str] = set()

    def read(self, found: Iterable["Found | UnreadableSource"]) -> Iterator[Arrival | FileRead]:
        """New articles, and after those of a file what reading it gave."""
        for one in found:
            if isinstance(one, UnreadableSource):
                self._skip(one, "")
            else:
                yield from self._file(one)

    def _file(self, found: "Found") -> Iterator[Arrival | FileRead]:
        now = look(found.path) if found.path else None
        before = self._store.file(found.name) if now else None
        if now is None or before is None or before.manner != found.manner:
            yield from self._anew(found, now)
        elif before.look == now:
            self._as_before(before)
        elif before.look.size == now.size and before.sha256 and _digest(found) == before.sha256:
            self._as_before(before)
            yield replace(before, look=now)
        else:
            yield from self._anew(found, now)

    def _as_before(self, read: FileRead) -> None:
        self._report.unchanged += len(read.ids)
        if read.ids:
            self._log(Outcome(read.path, "unchanged"))
        for error in read.errors:
            self._skip(error, read.path)
        self._progress()

    def _anew(self, found: "Found", before: Look | None) -> Iterator[Arrival | FileRead]:
        ids: list[str] = []
        errors: list[UnreadableSource] = []
        whole = True
        try:
            for loaded in found.load():
                if isinstance(loaded, UnreadableSource):
                    errors.append(loaded)
                else:
                    ids.append(loaded.id)
                    yield from self._article(loaded)
        except UnreadableSource as unreadable:
            errors.append(unreadable)
            whole = False
        for error in errors:
            self._skip(error, found.name)
        # What the system refused it may grant the next time, without the file's changing.
        if before and not any(isinstance(error.__cause__, OSError) for error in errors):
            sha256 = _digest(found) if ids else ""
            settled = before if found.path and look(found.path) == before else UNSETTLED
            given = tuple(dict.fromkeys(ids))
            replaces = whole and bool(ids)
            told = tuple(errors)
            yield FileRead(found.name, settled, sha256, found.manner, told, given, replaces)

    def _article(self, article: Article) -> Iterator[Arrival]:
        if article.id in self._seen or self._store.is_known(article.id):
            self._report.unchanged += 1
            self._log(Outcome(article.path, "unchanged", article.id))
        else:
            self._seen.add(article.id)
            self._report.added += 1
            self._report.dates[article.published_how] += 1
            if article.language not in ("", "en"):
                self._report.foreign[article.language] += 1
            self._report.repaired += "text" in article.known
            self._log(Outcome(article.path, "added", article.id))
            spans = sentences(article.text, article.blocks)
            yield Arrival(article, spans, passages(article, spans))
        self._progress()

    def _progress(self) -> None:
        self._tell(Progress("reading", self._report.added + self._report.unchanged, None))

    def _skip(self, error: UnreadableSource, path: str) -> None:
        self._report.skipped.append(error)
        self._log(Outcome(path, "skipped", why=str(error)))


def _digest(found: "Found") -> str:
    """Empty where it cannot be read any more."""
    try:
        return digest(found.path) if found.path else ""
    except OSError:
        return ""
