"""The page for everyone: by axe's rules on every view, in light and dark, on a phone and a desk."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_page import browser  # noqa: F401
from test_page_answer import ask

from rag import Archive
from ui.library import Library
from ui.serve import running

WIDTHS = {"phone": 360, "desk": 1440}
Scheme = Literal["light", "dark"]
# Gradio's own: its list of examples calls itself a list of buttons.
NOT_OURS = {"aria-required-children"}


@pytest.fixture(scope="module")
def address(sample: Archive) -> Iterator[str]:
    with Library(sample) as library, running(library, port=0) as at:
        yield at


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture(params=WIDTHS)
def page(
    request: pytest.FixtureRequest,
    browser: Browser,  # noqa: F811
    address: str,
    scheme: Scheme,
) -> Iterator[Page]:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.set_viewport_size({"width": WIDTHS[request.param], "height": 800})
    page.goto(f"{address}/?__theme={scheme}&as_of=2021-10-31")
    expect(page.locator("#dl-nav select")).to_be_visible()
    yield page
    context.close()


def violations(page: Page) -> list[str]:
    """Of axe's rules, on the page as it stands."""
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for rule in Axe().run(page).response["violations"]
        if rule["id"] not in NOT_OURS
        for node in rule["nodes"]
    ]


def is_wider_than_the_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_axe_finds_nothing_on_the_chat(page: Page) -> None:
    found = violations(page)
    ask(page, "How many people died in the flood below Quarrow Dam?")
    page.locator(".dl-cite").first.click()
    expect(page.locator("mark.dl-quoted").first).to_be_visible()
    found += violations(page)
    ask(page, "Who won the football world cup?")
    found += violations(page)
    assert found == []
    assert not is_wider_than_the_window(page)


def test_axe_finds_nothing_on_the_archive_page(page: Page, address: str, scheme: Scheme) -> None:
    page.goto(f"{address}/archive?__theme={scheme}")
    page.locator(".dl-open").first.click()
    expect(page.locator("#dl-source h2")).to_be_visible()
    page.locator(".dl-fold summary").first.click()
    assert violations(page) == []
    assert not is_wider_than_the_window(page)
