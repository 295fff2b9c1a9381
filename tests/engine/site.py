"""A site of pages that a test writes itself, served from a thread; it keeps what is posted to it."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

THANKS = "<h1>Thank you for applying</h1><p>We have received your application.</p>"


@dataclass
class Reply:
    """What the site answers: a status, a page, further headers. `wait` holds it back until it is set; 0 hangs up."""

    html: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None


Sent = dict[str, Any]  # a control's name: its value, a list of them, or (file name, content)


class Site:
    """Pages by path. A POST to any path is kept in `sent`, and answered by `on_post`."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply] = {}
        self.sent: list[Sent] = []
        self.asked: list[str] = []  # paths of what was fetched
        self.on_post: Callable[[Sent], Reply] = lambda sent: Reply(status=303, headers={"Location": "/thanks"})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.clear()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def clear(self) -> None:
        self.sent, self.asked = [], []
        self.on_post = lambda sent: Reply(status=303, headers={"Location": "/thanks"})
        self.pages = {"/thanks": Reply(document(THANKS))}

    def page(self, html: str, path: str = "/job", **more: Any) -> str:
        """Put a page on the site and return its address."""
        self.pages[path] = Reply(document(html), **more)
        return self.url + path

    def form(self, controls: str, button: str = "<button>Submit application</button>", before: str = "") -> str:
        """Put an application form with these controls on the site and return its address."""
        return self.page(
            f"<h1>Engineer</h1>{before}"
            f"<form method=post enctype=multipart/form-data action=/apply novalidate>{controls}{button}</form>"
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                self._answer(site.pages.get(urlsplit(self.path).path, Reply("Nothing here", 404)))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                sent = parsed(self.headers.get("Content-Type", ""), body)
                site.sent.append(sent)
                self._answer(site.on_post(sent))

            def _answer(self, reply: Reply) -> None:
                if reply.wait:
                    reply.wait.wait(20)
                if not reply.status:
                    return
                content = reply.html.encode()
                self.send_response(reply.status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        return Handler


def document(html: str) -> str:
    if html.lstrip().startswith("<!doctype"):
        return html
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>Careers</title><body>{html}</body></html>"


def parsed(kind: str, body: bytes) -> Sent:
    """Return what a form sent, in whichever of the three usual ways."""
    if kind.startswith("application/json"):
        content: Sent = json.loads(body)
        return content
    if not kind.startswith("multipart/"):
        return {name: _one(values) for name, values in parse_qs(body.decode()).items()}
    message: EmailMessage = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    sent: dict[str, list[Any]] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        data = bytes(part.get_payload(decode=True) or b"")
        file = part.get_filename()
        if file != "":
            sent.setdefault(name, []).append(data.decode() if file is None else (file, data))
    return {name: _one(values) for name, values in sent.items()}


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
