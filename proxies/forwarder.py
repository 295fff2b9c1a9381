"""A local forwarder: the browser speaks to it without credentials, it speaks to the exit with them.

Chromium takes no user and password for SOCKS5, and for HTTP only in answer to a prompt; so the forwarder listens on
loopback for as long as one application runs, adds them, and lets the exit resolve every name. It also notes what goes
wrong with the exit, which the browser cannot tell from trouble of the site. Imports no Django.

Without an exit it goes out itself. `only_public` keeps the browser from looking inside our own networks (`gate`).
"""

import asyncio
import base64
import contextlib
import ssl
import threading
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError, ProxyType
from python_socks.async_.asyncio.v2 import Proxy as Connector

from proxies import gate
from proxies.upstream import Upstream

T = TypeVar("T")
DROPPED = "it breaks connections off"
CONNECT_LIMIT = 15.0  # seconds to the site, through the exit
HEAD_LIMIT = 64 * 1024  # bytes of one message's head
CHUNK = 64 * 1024
# What an exit answers when it works and the site does not (RFC 9110, 15.6.3 and 15.6.5; RFC 1928, 6).
SITE_IS_AWAY = frozenset({502, 503, 504, 3, 4, 5, 6})
HOP_BY_HOP = frozenset(
    {b"connection", b"proxy-connection", b"proxy-authorization", b"proxy-authenticate", b"keep-alive"}
)


class ExitFailed(Exception):
    """The exit itself does not do its work; the text says how."""


class SiteAway(Exception):
    """The exit works and cannot reach the site."""


@dataclass(frozen=True)
class Trouble:
    """Something that the exit did wrong, and at which host; an empty host means at any."""

    host: str
    text: str


class Forwarder:
    """Where the browser finds it (`url`), and what it noted of the exit."""

    def __init__(self, upstream: Upstream | None, *, only_public: bool = False) -> None:
        self.upstream = upstream
        self._only_public = only_public
        self.url = ""
        self.troubles: list[Trouble] = []
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ends = False

    def trouble_at(self, host: str) -> str:
        """Return what the exit did wrong on the way to `host` (without a port), or empty."""
        return next((one.text for one in self.troubles if one.host in {"", host}), "")

    # ------------------------------------------------------------ its life

    def start(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._accept, "127.0.0.1", 0, limit=HEAD_LIMIT))
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._server = server
        self._thread = threading.Thread(target=self._loop.run_forever, name="forwarder", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._ends = True
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ------------------------------------------------------------ one connection

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        host = ""
        try:
            head = Head.parse(await reader.readuntil(b"\r\n\r\n"))
            host = head.host
            if self._only_public and gate.says_private(host):
                raise gate.Forbidden(host)
            if head.method == "CONNECT":
                await self._tunnel(head, reader, writer)
            else:
                await self._pass_on(head, reader, writer)
        except ExitFailed as error:
            self.troubles.append(Trouble(host if str(error) == DROPPED else "", str(error)))
            await _answer(writer, 502)
        except SiteAway:
            await _answer(writer, 504)
        except gate.Forbidden:
            await _answer(writer, 403)
        except (OSError, EOFError, asyncio.LimitOverrunError, ValueError):
            pass  # the browser has left, or said nothing that makes sense
        except asyncio.CancelledError:
            if not self._ends:
                raise  # else it ends as asked: before Python 3.12 asyncio takes a cancelled connection for a fault
        finally:
            writer.close()

    async def _tunnel(self, head: "Head", reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await connect(self.upstream, head.host, head.port)
        try:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            if not await _both_ways(reader, writer, there):
                self.troubles.append(Trouble(head.host, DROPPED))
        finally:
            await _close(there.writer)

    async def _pass_on(self, head: "Head", reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send one plain request, and let the connection end with its answer."""
        if self.upstream is None or self.upstream.scheme == "socks5":
            there = await connect(self.upstream, head.host, head.port)
            start = head.origin_form
        else:
            there = await _reach(self.upstream)
            start = head.absolute_form
        try:
            there.writer.write(head.sent_as(start, _credentials(self.upstream) if self.upstream else []))
            upwards = asyncio.create_task(_copy(reader, there.writer))
            try:
                if not await _answer_of(there, writer):
                    self.troubles.append(Trouble(head.host, DROPPED))
            finally:
                upwards.cancel()
        finally:
            await _close(there.writer)


class There(NamedTuple):
    """The two ends of a connection beyond us."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


async def connect(upstream: Upstream | None, host: str, port: int, limit: float = CONNECT_LIMIT) -> There:
    """Connect to a site through the exit, which resolves the name. Raises ExitFailed or SiteAway.

    Without an exit: to a public address of it, else Forbidden is raised.
    """
    if upstream is None:
        return await _directly(host, port, limit)
    kind = ProxyType.SOCKS5 if upstream.scheme == "socks5" else ProxyType.HTTP
    connector = Connector(
        kind,
        upstream.host,
        upstream.port,
        upstream.user or None,
        upstream.password or None,
        rdns=True,
        proxy_ssl=ssl.create_default_context() if upstream.scheme == "https" else None,
    )
    stream = await _judged(connector.connect(host, port, timeout=limit))
    return There(stream.reader, stream.writer)


async def _directly(host: str, port: int, limit: float) -> There:
    try:
        return There(*await asyncio.wait_for(gate.connect(host, port), limit))
    except OSError as error:  # a timeout is one
        raise SiteAway from error


async def _close(writer: asyncio.StreamWriter) -> None:
    """Close a line and wait a little for the other side's goodbye in TLS, so that no socket outlives the loop."""
    writer.close()
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(1):
            await writer.wait_closed()


async def _judged(attempt: Awaitable[T]) -> T:
    """Say of a failed attempt whose fault it was."""
    try:
        return await attempt
    except ProxyTimeoutError as error:
        raise ExitFailed("it does not answer in time") from error
    except ProxyConnectionError as error:
        raise ExitFailed("it cannot be reached") from error
    except ProxyError as error:
        code = getattr(error, "error_code", None)
        if code in SITE_IS_AWAY:
            raise SiteAway from error
        raise ExitFailed(f"it refuses to connect us ({code})" if code else "it refuses us") from error
    except ssl.SSLError as error:
        raise ExitFailed("its certificate is not valid") from error
    except (OSError, EOFError, ValueError) as error:
        raise ExitFailed("it answers with something that is not its protocol") from error


async def _reach(upstream: Upstream) -> There:
    context = ssl.create_default_context() if upstream.scheme == "https" else None
    opening = asyncio.open_connection(upstream.host, upstream.port, ssl=context, limit=HEAD_LIMIT)
    try:
        return There(*await asyncio.wait_for(opening, CONNECT_LIMIT))
    except TimeoutError as error:
        raise ExitFailed("it does not answer in time") from error
    except ssl.SSLError as error:
        raise ExitFailed("its certificate is not valid") from error
    except OSError as error:
        raise ExitFailed("it cannot be reached") from error


async def _answer_of(there: There, writer: asyncio.StreamWriter) -> bool:
    """Copy one answer; return whether it came whole. Raises ExitFailed when none comes, or one of the exit's own."""
    try:
        answer = await there.reader.readuntil(b"\r\n\r\n")
    except (OSError, EOFError) as error:
        raise ExitFailed(DROPPED) from error
    except asyncio.LimitOverrunError as error:
        raise ExitFailed("it answers with something that is not HTTP") from error
    status, lines = _response(answer)
    if status == 407:
        raise ExitFailed("it refuses our user and password (407)")
    writer.write(b"\r\n".join([*lines, b"Connection: close", b"", b""]))
    promised = next((int(value) for name, _, value in map(_parts, lines[1:]) if name == b"content-length"), 0)
    try:
        return await _copy(there.reader, writer) >= promised
    except ConnectionError:
        return writer.is_closing()  # it is the browser that left


async def _both_ways(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, there: There) -> bool:
    """Copy until the site ends, or the browser does; return whether the exit kept the connection whole.

    An exit that ends it without a byte, or breaks it off, did not.
    """
    upwards = asyncio.create_task(_copy(reader, there.writer))
    downwards = asyncio.create_task(_copy(there.reader, writer))
    await asyncio.wait({upwards, downwards}, return_when=asyncio.FIRST_COMPLETED)
    browser_left = upwards.done()
    for task in (upwards, downwards):
        task.cancel()
    _, down = await asyncio.gather(upwards, downwards, return_exceptions=True)
    if browser_left:
        return True
    return not isinstance(down, OSError) and down != 0


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
    total = 0
    while data := await reader.read(CHUNK):
        total += len(data)
        writer.write(data)
        await writer.drain()
    return total


async def _answer(writer: asyncio.StreamWriter, status: int) -> None:
    with contextlib.suppress(OSError):
        writer.write(f"HTTP/1.1 {status} No way\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()


# ---------------------------------------------------------------- heads of messages


class Head(NamedTuple):
    """The head of a request as browsers send it to a proxy."""

    method: str
    target: str
    host: str
    port: int
    headers: list[bytes]

    @classmethod
    def parse(cls, head: bytes) -> "Head":
        """Raises ValueError for what is no request to a proxy."""
        first, *headers = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
        method, target, _ = first.decode("ascii").split(" ")
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        if not parts.hostname:
            raise ValueError(target)
        return cls(method, target, parts.hostname, parts.port or 80, headers)

    @property
    def absolute_form(self) -> str:
        return self.target

    @property
    def origin_form(self) -> str:
        parts = urlsplit(self.target)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def sent_as(self, target: str, credentials: list[bytes]) -> bytes:
        kept = [line for line in self.headers if _name(line) not in HOP_BY_HOP]
        more = [*([] if target.startswith("/") else credentials), b"Connection: close", b"", b""]
        return b"\r\n".join([f"{self.method} {target} HTTP/1.1".encode(), *kept, *more])


def _response(head: bytes) -> tuple[int, list[bytes]]:
    first, *headers = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    try:
        status = int(first.split(b" ")[1])
    except (IndexError, ValueError) as error:
        raise ExitFailed("it answers with something that is not HTTP") from error
    return status, [first, *(line for line in headers if _name(line) not in HOP_BY_HOP)]


def _parts(line: bytes) -> tuple[bytes, bytes, bytes]:
    name, colon, value = line.partition(b":")
    return name.strip().lower(), colon, value.strip()


def _name(line: bytes) -> bytes:
    return _parts(line)[0]


def _credentials(upstream: Upstream) -> list[bytes]:
    if not upstream.user:
        return []
    both = f"{upstream.user}:{upstream.password}".encode()
    return [b"Proxy-Authorization: Basic " + base64.b64encode(both)]


@contextmanager
def forwarding(upstream: Upstream | None, *, only_public: bool = False) -> Iterator[Forwarder]:
    """Run a forwarder to `upstream` (None: to the sites themselves) until the block ends."""
    forwarder = Forwarder(upstream, only_public=only_public)
    forwarder.start()
    try:
        yield forwarder
    finally:
        forwarder.stop()
