"""The site hands out the desktop program by itself."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.test import Client

from tests.processes import ROOT


def test_the_page_names_the_newest_build_for_the_system_that_asks(
    client: Client, tmp_path: Path, settings: Any, db: None
) -> None:
    settings.WHEELS_DIR = tmp_path
    assert "is being built" in client.get("/download").content.decode()
    for version in ("0.9.0", "0.10.0"):
        (tmp_path / f"jobswipe_agent-{version}-py3-none-any.whl").write_bytes(version.encode())
    (tmp_path / "jobswipe_agent-nonsense.whl").write_bytes(b"")
    name = "jobswipe_agent-0.10.0-py3-none-any.whl"
    mac = {"HTTP_USER_AGENT": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"}
    page = client.get("/download", **mac).content.decode()  # type: ignore[arg-type]
    assert f"pipx install {settings.SITE_URL}/download/{name}" in page
    assert "brew install python@3.13 pipx<br>pipx ensurepath" in page
    assert f"jobswipe-agent login {settings.SITE_URL}" in page
    assert '<details class="box" open><summary><strong>macOS' in page
    assert client.get(f"/download/{name}").content == b"0.10.0"
    for other in ("jobswipe_agent-9.9.9-py3-none-any.whl", "..%2Fsecret-key", "secret-key"):
        assert client.get(f"/download/{other}").status_code == 404


def test_the_build_that_is_handed_out_is_the_program(tmp_path: Path) -> None:
    environment = {**os.environ, "WHEELS_DIR": str(tmp_path)}
    subprocess.run(["script/wheel"], cwd=ROOT, env=environment, check=True, capture_output=True)
    [wheel] = tmp_path.glob("jobswipe_agent-*.whl")
    listed = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", str(wheel)], capture_output=True, text=True, check=True
    )
    assert "automation/engine/run.py" in listed.stdout
    assert "automation/models.py" not in listed.stdout
