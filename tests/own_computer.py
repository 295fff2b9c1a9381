"""A person's own computer for tests: the desktop program as a wheel in an environment of its own, and its line."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from websockets.sync.client import connect

from accounts.models import ApiToken, User
from accounts.services import issue_token
from automation.agent.outbox import Outbox
from automation.agent.overview import overview
from automation.devices.pairing import decide
from automation.engine.browser.orphans import reap_orphans
from automation.models import Device
from tests.processes import PATIENCE, ROOT, until

QUICK = {
    "JOBSWIPE_PACE": "fast",
    "JOBSWIPE_WINDOW": "never",
    "JOBSWIPE_SYNC": "2",
    "JOBSWIPE_YOUR_TURN": "0",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    "COLUMNS": "200",
}


@pytest.fixture(scope="session")
def agent_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed `jobswipe-agent`: built as a wheel, in an environment that has nothing of the site.

    AGENT_PYTHON names another Python for it than the one that runs the tests (`script/pythons`).
    """
    folder = tmp_path_factory.mktemp("agent")
    run = [sys.executable, "-m"]
    subprocess.run(
        [*run, "build", "--no-isolation", "--wheel", "--outdir", folder, ROOT / "desktop"],
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    environment, chosen = folder / "environment", os.environ.get("AGENT_PYTHON", sys.executable)
    subprocess.run([*run, "uv", "venv", "--quiet", "--python", chosen, environment], check=True)
    python = environment / "bin" / "python"
    subprocess.run([*run, "uv", "pip", "install", "--quiet", "--python", python, wheel], check=True)
    return environment / "bin" / "jobswipe-agent"


class Computer:
    """A computer with the program on it; `site` is the address at which it reaches the site."""

    def __init__(self, program: Path, home: Path, site: str) -> None:
        self.program = program
        self.home = home
        self.site = site
        self._running: subprocess.Popen[bytes] | None = None
        home.mkdir()

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a command; what it says is in `said`."""
        with (self.home / f"{arguments[0]}.out").open("ab") as output:
            return subprocess.Popen(
                [self.program, *arguments],
                cwd=self.home,
                env={**os.environ, **QUICK, "JOBSWIPE_HOME": str(self.home / "data"), **more},
                stdout=output,
                stderr=output,
            )

    def said(self, command: str) -> str:
        path = self.home / f"{command}.out"
        return path.read_text() if path.exists() else ""

    def do(self, *arguments: str) -> str:
        """Run a command to its end, which must be a good one, and return all that it has said."""
        code = self.start(*arguments).wait(PATIENCE)
        assert code == 0, self.said(arguments[0])
        return self.said(arguments[0])

    def pair(self, user: User) -> None:
        """Make it one of the person's, as if it had been signed in before."""
        token, secret = issue_token(user=user, name=self.home.name, scope=ApiToken.Scope.DEVICE)
        Device.objects.create(user=user, token=token, name=self.home.name)
        data = self.home / "data"
        data.mkdir()
        (data / "token").write_text(secret)
        (data / "settings.json").write_text(json.dumps({"site": self.site}))

    def sign_in(self, user: User) -> None:
        """Sign it in as its person does, who approves the code."""
        login = self.start("login", self.site, "--name", self.home.name, "--no-browser")
        said = until(lambda: self.said("login") if "code:" in self.said("login") else "", "it shows a code")
        code = said.partition("code: ")[2].split()[0]
        decide(actor=user, user_code=code, address="127.0.0.1", approve=True)
        assert login.wait(PATIENCE) == 0, self.said("login")

    # ---------------------------------------------------------------- on and off

    def turn_on(self, **settings: str) -> None:
        self._running = self.start("run", "--plain", **settings)

    def turn_off(self) -> int:
        """Ask the program to end, and return its exit code."""
        running = self._running
        assert running
        if running.poll() is None:
            running.terminate()
        self._running = None
        return running.wait(PATIENCE)

    def pull_the_plug(self) -> None:
        """End the program and its browsers as a power cut does."""
        running = self._running
        assert running
        running.send_signal(signal.SIGKILL)
        running.wait(PATIENCE)
        reap_orphans()
        self._running = None

    def wait_until_it_ends(self) -> int:
        assert self._running
        return self._running.wait(PATIENCE)

    def in_the_window(self, script: str) -> Any:
        """Do something in the browser that works here, as the person in front of it, and return what comes of it."""
        assert self._running
        [port] = Path(tempfile.gettempdir()).glob(f"jobswipe-browser-{self._running.pid}-*/DevToolsActivePort")
        address = f"127.0.0.1:{port.read_text().split()[0]}"
        pages = requests.get(f"http://{address}/json/list", timeout=PATIENCE).json()
        [page] = [one for one in pages if one["type"] == "page" and one["url"].startswith("http")]
        with connect(page["webSocketDebuggerUrl"], proxy=None, open_timeout=PATIENCE) as socket:
            asked = {"expression": script, "returnByValue": True}
            socket.send(json.dumps({"id": 1, "method": "Runtime.evaluate", "params": asked}))
            return json.loads(socket.recv(PATIENCE))["result"]["result"].get("value")

    @property
    def is_on(self) -> bool:
        return self._running is not None and self._running.poll() is None

    @property
    def status(self) -> dict[str, Any]:
        """What `status --json` says, without starting a process each time that a test looks."""
        with closing(Outbox(self.home / "data")) as outbox:
            return overview(outbox, self.site).as_json()


class Line:
    """The line from a computer to the site, a process of its own; see `tests.line`."""

    def __init__(self, site: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.line", str(urlsplit(site).port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.site = f"http://127.0.0.1:{self._read()}"

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def say(self, command: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        assert self._read() == "ok"

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


NewComputer = Callable[..., Computer]


@pytest.fixture
def new_computer(agent_program: Path, tmp_path: Path, site: str, transactional_db: None) -> Iterator[NewComputer]:
    """Make computers; what still runs at the end is ended."""
    made: list[Computer] = []

    def make(name: str = "laptop", at: str = site) -> Computer:
        made.append(Computer(agent_program, tmp_path / name, at))
        return made[-1]

    yield make
    for computer in made:
        if computer.is_on:
            computer.pull_the_plug()
    reap_orphans()


@pytest.fixture
def line(site: str) -> Iterator[Line]:
    """A line to the site that can be cut."""
    with ExitStack() as stack:
        line = Line(site)
        stack.callback(line.close)
        yield line
