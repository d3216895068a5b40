"""Users, their passwords, and what is closed to who has none."""

import argparse
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sending import Reply, ask, send
from shelf import Shelf
from test_page import GATES, browser  # noqa: F401

from index.errors import DatelineError
from ui.cli import _parser, main
from ui.serve import running
from ui.server import commands
from ui.server.access import Access
from ui.server.login import TRIES
from ui.server.users import Users

PASSWORD = "sluice gates at dawn"
ANNA = Users().with_user("anna", PASSWORD)


@pytest.fixture
def address() -> Iterator[str]:
    """Anew for each test, since tries to log in are counted."""
    with running(Shelf([GATES]), port=0, access=Access(ANNA)) as at:
        yield at


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"}


def log_in(address: str, name: str, password: str) -> Reply:
    form = f"username={name}&password={password.replace(' ', '+')}"
    return send(address, "/login", form, {"Content-Type": "application/x-www-form-urlencoded"})


def session(address: str) -> dict[str, str]:
    cookie = log_in(address, "anna", PASSWORD).headers["set-cookie"]
    return {"Cookie": cookie.partition(";")[0]}


def test_only_the_right_password_of_a_user_is_known() -> None:
    both = ANNA.with_user("ben", "another password")
    assert both.knows("anna", PASSWORD) and both.knows("ben", "another password")
    for name, password in [("ben", PASSWORD), ("anna", ""), ("cara", PASSWORD), ("", "")]:
        assert not both.knows(name, password)
    assert not both.without("anna").knows("anna", PASSWORD)
    assert both.with_user("ben", "a new password").knows("ben", "a new password")


def test_two_users_with_one_password_have_different_hashes(tmp_path: Path) -> None:
    ANNA.with_user("ben", PASSWORD).write(tmp_path / "users")
    one, other = (tmp_path / "users").read_text().splitlines()
    assert one.startswith("anna:scrypt$16384$8$5$") and other.startswith("ben:scrypt$16384$8$5$")
    assert one.partition(":")[2] != other.partition(":")[2]
    assert PASSWORD not in one + other
    assert (tmp_path / "users").stat().st_mode & 0o777 == 0o600
    assert Users.read(tmp_path / "users").knows("ben", PASSWORD)


@pytest.mark.parametrize("name", ["", "Anna", "../anna", ".anna", "anna:x", "a" * 65, "an na"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(DatelineError, match="is not a user's name: use a–z"):
        ANNA.with_user(name, PASSWORD)


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ("", 0o644, "others may read .*chmod 600"),
        ("anna\n", 0o600, "line 1 of .* is not a user"),
        ("anna:secret\n", 0o600, "line 1 of .* is not a user"),
        ("anna:scrypt$1$8$5$x\n", 0o600, "line 1 of .* is not a user"),
    ],
)
def test_a_file_that_is_unfit_is_refused_by_name(
    tmp_path: Path, text: str, mode: int, said: str
) -> None:
    file = tmp_path / "users"
    file.write_text(text)
    file.chmod(mode)
    with pytest.raises(DatelineError, match=said):
        Users.read(file)
    with pytest.raises(DatelineError, match="dateline user add"):
        Users.read(tmp_path / "none")


def test_users_are_added_named_and_removed_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([PASSWORD, PASSWORD, PASSWORD, "something else", "short", "short"])
    monkeypatch.setattr(commands, "getpass", lambda prompt: next(typed))
    file = ["--file", str(tmp_path / "users")]
    assert main(["user", "add", "anna", *file]) == 0
    assert main(["user", "add", "ben", *file]) == 1
    assert "the two passwords differ" in capsys.readouterr().err
    assert main(["user", "add", "ben", *file]) == 1
    assert "use 8 characters or more" in capsys.readouterr().err
    assert main(["user", "list", *file]) == 0
    assert capsys.readouterr().out == "anna\n"
    assert Users.read(tmp_path / "users").knows("anna", PASSWORD)
    assert main(["user", "remove", "ben", *file]) == 1
    assert main(["user", "remove", "anna", *file]) == 0
    assert not Users.read(tmp_path / "users").hashes


@pytest.mark.parametrize(
    "path",
    [
        "/config",
        "/gradio_api/info",
        "/gradio_api/queue/data?session_hash=x",
        "/gradio_api/heartbeat/x",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/user",
        "/gradio_api/token",
        "/api/status",
        "/nothing",
    ],
)
def test_nothing_can_be_read_without_logging_in(address: str, path: str) -> None:
    assert send(address, path).status == 401
    assert send(address, path, headers={"Cookie": "access-token-x=x"}).status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/api/ask",
        "/gradio_api/call/ask",
        "/gradio_api/queue/join",
        "/gradio_api/run/ask",
        "/gradio_api/upload",
        "/gradio_api/cancel",
    ],
)
def test_nothing_can_be_done_without_logging_in(address: str, path: str) -> None:
    reply = send(address, path, "{}", {"Content-Type": "application/json"})
    assert (reply.status, reply.json["error"]) == (401, "not logged in")


def test_the_page_names_neither_the_archive_nor_its_parts_before_the_login(address: str) -> None:
    page = send(address, "/")
    assert page.status == 200
    assert '"auth_required":true' in page.text.replace(" ", "")
    assert "shelf" not in page.text and "Gates" not in page.text


def test_a_session_is_its_users_and_ends_with_the_server(address: str) -> None:
    cookie = session(address)
    assert send(address, "/config", headers=cookie).json["username"] == "anna"
    assert ask(address, cookie, question="sluice").status == 200
    send(address, "/logout", headers=cookie)
    assert send(address, "/config", headers=cookie).status == 401
    cookie = session(address)
    with running(Shelf([GATES]), port=0, access=Access(ANNA)) as anew:
        assert send(anew, "/config", headers=cookie).status == 401


def test_programs_send_name_and_password(address: str) -> None:
    assert ask(address, basic("anna", PASSWORD), question="sluice").json["statements"]
    for name, password in [("anna", "wrong password"), ("ben", PASSWORD), ("", "")]:
        refused = ask(address, basic(name, password), question="sluice")
        assert refused.status == 401
        assert refused.headers["www-authenticate"].startswith("Basic")
    assert ask(address, {"Authorization": "Basic ?"}, question="sluice").status == 401
    assert ask(address, {"Authorization": "Bearer x"}, question="sluice").status == 401


@pytest.mark.parametrize("by_form", [True, False])
def test_passwords_cannot_be_tried_out(address: str, by_form: bool) -> None:
    def attempt(number: int) -> int:
        if by_form:
            return log_in(address, "anna", f"guess {number}").status
        return send(address, "/api/status", headers=basic("anna", f"guess {number}")).status

    with ThreadPoolExecutor(TRIES * 2) as attackers:  # together, before a new try is let through
        statuses = Counter(attackers.map(attempt, range(TRIES * 2)))
    assert statuses.keys() == {400 if by_form else 401, 429}
    assert statuses[429] >= TRIES // 2


def test_a_program_that_is_known_may_go_on_asking(address: str) -> None:
    statuses = {
        send(address, "/api/status", headers=basic("anna", PASSWORD)).status
        for _ in range(TRIES * 2)
    }
    assert statuses == {200}


def test_each_user_has_limits_of_their_own() -> None:
    both = ANNA.with_user("ben", PASSWORD)
    with running(Shelf([GATES]), port=0, access=Access(both, per_minute=1)) as address:
        asked = [
            ask(address, basic(name, PASSWORD), question="sluice").status
            for name in ("anna", "anna", "ben")
        ]
    assert asked == [200, 429, 200]


def test_a_visitor_logs_in_on_the_page_and_asks(browser: Browser, address: str) -> None:  # noqa: F811
    page = browser.new_context().new_page()
    page.add_init_script(
        "window.refused = [];"
        "addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective))"
    )
    page.goto(address)
    for password in ("not this one", PASSWORD):
        page.get_by_label("username").fill("anna")
        page.get_by_label("password").fill(password)
        page.get_by_role("button", name="Login").click()
        if password != PASSWORD:
            expect(page.get_by_text("Incorrect Credentials")).to_be_visible()
    expect(page.locator(".dl-header")).to_be_visible(timeout=30_000)
    page.locator("#dl-box textarea").fill("Who opened the sluice?")
    page.keyboard.press("Enter")
    expect(page.locator(".dl-cite")).to_have_count(1)
    assert page.evaluate("refused") == []
    page.context.close()


def test_an_open_door_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    commands.add_options(parser)
    parser.add_argument("--host", default="127.0.0.1")
    ANNA.write(tmp_path / "users")
    for arguments, warned in [
        (["--host", "0.0.0.0"], True),
        (["--host", "0.0.0.0", "--auth", str(tmp_path / "users")], False),
        ([], False),
    ]:
        commands.access(parser.parse_args(arguments))
        assert ("everyone who can reach 0.0.0.0" in capsys.readouterr().err) is warned


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        ([], True),
        (["--forget"], False),
        (["--host", "0.0.0.0"], False),
        (["--host", "0.0.0.0", "--auth", "users"], True),
    ],
)
def test_conversations_are_kept_where_something_tells_visitors_apart(
    arguments: list[str], kept: bool
) -> None:
    assert commands.keeps(_parser().parse_args(["chat", *arguments])) == kept
