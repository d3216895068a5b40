"""The programming interface over HTTP, and its documentation."""

import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sending import ask, send
from shelf import Shelf
from test_page import GATES, PUMPS

from eval.benchmarks import load
from rag import Archive
from rag.answer import Answer, Piece
from rag.scope import EVERYTHING, Scope
from ui.serve import running

DOCS = Path(__file__).parent.parent / "docs" / "api.md"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(Shelf([GATES, PUMPS]), port=0) as at:
        yield at


def events(stream: str) -> list[tuple[str, object]]:
    """Server-sent events, by name."""
    found = re.findall(r"event: (\w+)\ndata: (.*)\n\n", stream)
    assert "".join(f"event: {name}\ndata: {data}\n\n" for name, data in found) == stream
    return [(name, json.loads(data)) for name, data in found]


def test_the_answer_is_the_one_that_the_command_line_prints_as_json(sample: Archive) -> None:
    question = "Why did the North cut the hotlines?"
    with running(sample, port=0) as address:
        reply = ask(address, question=question, as_of="2020-06-30", until="2020-06-20")
        answer = sample.ask(question, "2020-06-30", "2020-06-20")
        expected = json.loads(json.dumps(answer.to_dict()))
        assert reply.status == 200
        assert reply.headers["content-type"] == "application/json"
        assert reply.json | {"timings": 0} == expected | {"timings": 0}
        streamed = ask(address, question=question, as_of="2020-06-30", stream=True)
    *_, (name, last) = events(streamed.text)
    assert name == "answer"
    assert isinstance(last, dict) and last["statements"]


@pytest.mark.parametrize(
    ("headers", "body"), [({"Accept": "text/event-stream"}, {}), ({}, {"stream": True})]
)
def test_a_streamed_answer_comes_as_an_event_a_piece(
    address: str, headers: dict[str, str], body: dict[str, bool]
) -> None:
    reply = ask(address, headers, question="the pumps", as_of="2020-06-30", **body)
    assert reply.headers["content-type"].startswith("text/event-stream")
    stages, more, one, other, answer = events(reply.text)
    assert [stages, more] == [("stage", "searching"), ("stage", "reading")]
    assert (one[0], other[0], answer[0]) == ("statement", "statement", "answer")
    assert isinstance(answer[1], dict) and answer[1]["statements"] == [one[1], other[1]]
    assert answer[1] == ask(address, question="the pumps", as_of="2020-06-30").json


def test_a_stream_that_is_turned_off_in_the_request_is_one_answer(address: str) -> None:
    reply = ask(address, {"Accept": "text/event-stream"}, question="the pumps", stream=False)
    assert reply.json["statements"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "the request is not JSON"),
        ("[" * 100_000, "the request is not JSON"),
        ("[]", "the request has no question"),
        ('{"as_of": "2020-06-30"}', "the request has no question"),
        ('{"question": null}', "the request has no question"),
        ('{"question": 7}', "question 7 is not a text"),
        ('{"question": "Who?", "as-of": "2020-06-30"}', "there is no field 'as-of'"),
        ('{"question": "Who?", "as_of": "June"}', "as_of 'June' is not a day"),
        ('{"question": "Who?", "until": 20200630}', "until 20200630 is not a text"),
        ('{"question": "Who?", "stream": "yes"}', 'stream "yes" is neither true nor false'),
    ],
)
def test_what_is_not_understood_is_refused_by_its_value(address: str, body: str, said: str) -> None:
    reply = send(address, "/api/ask", body, JSON)
    assert reply.status == 400
    assert reply.json["error"].startswith(said)


@pytest.mark.parametrize(
    ("question", "said"),
    [(" ", "the question is empty"), ("gates " * 200, "the question is 1,199 characters long")],
)
@pytest.mark.parametrize("stream", [True, False])
def test_a_question_that_is_none_is_refused_as_on_the_command_line(
    sample: Archive, question: str, said: str, stream: bool
) -> None:
    with running(sample, port=0) as address:
        reply = ask(address, question=question, stream=stream)
    assert (reply.status, reply.json["error"]) == (400, said)
    assert reply.json["cure"]


def test_what_goes_wrong_while_answering_is_told_with_its_cure(address: str) -> None:
    reply = ask(address, question="break")
    told = {"error": "the index is damaged", "cure": "run rebuild"}
    assert (reply.status, reply.json | told) == (500, reply.json)
    streamed = events(ask(address, question="break", stream=True).text)
    assert streamed == [("stage", "searching"), ("error", told)]


def test_a_form_of_another_site_cannot_ask(address: str) -> None:
    body = '{"question": "Who?"}'
    assert send(address, "/api/ask", body, {"Content-Type": "text/plain"}).status == 415
    for origin in ("https://evil.example", "null", "http://localhost:1"):
        reply = send(address, "/api/ask", body, JSON | {"Origin": origin})
        assert reply.status == 403
    assert send(address, "/api/ask", body, JSON | {"Origin": address}).status == 200


def test_a_question_is_posted(address: str) -> None:
    assert send(address, "/api/ask").status == 405


def test_the_status_says_what_the_archive_holds(address: str) -> None:
    assert send(address, "/api/status").json == {
        "name": "shelf",
        "articles": 2,
        "outlets": {"Harbour Post": 1, "Estuary Record": 1},
        "first": "2020-06-09",
        "last": "2020-06-09",
        "undated": 1,
    }


class Endless(Shelf):
    """Goes on searching until it is closed."""

    ended = False

    def stream(
        self,
        text: str,
        as_of: date | None = None,
        until: date | None = None,
        history: Sequence[Answer] = (),
        *,
        scope: Scope = EVERYTHING,
    ) -> Iterator[Piece]:
        try:
            while True:
                yield Piece(stage="searching")
                time.sleep(0.01)
        finally:
            self.ended = True


@pytest.mark.parametrize("stream", [b"true", b"false"])
def test_work_ends_when_nobody_waits_for_it(stream: bytes) -> None:
    archive = Endless([])
    with running(archive, port=0) as address:
        where = urlsplit(address)
        body = b'{"question": "Who?", "stream": ' + stream + b"}"
        head = f"Host: {where.netloc}\r\nContent-Type: application/json\r\n"
        with socket.create_connection((where.hostname or "", where.port or 0)) as client:
            client.sendall(
                f"POST /api/ask HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            time.sleep(0.5)
            assert not archive.ended
        until = time.monotonic() + 10
        while not archive.ended and time.monotonic() < until:
            time.sleep(0.01)
        assert archive.ended


def test_the_documentations_examples_run_and_give_what_they_show(sample: Archive) -> None:
    blocks = re.findall(r"```console\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 3
    with running(sample, port=0) as address:
        for block in blocks:
            command, _, shown = re.sub(r"\\\n\s*", "", block).removeprefix("$ ").partition("\n")
            command = command.replace("http://127.0.0.1:7860", address)
            done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
            pattern = ".*".join(map(re.escape, shown.strip().split("…")))
            assert re.fullmatch(pattern, done.stdout.strip(), re.DOTALL), done.stdout


def test_the_load_benchmark_counts_what_went_wrong(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "the pumps", "as_of": "2020-06-30", "kind": "fact"}\nthe gates\n')
    arguments = [address, "--users", "3", "--questions", "2", "--from", str(file)]
    assert load.main(arguments) == 0
    assert re.search(r"^\| 6 \| 0 \| \d", capsys.readouterr().out, re.MULTILINE)
    file.write_text("break\n")
    assert load.main(arguments) == 1
    out = capsys.readouterr().out
    assert "| 6 | 6 |" in out and out.count("the index is damaged: run rebuild") == 1
