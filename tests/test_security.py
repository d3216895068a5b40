"""What an attacker tries, one test a way in.

docs/decisions/content-security.md says which risk is held by which test, here and elsewhere.
"""

import json
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import WordEncoder
from playwright.sync_api import Browser, Page, expect
from sending import send
from shelf import Shelf
from test_layers import ROOT, imports
from test_page import GATES, SCRIPT, ask, browser, visit  # noqa: F401

from index.errors import DatelineError
from rag import Archive
from ui.serve import running
from ui.server.access import Access
from ui.server.headers import HEADERS, inline_scripts

POISON = f"<script>{SCRIPT}</script><img src=//evil.example/a.png onerror='{SCRIPT}'>"
LEAK = "![a](https://evil.example/b.png) [b](javascript:alert(1)) <https://evil.example/c>"
ARTICLE = f"""---
title: "{POISON} {LEAK}"
outlet: "{POISON}"
authors: ["{POISON}"]
url: "https://evil.example/{POISON}"
published: 2021-03-02
---
The poison at Oakes {POISON} was found at dawn {LEAK}.

<p style="display:none">Planted words at Oakes.</p>
"""
WATCH = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(Shelf([GATES]), port=0) as at:
        yield at


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A chat over an archive into which poison came by every way there is."""
    folder = tmp_path_factory.mktemp("poisoned") / "<img src=x onerror='window.pwned=1'>"
    folder.mkdir()
    (folder / "<script>window.pwned=2<|script>.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "**bold** ![d](d.png).txt").write_text(f"The poison {POISON} at Oakes was old.\n")
    where = folder.parent / "<b>archive<|b>"
    with Archive.open(where, WordEncoder()) as archive:
        archive.add(folder)
        assert archive.status().articles == 2
        with running(archive, archive.examples(), port=0) as at:
            yield at


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Page]:  # noqa: F811
    """The page, telling what its policy refuses."""
    page = browser.new_context().new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    expect(page.locator(".dl-header")).to_be_visible()
    yield page
    page.context.close()


def test_nothing_that_an_article_brings_runs_or_leaves_the_host(
    browser: Browser,  # noqa: F811
    poisoned: str,
) -> None:
    requested: list[str] = []
    dialogs: list[str] = []
    with visit(browser, poisoned) as page:
        page.on("request", lambda request: requested.append(request.url))
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.reload()
        expect(page.locator(".dl-header h1")).to_have_text("<b>archive<|b>")
        page.locator("#dl-box textarea").fill("Where was the poison at Oakes?")
        page.keyboard.press("Enter")
        expect(page.locator(".dl-sources")).to_have_count(1, timeout=30_000)
        for link in page.locator(".dl-reply .dl-cite, .dl-reply .dl-source").all():
            link.click()
            expect(page.locator("mark.dl-quoted").first).to_be_visible()
        # The page's own pictures are svg.
        assert page.locator("#dl-source, #dl-chat .message").locator("img, script").count() == 0
        assert page.evaluate("window.pwned") is None
    assert dialogs == []
    assert {urlsplit(url).netloc for url in requested if url[:5] != "data:"} == {
        urlsplit(poisoned).netloc
    }


def test_words_hidden_from_readers_are_not_in_the_archive(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    with Archive.open(tmp_path / "archive", WordEncoder()) as archive:
        archive.add(tmp_path / "a.md")
        (article,) = archive.articles()
    assert "The poison at Oakes" in article.text
    assert "Planted" not in article.text


def test_the_page_needs_nothing_that_its_policy_refuses(watched: Page) -> None:
    ask(watched, "Who opened the sluice?")
    watched.locator(".dl-cite").click()
    expect(watched.locator("mark.dl-quoted")).to_be_visible()
    assert watched.evaluate("refused") == []


@pytest.mark.parametrize(
    ("html", "refused"),
    [
        (f"<img src='/none' onerror='{SCRIPT}'>", "script-src-attr"),
        (f"<a href='javascript:{SCRIPT}'>click</a>", "script-src-elem"),
        ("<img src='https://evil.example/a.png'>", "img-src"),
        ("<iframe src='https://evil.example/'></iframe>", "frame-src"),
        ("<link rel=stylesheet href='https://evil.example/a.css'>", "style-src-elem"),
        ("<form action='https://evil.example/'><button>click</button></form>", "form-action"),
        ("<video src='https://evil.example/a.mp4'></video>", "media-src"),
    ],
)
def test_what_got_into_the_page_all_the_same_would_be_stopped_by_its_policy(
    watched: Page, html: str, refused: str
) -> None:
    dialogs: list[str] = []
    watched.on("dialog", lambda dialog: dialogs.append(dialog.message))
    watched.evaluate("html => document.body.insertAdjacentHTML('afterbegin', html)", html)
    if "click" in html:
        watched.get_by_text("click", exact=True).dispatch_event("click")
    watched.wait_for_function("refused.length > 0")
    assert refused in watched.evaluate("refused")
    assert watched.evaluate("window.pwned") is None
    assert dialogs == []


def test_a_script_that_got_into_the_page_would_not_run(watched: Page) -> None:
    watched.evaluate(
        "code => document.head.append("
        "Object.assign(document.createElement('script'), {textContent: code}))",
        SCRIPT,
    )
    watched.wait_for_function("refused.length > 0")
    assert watched.evaluate("window.pwned") is None


def test_every_reply_carries_the_headers_and_names_only_its_own_scripts(address: str) -> None:
    for path in ("/", "/api/status", "/theme.css", "/nothing"):
        headers = send(address, path).headers
        for name, value in HEADERS.items():
            if name != "Content-Security-Policy":
                assert headers[name.lower()] == value
        assert "'unsafe-inline'" not in headers["content-security-policy"].split("style-src")[0]
    page = send(address, "/")
    hashes = page.headers["content-security-policy"].count("'sha256-")
    assert hashes == len(set(inline_scripts(page.text.encode()))) > 0


def test_a_reply_is_not_shared_with_other_sites(address: str) -> None:
    for path in ("/config", "/api/status"):
        assert send(address, path, headers={"Origin": "https://evil.example"}).status == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 400),
        ("evil.example:80", 400),
        ("localhost.evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("", 400),
        ("[", 400),
        ("localhost", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:7860", 200),
        ("News.Example", 200),
    ],
)
def test_only_a_name_of_this_server_is_answered(host: str, status: int) -> None:
    with running(Shelf([]), host="0.0.0.0", port=0, access=Access(hosts=("news.example",))) as at:
        reply = send(at, "/api/status", headers={"Host": host})
    assert reply.status == status
    if host.startswith("evil"):
        assert reply.json["cure"] == "start it with --allow-host evil.example, if that is its name"


def test_a_proxy_under_an_allowed_name_may_rename_the_host() -> None:
    with running(Shelf([]), port=0, access=Access(hosts=("news.example",))) as address:
        ours, theirs = ({"Origin": f"https://{name}.example"} for name in ("news", "evil"))
        assert send(address, "/api/status", headers=ours).status == 200
        assert send(address, "/api/status", headers=theirs).status == 403


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "pyproject.toml", "."],
)
def test_no_file_of_the_machine_is_served(address: str, path: str) -> None:
    assert send(address, f"/gradio_api/file={path}").status == 403


def test_a_link_in_gradios_folder_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "gradio"))
    (tmp_path / "gradio").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "gradio" / "link.txt").symlink_to(tmp_path / "secret.txt")
    with running(Shelf([]), port=0) as address:
        reply = send(address, f"/gradio_api/file={tmp_path}/gradio/link.txt")
    assert (reply.status, "secret" in reply.text) == (403, False)


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/proxy=https://evil.hf.space/a",
        "/gradio_api/token",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/call/ask",
        "/gradio_api/runs",
        "/gradio_api/vibe-code",
        "/monitoring/summary",
        "/openapi.json",
    ],
)
def test_the_routes_of_gradio_that_the_page_does_not_use_are_not_there(
    address: str, path: str
) -> None:
    assert send(address, path).status == 404


FILE = {"path": "https://evil.example/a.png", "meta": {"_type": "gradio.FileData"}}


@pytest.mark.parametrize("named", [FILE, [["Who?", {"deep": FILE}]], {**FILE, "meta": "odd"}])
@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/component_server"])
def test_no_address_is_fetched_for_an_event_that_names_a_file(
    address: str, path: str, named: object
) -> None:
    body = json.dumps({"data": [named], "fn_index": 0, "session_hash": "a"}).replace(
        "grad", r"\u0067rad"
    )
    reply = send(address, path, body.encode(), {"Content-Type": "application/json"})
    assert (reply.status, "names no file" in reply.text) == (403, True)


def test_none_of_our_modules_reads_pickles() -> None:
    readers = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal"}
    assert [i for i in imports(ROOT) if i.root in readers] == []


class Exploit:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self.folder),))


def test_a_pickle_planted_in_an_archive_is_not_run(tmp_path: Path) -> None:
    """Chroma keeps a table of its ids in pickle's format, which it reads without running it."""
    where = tmp_path / "archive"
    lines = [f'{{"text": "Weir {n} was mended."}}\n' for n in range(1_200)]
    (tmp_path / "weirs.jsonl").write_text("".join(lines))
    with Archive.open(where, WordEncoder()) as archive:
        archive.add(tmp_path / "weirs.jsonl")
    planted = list(where.rglob("*.pickle"))
    assert planted
    for file in planted:
        file.write_bytes(pickle.dumps(Exploit(tmp_path / "pwned")))
    try:
        with Archive.open(where, WordEncoder()) as archive:
            archive.ask("Which weir was mended?")
    except DatelineError as error:
        assert error.cure
    assert not (tmp_path / "pwned").exists()
    pickle.loads(planted[0].read_bytes())
    assert (tmp_path / "pwned").exists()  # it would have been, by Python's own reader
