"""A TCP line on loopback that can be cut and stalled, between the product and what it talks to."""

import asyncio
import threading
from contextlib import suppress

CHUNK = 64 * 1024


class Line:
    """Listens on a port of its own and passes everything on to `target`."""

    def __init__(self, target: int) -> None:
        self.port = 0
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._is_cut = False
        self._flows = asyncio.Event()
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), name="line", daemon=True).start()
        ready.wait()

    def cut(self, seconds: float) -> None:
        """Break every connection now, and those that come within the time."""
        self._loop.call_soon_threadsafe(self._cut, seconds)

    def stall(self, seconds: float) -> None:
        """Pass nothing on for a while, with every connection left open: a half-open line."""
        self._loop.call_soon_threadsafe(self._stall, seconds)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._flows.set()
        ready.set()
        self._loop.run_forever()

    def _cut(self, seconds: float) -> None:
        self._is_cut = True
        for writer in self._open:
            writer.transport.abort()
        self._loop.call_later(seconds, self._mend)

    def _stall(self, seconds: float) -> None:
        self._flows.clear()
        self._loop.call_later(seconds, self._flows.set)

    def _mend(self) -> None:
        self._is_cut = False

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self._is_cut:
                raise ConnectionError
            there, back = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, back}
        await asyncio.gather(self._pass_on(reader, back), self._pass_on(there, writer))
        self._open -= {writer, back}

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
        writer.close()
