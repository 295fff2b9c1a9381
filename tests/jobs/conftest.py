"""A practice board: a web server on this machine that answers as the boards do, with what a test puts there."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_django import Settings

from jobs.importing import upsert
from jobs.importing.boards import BOARDS

HOSTS = [
    *(one.HOST for one in BOARDS.values() if one.HOST),
    "jobs.ashbyhq.com",
    "acme.wd5.myworkdayjobs.com",
    "acme.example.com",
]


@dataclass
class Answer:
    """What a path answers; `times` limits how often, then comes the one that was there before."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Boards:
    """The server, what it answers, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        boards = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                boards.asked.append((self.command, self.path, dict(self.headers), body))
                boards.respond(self)

            do_POST = do_GET  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True)
        self._thread.start()

    def put(self, path: str, content: Any, *, status: int = 200, **headers: str) -> None:
        """Answer `path` (with its query, or without) with JSON, a text or bytes."""
        body = content if isinstance(content, bytes) else content if isinstance(content, str) else json.dumps(content)
        raw = body.encode() if isinstance(body, str) else body
        self.answers[path] = [Answer(raw, status, {name.replace("_", "-"): value for name, value in headers.items()})]

    def in_turn(self, path: str, *answers: Answer) -> None:
        """Answer with these one after another; the last one stays."""
        self.answers[path] = list(answers)

    def paths(self) -> list[str]:
        return [path for _, path, _, _ in self.asked]

    def respond(self, request: BaseHTTPRequestHandler) -> None:
        queue = (
            self.answers.get(request.path)
            or self.answers.get(urlsplit(request.path).path)
            or [Answer(b"Not Found", 404)]
        )
        answer = queue.pop(0) if len(queue) > 1 else queue[0]
        tag = answer.headers.get("ETag")
        if tag and request.headers.get("If-None-Match") == tag:
            answer = Answer(b"", 304)
        try:
            request.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the reader had enough

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


@pytest.fixture
def boards(settings: Settings) -> Iterator[Boards]:
    """The practice board; every board's host leads to it."""
    server = Boards()
    settings.IMPORT_PAUSE = 0
    settings.IMPORT_LOGOS = False
    settings.IMPORT_ALLOW_LOOPBACK = True
    settings.IMPORT_REROUTE = dict.fromkeys(HOSTS, server.url)
    yield server
    server.close()


@pytest.fixture(autouse=True)
def nothing_learned() -> None:
    """Each test has an empty database; a process must not believe otherwise."""
    upsert.forget_words()
