"""A server of OpenAI's and Ollama's protocols that says what a test tells it to, well or badly."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

NAME = "scripted"


@dataclass
class Script:
    """What the server does next, and what it was sent.

    Attributes:
        reply: what the model writes, from the prompt sent; streamed word by word.
        status: the HTTP status of a completion.
        breaks_after: words after which the connection is cut; None for never.
        silence: seconds before the first word.
        garbage: sent in place of the first piece's JSON.
        models: the names that it lists.
        prompts, keys: what came, newest last.
    """

    reply: Callable[[str], str] = lambda prompt: "The archive does not say."
    status: int = 200
    breaks_after: int | None = None
    silence: float = 0
    garbage: str = ""
    models: list[str] = field(default_factory=lambda: [NAME])
    prompts: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def says(self, reply: str) -> None:
        self.reply = lambda prompt: reply


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """The base address of a server that follows a script as long as the context lasts."""

    class Handler(_Handler):
        def follow(self) -> Script:
            return script

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5  # seconds

    def follow(self) -> Script:
        raise NotImplementedError

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.follow().keys.append(self.headers.get("Authorization", ""))
        names = self.follow().models
        if self.path == "/api/tags":
            self._send(200, {"models": [{"name": name} for name in names]})
        else:
            self._send(200, {"data": [{"id": name} for name in names]})

    def do_POST(self) -> None:
        script = self.follow()
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = "\n".join(message["content"] for message in sent["messages"])
        script.prompts.append(prompt)
        script.keys.append(self.headers.get("Authorization", ""))
        if script.status != 200:
            self._send(script.status, {"error": {"message": f"key {script.keys[-1]} overloaded"}})
            return
        if self.path == "/api/chat":
            message = {"role": "assistant", "content": script.reply(prompt)}
            self._send(200, {"model": NAME, "message": message, "done": True})
        else:
            self._stream(script, script.reply(prompt))

    def _send(self, status: int, body: Mapping[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, script: Script, reply: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        time.sleep(script.silence)
        self.close_connection = True
        try:
            self._words(script, reply)
        except OSError:  # the client has given up
            return

    def _words(self, script: Script, reply: str) -> None:
        if script.garbage:
            self._event(script.garbage)
        for number, word in enumerate(reply.split(" ")):
            if number == script.breaks_after:
                return  # without the last chunk: cut off
            self._event(json.dumps(_chunk(f"{' ' if number else ''}{word}")))
        self._event("[DONE]")
        self.wfile.write(b"0\r\n\r\n")

    def _event(self, data: str) -> None:
        line = f"data: {data}\n\n".encode()
        self.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")


def _chunk(text: str) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": NAME,
        "choices": [choice],
    }
