"""Kept conversations on the page, in a real browser; a second server over one home is a restart."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from shelf import Shelf
from test_page import GATES, POISONED, PUMPS, ask, browser, visit  # noqa: F401

from index.article import Article
from index.errors import DatelineError
from ui.cli import main
from ui.serve import running

SLUICE, PUMPED = "Who opened the sluice?", "What of the pumps?"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    return tmp_path


class Bare(Shelf):
    """A shelf whose articles have left."""

    def article(self, article_id: str) -> Article:
        raise DatelineError(f"no article {article_id} here")


@contextmanager
def page_of(browser: Browser, query: str = "", shelf: Shelf | None = None) -> Iterator[Page]:  # noqa: F811
    """A page, its list of conversations unfolded, of a server of its own."""
    shelf = shelf or Shelf([GATES, PUMPS, POISONED])
    with running(shelf, port=0) as address, visit(browser, address + query) as page:
        expect(page.locator("#dl-kept nav")).to_be_attached()
        unfold(page)
        yield page


def unfold(page: Page) -> None:
    if page.locator(".dl-kept-toggle").get_attribute("aria-expanded") == "false":
        page.locator(".dl-kept-toggle").click()


def kept(page: Page, *expected: str) -> None:
    """Waits until these are the titles in the list."""
    expect(page.locator(".dl-kept-title")).to_have_text(list(expected))


def asked(page: Page, *questions: str) -> None:
    for question in questions:
        ask(page, question)
    expect(page.locator("#dl-kept a[aria-current]")).to_be_visible()


def renew(page: Page) -> None:
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#dl-kept a[aria-current]")).to_have_count(0)


def press(page: Page, action: str, title: str) -> None:
    row = page.locator("#dl-kept li", has_text=title)
    row.hover()
    row.get_by_role("button", name=action).click()


def test_a_reload_and_a_restart_open_the_conversation_again(browser: Browser) -> None:  # noqa: F811
    with page_of(browser) as page:
        asked(page, SLUICE, PUMPED)
        page.reload()
        expect(page.locator(".dl-question")).to_have_text([SLUICE, PUMPED])
        query = "/?" + page.url.partition("?")[2]
    with page_of(browser, query) as page:
        expect(page.locator(".dl-question")).to_have_text([SLUICE, PUMPED])
        page.locator(".dl-reply").first.locator(".dl-cite").first.click()
        expect(page.locator("mark.dl-quoted")).to_have_text("The sluice gates were opened at dawn.")
        ask(page, "And the pumps?")
        expect(page.locator(".dl-note").last).to_have_text("2 earlier answers were known.")
        kept(page, SLUICE)


def test_conversations_are_opened_from_the_list_and_a_new_one_begun(
    browser: Browser,  # noqa: F811
) -> None:
    with page_of(browser) as page:
        asked(page, SLUICE)
        renew(page)
        expect(page).not_to_have_url(re.compile("c="))
        asked(page, PUMPED)
        kept(page, PUMPED, SLUICE)
        page.get_by_role("link", name=SLUICE).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".dl-question")).to_have_text([SLUICE])
        expect(page.locator("#dl-kept a[aria-current]")).to_contain_text(SLUICE)


def test_the_browsers_back_and_forward_go_between_conversations(
    browser: Browser,  # noqa: F811
) -> None:
    with page_of(browser) as page:
        asked(page, SLUICE)
        renew(page)
        expect(page.locator(".dl-question")).to_have_count(0)
        asked(page, PUMPED)
        page.get_by_role("link", name=SLUICE).click()
        expect(page.locator(".dl-question")).to_have_text([SLUICE])
        page.go_back()
        expect(page.locator(".dl-question")).to_have_text([PUMPED])
        page.go_back()
        expect(page.locator(".dl-question")).to_have_text([SLUICE])
        page.go_forward()
        expect(page.locator(".dl-question")).to_have_text([PUMPED])
        expect(page.locator("#dl-kept a[aria-current]")).to_contain_text(PUMPED)


def test_other_parts_of_the_address_stay(browser: Browser) -> None:  # noqa: F811
    with page_of(browser, "/?outlet=Harbour+Post") as page:
        asked(page, SLUICE)
        expect(page).to_have_url(re.compile(r"outlet=Harbour\+Post&c="))


def test_a_conversation_is_renamed_for_good(browser: Browser) -> None:  # noqa: F811
    with page_of(browser) as page:
        asked(page, SLUICE)
        press(page, "Rename", SLUICE)
        page.get_by_role("textbox", name="Rename the conversation").fill("The <b>gates</b>")
        page.locator("dialog").get_by_role("button", name="Rename").click()
        kept(page, "The <b>gates</b>")
    with page_of(browser) as page:
        kept(page, "The <b>gates</b>")


def test_a_conversation_is_deleted_for_good_once_that_is_confirmed(
    browser: Browser,  # noqa: F811
) -> None:
    with page_of(browser) as page:
        asked(page, SLUICE)
        press(page, "Delete", SLUICE)
        page.locator("dialog").get_by_role("button", name="Cancel").click()
        kept(page, SLUICE)
        press(page, "Delete", SLUICE)
        page.locator("dialog").get_by_role("button", name="Delete").click()
        kept(page)
        expect(page.locator(".dl-question")).to_have_count(0)
        query = "/?" + page.url.partition("?")[2]
    with page_of(browser, query) as page:
        kept(page)


def test_each_archive_lists_its_own(browser: Browser) -> None:  # noqa: F811
    with page_of(browser) as page:
        asked(page, SLUICE)
        query = "/?c=" + parse_qs(urlsplit(page.url).query)["c"][0]
    with page_of(browser, query, Shelf([GATES], name="other")) as page:
        kept(page)
        expect(page.locator(".dl-question")).to_have_count(0)


def test_a_stopped_question_is_kept_as_such(browser: Browser) -> None:  # noqa: F811
    with page_of(browser, shelf=Shelf([PUMPS], pause=2)) as page:
        page.locator("#dl-box textarea").fill(PUMPED)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Stop").click()
        kept(page, PUMPED)
        page.reload()
        expect(page.locator(".dl-problem")).to_contain_text("stopped before it was answered")


def test_titles_are_searched_once_there_are_many(browser: Browser) -> None:  # noqa: F811
    with page_of(browser) as page:
        for number in range(11):
            assert page.get_by_role("searchbox").count() == 0
            ask(page, f"Which pumps, {number}?")
            expect(page.locator("#dl-kept li")).to_have_count(number + 1)
            page.get_by_role("button", name="New conversation").click()
            expect(page.locator(".dl-question")).to_have_count(0)
        page.get_by_role("searchbox", name="Search the titles").fill("PUMPS, 7")
        expect(page.locator(".dl-kept-title:visible")).to_have_text(["Which pumps, 7?"])


def test_what_was_cited_of_an_article_that_has_left_is_still_shown(
    browser: Browser,  # noqa: F811
) -> None:
    with page_of(browser) as page:
        asked(page, SLUICE)
        query = "/?" + page.url.partition("?")[2]
    with page_of(browser, query, Bare([GATES])) as page:
        page.locator(".dl-cite").first.click()
        expect(page.locator("#dl-source .dl-problem")).to_contain_text("cannot be opened")
        expect(page.locator("mark.dl-quoted")).to_have_text("The sluice gates were opened at dawn.")


def test_a_thumb_and_a_comment_are_stored_and_can_be_changed(
    browser: Browser,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    with page_of(browser) as page:
        asked(page, SLUICE)
        good, poor = (page.get_by_role("button", name=f"{how} answer") for how in ("Good", "Poor"))
        expect(good).to_have_attribute("aria-pressed", "false")
        good.click()
        expect(page.locator(".dl-stored")).to_have_text("Stored")
        poor.focus()
        page.keyboard.press("Enter")
        expect(poor).to_have_attribute("aria-pressed", "true")
        expect(good).to_have_attribute("aria-pressed", "false")
        page.get_by_role("button", name="Add a comment").click()
        page.locator("dialog textarea").fill("<i>Too short</i>")
        page.locator("dialog").get_by_role("button", name="Store").click()
        expect(page.locator(".dl-comment")).to_have_text("<i>Too short</i>")
        page.reload()
        expect(page.locator(".dl-comment")).to_have_text("<i>Too short</i>")
        expect(poor).to_have_attribute("aria-pressed", "true")
    main(["export", "--feedback"])
    told = json.loads(capsys.readouterr().out)
    assert (told["question"], told["thumb"], told["comment"]) == (
        SLUICE,
        "down",
        "<i>Too short</i>",
    )


def test_an_answer_is_copied_with_its_sources(browser: Browser) -> None:  # noqa: F811
    with page_of(browser) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        asked(page, SLUICE)
        for _ in range(2):
            page.evaluate("navigator.clipboard.writeText('')")
            page.get_by_role("button", name="Copy with sources").click()
            expect(page.locator(".dl-kept-said")).to_have_text("Copied")
            copied = ""
            while not copied:  # the second time "Copied" stands there from the first
                page.wait_for_timeout(100)
                copied = page.evaluate("navigator.clipboard.readText()")
            assert "> The sluice gates were opened at dawn." in copied
            assert "<https://harbour.example/gates>" in copied


def test_an_answer_and_a_conversation_are_saved_as_markdown(browser: Browser) -> None:  # noqa: F811
    with page_of(browser) as page:
        asked(page, SLUICE, PUMPED)
        with page.expect_download() as one:
            page.get_by_role("button", name="Export", exact=True).last.click()
        with page.expect_download() as whole:
            page.get_by_role("button", name="Export this conversation").click()
        assert one.value.suggested_filename == "what-of-the-pumps.md"
        assert one.value.path().read_text(encoding="utf-8").startswith("# What of the pumps?\n")
        assert whole.value.suggested_filename == "who-opened-the-sluice.md"
        assert "## What of the pumps?" in whole.value.path().read_text(encoding="utf-8")


def test_a_hostile_title_runs_nothing_in_the_list(browser: Browser) -> None:  # noqa: F811
    hostile = "poison <img src=x onerror='window.pwned = 1'> ${window.pwned = 1} {{value}}"
    with page_of(browser) as page:
        asked(page, hostile)
        kept(page, hostile)
        page.get_by_role("button", name="Export this conversation").click()
        press(page, "Delete", "poison")
        expect(page.locator("dialog")).to_contain_text(hostile)
        assert page.evaluate("window.pwned") is None


def test_one_that_is_to_forget_writes_nothing_and_says_so(
    browser: Browser,  # noqa: F811
    home: Path,
) -> None:
    with (
        running(Shelf([GATES]), port=0, keep=False) as address,
        visit(browser, address) as page,
    ):
        unfold(page)
        ask(page, SLUICE)
        expect(page.locator("#dl-kept")).to_contain_text("--forget")
        expect(page.get_by_role("button", name="Copy with sources")).to_be_visible()
        expect(page.locator(".dl-thumb, #dl-kept li")).to_have_count(0)
        assert "c=" not in page.url
    assert list(home.iterdir()) == []


def test_where_nothing_can_be_kept_the_chat_goes_on(browser: Browser, home: Path) -> None:  # noqa: F811
    (home / "conversations.sqlite").mkdir()
    with page_of(browser) as page:
        ask(page, SLUICE)
        expect(page.get_by_text("This conversation could not be kept")).to_be_visible()
        ask(page, PUMPED)
        expect(page.locator(".dl-question")).to_have_count(2)
        expect(page.get_by_text("This conversation could not be kept")).to_have_count(1)
        expect(page.locator("#dl-kept")).to_contain_text("Nothing can be kept")
