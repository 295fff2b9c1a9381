"""`script/server` brings the whole product up, says where it is, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import psutil
import requests

from tests.processes import PATIENCE, ROOT, free_port, until


def leftovers(data: Path) -> list[str]:
    """Return the command lines of what still runs on this folder."""
    lines = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("DATA_DIR") == str(data) and process.status() != psutil.STATUS_ZOMBIE:
                lines.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return lines


def supervisors(data: Path) -> list[psutil.Process]:
    """Return what keeps PostgreSQL and Valkey running there."""
    return [
        one for one in psutil.process_iter(["cmdline"])
        if "supervise" in (line := one.info["cmdline"] or []) and any(part.startswith(str(data)) for part in line)
    ]  # fmt: skip


def test_it_answers_says_how_to_sign_in_and_stops_all_it_started(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {"PORT": str(port), "SANDBOX_PORT": str(free_port()), "DATA_DIR": str(tmp_path / "data")}
    with log.open("wb") as output:
        server = subprocess.Popen([ROOT / "script" / "server"], env=environment, stdout=output, stderr=output)
    try:
        until(lambda: f"JobSwipe is at http://127.0.0.1:{port}" in log.read_text(), f"it is up:\n{log}")
        assert "demo@jobswipe.example" in log.read_text()
        assert "Swipe right" in requests.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE).text
        assert requests.get(f"http://127.0.0.1:{port}/nowhere", timeout=PATIENCE).status_code == 404
        ready = f"http://127.0.0.1:{port}/readyz"
        until(lambda: requests.get(ready, timeout=PATIENCE).status_code == 200, "worker and beat are there")
        until(lambda: "Not Found: /nowhere" in log.read_text(), "what is not there is noted")
    finally:
        for pid in (server.pid, *(one.pid for one in supervisors(tmp_path / "data"))):  # as a session that ends does
            os.kill(pid, signal.SIGTERM)
    assert server.wait(PATIENCE) == 0
    assert "Traceback" not in log.read_text(), "somebody lost a server under their feet"
    assert log.read_text().count("Not Found: /nowhere") == 1
    assert "[queues]" not in log.read_text()  # a banner would push the address off the screen
    until(lambda: leftovers(tmp_path / "data") == [], "nothing is left")


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [ROOT / "script" / "server"],
            env={**os.environ, "PORT": str(port), "DATA_DIR": str(tmp_path)},
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
