"""The pictures of docs/page.md: `.venv/bin/python scripts/screenshots.py FOLDER`

Asks the sample archive in a real browser, Debian's chromium, and writes a PNG a state.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from eval.sample import open_sample
from ui.library import Library
from ui.serve import running

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COLOURS = 64  # a third of the bytes, and no difference to the eye
TOLL = "How many people died in the flood below Quarrow Dam?"
NOT_THERE = "Who won the football world cup?"


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None or len(sys.argv) != 2:
        sys.stderr.write(f"{__doc__}It takes chromium on the path and one folder.\n")
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with (
        open_sample() as archive,
        Library(archive) as library,
        running(library, port=0, keep=False) as address,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, size, look, act in STATES:
            _picture(browser, f"{address}{look}", size, act, folder / f"{name}.png")
        browser.close()
    return 0


def _picture(
    browser: Browser, address: str, size: tuple[int, int], act: Callable[[Page], None], file: Path
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(address)
    page.locator(".dl-header").wait_for()
    act(page)
    page.wait_for_timeout(1_500)  # what slides or fades has come to rest
    page.screenshot(path=file)
    page.close()
    Image.open(file).quantize(COLOURS).save(file, optimize=True)
    print(file)


def _ask(page: Page, question: str) -> None:
    page.locator("#dl-box textarea").fill(question)
    page.keyboard.press("Enter")


def _answered(page: Page) -> None:
    _ask(page, TOLL)
    page.locator(".dl-sources").first.wait_for()


def _source(page: Page) -> None:
    _answered(page)
    page.locator(".dl-cite").first.click()
    page.locator("mark.dl-quoted").wait_for()


def _abstained(page: Page) -> None:
    _ask(page, NOT_THERE)
    page.locator(".dl-why").first.wait_for()


def _as_it_opens(page: Page) -> None:
    page.wait_for_timeout(1_500)


DESK, PHONE = (1280, 860), (390, 800)
STATES = (
    ("answer", DESK, "/?__theme=light", _answered),
    ("source", DESK, "/?__theme=light", _source),
    ("source-dark", DESK, "/?__theme=dark", _source),
    ("abstention", DESK, "/?__theme=light", _abstained),
    ("phone", PHONE, "/?__theme=light", _answered),
    ("archive", DESK, "/archive?__theme=light", _as_it_opens),
)

if __name__ == "__main__":
    sys.exit(main())
