"""The chat's server, started and ended as a person does it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import DatelineError
from ui.serve import free_port

HERE = Path(__file__).parent
SERVE = """
import signal
from shelf import Shelf
from ui.serve import serve

# As in a terminal, also where the tests themselves run in the background and ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
serve(Shelf([]), port={port})
"""


def test_it_prints_one_line_past_a_broken_proxy_and_ends_quietly_on_ctrl_c() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        env = os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parent}"}
        env |= dict.fromkeys(["HTTP_PROXY", "http_proxy", "ALL_PROXY"], "http://127.0.0.1:9")
        env["all_proxy"] = "socks5://127.0.0.1:9"
        env = {name: env[name] for name in env if name.lower() not in ("no_proxy", "display")}
        command = [sys.executable, "-c", SERVE.format(port=port)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env) as server:
            assert server.stdout is not None
            ready = server.stdout.readline()
            server.send_signal(signal.SIGINT)
            try:
                rest, errors = server.communicate(timeout=30)
            finally:
                server.kill()
    assert ready.startswith("Dateline is ready: http://127.0.0.1:"), errors
    assert f":{port} " not in ready
    assert (server.returncode, rest, errors) == (0, "", "")


def test_a_taken_port_makes_way_for_the_next_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) <= port + 99


def test_an_address_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(DatelineError, match=r"no address 'nowhere\.invalid'"):
        free_port("nowhere.invalid", 7860)
