"""A line between two programs that can be cut: `python -m tests.line PORT` forwards to that port of this machine.

It prints the port at which it listens, then obeys one command a line on stdin and answers "ok" to each:
`open` lets everything through; `cut` breaks what is open and whatever comes; `without A B` breaks a connection as
soon as something that it sends has A or B in it.
"""

import asyncio
import sys
from contextlib import suppress


class Line:
    """Forwards TCP connections on loopback."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._is_cut = False
        self._forbidden: list[bytes] = []
        self._open: set[asyncio.StreamWriter] = set()

    def obey(self, command: str) -> None:
        name, *words = command.split()
        self._is_cut = name == "cut"
        self._forbidden = [word.encode() for word in words]
        if name != "open":
            for writer in self._open:
                writer.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        with suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
            ends = {writer, far_writer}
            self._open |= ends
            await asyncio.gather(self._forward(reader, far_writer), self._forward(far_reader, writer))
            self._open -= ends
        writer.transport.abort()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if any(word in data for word in self._forbidden):
                    break
                writer.write(data)
                await writer.drain()
        writer.transport.abort() if self._forbidden else writer.close()


async def main(target: int) -> None:
    line = Line(target)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while command := await asyncio.to_thread(sys.stdin.readline):
        line.obey(command)
        print("ok", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
