"""The archive page in a real browser: files dropped, articles found, opened and removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import WordEncoder
from playwright.sync_api import Browser, Page, expect
from sending import send
from test_page import SCRIPT, visit
from test_page import browser as browser  # the fixture

from index.lock import writing
from rag.archive import Archive
from ui.library import Library
from ui.serve import running
from ui.server.access import Access
from ui.server.users import Users
from ui.shelves import uploads

GATES = """---
title: Gates open
outlet: Harbour Post
published: 2020-06-09
---
The sluice gates were opened at dawn. The harbour master turned the wheel himself.
"""
PUMPS = "Pumps fail\n\nThe pumps failed at noon, and the engineers of the harbour were sent for."


@dataclass
class Shown:
    """A library of one archive, as it is served."""

    archive: Archive
    folder: Path
    library: Library
    address: str


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "archives" / "mine"
    with (
        Archive.open(folder, WordEncoder()) as archive,
        Library(archive) as library,
        running(library, port=0) as address,
    ):
        yield Shown(archive, folder, library, address)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "gates.md").write_text(GATES)
    (folder / "pumps.txt").write_text(PUMPS)
    return folder


@contextmanager
def shelves(browser: Browser, shown: Shown) -> Iterator[Page]:
    with visit(browser, f"{shown.address}/archive?x=1") as page:
        expect(page.locator("section.dl-zone")).to_be_visible()
        yield page


def ask(page: Page, question: str, answer: str) -> None:
    page.locator("#dl-box textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".dl-reply .dl-sources")).to_be_visible(timeout=30_000)  # milliseconds
    expect(page.locator(".dl-reply")).to_contain_text(answer)


def drop(page: Page, *files: Path) -> None:
    page.locator("input[multiple]").set_input_files(files)
    expect(page.locator("#dl-report table, #dl-report .dl-problem")).to_have_count(1)


def test_an_empty_archive_invites_files_and_shows_what_they_gave(
    browser: Browser, shown: Shown, files: Path
) -> None:
    (files / "film.xyz").write_bytes(b"\0")
    with shelves(browser, shown) as page:
        expect(page.locator("#dl-overview")).to_contain_text("This archive is empty.")
        drop(page, *sorted(files.iterdir()))
        report = page.locator("#dl-report")
        expect(report).to_contain_text("2 articles")
        expect(report).to_contain_text("1 stated, 1 unknown")
        expect(report.locator("li")).to_contain_text("film.xyz: not a format Dateline reads")
        expect(report.locator("li")).not_to_contain_text(str(shown.folder))
        expect(page.locator(".dl-counts")).to_contain_text("articles2")
        expect(page.locator("#dl-nav option:checked")).to_have_text("mine (2)")
        expect(page.locator(".dl-histogram tr").last).to_have_text("9 June 20201")
        expect(page.locator(".dl-open")).to_have_count(2)
        drop_again = page.locator("input[multiple]")
        drop_again.set_input_files([files / "gates.md"])
        expect(report).to_contain_text("Unchanged")
    assert shown.archive.status().articles == 2


def test_a_folder_is_kept_as_one_with_what_describes_its_files(
    browser: Browser, shown: Shown, files: Path
) -> None:
    (files / "metadata.csv").write_text("file,outlet\npumps.txt,Estuary Record\n")
    with shelves(browser, shown) as page:
        page.locator("input[webkitdirectory]").set_input_files(files)
        expect(page.locator("#dl-report")).to_contain_text("2 articles")
    assert set(shown.archive.status().outlets) == {"Harbour Post", "Estuary Record"}
    assert (shown.folder / uploads.FOLDER / "clippings" / "pumps.txt").is_file()


def test_undated_articles_can_be_listed_alone(browser: Browser, shown: Shown, files: Path) -> None:
    shown.archive.add(files)
    with shelves(browser, shown) as page:
        page.get_by_role("button", name="1 article without a date").click()
        expect(page.locator(".dl-open")).to_have_text(["date unknownPumps fail"])
        page.get_by_role("button", name="All articles").click()
        expect(page.locator(".dl-open")).to_have_count(2)


def test_words_find_an_article_and_open_it_at_its_passage(
    browser: Browser, shown: Shown, files: Path
) -> None:
    shown.archive.add(files)
    with shelves(browser, shown) as page:
        page.get_by_label("Search by words").fill("sluice")
        page.keyboard.press("Enter")
        expect(page.locator("#dl-list h2")).to_have_text("1 found for “sluice”")
        expect(page.locator("#dl-list .dl-word").first).to_have_text("sluice")
        page.locator(".dl-open").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#dl-source h2")).to_have_text("Gates open")
        pane = page.locator("#dl-source")
        expect(pane.locator("mark")).to_contain_text("The sluice gates were opened")
        expect(pane.locator("mark .dl-word").first).to_have_text("sluice")


def test_an_article_is_removed_by_keyboard_once_that_is_confirmed(
    browser: Browser, shown: Shown, files: Path
) -> None:
    with shelves(browser, shown) as page:
        drop(page, *sorted(files.iterdir()))
        remove = page.get_by_role("button", name="Remove “Gates open”")
        remove.press("Enter")
        expect(page.locator("dialog")).to_contain_text("It came from gates.md.")
        expect(page.get_by_role("button", name="Keep")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".dl-open")).to_have_count(2)
        remove.press("Enter")
        page.locator("dialog [value=one]").press("Enter")
        expect(page.locator("#dl-report")).to_have_text("Removed 1 article: “Gates open”.")
        expect(page.locator(".dl-open")).to_have_text(["date unknownPumps fail"])
    assert [file.name for file in (shown.folder / uploads.FOLDER).iterdir()] == ["pumps.txt"]


def test_all_that_a_file_gave_is_removed_at_once(
    browser: Browser, shown: Shown, tmp_path: Path
) -> None:
    records = tmp_path / "wire.jsonl"
    words = ["gates", "pumps", "ferries"]
    lines = [f'{{"title": "On {w}", "text": "Of the {w} little was heard today."}}' for w in words]
    records.write_text("\n".join(lines))
    with shelves(browser, shown) as page:
        drop(page, records)
        page.locator(".dl-remove").first.click()
        page.get_by_role("button", name="Remove all 3 of wire.jsonl").click()
        expect(page.locator("#dl-report")).to_contain_text("Removed 3 articles")
        expect(page.locator("#dl-overview")).to_contain_text("This archive is empty.")
    assert list((shown.folder / uploads.FOLDER).iterdir()) == []


def test_a_file_too_large_is_named_and_not_sent(
    browser: Browser, tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.shelves.render.LIMIT", 100)
    with (
        Archive.open(tmp_path / "a", WordEncoder()) as archive,
        running(Library(archive), port=0) as address,
        shelves(browser, Shown(archive, tmp_path, Library(archive), address)) as page,
    ):
        drop(page, *sorted(files.iterdir()))
        expect(page.locator("#dl-report li")).to_contain_text("gates.md: too large")
        expect(page.locator(".dl-open")).to_have_count(1)


def test_a_second_writer_is_told_of_the_first(browser: Browser, shown: Shown, files: Path) -> None:
    with shelves(browser, shown) as page, writing(shown.folder):
        drop(page, files / "gates.md")
        expect(page.locator("#dl-report .dl-problem")).to_contain_text("is being written to by")


def test_the_sample_can_be_looked_at_and_not_changed(browser: Browser, sample: Archive) -> None:
    with running(Library(sample), port=0) as address, visit(browser, address) as page:
        page.get_by_role("link", name="What it holds").click()
        expect(page.locator("#dl-drop")).to_contain_text("The sample archive stays as it is")
        expect(page.locator(".dl-open")).to_have_count(20)
        expect(page.locator("section.dl-zone, .dl-remove")).to_have_count(0)
        page.get_by_role("button", name="Older").click()
        expect(page.locator("#dl-list h2")).to_be_focused()
        expect(page.locator(".dl-pager").first).to_contain_text("2 of 2")


def test_another_archive_is_open_for_this_visitor_alone_and_the_address_says_so(
    browser: Browser,
    shown: Shown,
    files: Path,
    sample: Archive,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown.archive.add(files)
    with (
        monkeypatch.context() as patch,
        visit(browser, f"{shown.address}/?x=1") as page,
        visit(browser, shown.address) as other,
    ):
        # Made once for all tests; taken back before this library closes.
        patch.setitem(shown.library._archives, "sample", sample)
        ask(page, "Who opened the sluice gates?", "harbour master")
        page.locator("#dl-nav select").select_option("sample")
        expect(page.locator(".dl-header h1")).to_have_text("The sample archive")
        expect(page).to_have_title("sample · Dateline")
        expect(page.locator(".dl-question")).to_have_count(0)
        assert urlsplit(page.url).query == "x=1&archive=sample"
        question = "How long was the test call on the hotline between the two leaders' offices?"
        ask(page, question, "four minutes and 19 seconds")
        page.get_by_role("link", name="What it holds").click()
        expect(page.locator(".dl-counts")).to_contain_text("articles39")
        other.reload()
        expect(other.locator(".dl-header h1")).to_have_text("mine")


def test_who_is_logged_in_can_log_out(browser: Browser, shown: Shown) -> None:
    anna = Users().with_user("anna", password := "sluice gates at dawn")
    with running(shown.library, port=0, access=Access(anna)) as address:
        page = browser.new_page()
        page.goto(address)
        page.get_by_label("username").fill("anna")
        page.get_by_label("password").fill(password)
        page.get_by_role("button", name="Login").click()
        page.get_by_role("link", name="Log out").click()
        expect(page.get_by_label("password")).to_be_visible()
        page.reload()
        expect(page.get_by_label("password")).to_be_visible()
        page.close()


def test_a_new_archive_is_made_by_name_and_opened(
    browser: Browser, shown: Shown, models: Path
) -> None:
    (shown.folder.parent.parent / "models").symlink_to(models)
    with shelves(browser, shown) as page:
        page.get_by_label("A new archive").fill("../up")
        page.keyboard.press("Enter")
        expect(page.locator("#dl-created")).to_contain_text("cannot be the name of an archive")
        page.get_by_label("A new archive").fill("ferries")
        page.keyboard.press("Enter")
        expect(page.locator(".dl-header h1")).to_have_text("ferries")
        assert urlsplit(page.url).query == "x=1&archive=ferries"


@pytest.mark.parametrize("path", ["", "archive"])
def test_an_archive_that_is_not_there_is_told_in_words(
    browser: Browser, shown: Shown, path: str
) -> None:
    with visit(browser, f"{shown.address}/{path}?archive=../../etc") as page:
        expect(page.locator(".dl-header")).to_contain_text("there is no archive “../../etc” here")
        expect(
            page.locator("#dl-box textarea, section.dl-zone").locator("visible=true")
        ).to_have_count(1 if path == "" else 0)


def test_nothing_that_is_dropped_runs_or_is_served(
    browser: Browser, shown: Shown, tmp_path: Path
) -> None:
    evil = f"<img src=x onerror='{SCRIPT.split(';')[0]}'>"
    named = tmp_path / "<img src=x onerror=alert(1)>.xyz"
    named.write_text("x")
    poisoned = tmp_path / "'><svg onload=alert(1)>.md"
    poisoned.write_text(
        f'---\ntitle: "{evil}"\noutlet: "{evil}"\n---\n{evil} ${{alert(1)}} ends.\n'
    )
    sent: list[str] = []
    dialogs: list[str] = []
    with shelves(browser, shown) as page:
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.on("response", lambda response: sent.append(response.url))
        with page.expect_response("**/gradio_api/upload*") as received:
            page.locator("input[multiple]").set_input_files([poisoned, named])
        [path] = received.value.json()
        expect(page.locator("#dl-report li")).to_have_count(1)
        page.get_by_label("Search by words").fill("ends alert")
        page.keyboard.press("Enter")
        expect(page.locator("#dl-list .dl-word")).to_have_text(["alert", "ends"])
        page.locator(".dl-open").click()
        expect(page.locator("#dl-source h2")).to_contain_text("<img src=x")
        expect(page.locator("#dl-source .dl-word")).to_have_text(["alert", "ends"])
        page.locator(".dl-remove").click()
        expect(page.locator("dialog")).to_contain_text("<svg onload=alert(1)>.md")
        page.get_by_role("button", name="Keep").click()
        assert page.locator("#dl-shelves, #dl-source").locator("img, svg, script").count() == 0
        assert page.evaluate("window.pwned") is None
    assert dialogs == []
    assert {urlsplit(url).hostname for url in sent} == {"127.0.0.1"}
    kept = shown.folder / uploads.FOLDER
    for file in [path, *kept.iterdir(), shown.folder / "archive.sqlite"]:
        assert send(shown.address, f"/gradio_api/file={file}".replace(" ", "%20")).status == 403
