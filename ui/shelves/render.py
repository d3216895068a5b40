"""The archive page's HTML. Every text of an article, a file or a person passes through `plain`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from index.article import Article
from index.loaders import LOADERS
from index.report import AddReport, Progress, RemoveReport
from rag.period import written
from rag.status import Status
from ui.chat.render import plain
from ui.languages import foreign
from ui.shelves.histogram import histogram
from ui.shelves.uploads import LIMIT

MOST_OUTLETS = 30
MOST_SKIPPED = 50


class Row(NamedTuple):
    """An article in a list.

    Attributes:
        opens: an article's or a passage's id.
        excerpt: HTML, of what a search found in it.
        given_by: the file or address that gave it, as a visitor knows it.
        siblings: how many articles that gave, this one too.
    """

    article: Article
    opens: str
    excerpt: str
    given_by: str
    siblings: int


def overview(status: Status, days: Sequence[date | None]) -> str:
    """What the archive holds."""
    if not status.articles:
        return (
            "<div class='dl-welcome'><p>This archive is empty.</p>"
            "<p>Drop articles below, and ask about them.</p></div>"
        )
    return _counts(status) + _histogram(days) + _outlets(status.outlets) + _origins(status)


def _counts(status: Status) -> str:
    counts = {
        "articles": f"{status.articles:,}",
        "passages": f"{status.passages:,}",
        "outlets": f"{sum(map(bool, status.outlets)):,}",
        "stories": f"{status.stories:,}",
        "undated": f"{status.undated:,}",
        "on disk": f"{status.size / 1e6:,.1f} MB",
    }
    pairs = (f"<div><dt>{name}</dt><dd>{count}</dd></div>" for name, count in counts.items())
    return f"<dl class='dl-counts'>{''.join(pairs)}</dl>"


def _histogram(days: Sequence[date | None]) -> str:
    found = histogram(days)
    if found is None:
        return ""
    most = max(count for _, count in found.bars)
    bars = "".join(
        f"<i style='height:{100 * count / most:.0f}%' title='{name}: {count:,}'></i>"
        for name, count in found.bars
    )
    first, last = found.bars[0][0], found.bars[-1][0]
    rows = [(name, f"{count:,}") for name, count in found.bars if count]
    return (
        f"<figure class='dl-histogram'><figcaption>Articles by {found.unit}</figcaption>"
        f"<div class='dl-bars' aria-hidden='true'>{bars}</div>"
        f"<p aria-hidden='true'><span>{first}</span><span>{last}</span></p>"
        f"<div class='dl-unseen'>{_table((found.unit, 'articles'), rows)}</div></figure>"
    )


def _outlets(outlets: Mapping[str, int]) -> str:
    most = max(outlets.values())
    rows = [
        f"<tr><th scope='row'>{plain(outlet) or '(unknown)'}</th><td>{count:,}</td>"
        f"<td aria-hidden='true'><i style='width:{100 * count / most:.0f}%'></i></td></tr>"
        for outlet, count in list(outlets.items())[:MOST_OUTLETS]
    ]
    more = len(outlets) - MOST_OUTLETS
    rest = f"<p class='dl-hint'>and {more:,} more</p>" if more > 0 else ""
    return _folded("Outlets", f"<table class='dl-outlets'>{''.join(rows)}</table>{rest}")


def _origins(status: Status) -> str:
    rows = [line.split(maxsplit=1) for line in status.origins]
    return _folded("How this is known", _table((), [(field, how) for field, how in rows]))


def _folded(heading: str, body: str) -> str:
    return f"<details class='dl-fold'><summary>{heading}</summary>{body}</details>"


def _table(heads: Sequence[str], rows: Iterable[tuple[str, str]]) -> str:
    head = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    body = "".join(
        f"<tr><th scope='row'>{plain(name)}</th><td>{plain(text)}</td></tr>" for name, text in rows
    )
    return f"<table class='dl-table'>{head and f'<tr>{head}</tr>'}{body}</table>"


def zone() -> str:
    """Where files are dropped; drop.js makes it work."""
    suffixes = ", ".join(suffix for loader in LOADERS for suffix in loader.suffixes)
    return (
        f"<section class='dl-zone' data-limit='{LIMIT}' aria-label='Add articles'>"
        "<p>Drop files or folders here, or choose <button type='button' data-pick='files'>files"
        "</button> or <button type='button' data-pick='folder'>a folder</button>.</p>"
        f"<p class='dl-hint'>Up to {LIMIT // 1_000_000} MB a file. One of the same name takes the "
        f"place of the earlier. <span title='{plain(suffixes)}'>Text, Markdown, saved pages, PDF, "
        "Word, e-books, mail, feeds, tables and archives of these are read.</span></p>"
        "<input type='file' multiple hidden><input type='file' webkitdirectory hidden>"
        "<p class='dl-uploading' role='status'></p></section>"
    )


def fixed(why: str) -> str:
    """In place of the zone, why nothing can be added."""
    return f"<p class='dl-zone dl-hint'>{_sentence(why)}</p>"


def problem(error: str) -> str:
    return f"<p class='dl-problem' role='alert'>{_sentence(error)}</p>"


def _sentence(text: str) -> str:
    return plain(text[:1].upper() + text[1:].rstrip(".") + ".")


def progress(step: Progress) -> str:
    """How far an addition is."""
    if step.total is None:
        return f"<p class='dl-stage'>Reading: {_count(step.done, 'article')}…</p>"
    words = f"Embedding: {step.done:,} of {_count(step.total, 'passage')}…"
    bar = f"<progress value='{step.done}' max='{step.total}'>{words}</progress>"
    return f"<p class='dl-stage'>{words}</p>{bar}"


def added(report: AddReport, skipped: Sequence[str]) -> str:
    """What an addition came to.

    Args:
        skipped: the reasons, in the visitor's words.
    """
    dates = ", ".join(f"{count:,} {how}" for how, count in report.dates.most_common())
    counts = [
        ("Added", f"{_count(report.added, 'article')} ({_count(report.passages, 'passage')})"),
        ("Replaced", f"{report.replaced:,}" if report.replaced else ""),
        ("Unchanged", f"{report.unchanged:,}" if report.unchanged else ""),
        ("Dates", dates),
        ("Not in English", foreign(report.foreign)),
        ("Repaired", f"{report.repaired:,}" if report.repaired else ""),
        ("Skipped", f"{len(skipped):,}" if skipped else ""),
    ]
    reasons = "".join(f"<li>{plain(reason)}</li>" for reason in skipped[:MOST_SKIPPED])
    if (more := len(skipped) - MOST_SKIPPED) > 0:
        reasons += f"<li>and {more:,} more</li>"
    table = _table((), [(name, count) for name, count in counts if count])
    return f"{table}{reasons and f'<ul class=dl-reasons>{reasons}</ul>'}"


def removed(report: RemoveReport) -> str:
    titles = ", ".join(f"“{plain(title)}”" for title in list(report.titles.values())[:3])
    more = ", …" if len(report.titles) > 3 else ""
    kept = f" {_count(report.kept, 'article')} stayed: another file gives the same."
    return (
        f"<p>Removed {_count(len(report.titles), 'article')}: {titles}{more}."
        f"{kept if report.kept else ''}</p>"
    )


def created(name: str) -> str:
    """The page goes to a new archive as this is shown; see created.js."""
    return f"<p data-archive='{plain(name)}'>Opening {plain(name)}…</p>"


def listing(heading: str, rows: Sequence[Row], pages: str, changes: bool) -> str:
    """A list of articles.

    Args:
        pages: links to other pages of it, as `pager` makes them.
        changes: whether they can be removed.
    """
    items = "".join(f"<li>{_row(row, changes)}</li>" for row in rows)
    return f"<h2 tabindex='-1'>{plain(heading)}</h2><ol class='dl-articles'>{items}</ol>{pages}"


def _row(row: Row, changes: bool) -> str:
    article = row.article
    day = written(article.day) if article.day else "date unknown"
    where = plain(" · ".join(filter(None, [article.outlet, day])))
    title = plain(article.heading)
    excerpt = f"<span class='dl-quote'>{row.excerpt}</span>" if row.excerpt else ""
    remove = (
        f"<button type='button' class='dl-remove' data-remove='{article.id}' data-title='{title}'"
        f" data-from='{plain(row.given_by)}' data-siblings='{row.siblings}'"
        f" aria-label='Remove “{title}”'>Remove</button>"
    )
    return (
        f"<button type='button' class='dl-open' data-open='{row.opens}'>"
        f"<span class='dl-where'>{where}</span><span class='dl-title'>{title}</span>{excerpt}"
        f"</button>{remove if changes else ''}"
    )


def pager(page: int, pages: int) -> str:
    """Buttons to the pages before and after, counted from 0; nothing where there is one."""
    if pages < 2:
        return ""
    newer = f"<button type='button' data-page='{page - 1}'{_off(page == 0)}>Newer</button>"
    older = f"<button type='button' data-page='{page + 1}'{_off(page + 1 == pages)}>Older</button>"
    return f"<p class='dl-pager'>{newer}<span>{page + 1:,} of {pages:,}</span>{older}</p>"


def kinds(undated: bool, count: int) -> str:
    """A button between all articles and the `count` undated ones; nothing where there are none."""
    if not count:
        return ""
    label = "All articles" if undated else f"{_count(count, 'article')} without a date"
    return (
        f"<p class='dl-pager'><button type='button' data-page='0' data-undated='{not undated:d}'>"
        f"{label}</button></p>"
    )


def _off(off: bool) -> str:
    return " disabled" if off else ""


def waiting() -> str:
    """The source pane before anything is opened."""
    return (
        "<article class='dl-article'><p class='dl-hint'>Open an article to read it.</p></article>"
    )


def confirmation() -> str:
    """The question asked before anything is removed; list.js fills it in."""
    return (
        "<dialog class='dl-confirm' aria-labelledby='dl-confirm-title'><form method='dialog'>"
        "<p id='dl-confirm-title'></p><p class='dl-hint'></p>"
        "<button value='one'>Remove</button><button value='all'></button>"
        "<button value='' autofocus>Keep</button></form></dialog>"
    )


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
