"""The source pane: what is known of an article, the story elsewhere, and the way by keys."""

# ruff: noqa: F401, F811  (fixtures)

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect
from shelf import Shelf
from test_page import GATES, POISONED, PUMPS, SCRIPT, ask, browser, visit

from index.article import Article, Block
from index.lines import Difference
from index.stories import Telling
from ui.chat import source
from ui.chat.view import View
from ui.serve import running

CAPTION = "The pumps at noon. Photo: Lena Oakes"
PICTURED = Article(
    f"{PUMPS.text}\n\n{CAPTION}",
    "Pumps pictured",
    "Tidal Times",
    authors=("Lena Oakes",),
    published="2020-06-10T14:05:00+09:00",
    published_how="inferred",
    url="https://tidal.example/2020/06/10/pumps",
    language="en",
    place="VARN",
    known={"published": "url", "outlet": "markup", "url": "fields"},
    blocks=(Block(0, len(PUMPS.text)), Block(len(PUMPS.text) + 2, len(PUMPS.text) + 38, "caption")),
)


class Printed(Shelf):
    """A shelf whose reports of the pumps tell one story."""

    def story(self, article_id: str) -> list[Telling]:
        if article_id == GATES.id:
            return super().story(article_id)
        changed = (Difference(("noon",), ("dusk",)),)
        return [Telling(PUMPS.id, None), Telling(PICTURED.id, "update", changed)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(Printed([GATES, PUMPS, PICTURED]), port=0) as at:
        yield at


def opened(page: Page, number: int) -> None:
    ask(page, "What of the pumps?")
    page.locator(".dl-cite").nth(number - 1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark.dl-quoted")).to_be_focused()


def test_what_is_known_of_an_article_is_set_apart_with_how() -> None:
    html = source.pane(PICTURED, View(1, PICTURED.id))
    rows = re.findall(r"<tr><th scope='row'>(.*?)</th><td>(.*?)</td></tr>", html)
    plain = {name: re.sub(r"<[^>]+>", "", shown) for name, shown in rows}
    assert plain == {
        "Outlet": "Tidal Times",
        "Published": "about 10 June 2020, 14:05 (UTC+09:00) from the URL",
        "By": "Lena Oakes",
        "Filed from": "VARN",
        "Language": "English",
        "Original": "https://tidal.example/2020/06/10/pumps",
    }
    assert "<span class='dl-label'>Caption</span> The pumps at noon." in html


def test_the_sources_of_an_answer_are_walked_by_key(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        opened(page, 1)
        steps = page.locator(".dl-steps")
        expect(steps).to_contain_text("1 of 5")
        expect(steps.get_by_role("link", name="Previous source")).to_have_count(0)
        page.keyboard.press("j")
        expect(page.locator("mark.dl-quoted")).to_have_text("The pumps were old.")
        page.keyboard.press("j")
        expect(page.locator(".dl-head h2")).to_have_text("Pumps pictured")
        expect(steps).to_contain_text("3 of 5")
        page.keyboard.press("k")
        expect(steps).to_contain_text("2 of 5")
        steps.get_by_role("link", name="Next source").click()
        expect(steps).to_contain_text("3 of 5")
        expect(page.locator(".dl-cite[aria-current]")).to_have_text("3")


def test_escape_returns_to_the_citation_in_the_answer(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        opened(page, 1)
        page.keyboard.press("j")
        expect(page.locator(".dl-steps")).to_contain_text("2 of 5")
        expect(page.locator("mark.dl-quoted")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".dl-cite").nth(1)).to_be_focused()


def test_keys_typed_into_a_question_move_nothing(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        opened(page, 1)
        page.locator("#dl-box textarea").focus()
        page.keyboard.type("jk")
        expect(page.locator("#dl-box textarea")).to_have_value("jk")
        expect(page.locator(".dl-steps")).to_contain_text("1 of 5")


def test_the_story_elsewhere_is_listed_with_what_differs_and_opens(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        opened(page, 1)
        elsewhere = page.locator(".dl-tellings")
        expect(elsewhere).to_contain_text("gives dusk where the first has noon")
        expect(elsewhere).to_contain_text("Tidal Times · about 10 June 2020")
        elsewhere.get_by_role("link", name="Pumps pictured").click()
        expect(page.locator(".dl-head h2")).to_be_focused()
        expect(page.locator("mark.dl-also")).to_have_count(3)
        expect(elsewhere).to_contain_text("This one gives dusk where the first has noon.")
        expect(elsewhere.get_by_role("link")).to_have_text("Pumps fail")


def test_an_article_alone_in_its_story_lists_none() -> None:
    told = [(GATES, Telling(GATES.id, None))]
    assert "dl-tellings" not in source.pane(GATES, View(1, GATES.id), told)


def test_a_hostile_print_adds_no_tag_to_the_pane() -> None:
    hostile = replace(POISONED, authors=(SCRIPT,), place=f"<script>{SCRIPT}</script>")
    changed = (Difference((f"<img src=x onerror='{SCRIPT}'>",), ("<svg>",)),)
    told = [(GATES, Telling(GATES.id, None)), (hostile, Telling(hostile.id, "update", changed))]
    for shown in (GATES, hostile):
        html = source.pane(shown, View(1, shown.id), told)
        assert not re.search(r"<(script|img|svg)", html)
