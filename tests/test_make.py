"""What a newcomer types, in a folder whose name has a space, without installing anything."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parent.parent
DATELINE = ".venv/bin/dateline"
VENV_PYTHON = ".venv/bin/python"
STAMP = ".venv/.installed"
COMMANDS = ["make", "sh", "cat", "echo", "printf", "rm", "tail", "uname"]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files that make reads."""
    folder = tmp_path / "a folder with spaces"
    (folder / "scripts").mkdir(parents=True)
    for file in ["Makefile", "pyproject.toml", "constraints.txt", "scripts/install.sh"]:
        shutil.copy(ROOT / file, folder / file)
    return folder


@pytest.fixture
def installed(checkout: Path) -> Path:
    """The same after an install, with a `dateline` that shows how it was called."""
    command(checkout / DATELINE, 'printf "<%s>\\n" "$@"')
    (checkout / STAMP).write_text(f"{checkout.resolve()}\n")
    return checkout


def command(file: Path, script: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def noting_python(checkout: Path) -> Path:
    """A Python in .venv that notes the modules it is asked to run, and the file of its notes."""
    calls = checkout / "calls"
    noting = f'[ "$1" = -m ] && echo "$*" >>calls || exec "{sys.executable}" "$@"'
    command(checkout / VENV_PYTHON, noting)
    return calls


def few_commands(path: Path) -> Path:
    """A folder for PATH that holds what make and the script call, and no Python."""
    path.mkdir()
    for name in COMMANDS:
        if found := shutil.which(name):
            (path / name).symlink_to(found)
    return path


@contextmanager
def http_server() -> Iterator[str]:
    """The address of a server that has every page."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def plain() -> dict[str, str]:
    """The environment without what a make that runs these tests leaves in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}


def make(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *words],
        cwd=folder,
        env=plain() | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize(
    "typed",
    [
        "Why did the North cut the hotlines?",
        "What's the mayor's answer?",
        'Who said "never again"?',
        "What do $5 and $(shell echo rash) and ${HOME} buy?",
        "Was `it` 100% #1; or \\not & why * | ?",
        "Où est le président de la Côte d'Ivoire ?",
    ],
)
def test_a_question_and_a_path_arrive_as_typed(installed: Path, typed: str) -> None:
    assert make(installed, "ask", f"Q={typed}").stdout == f"<ask>\n<{typed}>\n"
    chat = make(installed, "chat", f"ARTICLES={typed}").stdout
    assert chat == f"<chat>\n<--articles>\n<{typed}>\n"


def test_a_question_may_come_from_the_environment(installed: Path) -> None:
    assert make(installed, "ask", Q="What's $5?").stdout == "<ask>\n<What's $5?>\n"


def test_chat_without_articles_names_none(installed: Path) -> None:
    assert make(installed, "chat").stdout == "<chat>\n"


def test_asking_nothing_says_how_to_ask(installed: Path) -> None:
    done = make(installed, "ask")
    assert done.returncode != 0
    assert 'make ask Q="' in done.stderr


def test_no_proxy_stands_before_the_chats_own_server(installed: Path) -> None:
    command(installed / DATELINE, 'echo "$no_proxy $NO_PROXY"')
    proxied = {"HTTP_PROXY": "http://proxy.example", "ALL_PROXY": "http://proxy.example"}
    shown = make(installed, "chat", NO_PROXY="a.example", no_proxy="", **proxied).stdout
    assert shown.split() == ["127.0.0.1,localhost,a.example"] * 2


def test_an_interrupted_chat_is_no_error(installed: Path) -> None:
    # Like the chat it takes a moment to end; ending with the signal, it could meet make between
    # reaping it and counting it, when make waits for it again ("wait: No child processes").
    ending = "trap 'kill $!; sleep 0.5; exit 130' INT"
    command(installed / DATELINE, f"{ending}; sleep 30 >/dev/null 2>&1 & echo ready; wait")
    with subprocess.Popen(
        ["make", "chat"],
        cwd=installed,
        env=plain(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # As in a terminal, also where the tests run in the background and ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as chat:
        assert chat.stdout is not None
        assert chat.stdout.readline() == "ready\n"
        os.killpg(chat.pid, signal.SIGINT)
        _, complaints = chat.communicate(timeout=20)
    assert "***" not in complaints


def test_what_is_installed_is_not_installed_again(installed: Path) -> None:
    assert make(installed, "--question", STAMP).returncode == 0


@pytest.mark.parametrize("file", ["pyproject.toml", "constraints.txt"])
def test_new_requirements_are_installed(installed: Path, file: str) -> None:
    later = time.time() + 10
    os.utime(installed / file, (later, later))
    assert make(installed, "--question", STAMP).returncode == 1


def test_a_moved_folder_is_installed_again(installed: Path) -> None:
    moved = installed.rename(installed.with_name("it's moved"))
    assert make(moved, "--question", STAMP).returncode == 1


def test_without_python_it_says_which_and_how_to_get_one(checkout: Path, tmp_path: Path) -> None:
    path = few_commands(tmp_path / "bin")
    done = make(checkout, PATH=str(path), HOME=str(tmp_path), PYENV_ROOT="", PYTHON="")
    assert done.returncode != 0
    assert "Dateline needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert "apt install python3" in done.stderr
    assert not (checkout / STAMP).exists()


def test_a_named_python_that_does_not_serve_is_named(checkout: Path) -> None:
    done = make(checkout, "PYTHON=/nowhere/python3.12")
    assert "none at /nowhere/python3.12" in done.stderr


def test_without_venv_it_says_how_to_get_it(checkout: Path, tmp_path: Path) -> None:
    """A Debian Python without python3-venv: the right version, and no module ensurepip."""
    python = tmp_path / "python"
    hidden = "import sys; sys.modules['ensurepip'] = None; exec(sys.argv[1])"
    command(python, f'exec "{sys.executable}" -c "{hidden}" "$2"')
    done = make(checkout, f"PYTHON={python}")
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr


def test_the_index_of_cpu_builds_is_used_where_it_answers(checkout: Path) -> None:
    calls = noting_python(checkout)
    with http_server() as address:
        done = make(checkout, f"TORCH_INDEX={address}/cpu/")
    assert done.returncode == 0
    install = "-m pip install --constraint constraints.txt"
    assert calls.read_text().splitlines() == [
        f"{install} torch --extra-index-url {address}/cpu/",
        f"{install} --editable .[llm]",
        "-m index.encoder.export",
    ]


def test_a_silent_index_of_cpu_builds_is_said_and_passed_over(checkout: Path) -> None:
    calls = noting_python(checkout)
    done = make(checkout, "TORCH_INDEX=http://127.0.0.1:9/cpu")
    assert done.returncode == 0
    assert "http://127.0.0.1:9/cpu does not answer" in done.stdout
    assert calls.read_text().splitlines()[0].endswith("constraints.txt torch")


def test_a_failed_step_shows_why_and_leaves_no_stamp(checkout: Path) -> None:
    command(checkout / VENV_PYTHON, '[ "$1" = -c ] || { echo "No space left on device"; exit 1; }')
    done = make(checkout)
    assert done.returncode != 0
    assert "No space left on device" in done.stderr
    assert ".venv/install.log" in done.stderr
    assert not (checkout / STAMP).exists()
