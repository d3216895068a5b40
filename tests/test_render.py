"""The chat's HTML, as text and as what a browser would read in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Block, Certainty
from rag.answer import Answer, Citation, Piece, Question, Statement
from ui.chat import render, source
from ui.chat.conversation import Turn, address, answers, settled
from ui.chat.progress import STAGES
from ui.chat.reply import reply
from ui.chat.view import View, view

DAY = date(2021, 6, 9)
TEXT = "The river rose at noon.\nThe gates were opened at dawn."
GATES = Article(TEXT, "Gates open", "Harbour Post", published="2021-06-09", published_how="stated")
POISON = '<img src=x onerror="pwned()">\n\n# ![a](https://evil.example/x.png) `${1}` {{value}}'


@dataclass(frozen=True)
class Holdings:
    name: str = "clippings"
    articles: int = 2
    outlets: Mapping[str, int] = field(default_factory=lambda: {"Harbour Post": 1, "": 1})
    first: date | None = DAY
    last: date | None = DAY
    undated: int = 1


def cite(article: Article, start: int, end: int, number: int = 1) -> Citation:
    return Citation(
        number, article.id, start, end, article.text[start:end], article.outlet,
        article.title, article.published, article.published_how, article.url,
    )  # fmt: skip


def answered(*citations: Citation, **rest: Any) -> Answer:
    statements = tuple(Statement(c.quote, (c,), True) for c in citations)
    question = Question("What rose?", "What rose?", DAY, DAY)
    return replace(Answer(question, statements, citations=citations), **rest)


class Tags(HTMLParser):
    """The tags and the text of a piece of HTML; `marked` is the text of each kind of mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.marked = {"dl-quoted": "", "dl-also": ""}
        self._mark = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "mark":
            self._mark = dict(attrs)["class"] or ""

    def handle_endtag(self, tag: str) -> None:
        self._mark = "" if tag == "mark" else self._mark

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._mark:
            self.marked[self._mark] += data


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@st.composite
def quoted_articles(draw: st.DrawFn) -> tuple[Article, Citation, Citation]:
    text = draw(st.text("ab <>&'\"\n$*é", min_size=1, max_size=60))
    cut = draw(st.integers(0, len(text)))
    blocks = (Block(0, cut), Block(cut, len(text), "caption"))
    article = Article(text, "t", blocks=blocks)
    edges = st.integers(0, len(text))
    spans = [sorted((draw(edges), draw(edges))) for _ in range(2)]
    first, second = (cite(article, start, end) for start, end in spans)
    return article, first, replace(second, number=2)


@given(quoted_articles())
def test_the_pane_shows_the_whole_article_and_marks_exactly_the_quote(
    drawn: tuple[Article, Citation, Citation],
) -> None:
    article, opened, other = drawn
    html = source.pane(article, View(1, article.id, [opened, other], opened))
    pane = Tags(html.partition("<div class='dl-body'>")[2])
    assert squeezed(pane.text).replace("Caption", "") == squeezed(article.text)
    assert squeezed(pane.marked["dl-quoted"]) == squeezed(opened.quote)
    lightly = [
        article.text[at]
        for at in range(other.start, other.end)
        if not opened.start <= at < opened.end
    ]
    assert squeezed(pane.marked["dl-also"]) == squeezed("".join(lightly))


@given(st.text())
def test_plain_text_survives_on_one_line_without_a_tag(text: str) -> None:
    shown = render.plain(text)
    assert "<" not in shown and "\n" not in shown
    assert unescape(shown).split() == text.split()


@pytest.mark.parametrize("place", ["title", "outlet", "text", "url"])
def test_a_hostile_article_adds_no_tag_to_its_pane_or_its_answer(place: str) -> None:
    hostile: dict[str, Any] = {place: POISON, "blocks": ()}
    article = replace(GATES, **hostile)
    citation = cite(article, 0, 20)
    turn = Turn(POISON, answer=answered(citation, short_answer=POISON, notes=(POISON,)))
    pane = source.pane(article, View(1, article.id, [citation], citation))
    shown = Tags(pane + render.question(turn) + reply(turn, 1))
    assert shown.names.isdisjoint({"img", "script", "h1"})
    assert all(link.startswith(("#", "?q=")) for link in shown.links)


def test_a_message_is_one_line_that_markdown_leaves_alone() -> None:
    turn = Turn(POISON, answer=answered(cite(GATES, 0, len(TEXT)), message=POISON))
    for message in (render.question(turn), reply(turn, 1), render.welcome()):
        assert re.match(r"<div[ >][^\n]*</div>$", message)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///x", "//x", "http://[", ""])
def test_only_web_addresses_become_links(url: str) -> None:
    links = Tags(source.pane(replace(GATES, url=url), View(1, GATES.id))).links
    assert [link for link in links if not link.startswith("#")] == []


def test_the_link_to_the_original_tells_it_nothing_of_the_reader() -> None:
    html = source.pane(replace(GATES, url="https://a.example/?b=1&c=2"), View(1, GATES.id))
    assert "https://a.example/?b=1&c=2" in Tags(html).links
    assert "rel='noopener noreferrer'" in html


@pytest.mark.parametrize(
    ("published", "how", "shown"),
    [
        ("2021-06-09", "stated", "9 June 2021"),
        ("2021-06-09", "inferred", "about 9 June 2021"),
        (None, "unknown", "undated"),
    ],
)
def test_a_source_says_how_its_day_is_known(
    published: str | None, how: Certainty, shown: str
) -> None:
    citation = replace(cite(GATES, 0, 5), published=published, published_how=how)
    article = replace(GATES, published=published, published_how=how)
    assert f"Harbour Post · {shown}" in Tags(source.pane(article, View(1, article.id))).text
    listed = reply(Turn("?", answer=answered(citation)), 1)
    assert f"Harbour Post · {shown}" in Tags(listed).text


def test_every_number_and_every_source_of_an_answer_opens_it_in_its_own_turn() -> None:
    turn = Turn("?", answer=answered(cite(GATES, 0, 5), cite(GATES, 5, 9, number=2)))
    assert Tags(reply(turn, 3)).links == ["#cite-3-1", "#cite-3-2"] * 2


def test_an_abstention_shows_its_message_before_the_nearest_passages() -> None:
    near = cite(GATES, 0, 23)
    answer = answered(abstained=True, message="The archive does not say.", nearest=(near,))
    html = reply(Turn("?", answer=answer), 1)
    assert html.index("The archive does not say.") < html.index("Nearest passages")
    assert Tags(html).links == ["#cite-1-1"]


def test_an_unverified_statement_says_so() -> None:
    citation = cite(GATES, 0, 23)
    doubtful = (Statement(citation.quote, (citation,), verified=False),)
    html = reply(Turn("?", answer=answered(citation, statements=doubtful)), 1)
    assert "not found in its source" in html


def test_a_turn_shows_its_statements_and_stage_until_its_answer_comes() -> None:
    statement = Statement("It rose.", (cite(GATES, 0, 23),), True)
    turn = Turn("?").after(Piece(stage="checking")).after(Piece(statement=statement))
    waiting = reply(turn, 1)
    assert "It rose." in waiting and STAGES["checking"][0] in waiting
    done = reply(turn.after(Piece(answer=answered(cite(GATES, 0, 23)))), 1)
    assert not any(now in done for now, _ in STAGES.values())


def test_a_citation_is_found_in_its_own_turn_only() -> None:
    first, second = cite(GATES, 0, 5), cite(GATES, 5, 9)
    one, other = answered(first), answered(second)
    talk = (Turn("a", answer=one), Turn("b", problem="broken"), Turn("c", answer=other))
    assert view(talk, address(1, first)) == View(1, GATES.id, (first,), first)
    assert view(talk, address(3, second)) == View(3, GATES.id, (second,), second)
    assert answers(talk) == [one, other]


@pytest.mark.parametrize(
    "link",
    ["", "None", "#cite-0-1", "#cite-2-1", "#cite-1-2", "#cite--1-1", "#cite-1-1-1", "#cite-1-१"],
)
def test_a_link_that_names_no_citation_opens_nothing(link: str) -> None:
    assert view((Turn("a", answer=answered(cite(GATES, 0, 5))),), link) is None


def test_settling_marks_only_a_turn_that_was_cut_short() -> None:
    done = Turn("a", answer=answered())
    assert settled((done,)) == (done,)
    assert settled((done, Turn("b")))[1].problem
    assert settled(()) == ()


def test_the_header_counts_named_outlets_and_undated_articles() -> None:
    text = Tags(render.header(Holdings(), DAY)).text
    assert "2 articles · 1 outlet · 9 June 2021 – 9 June 2021 · 1 undated" in text


@pytest.mark.parametrize(("today", "stale"), [(date(2022, 6, 9), False), (date(2022, 6, 10), True)])
def test_the_header_says_that_the_newest_article_is_over_a_year_old(
    today: date, stale: bool
) -> None:
    said = "The newest article here is of 9 June 2021." in render.header(Holdings(), today)
    assert said == stale


def test_an_empty_archive_is_told_how_to_add_articles() -> None:
    assert "dateline add FOLDER" in render.nothing_to_ask()
