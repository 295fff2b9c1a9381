"""The servers that come along: started once, shared, back after a crash, gone after the last user."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil
import psycopg
import pytest
import redis

from jobswipe.embedded.client import ServerUnavailable, hold
from jobswipe.embedded.programs import Postgres, Valkey
from tests.processes import ROOT, until

SOON = 12.0  # seconds: less than is left of `supervisor.PATIENCE`, for which users are waited for
HOLD = (
    "import sys, time; from pathlib import Path; from jobswipe.embedded import servers;"
    "held = servers(Path(sys.argv[1])); print(held.database_url, held.redis_url, flush=True); sys.stdin.read()"
)


class User:
    """Another process that holds both servers until it is let go, or killed."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        output: IO[str] = self.process.stdout  # type: ignore[assignment]  # it is a pipe
        self.database_url, self.redis_url = output.readline().split()

    def let_go(self) -> None:
        self.process.communicate()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for servers; whatever runs from it at the end is stopped, by pid."""
    yield tmp_path
    for process in 2 * supervisors(tmp_path):
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    until(lambda: not supervisors(tmp_path), "the servers are stopped")


def supervisors(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["cmdline"]):
        arguments = process.info["cmdline"] or []
        if "jobswipe.embedded" in arguments and any(one.startswith(str(folder)) for one in arguments):
            found.append(process)
    return found


def server_pid(folder: Path, name: str) -> int:
    return int((folder / name / "server.pid").read_text() or 0)  # empty while it is written


def answers(database_url: str) -> bool:
    try:
        psycopg.connect(database_url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def test_two_users_share_servers_that_stop_after_the_last(folder: Path) -> None:
    first, second = User(folder), User(folder)
    assert (first.database_url, first.redis_url) == (second.database_url, second.redis_url)
    assert len(supervisors(folder)) == 2
    first.let_go()
    assert answers(second.database_url)
    second.kill()  # a user that was killed has let go too
    until(lambda: not supervisors(folder), "the servers stop")
    assert not answers(second.database_url)


def test_servers_that_are_asked_to_stop_let_their_users_go_first(folder: Path) -> None:
    user = User(folder)
    asked = supervisors(folder)
    for process in asked:
        process.terminate()
    assert psutil.wait_procs(asked, timeout=1)[0] == []
    assert answers(user.database_url)
    user.let_go()
    until(lambda: not supervisors(folder), "the servers are gone with their user", SOON)


def test_servers_that_are_asked_twice_wait_for_nobody(folder: Path) -> None:
    user = User(folder)

    def are_gone() -> bool:
        """Ask, time and again: two signals are one to a process that had no time between them."""
        for process in (asked := supervisors(folder)):
            with suppress(psutil.NoSuchProcess):
                process.terminate()
        return not asked

    until(are_gone, "the servers are gone", SOON)
    user.let_go()


def test_what_was_kept_is_there_at_the_next_start(folder: Path) -> None:
    user = User(folder)
    with psycopg.connect(user.database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    user.let_go()
    until(lambda: not supervisors(folder), "the servers stop")
    user = User(folder)
    with psycopg.connect(user.database_url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    user.let_go()


def test_a_killed_postgresql_comes_back_with_what_it_acknowledged(folder: Path) -> None:
    user = User(folder)
    with psycopg.connect(user.database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        for number in range(50):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
        os.kill(server_pid(folder, "postgres"), signal.SIGKILL)
    until(lambda: answers(user.database_url), "it answers again, at the same address")
    with psycopg.connect(user.database_url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (50,)
    user.let_go()


def test_a_killed_valkey_comes_back(folder: Path) -> None:
    user = User(folder)
    killed = server_pid(folder, "valkey")
    os.kill(killed, signal.SIGKILL)
    until(lambda: server_pid(folder, "valkey") not in {0, killed}, "it is started again")
    until(lambda: Valkey(folder / "valkey").answers(user.redis_url), "it answers again")
    user.let_go()


def test_the_server_of_a_killed_supervisor_is_taken_over(folder: Path) -> None:
    user = User(folder)
    for process in supervisors(folder):
        process.kill()
    until(lambda: not supervisors(folder), "the supervisors are gone")
    orphans = [server_pid(folder, name) for name in ("postgres", "valkey")]
    again = User(folder)
    assert answers(again.database_url)
    user.let_go()
    again.let_go()
    until(lambda: not supervisors(folder), "the servers stop")
    until(lambda: not any(map(psutil.pid_exists, orphans)), "so are the servers that they had left")


def test_a_taken_port_is_left_to_its_owner(folder: Path) -> None:
    (folder / "postgres").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (folder / "postgres" / "port").write_text(str(port))
        user = User(folder)
        assert f":{port}/" not in user.database_url
    user.let_go()


def test_only_the_owner_can_read_the_passwords(folder: Path) -> None:
    user = User(folder)
    for path in ("postgres/password", "postgres/address", "valkey/password", "valkey/address", "valkey/valkey.conf"):
        assert (folder / path).stat().st_mode & 0o077 == 0, path
    wrong = user.redis_url.replace("redis://:", "redis://:not-")
    with pytest.raises(redis.AuthenticationError), redis.Redis.from_url(wrong) as client:
        client.ping()
    user.let_go()


def test_a_server_that_does_not_start_says_why_and_what_to_do(folder: Path) -> None:
    class Broken(Postgres):
        name = "broken"

    with pytest.raises(ServerUnavailable, match=r"(?s)Set DATABASE_URL .*KeyError: 'broken'") as error:
        hold(Broken(folder / "broken"))
    assert str(folder / "broken" / "log") in str(error.value)
