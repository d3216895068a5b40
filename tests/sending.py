"""Requests to a server, as they are typed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Reply:
    """What came back; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def send(
    address: str,
    path: str,
    body: bytes | str | None = None,
    headers: Mapping[str, str] = NONE,
    method: str = "",
) -> Reply:
    """A POST if there is a body, a GET otherwise; no redirect is followed."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request(method or ("POST" if body is not None else "GET"), path, body, headers)
        response = connection.getresponse()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, named, response.read().decode())
    finally:
        connection.close()


def ask(address: str, headers: Mapping[str, str] = NONE, **body: object) -> Reply:
    """`POST /api/ask`."""
    sent = {"Content-Type": "application/json", **headers}
    return send(address, "/api/ask", json.dumps(body), sent)
