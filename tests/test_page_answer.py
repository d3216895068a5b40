"""Answers on the page: what stands out, what is folded, abstentions, what to ask next."""

# ruff: noqa: F401, F811  (fixtures)

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from shelf import Shelf
from test_page import GATES, PUMPS, browser, visit

from rag.archive import Archive
from ui.serve import running

TOLL = "How many people died in the flood below Quarrow Dam?"
TRUST = "Who is standing in for the engineer who left the Sorrel Water Trust?"
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({ type: "layout-shift" });"""


@pytest.fixture(scope="module")
def address(sample: Archive) -> Iterator[str]:
    with running(sample, port=0) as at:
        yield at


def ask(page: Page, text: str) -> None:
    before = page.locator(".dl-sources").count()
    page.locator("#dl-box textarea").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".dl-sources")).to_have_count(before + 1)


def test_the_short_answer_stands_out_with_who_says_so_and_how_sure_it_is(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        ask(page, TOLL)
        size = "node => parseFloat(getComputedStyle(node).fontSize)"
        short, prose = (page.locator(name).evaluate(size) for name in (".dl-short", ".dl-prose"))
        assert short > 1.3 * prose
        expect(page.locator(".dl-assurance")).to_contain_text("outlets say so")
        expect(page.locator(".dl-assurance")).to_contain_text("in 10 are right")
        expect(page.locator(".dl-note", has_text="in 10 are right")).to_have_count(0)


def test_each_sentence_is_marked_as_checked_and_the_mark_is_explained(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        ask(page, TOLL)
        assert page.locator(".dl-prose .dl-checked").all_text_contents() == ["✓ checked"] * 2
        expect(page.locator(".dl-line")).to_have_text("✓ = checked against its source")


def test_reports_that_disagree_stand_side_by_side_with_their_days(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        ask(page, TOLL)
        sides = page.locator(".dl-sides > div")
        first, second = (sides.nth(n).bounding_box() for n in (0, 1))
        assert first and second and first["y"] == second["y"] and first["x"] < second["x"]
        expect(sides.nth(1)).to_contain_text("October 2020")
        sides.nth(1).locator(".dl-cite").first.click()
        expect(page.locator("mark.dl-quoted")).to_be_in_viewport()


def test_a_card_sets_off_the_words_that_answer_in_the_sentence_quoted(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        ask(page, TOLL)
        card = page.locator(".dl-source").first
        expect(card.locator(".dl-said")).to_have_text("Five")
        expect(card.locator(".dl-where")).to_have_text("Calder Wire · 16 October 2020")


def test_another_print_of_a_story_is_folded_into_its_card_and_opens(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        ask(page, TRUST)
        folded = page.locator(".dl-prints")
        expect(folded.locator(".dl-source")).not_to_be_visible()
        folded.get_by_text("Also in Northfold Evening News").click()
        folded.locator(".dl-source").click()
        expect(page.locator(".dl-head")).to_contain_text("Northfold Evening News")
        expect(page.locator("mark.dl-quoted")).to_be_in_viewport()


def test_an_abstention_shows_what_was_looked_for_and_why_what_is_near_does_not_do(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        ask(page, "Who won the football world cup?")
        assert page.locator(".dl-words li").all_inner_texts() == ["won", "football", "world", "cup"]
        expect(page.locator(".dl-why")).to_have_count(3)
        expect(page.locator(".dl-why").first).to_contain_text("It lacks “football”")


def test_a_question_offered_is_asked_by_keyboard_as_of_the_same_day_and_goes(
    browser: Browser,
    address: str,
) -> None:
    with visit(browser, address) as page:
        page.locator("#dl-day textarea").fill("2021-10-31")
        ask(page, TOLL)
        page.locator("#dl-day textarea").fill("2019-01-01")
        offered = page.locator(".dl-ask").first
        text = offered.inner_text()
        offered.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".dl-question")).to_have_count(2)
        expect(page.locator(".dl-question").last).to_contain_text(text)
        expect(page.locator(".dl-resolved").last).to_have_text("as of 31 October 2021")
        expect(page.locator(".dl-sources")).to_have_count(2)
        expect(page.locator("#dl-box textarea")).to_be_focused()
        expect(page.locator(".dl-reply").first.locator("..").locator(".dl-ask")).to_have_count(0)
        assert text not in page.locator(".dl-ask").all_inner_texts()


@pytest.mark.parametrize("text", [TOLL, "Why did the North cut the hotlines?", "Who won the cup?"])
def test_nothing_jumps_while_an_answer_comes(
    browser: Browser,
    address: str,
    text: str,
) -> None:
    with visit(browser, address) as page:
        assert shifted(page, text) < 0.02


def test_nothing_jumps_while_sentences_come_slowly_and_the_stages_are_told(
    browser: Browser,
) -> None:
    shelf = Shelf([GATES, PUMPS], pause=0.8)
    with running(shelf, port=0) as address, visit(browser, address) as page:
        page.locator("#dl-box textarea").fill("What of the pumps?")
        page.keyboard.press("Enter")
        expect(page.locator(".dl-stage")).to_have_text("Searching the archive…")
        expect(page.locator(".dl-done")).to_have_text("✓ Searched")
        expect(page.locator(".dl-stage")).to_have_text("Reading what was found…")
        expect(page.locator(".dl-sources")).to_have_count(1)
        assert shifted(page, "And the pumps?") < 0.02


def shifted(page: Page, text: str) -> float:
    """The sum of unexpected layout shifts while an answer comes."""
    page.evaluate(SHIFTS)
    ask(page, text)
    page.wait_for_timeout(300)  # milliseconds, for what comes late
    return float(page.evaluate("window.shifted"))


@pytest.mark.parametrize("width", [360, 1920])
def test_an_answer_fits_the_width(
    browser: Browser,
    address: str,
    width: int,
) -> None:
    with visit(browser, address) as page:
        page.set_viewport_size({"width": width, "height": 800})
        for text in (TOLL, TRUST, "Who won the football world cup?"):
            ask(page, text)
        page.locator(".dl-cite").first.click()
        expect(page.locator("mark.dl-quoted")).to_be_in_viewport()
        wider = "nodes => nodes.filter(n => n.getBoundingClientRect().right > innerWidth).length"
        shown = "#dl-chat :is(a, p, li, h2), #dl-source :is(a, p, table)"
        assert page.locator(shown).evaluate_all(wider) == 0
