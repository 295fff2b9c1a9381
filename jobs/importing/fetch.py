"""Requests to the open network for addresses that others gave us: HTTPS only, public hosts only, bounded, polite.

The address is checked where it counts, on the resolved one right before the connection is made; so a name that
resolves to a private address, or to another one at the second look (DNS rebinding), gets nowhere. Redirects are
followed by hand, each checked like the first.
"""

import ipaddress
import json
import socket
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from jobs.importing.upsert import SourceFailed
from jobs.normalize.text import is_private_host, is_public, parsed

AGENT = "JobSwipe/1 (job postings, read politely)"
CHUNK = 64 * 1024
MOST_REDIRECTS = 3
TRIES = 3
LONGEST_WAIT = 30.0  # seconds that a board may ask us to wait within one reading; longer puts the board off
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_LATER = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.GATEWAY_TIMEOUT,
}


def why_refused(url: str) -> str:
    """Return in a sentence why an address is not read; empty if it may be, as far as its text tells."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_loopback = settings.IMPORT_ALLOW_LOOPBACK and host in {"127.0.0.1", "localhost"}
    if parts.scheme != "https" and not (is_loopback and parts.scheme == "http"):
        return f"Only addresses with https are read, not {url[:100]}."
    if not host or is_private_host(host) or parts.username:
        return f"{host or 'This address'} is no public host."
    return ""


class FetchError(SourceFailed):
    """A request that brought nothing; `retry_after` is what the host asked for, in seconds."""

    def __init__(self, sentence: str, *, retry_after: float = 0) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class NotModified(Exception):
    """The board is as it was at the last complete reading."""


class Refused(FetchError):
    """An address that we do not ask: not HTTPS, or not public."""


def _connect(host: str, port: int, timeout: float) -> socket.socket:
    """Open a connection to the first public address of the host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchError(f"There is no host {host}.") from error
    addresses = [row for row in found if is_public(ipaddress.ip_address(row[4][0]))]
    if not addresses:
        raise Refused(f"{host} is no public host.")
    problem: OSError | None = None
    for family, kind, protocol, _, address in addresses:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(timeout)
            connection.connect(address)
        except OSError as error:
            connection.close()
            problem = error
        else:
            return connection
    raise FetchError(f"{host} does not answer.") from problem


class _PublicHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port or 80, 10)


class _PublicHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port or 443, 10)


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPS


@dataclass
class Client:
    """Reads addresses one after another. `validators` are those of the last complete reading, by address."""

    validators: dict[str, dict[str, str]] = field(default_factory=dict)
    fresh_validators: dict[str, dict[str, str]] = field(default_factory=dict)
    reroute: dict[str, str] = field(default_factory=lambda: dict(getattr(settings, "IMPORT_REROUTE", {})))
    requests: int = 0
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pool = urllib3.PoolManager(num_pools=4, retries=False)
        self._pool.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}

    def json(self, url: str, *, body: Any = None, conditional: bool = False) -> Any:
        """Return the answer's JSON; None for 404 and 410. Raises FetchError, or NotModified if it is as it was."""
        for number in range(TRIES):
            text = self._text(url, body, conditional, "application/json")
            if text is None:
                return None
            try:
                return parsed(text)
            except (ValueError, RecursionError) as error:
                # Some services send a page of HTML now and then; asking again is the known remedy.
                looks = "a page instead of data" if text.lstrip()[:1] == "<" else f"broken data ({_where(error)})"
                if number == TRIES - 1:
                    raise FetchError(f"{urlsplit(url).hostname} answered with {looks}.") from error
        raise AssertionError("unreachable")

    def page(self, url: str, *, conditional: bool = False) -> str | None:
        """Return the answer's text; None for 404 and 410. Raises FetchError or NotModified."""
        return self._text(url, None, conditional, "text/html,application/xhtml+xml")

    def picture(self, url: str, most: int) -> bytes | None:
        """Return a picture of at most so many bytes; None for 404 and 410. Raises FetchError."""
        return self._content(url, None, False, "image/png,image/jpeg,image/webp", most)

    def _text(self, url: str, body: Any, conditional: bool, accept: str) -> str | None:
        content = self._content(url, body, conditional, accept, settings.IMPORT_MAX_BYTES)
        return None if content is None else content.decode("utf-8", errors="replace")

    def _content(self, url: str, body: Any, conditional: bool, accept: str, most: int) -> bytes | None:
        for number in range(TRIES):
            try:
                return self._once(url, body, conditional, accept, most)
            except FetchError as error:
                is_final = isinstance(error, Refused) or error.retry_after > LONGEST_WAIT
                if is_final or number == TRIES - 1:
                    raise
                time.sleep(max(error.retry_after, settings.IMPORT_PAUSE * 2**number))
        raise AssertionError("unreachable")

    def _once(self, url: str, body: Any, conditional: bool, accept: str, most: int) -> bytes | None:
        headers = {"User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "gzip, deflate"}
        headers |= {name: value for name, value in self.validators.get(url, {}).items() if conditional}
        if body is not None:
            headers["Content-Type"] = "application/json"
        deadline = time.monotonic() + settings.IMPORT_TIME_LIMIT
        answer = self._follow(url, headers, json.dumps(body).encode() if body is not None else None)
        try:
            if answer.status == HTTPStatus.NOT_MODIFIED:
                raise NotModified
            if answer.status in _GONE:
                return None
            _check(answer, url)
            content = _read(answer, deadline, most)
        except urllib3.exceptions.HTTPError as error:
            raise FetchError(f"The answer of {urlsplit(url).hostname} broke off.") from error
        finally:
            answer.close()
        if conditional:
            kept = {
                "If-None-Match": answer.headers.get("ETag"),
                "If-Modified-Since": answer.headers.get("Last-Modified"),
            }
            self.fresh_validators[url] = {name: value for name, value in kept.items() if value}
        return content

    def _follow(self, url: str, headers: dict[str, str], body: bytes | None) -> urllib3.BaseHTTPResponse:
        method = "GET" if body is None else "POST"
        for _ in range(MOST_REDIRECTS + 1):
            target = self._checked(url)
            self._wait_turn(urlsplit(target).netloc)
            self.requests += 1
            try:
                answer = self._pool.request(
                    method, target, headers=headers, body=body, redirect=False, preload_content=False,
                    timeout=urllib3.Timeout(connect=10, read=20),
                )  # fmt: skip
            except urllib3.exceptions.HTTPError as error:
                raise FetchError(f"{urlsplit(url).hostname} does not answer.") from error
            onward = answer.headers.get("Location")
            if answer.status not in {301, 302, 303, 307, 308} or not onward:
                return answer
            answer.close()
            url = urljoin(url, onward)
        raise FetchError("The address leads from one to the next without an end.")

    def _checked(self, url: str) -> str:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host in self.reroute:
            return f"{self.reroute[host]}{parts.path}{'?' + parts.query if parts.query else ''}"
        if sentence := why_refused(url):
            raise Refused(sentence)
        return url

    def _wait_turn(self, host: str) -> None:
        """Leave a pause between two requests to one host."""
        wait = self._last.get(host, 0) + settings.IMPORT_PAUSE - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()


def _check(answer: urllib3.BaseHTTPResponse, url: str) -> None:
    if answer.status == HTTPStatus.OK:
        return
    after = answer.headers.get("Retry-After", "")
    seconds = float(after) if after.isdigit() else 0.0
    what = {429: "asks us to come less often", 403: "refuses us", 401: "refuses us"}.get(
        answer.status, f"answered {answer.status}"
    )
    later = seconds if answer.status in _LATER or answer.status >= 500 else LONGEST_WAIT + 1
    raise FetchError(f"{urlsplit(url).hostname} {what}.", retry_after=later)


def _read(answer: urllib3.BaseHTTPResponse, deadline: float, most: int) -> bytes:
    """Read the body, unpacked, within the limits of size and time."""
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read(CHUNK, decode_content=True):
        size += len(chunk)
        if size > most:
            raise FetchError(f"The answer is over {most / 2**20:.1f} MB.", retry_after=LONGEST_WAIT + 1)
        if time.monotonic() > deadline:
            raise FetchError("The answer took too long.")
        parts.append(chunk)
    expected = answer.headers.get("Content-Length", "")
    if expected.isdigit() and not answer.headers.get("Content-Encoding") and size < int(expected):
        raise FetchError("The answer broke off.")
    return b"".join(parts)


def _where(error: Exception) -> str:
    return f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "too deep"
