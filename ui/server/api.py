"""For programs: `POST /api/ask` and `GET /api/status`; docs/api.md describes them."""

import json
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import asdict
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from index.errors import DatelineError
from rag.answer import Piece
from rag.scope import Scope
from ui.library import Choice
from ui.server.refusal import refusal

EVENTS = "text/event-stream"


def routes(library: Choice) -> list[BaseRoute]:
    """Both, over the archives of a library."""
    api = Api(library)
    return [
        Route("/api/ask", api.ask, methods=["POST"]),
        Route("/api/status", api.status, methods=["GET"]),
    ]


class Api:
    """What each route does."""

    def __init__(self, library: Choice) -> None:
        self.library = library

    async def status(self, request: Request) -> Response:
        try:
            archive = self.library.open(request.query_params.get("archive", ""))
        except DatelineError as error:
            return refusal(400, error.problem, error.cure)
        status = await run_in_threadpool(archive.status)
        days = {"first": status.first, "last": status.last}
        return JSONResponse(
            {"name": status.name, "articles": status.articles, "outlets": dict(status.outlets)}
            | {which: day and day.isoformat() for which, day in days.items()}
            | {"undated": status.undated}
        )

    async def ask(self, request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return refusal(415, "the request is not JSON", "send Content-Type: application/json")
        try:
            given = read(await request.body())
            streamed = given.pop("stream", EVENTS in request.headers.get("accept", ""))
            archive = self.library.open(given.pop("archive", ""))
            first, last = given.pop("from", None), given.pop("to", None)
            scope = archive.known(Scope(first, last, tuple(given.pop("outlets", ()))))
            pieces = archive.stream(given.pop("question"), **given, scope=scope)
            first = await run_in_threadpool(next, pieces)  # which reads the question
        except DatelineError as error:
            return refusal(400, error.problem, error.cure)
        awaited = _while_connected(request, first, pieces)
        if streamed:
            return StreamingResponse(_events(awaited), media_type=EVENTS)
        return await _answer(awaited)


async def _while_connected(
    request: Request, first: Piece, rest: Iterator[Piece]
) -> AsyncGenerator[Piece, None]:
    """The pieces, until there is nobody to read them."""
    piece: Piece | None = first
    while piece and not await request.is_disconnected():
        yield piece
        piece = await run_in_threadpool(next, rest, None)


async def _answer(pieces: AsyncGenerator[Piece, None]) -> Response:
    try:
        async for piece in pieces:
            if piece.answer:
                return JSONResponse(piece.answer.to_dict())
    except DatelineError as error:
        return refusal(500, error.problem, error.cure)
    return Response(status_code=499)  # the client has gone: as nginx logs it


async def _events(pieces: AsyncGenerator[Piece, None]) -> AsyncGenerator[str, None]:
    """Server-sent events, one a piece."""
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                yield _event(*_named(piece))
    except DatelineError as error:
        yield _event("error", {"error": error.problem, "cure": error.cure})


def _named(piece: Piece) -> tuple[str, Any]:
    if piece.answer:
        return "answer", piece.answer.to_dict()
    if piece.statement:
        return "statement", asdict(piece.statement)
    return "stage", piece.stage


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def read(body: bytes) -> dict[str, Any]:
    """A request's fields: the question, and what goes with it.

    >>> read(b'{"question": "Who resigned?", "as_of": "2020-06-30"}')
    {'question': 'Who resigned?', 'as_of': datetime.date(2020, 6, 30)}

    Raises:
        DatelineError: it is not JSON, has a field that is none, or a value that does not fit.
    """
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise DatelineError(f"the request is not JSON ({error})", EXAMPLE) from None
    if not isinstance(given, dict) or given.get("question") is None:
        raise DatelineError("the request has no question", EXAMPLE)
    if unknown := given.keys() - FIELDS.keys():
        fields = ", ".join(FIELDS)
        raise DatelineError(f"there is no field '{min(unknown)}'", f"the fields are {fields}")
    return {name: FIELDS[name](name, value) for name, value in given.items() if value is not None}


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise DatelineError(f"{name} {json.dumps(value)} is not a text", EXAMPLE)
    return value


def _texts(name: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise DatelineError(f"{name} {json.dumps(value)} is not a list of texts", EXAMPLE)
    return [_text(name, one) for one in value]


def _day(name: str, value: object) -> date:
    try:
        return date.fromisoformat(_text(name, value))
    except ValueError:
        raise DatelineError(f"{name} '{value}' is not a day", "write it as 2020-06-30") from None


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise DatelineError(f"{name} {json.dumps(value)} is neither true nor false")
    return value


EXAMPLE = 'send {"question": "Who resigned?", "as_of": "2020-06-30"}'
FIELDS: Mapping[str, Callable[[str, object], Any]] = {
    "question": _text,
    "as_of": _day,
    "until": _day,
    "from": _day,
    "to": _day,
    "outlets": _texts,
    "archive": _text,
    "stream": _flag,
}
