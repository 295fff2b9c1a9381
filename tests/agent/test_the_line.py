"""What answers in the site's place is not taken for the site."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from automation.agent.outbox import Outbox
from automation.agent.sender import Sender
from automation.agent.site import Site, Unreachable


class InBetween(BaseHTTPRequestHandler):
    """The sign-in page of a network, in the way of all that is asked for; `status` says how it answers."""

    status = 200

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        page = b"<h1>Welcome to our hotel</h1>"
        self.send_response_only(self.status)
        self.send_header("Location", "http://hotel.example/")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def hotel() -> Iterator[Site]:
    with HTTPServer(("127.0.0.1", 0), InBetween) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Site(f"http://127.0.0.1:{server.server_port}", "js_secret")
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("status", [200, 302, 401, 403, 404, 511])
def test_a_page_in_the_sites_place_grants_nothing_takes_nothing_and_signs_nobody_out(
    hotel: Site, outbox: Outbox, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr(InBetween, "status", status)
    outbox.step(1, "filling", "Filling in", 40)
    outbox.evidence(1, "form.json", "form", b"{}")
    outbox.end(1, "finish", {"outcome": "submitted"}, outcome="submitted", message="Sent.")
    with pytest.raises(Unreachable):
        hotel.begin_submit(1, 1)
    sender = Sender(outbox, hotel, lost=lambda *what: None, signed_out=lambda: None)
    assert not sender.send_all()
    assert outbox.unsent == 3
