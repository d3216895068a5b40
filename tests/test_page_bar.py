"""The bar above the conversation, and the address that asks a question again."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from shelf import Shelf
from test_page import GATES, PUMPS, ask, browser, visit  # noqa: F401

from index.article import Article
from index.errors import DatelineError
from rag.scope import Scope
from ui.chat.address import LONGEST, Asked, read, written
from ui.chat.bar import read_day
from ui.chat.conversation import Turn
from ui.serve import running

LATER = Article("The sluice gates were mended.", "Mended", "Mill News", published="2020-08-01")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(Shelf([GATES, PUMPS, LATER]), port=0) as at:
        yield at


def test_an_address_that_was_written_is_read_back_as_it_was_asked() -> None:
    scope = Scope(date(2020, 6, 1), date(2020, 6, 30), ("Harbour & Post", "Éire"))
    turn = Turn("Who said “5 < 6 & more”?", date(2020, 6, 30), scope=scope)
    asked = Asked(turn.asked, "2020-06-30", "2020-06-01", "2020-06-30", scope.outlets)
    assert read(parse_qs(written(turn))) == asked


def test_what_an_address_holds_is_cut_to_a_length() -> None:
    asked = read({"q": ["x" * 9999], "from": ["9" * 9999], "outlet": ["y" * 9999] * 999})
    assert len(asked.question) <= 1001 and len(asked.first) == LONGEST
    assert len(asked.outlets) <= 50 and {len(name) for name in asked.outlets} == {LONGEST}


@pytest.mark.parametrize("text", ["2020-06-30", " 30 June 2020 ", "June 30, 2020"])
def test_a_day_is_read_in_the_ways_it_is_written(text: str) -> None:
    assert read_day("As of", text) == date(2020, 6, 30)


@pytest.mark.parametrize("text", ["yesterday", "2020-13-01", "3/4/2020", "31 June 2020"])
def test_a_field_that_holds_no_day_is_quoted_back(text: str) -> None:
    with pytest.raises(DatelineError, match=f"To: “{text}” is not a day"):
        read_day("To", text)


def test_the_bar_keeps_an_answer_to_its_days_and_outlets_and_the_address_asks_it_again(
    browser: Browser,  # noqa: F811
    address: str,
) -> None:
    with visit(browser, f"{address}/?archive=mill&q=old") as page:
        expect(page.locator(".dl-question")).to_contain_text("old")
        page.locator("#dl-from textarea").fill("1 June 2020")
        page.locator("#dl-to textarea").fill("2020-06-30")
        page.locator("#dl-outlets input").fill("harbour")
        page.get_by_role("option", name="Harbour Post").click()
        page.keyboard.press("Escape")
        ask(page, "Who opened the sluice?")
        expect(page.locator(".dl-resolved").last).to_have_text(
            "published 1–30 June 2020 · Harbour Post only"
        )
        expect(page.locator(".dl-reply").last).not_to_contain_text("mended")
        again = re.sub("&c=[0-9a-f]+", "", page.url)  # as a link for somebody else
    assert parse_qs(urlsplit(again).query) == {
        "archive": ["mill"],
        "q": ["Who opened the sluice?"],
        "from": ["2020-06-01"],
        "to": ["2020-06-30"],
        "outlet": ["Harbour Post"],
    }
    with visit(browser, again) as page:
        expect(page.locator(".dl-note")).to_be_visible()
        expect(page.locator(".dl-question")).to_contain_text("Who opened the sluice?")
        expect(page.locator("#dl-to textarea")).to_have_value("2020-06-30")
        expect(page.locator("#dl-outlets .token")).to_have_text("Harbour Post")
        page.get_by_role("button", name="New conversation").click()
        expect(page).to_have_url(f"{address}/?archive=mill")


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("as_of=<b>last</b>", "As of: “<b>last</b>” is not a day"),
        ("from=2020-06-30&to=2020-06-01", "ends before it begins"),
        ("outlet=Harbor+Post", "no outlet “Harbor Post”: did you mean Harbour Post?"),
    ],
)
def test_an_address_that_cannot_be_asked_says_why_and_keeps_its_question(
    browser: Browser,  # noqa: F811
    address: str,
    parameters: str,
    said: str,
) -> None:
    with visit(browser, f"{address}/?q=Who+opened+the+sluice%3F&{parameters}") as page:
        expect(page.locator(".dl-warning")).to_contain_text(said)
        expect(page.locator("#dl-box textarea")).to_have_value("Who opened the sluice?")
        expect(page.locator(".dl-question")).to_have_count(0)


def test_an_old_archive_is_asked_as_of_its_newest_day_in_one_click(
    browser: Browser,  # noqa: F811
    address: str,
) -> None:
    with visit(browser, address) as page:
        expect(page.locator(".dl-stale")).to_contain_text("newest article here is of 1 August 2020")
        page.get_by_role("button", name="Go to 1 August 2020").click()
        expect(page.locator("#dl-day textarea")).to_have_value("2020-08-01")


def test_a_new_archive_offers_no_other_day(browser: Browser) -> None:  # noqa: F811
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    new = Article("The pumps run.", published=yesterday)
    with running(Shelf([new]), port=0) as at, visit(browser, at) as page:
        expect(page.locator("#dl-box textarea")).to_be_enabled()
        expect(page.get_by_role("button", name="Go to")).to_have_count(0)
