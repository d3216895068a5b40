"""What the archive page does when something happens on it; each method answers one kind of event.

Which archive is meant stands in the page's address, so it is the visitor's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from index.article import Article, Passage
from index.errors import DatelineError
from index.report import AddReport
from index.words import places
from rag.answer import Citation
from rag.archive import Archive
from rag.results import SearchResult
from ui.chat import render as chat
from ui.chat import source
from ui.chat.view import View as Opened
from ui.library import Library
from ui.shelves import masthead, render, uploads
from ui.shelves.adding import adding
from ui.shelves.found import snippet
from ui.shelves.masthead import chosen

PAGE = 20  # articles in a list
FOUND = 50  # articles, by a search

UNCHANGED = (gr.skip(),) * 4  # masthead, header, overview and list

Update = Any  # a component's new value, or Gradio's description of what else changes in it


@dataclass(frozen=True)
class View:
    """Which articles the list shows.

    Attributes:
        words: those searched for; if empty, all articles are listed, newest first.
        undated: of these, the ones alone whose date is unknown.
        page: counted from 0.
    """

    words: str = ""
    undated: bool = False
    page: int = 0


class Handlers:
    """The events of the page over a library."""

    def __init__(self, library: Library, received: Path) -> None:
        """Args: received: the folder of Gradio's uploads."""
        self.library = library
        self.received = received

    def open(self, request: gr.Request) -> tuple[Update, ...]:
        """The page is loaded: masthead, header, overview, zone, and list."""
        name = chosen(request)
        try:
            return *self._holdings(request, View()), self._zone(name)
        except DatelineError as error:
            return self._nav(request), masthead.no_archive(str(error)), "", "", ""

    def _nav(self, request: gr.Request) -> str:
        return masthead.of(self.library, request, masthead.CHAT)

    def _holdings(self, request: gr.Request, view: View) -> tuple[str, str, str, str]:
        """Masthead, header, overview and list."""
        archive = self.library.open(name := chosen(request))
        status = archive.status()
        overview = render.overview(status, archive.days())
        header = chat.header(status, date.today())
        return self._nav(request), header, overview, self._list(name, view)

    def _zone(self, name: str) -> str:
        try:
            self.library.to_change(name)
        except DatelineError as error:
            return render.fixed(str(error))
        return render.zone()

    def search(self, words: str, request: gr.Request) -> tuple[str, View]:
        """Words are entered: list and view."""
        view = View(words.strip())
        return self._list_or_problem(chosen(request), view), view

    def turn(self, event: gr.EventData, view: View, request: gr.Request) -> tuple[str, View]:
        """Another page of the list, or another kind of it, is wanted: list and view."""
        undated = bool(getattr(event, "undated", view.undated))
        view = replace(view, undated=undated, page=int(getattr(event, "page", 0)))
        return self._list_or_problem(chosen(request), view), view

    def show(self, event: gr.EventData, view: View, request: gr.Request) -> Update:
        """An article is opened: the source pane, with the passage marked that was found."""
        try:
            passage = Passage.of(str(getattr(event, "open", "")))
            article = self.library.open(chosen(request)).article(passage.article_id)
            found = _cited(article, passage)
            words = places(view.words, article.text)
            return source.pane(article, Opened(1, article.id, (found,), found), words=words)
        except DatelineError as error:
            return source.problem(str(error))

    def remove(self, event: gr.EventData, view: View, request: gr.Request) -> tuple[Update, ...]:
        """A removal is confirmed: what the archive holds now, and a report."""
        try:
            archive = self.library.to_change(chosen(request))
            given_by, _ = archive.given_by(article := str(getattr(event, "article", "")))
            report = archive.remove(given_by if getattr(event, "all", False) else article)
            for file in report.files:
                if not archive.given(file):
                    uploads.forget(file, Path(archive.status().path))
            return *self._holdings(request, view), render.removed(report)
        except DatelineError as error:
            return *UNCHANGED, render.problem(str(error))

    def add(
        self, event: gr.EventData, view: View, request: gr.Request
    ) -> Iterator[tuple[Update, ...]]:
        """Files have arrived: what the archive holds, and the progress, at last the report."""
        try:
            archive = self.library.to_change(chosen(request))
            for told in self._added(archive, event):
                yield *UNCHANGED, told
            yield *self._holdings(request, view), told
        except DatelineError as error:
            yield *UNCHANGED, render.problem(str(error))

    def _added(self, archive: Archive, event: gr.EventData) -> Iterator[str]:
        folder = Path(archive.status().path)
        kept = uploads.keep(uploads.dropped(event), self.received, folder)
        refused = [*uploads.not_sent(event), *kept.refused]
        for step in adding(lambda tell: archive.add(kept.sources, tell)):
            if isinstance(step, AddReport):
                reasons = [uploads.told(error, folder) for error in [*refused, *step.skipped]]
                yield render.added(step, reasons)
            else:
                yield render.progress(step)

    def create(self, name: str) -> str:
        """A new archive is wanted: a problem, or the way to it."""
        try:
            self.library.create(name)
        except DatelineError as error:
            return render.problem(str(error))
        return render.created(name.strip())

    def _list_or_problem(self, name: str, view: View) -> str:
        try:
            return self._list(name, view)
        except DatelineError as error:
            return render.problem(str(error))

    def _list(self, name: str, view: View) -> str:
        archive = self.library.open(name)
        changes = not self.library.is_fixed(name)
        if view.words:
            rows = [
                _row(archive, archive.article(found.passage.article_id), found, view.words)
                for found in archive.find(view.words, FOUND)
            ]
            heading = f"{len(rows):,} found" if len(rows) < FOUND else f"The {FOUND} best"
            return render.listing(f"{heading} for “{view.words}”", rows, "", changes)
        return self._newest(archive, view, changes)

    def _newest(self, archive: Archive, view: View, changes: bool) -> str:
        days = archive.days()
        undated = sum(day is None for day in days)
        pages = -(-(undated if view.undated else len(days)) // PAGE)
        page = max(0, min(view.page, pages - 1))
        articles = archive.newest(page * PAGE, PAGE, view.undated)
        heading = "Articles without a date" if view.undated else "Articles, newest first"
        below = render.pager(page, pages) + render.kinds(view.undated, undated)
        rows = [_row(archive, article) for article in articles]
        return render.listing(heading, rows, below, changes) if days else ""


def _row(
    archive: Archive, article: Article, found: SearchResult | None = None, words: str = ""
) -> render.Row:
    given_by, siblings = archive.given_by(article.id)
    shown = given_by if "://" in given_by else Path(given_by).name
    opens = found.passage.id if found else f"{article.id}:0-0"
    excerpt = snippet(found.text, words) if found else ""
    return render.Row(article, opens, excerpt, shown, len(siblings))


def _cited(article: Article, passage: Passage) -> Citation:
    return Citation(
        1,
        article.id,
        passage.start,
        passage.end,
        article.text[passage.start : passage.end],
        article.outlet,
        article.title,
        article.published,
        article.published_how,
        article.url,
    )
