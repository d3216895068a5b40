"""The chat page in a real browser, over a few articles."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from shelf import Shelf

from index.article import Article
from ui.serve import running

NAMES = ["chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

FILLER = "\n\n".join(["The harbour board met, and the minutes of its meeting were read."] * 40)
GATES = Article(
    f"{FILLER}\n\nThe sluice gates were opened at dawn.\n\n{FILLER}",
    "Gates open",
    "Harbour Post",
    published="2020-06-09",
    published_how="stated",
    url="https://harbour.example/gates",
)
PUMPS = Article("The pumps failed at noon. The pumps were old.", "Pumps fail", "Estuary Record")
SCRIPT = "window.pwned = true; alert(1)"
POISONED = Article(
    f"Poison ${{window.pwned = 1}} {{{{constructor}}}} <script>{SCRIPT}</script> "
    f"<img src='https://evil.example/a.png' onerror='{SCRIPT}'> ![b](https://evil.example/b.png) "
    f"[c](javascript:{SCRIPT}) $$x$$ `code` **bold** ends here.\n\n# Poison again.",
    title=f"</h2><script>{SCRIPT}</script><svg onload='{SCRIPT}'>",
    outlet=f"<img src=x onerror='{SCRIPT}'> ![d](https://evil.example/d.png)",
    url=f"javascript:{SCRIPT}",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(Shelf([GATES, PUMPS, POISONED]), ["Who opened the sluice gates?"], port=0) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(f"none of {', '.join(NAMES)} is on PATH to open the page in")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@contextmanager
def visit(browser: Browser, address: str) -> Iterator[Page]:
    """A visitor of their own, with no memory of another; nothing may go wrong in their page."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    expect(page.locator(".dl-header")).to_be_visible()
    yield page
    context.close()
    assert errors == []


def ask(page: Page, question: str) -> None:
    """Asks by keyboard, and waits for the end of the answer."""
    before = page.locator(".dl-note, .dl-problem").count()
    page.locator("#dl-box textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".dl-note, .dl-problem")).to_have_count(before + 1)


def test_a_click_on_a_citation_shows_the_quote_marked_in_its_article(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as page:
        ask(page, "Who opened the sluice gates?")
        page.locator(".dl-cite").first.click()
        quoted = page.locator("#dl-source mark.dl-quoted")
        expect(quoted).to_have_text("The sluice gates were opened at dawn.")
        expect(quoted).to_be_in_viewport()
        expect(page.locator("#dl-source")).to_contain_text("Harbour Post · 9 June 2020")
        expect(page.locator("#dl-source")).to_contain_text(FILLER[:60])
        link = page.locator("#dl-source .dl-original a")
        expect(link).to_have_attribute("href", "https://harbour.example/gates")


def test_other_quotes_of_the_same_article_are_marked_more_lightly(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as page:
        ask(page, "What of the pumps?")
        page.locator(".dl-source").nth(1).click()
        expect(page.locator("mark.dl-quoted")).to_have_text("The pumps were old.")
        expect(page.locator("mark.dl-also")).to_have_text("The pumps failed at noon.")


def test_each_answer_opens_its_own_first_source(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        ask(page, "Who opened the sluice?")
        ask(page, "What of the pumps?")
        for answer, quote in [(0, "The sluice gates"), (1, "The pumps failed"), (0, "The sluice")]:
            page.locator(".dl-reply").nth(answer).locator(".dl-cite").first.click()
            expect(page.locator("mark.dl-quoted")).to_contain_text(quote)


def test_a_citation_clicked_again_is_brought_back_into_view(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        ask(page, "Who opened the sluice?")
        page.locator(".dl-cite").click()
        expect(page.locator("mark.dl-quoted")).to_be_in_viewport()
        page.locator("#dl-source").evaluate("pane => pane.scrollTo({top: 0, behavior: 'instant'})")
        expect(page.locator("mark.dl-quoted")).not_to_be_in_viewport()
        page.locator(".dl-cite").click()
        expect(page.locator("mark.dl-quoted")).to_be_in_viewport()


def test_the_page_asks_for_nothing_off_its_own_host_and_runs_nothing_from_an_article(
    browser: Browser, address: str
) -> None:
    requested: list[str] = []
    dialogs: list[str] = []
    with visit(browser, address) as page:
        page.on("request", lambda request: requested.append(request.url))
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.reload()
        ask(page, "poison <img src=https://evil.example/q.png onerror='window.pwned = true'>")
        ask(page, "poison")
        for citation in page.locator(".dl-reply").last.locator(".dl-cite").all():
            citation.click()
            expect(page.locator("mark.dl-quoted")).to_be_in_viewport()
        expect(page.locator("#dl-source h2")).to_have_text(POISONED.title)
        expect(page.locator("#dl-source")).to_contain_text("${window.pwned = 1} {{constructor}}")
        shown = "#dl-source, #dl-chat .message"
        assert page.locator(shown).locator("img, script, iframe, svg, h1, strong").count() == 0
        assert page.locator("#dl-source .dl-original").count() == 0
        assert page.evaluate("window.pwned") is None
    assert dialogs == []
    hosts = {urlsplit(url).hostname for url in requested if not url.startswith("data:")}
    assert hosts == {"127.0.0.1"}


def test_two_visitors_do_not_see_each_others_conversation(browser: Browser, address: str) -> None:
    with visit(browser, address) as one, visit(browser, address) as other:
        ask(one, "Who opened the sluice?")
        ask(other, "What of the pumps?")
        expect(other.locator("#dl-chat")).not_to_contain_text("sluice")
        expect(other.locator(".dl-note")).to_have_text("0 earlier answers were known.")
        ask(one, "And the pumps?")
        expect(one.locator(".dl-note").last).to_have_text("1 earlier answers were known.")
        other.locator(".dl-cite").first.click()
        expect(other.locator("mark.dl-quoted")).to_have_text("The pumps failed at noon.")


def test_the_ask_box_has_the_focus_and_an_example_asks_itself(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as page:
        expect(page.locator("#dl-box textarea")).to_be_focused()
        page.get_by_role("button", name="Who opened the sluice gates?").click()
        expect(page.locator(".dl-prose")).to_contain_text("The sluice gates were opened at dawn.")
        expect(page.locator("#dl-chat .example")).to_have_count(0)


def test_a_day_that_is_none_is_refused_beside_its_field_and_the_question_kept(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as page:
        page.locator("#dl-day textarea").fill("last Tuesday")
        page.locator("#dl-box textarea").fill("Who opened the sluice?")
        page.keyboard.press("Enter")
        expect(page.locator(".dl-warning")).to_contain_text("“last Tuesday” is not a day")
        expect(page.locator("#dl-box textarea")).to_have_value("Who opened the sluice?")
        page.locator("#dl-day textarea").fill("2020-06-30")
        ask(page, "Who opened the sluice?")
        expect(page.locator(".dl-warning")).to_have_count(0)
        expect(page.locator(".dl-question")).to_contain_text("as of 30 June 2020")


def test_an_abstention_offers_the_nearest_passages(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        ask(page, "Why zebras?")
        expect(page.locator(".dl-message")).to_have_text("The archive does not say.")
        page.locator(".dl-source").first.click()
        expect(page.locator("mark.dl-quoted")).to_be_in_viewport()


def test_an_error_is_told_in_words_and_the_conversation_goes_on(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as page:
        ask(page, "break")
        expect(page.locator(".dl-problem")).to_have_text("the index is damaged: run rebuild")
        ask(page, "Who opened the sluice?")
        expect(page.locator(".dl-cite")).to_have_count(1)


@contextmanager
def awaiting(browser: Browser) -> Iterator[Page]:
    """A page whose question is being answered, slowly."""
    with (
        running(Shelf([GATES, PUMPS], pause=2), port=0) as address,
        visit(browser, address) as page,
    ):
        page.locator("#dl-box textarea").fill("What of the pumps?")
        page.keyboard.press("Enter")
        expect(page.locator(".dl-stage")).to_be_visible()
        yield page


def test_a_slow_answer_can_be_stopped(browser: Browser) -> None:
    with awaiting(browser) as page:
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".dl-problem")).to_contain_text("stopped before it was answered")
        expect(page.get_by_role("button", name="Ask")).to_be_visible()


def test_a_new_conversation_can_begin_while_an_answer_is_awaited(browser: Browser) -> None:
    with awaiting(browser) as page:
        page.get_by_role("button", name="New conversation").click()
        expect(page.get_by_role("button", name="Ask")).to_be_visible()
        page.wait_for_timeout(2500)  # milliseconds: past the pause, when a late piece would come
        expect(page.locator(".dl-question")).to_have_count(0)


def test_a_new_conversation_forgets_the_old_one(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        ask(page, "What of the pumps?")
        page.locator(".dl-cite").first.click()
        expect(page.locator("mark.dl-quoted")).to_be_visible()
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator(".dl-question, mark")).to_have_count(0)
        ask(page, "Who opened the sluice?")
        expect(page.locator(".dl-note")).to_have_text("0 earlier answers were known.")


def test_a_local_model_writes_from_one_click_until_the_next_for_this_visitor_alone(
    browser: Browser,
) -> None:
    shelf = Shelf([GATES, PUMPS])
    with (
        running(shelf, port=0, offer=lambda: "ollama:tiny") as address,
        visit(browser, address) as page,
        visit(browser, address) as other,
    ):
        page.get_by_role("button", name="Write with tiny").click()
        expect(page.get_by_role("button", name="Writing with tiny")).to_be_visible()
        ask(page, "What of the pumps?")
        ask(other, "What of the pumps?")
        page.get_by_role("button", name="Writing with tiny").click()
        expect(page.get_by_role("button", name="Write with tiny")).to_be_visible()
        ask(page, "Who opened the sluice?")
    assert shelf.writers == ["ollama:tiny"]


def test_a_model_that_has_gone_is_no_longer_offered(browser: Browser) -> None:
    found = iter(["ollama:tiny"])
    with (
        running(Shelf([GATES]), port=0, offer=lambda: next(found, None)) as address,
        visit(browser, address) as page,
    ):
        page.get_by_role("button", name="Write with tiny").click()
        expect(page.locator("#dl-writer")).to_be_hidden()
        ask(page, "Who opened the sluice?")
        expect(page.locator(".dl-cite")).to_have_count(1)


def test_without_a_local_model_none_is_offered(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        ask(page, "Who opened the sluice?")
        expect(page.locator("#dl-writer")).to_be_hidden()


def test_an_empty_archive_explains_itself(browser: Browser) -> None:
    with running(Shelf([]), port=0) as address, visit(browser, address) as page:
        expect(page.locator("#dl-chat")).to_contain_text("dateline add FOLDER")
        expect(page.locator("#dl-box textarea")).to_be_disabled()
