"""Real proxy servers on loopback, each with a way of its own to behave. They log whom they let through, and where."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from tests.processes import PATIENCE

Manner = Literal["works", "slow", "refuses", "drops", "asks_wrongly", "injects"]
INJECTED = "<!doctype html><title>Free Wi-Fi</title><h1>Please accept our terms</h1><button>Accept</button>"


@dataclass
class ProxyServer:
    """An HTTP, HTTPS or SOCKS5 proxy. `names` are hosts that only it can resolve: name -> (address, port).

    `tls` is what an HTTPS one shows itself with.
    """

    scheme: str = "http"
    user: str = ""
    password: str = ""
    manner: Manner = "works"
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    asked: list[str] = field(default_factory=list)  # targets, host:port
    users: list[str] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)  # the local ports from which it went on
    port: int = 0
    _talks: set["asyncio.Task[None]"] = field(default_factory=set)
    stop: Callable[[], object] = lambda: None

    async def serve(self, ready: threading.Event) -> None:
        loop, end = asyncio.get_running_loop(), asyncio.Event()
        self.stop = lambda: loop.call_soon_threadsafe(end.set)
        talk = self._socks if self.scheme == "socks5" else self._http
        server = await asyncio.start_server(lambda r, w: self._guarded(talk, r, w), "127.0.0.1", 0, ssl=self.tls)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await end.wait()
        server.close()
        for one in self._talks:
            one.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _guarded(self, talk, reader, writer) -> None:  # type: ignore[no-untyped-def]
        task = asyncio.current_task()
        assert task
        self._talks.add(task)
        try:
            await talk(reader, writer)
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the other side has left, or the server ends
        finally:
            self._talks.discard(task)
            await closed(writer)

    async def _http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        place = urlsplit(f"//{target}" if method == "CONNECT" else target)
        host, port = place.hostname or "", place.port or 80
        self.asked.append(f"{host}:{port}")
        if self.manner == "asks_wrongly":
            writer.write(b"HTTP/1.1 407 What\r\nProxy-Authenticate: Nonsense\r\nContent-Length: 0\r\n\r\n")
        elif not self._knows(head):
            writer.write(b'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n')
        elif self.manner == "refuses":
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        elif self.manner == "injects" and method != "CONNECT":
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(INJECTED)}\r\n\r\n{INJECTED}".encode())
        else:
            await self._go_on(method, host, port, head, reader, writer)
        await writer.drain()

    def _knows(self, head: bytes) -> bool:
        expected = base64.b64encode(f"{self.user}:{self.password}".encode())
        self.users.append(self.user if expected in head else "")
        return not self.user or b"Proxy-Authorization: Basic " + expected in head

    async def _go_on(self, method: str, host: str, port: int, head: bytes, reader, writer) -> None:  # type: ignore[no-untyped-def]
        if self.manner == "slow":
            await asyncio.sleep(0.5)
        try:
            there_reader, there = await self._connect(host, port)
        except OSError:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            first, _, rest = head.partition(b"\r\n")
            place = urlsplit(first.split(b" ")[1].decode())
            path = (place.path or "/") + (f"?{place.query}" if place.query else "")
            there.write(f"{method} {path} HTTP/1.1\r\n".encode() + rest)
        await self._pipe(reader, writer, there_reader, there)

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        there_reader, there = await asyncio.open_connection(*self.names.get(host, (host, port)))
        self.ports.append(there.get_extra_info("sockname")[1])
        return there_reader, there

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05\x02" if self.user else b"\x05\x00")
        if self.user:
            await reader.readexactly(1)
            user = await reader.readexactly((await reader.readexactly(1))[0])
            password = await reader.readexactly((await reader.readexactly(1))[0])
            is_known = (user.decode(), password.decode()) == (self.user, self.password)
            self.users.append(user.decode() if is_known else "")
            writer.write(b"\x01\x00" if is_known else b"\x01\x01")
            if not is_known:
                return
        _, _, _, kind = await reader.readexactly(4)
        if kind == 3:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        else:
            host = str(ip_address(await reader.readexactly(4 if kind == 1 else 16)))
        port = int.from_bytes(await reader.readexactly(2))
        self.asked.append(f"{host}:{port}")
        if self.manner == "refuses":
            writer.write(b"\x05\x02\x00\x01" + bytes(6))
            return
        try:
            there_reader, there = await self._connect(host, port)
        except OSError:
            writer.write(b"\x05\x05\x00\x01" + bytes(6))
            return
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await self._pipe(reader, writer, there_reader, there)

    async def _pipe(self, reader, writer, there_reader, there) -> None:  # type: ignore[no-untyped-def]
        async def copy(source: asyncio.StreamReader, to: asyncio.StreamWriter, most: float) -> None:
            while most > 0 and (data := await source.read(4096)):
                to.write(data[: int(min(most, 4096))])
                most -= len(data)
                await to.drain()

        up = asyncio.create_task(copy(reader, there, float("inf")))
        try:
            await copy(there_reader, writer, 700 if self.manner == "drops" else float("inf"))
        finally:
            up.cancel()
            await closed(there)

    @property
    def address(self) -> str:
        """The line that staff paste."""
        credentials = f"{self.user}:{self.password}@" if self.user else ""
        return f"{self.scheme}://{credentials}127.0.0.1:{self.port}"


async def closed(writer: asyncio.StreamWriter) -> None:
    """Close a line, and leave no socket behind when the loop ends."""
    writer.close()
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(1):
            await writer.wait_closed()


@contextmanager
def proxy_server(scheme: str = "http", **how: object) -> Iterator[ProxyServer]:
    """Run a proxy server in a thread until the block ends."""
    server = ProxyServer(scheme, **how)  # type: ignore[arg-type]
    ready = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(ready)), daemon=True)
    thread.start()
    assert ready.wait(PATIENCE)
    try:
        yield server
    finally:
        server.stop()
        thread.join(PATIENCE)
