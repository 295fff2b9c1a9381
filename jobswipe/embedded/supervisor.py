"""The supervisor: runs one server for as long as somebody holds it, and starts it again when it dies."""

import fcntl
import logging
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import FrameType

import psutil

from jobswipe.embedded.client import lock, lock_until_the_end
from jobswipe.embedded.programs import LOOPBACK, Program

LINGER = 3.0  # seconds without a user before the server stops: commands that follow one another share it
TICK = 0.1
PATIENCE = 15.0  # seconds that users have to end first when all are asked to at once
STOP_LIMIT = 30.0
LONGEST_PAUSE = 10.0  # seconds between two starts of a server that keeps dying

logger = logging.getLogger(__name__)


class Supervisor:
    """Keeps one server running. Use `run()`; it returns when the server has stopped."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.asked = 0  # times to stop
        self.child: subprocess.Popen[bytes] | None = None
        self.port = 0

    def run(self) -> None:
        try:
            # Held until this process is gone, and dropped by the kernel: who waits for the lock finds nothing left.
            lock_until_the_end(self.program.folder / "supervisor.lock")
        except BlockingIOError:
            return  # another one was quicker
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._end_leftover()
        self.program.prepare()
        self.port = self._choose_port()
        try:
            self._keep_running()
            self._let_users_end()
        finally:
            self._stop_child()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        # Without a lock, as an event has: this may come while the last one is handled, or while that lock is held.
        self.asked += 1

    def _let_users_end(self) -> None:
        """A session or a container that stops asks everybody at once: who uses the server goes first.

        Asked a second time, it waits no more.
        """
        latest = time.monotonic() + PATIENCE
        while self._is_held() and time.monotonic() < latest and self.asked < 2:
            time.sleep(TICK)

    def _is_stopped_within(self, seconds: float) -> bool:
        """Wait; return as soon as it is asked to stop, and whether it was."""
        until = time.monotonic() + seconds
        while not self.asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, TICK))
        return self.asked > 0

    def _keep_running(self) -> None:
        pause, unused_since = 0.0, time.monotonic()
        while not self._is_stopped_within(TICK):
            if self.child is None or self.child.poll() is not None:  # poll() reaps it: a zombie would bar the restart
                self._is_stopped_within(pause)
                pause = min(max(2 * pause, 0.5), LONGEST_PAUSE)
                self._start_child()
            elif time.monotonic() - unused_since > 2 * LONGEST_PAUSE:
                pause = 0.0
            if self._is_held():
                unused_since = time.monotonic()
            elif time.monotonic() - unused_since > LINGER and self._bar_new_users():
                return

    def _start_child(self) -> None:
        logger.info("Starting %s on port %s", self.program.name, self.port)
        self.child = subprocess.Popen(
            self.program.command(self.port), stdin=subprocess.DEVNULL, cwd=self.program.folder
        )
        self._file("server.pid").write_text(str(self.child.pid))
        url = self.program.url(self.port)
        while not self._is_stopped_within(TICK / 5) and self.child.poll() is None:
            if self.program.answers(url):
                self.program.once_ready(url)
                self._publish(url)
                return

    def _publish(self, url: str) -> None:
        """Tell users the address, whole or not at all."""
        draft = self._file("address.new")
        draft.touch(mode=0o600)
        draft.write_text(url)
        draft.replace(self._file("address"))

    def _is_held(self) -> bool:
        try:
            lock(self._file("users.lock"), fcntl.LOCK_EX | fcntl.LOCK_NB).close()
        except BlockingIOError:
            return True
        return False

    def _bar_new_users(self) -> bool:
        """Take the users' lock for good, so that who comes now waits until this server is gone; False if one came."""
        try:
            self._bar = lock(self._file("users.lock"), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _stop_child(self) -> None:
        self._file("address").unlink(missing_ok=True)
        if self.child and self.child.poll() is None:
            self.child.send_signal(self.program.stop_signal)
            try:
                self.child.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        self._file("server.pid").unlink(missing_ok=True)

    def _end_leftover(self) -> None:
        """Stop the server of a supervisor that was killed, known by its pid and the folder that it works in.

        Its command line does not tell: Valkey writes its address there.
        """
        self._file("address").unlink(missing_ok=True)
        try:
            process = psutil.Process(int(self._file("server.pid").read_text()))
            if Path(process.cwd()).is_relative_to(self.program.folder.resolve()):
                process.send_signal(self.program.stop_signal)
                process.wait(STOP_LIMIT)
        except (FileNotFoundError, ValueError, psutil.Error):
            return  # there is none

    def _choose_port(self) -> int:
        """Return the port of the last time if it is free, else one that is."""
        path = self._file("port")
        for port in (int(path.read_text()) if path.exists() else 0, 0):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((LOOPBACK, port))
                except OSError:
                    continue
                path.write_text(str(probe.getsockname()[1]))
                break
        return int(path.read_text())

    def _file(self, name: str) -> Path:
        return self.program.folder / name
