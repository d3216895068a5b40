"""How much one visitor may send, and what they are told when it is too much."""

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from sending import ask, send
from shelf import Shelf
from test_page import GATES, PUMPS

from ui.serve import running
from ui.server import buckets
from ui.server.access import Access
from ui.server.buckets import Buckets
from ui.server.limits import MOST_AT_ONCE, MOST_BYTES

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(Shelf([GATES, PUMPS]), port=0) as at:
        yield at


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_a_minutes_worth_at_once_and_then_one_at_a_time() -> None:
    clock = Clock()
    of = Buckets(6, clock)
    assert [of.take("anna") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    clock.now = 4
    assert of.take("anna") == pytest.approx(6)
    clock.now = 10
    assert (of.take("anna"), of.take("anna")) == (0, 10)
    clock.now = 10_000
    assert [of.take("anna") for _ in range(7)][-1] == 10


def test_one_visitors_bucket_is_not_anothers() -> None:
    of = Buckets(1, Clock())
    assert (of.take("anna"), of.take("ben"), of.take("anna") > 0) == (0, 0, True)


def test_of_too_many_visitors_the_one_not_seen_for_longest_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(buckets, "MOST_VISITORS", 2)
    of = Buckets(1, Clock())
    for who in ("anna", "ben", "anna", "cara"):
        of.take(who)
    assert of.take("anna") > 0
    assert of.take("ben") == 0


def test_who_asks_too_often_is_told_when_to_ask_again() -> None:
    with running(Shelf([GATES]), port=0, access=Access(per_minute=2)) as address:
        statuses = [ask(address, question="sluice").status for _ in range(2)]
        refused = ask(address, question="sluice")
        assert send(address, "/api/status").status == 200  # reading is free
    assert statuses == [200, 200]
    assert refused.status == 429
    wait = int(refused.headers["retry-after"])
    assert 1 <= wait <= 30
    assert refused.json["error"] == "too many requests in a minute"
    assert refused.json["cure"].startswith(f"try again in {wait} second")


def test_a_visitor_with_many_questions_under_way_waits_for_one_of_them() -> None:
    with (
        running(Shelf([GATES], pause=1), port=0) as address,
        ThreadPoolExecutor(MOST_AT_ONCE + 2) as visitors,
    ):
        asked = [visitors.submit(ask, address, question="sluice") for _ in range(MOST_AT_ONCE + 2)]
        statuses = sorted(one.result().status for one in asked)
        assert statuses == [200] * MOST_AT_ONCE + [429] * 2
        assert ask(address, question="sluice").status == 200


@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join", "/login"])
def test_a_request_that_says_it_is_too_large_is_refused_unread(address: str, path: str) -> None:
    headers = JSON | {"Content-Length": str(MOST_BYTES + 1)}
    reply = send(address, path, b"{", headers)
    assert reply.status == 413
    assert reply.json["error"] == "the request is larger than 1,000,000 bytes"


@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join"])
def test_a_request_that_does_not_say_its_size_is_refused_once_it_is_too_large(
    address: str, path: str
) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    chunks = (b" " * 100_000 for _ in range(MOST_BYTES // 100_000 + 2))
    connection.request("POST", path, chunks, JSON, encode_chunked=True)
    response = connection.getresponse()
    assert (response.status, b"larger than 1,000,000 bytes" in response.read()) == (413, True)
    connection.close()
