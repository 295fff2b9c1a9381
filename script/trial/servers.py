"""A PostgreSQL and a Valkey of the trial's own, which it stops, kills and wipes."""

import shutil
import signal
import socket
import subprocess
import time

from jobswipe.embedded.programs import LOOPBACK, Program

START_LIMIT = 60.0  # seconds; a recovery after a crash may take some


class Server:
    """One server under the trial's own hand, on the same port from start to start."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        program.folder.mkdir(parents=True)
        program.prepare()
        with socket.create_server((LOOPBACK, 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self.url = program.url(self.port)

    def start(self) -> None:
        """Start it, and again should it end by itself, until it answers."""
        deadline = time.monotonic() + START_LIMIT
        while not self._is_up():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self._program.name} does not start: {self._program.folder / 'log'}")
            time.sleep(0.05)
        self._program.once_ready(self.url)

    def _is_up(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            with (self._program.folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    self._program.command(self.port), stdout=log, stderr=log, cwd=self._program.folder
                )
        return self._program.answers(self.url)

    def stop(self) -> None:
        self._end(self._program.stop_signal)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def wipe(self) -> None:
        """Remove what Valkey has kept. Only while it is stopped."""
        shutil.rmtree(self._program.folder / "appendonlydir", ignore_errors=True)

    def _end(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(number)
            self._process.wait(START_LIMIT)
