"""The product through a real PgBouncer in transaction mode, where one connection serves many in turn."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import requests
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.services import issue_token
from applications.models import Application
from jobs.models import Company
from jobswipe import rows
from jobswipe.embedded.programs import Postgres
from tests.conftest import make_job
from tests.processes import PATIENCE, Process, answers, free_port, until

CONNECTIONS = 3  # to the server, for everybody together
SWIPES = 24


@pytest.fixture
def pooler(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """The address of the tests' database through a pooler."""
    name, user, password, host, port = (
        connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    )
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "PgBouncer is not installed: script/bootstrap dev"
    own = free_port()
    (tmp_path / "users").write_text(f'"{user}" "{password}"\n')
    (tmp_path / "pgbouncer.ini").write_text(
        f"[databases]\n{name} = host={host} port={port} dbname={name}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {own}\nunix_socket_dir =\n"
        f"auth_type = scram-sha-256\nauth_file = {tmp_path / 'users'}\n"
        f"pool_mode = transaction\ndefault_pool_size = {CONNECTIONS}\nmax_client_conn = 100\n"
    )
    with (tmp_path / "pgbouncer.log").open("wb") as log:
        process = subprocess.Popen(
            Postgres._as_no_root([program, str(tmp_path / "pgbouncer.ini")]), stdout=log, stderr=log
        )
    url = f"postgresql://{user}:{password}@127.0.0.1:{own}/{name}"
    try:
        until(lambda: answers_sql(url), "PgBouncer answers")
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def in_a_process(code: str, pooler: str) -> subprocess.CompletedProcess[str]:
    """Run the code as a process of the product that has the pooler in between, whose address is its argument."""
    return subprocess.run(
        [sys.executable, "-c", code, pooler],
        env={**os.environ, "DATABASE_URL": pooler, "DATABASE_POOLER": "1",
             "DJANGO_SETTINGS_MODULE": "jobswipe.settings", "DEBUG": "1", "REDIS_URL": "redis://127.0.0.1:9"},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def answers_sql(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def test_swipes_pages_and_files_come_through(pooler: str, alice: User, tmp_path: Path) -> None:
    jobs = [make_job() for _ in range(SWIPES)]
    token = issue_token(user=alice, name="test")[1]
    client = Client()
    client.force_login(alice)
    port = free_port()
    web = Process(
        "uvicorn", "jobswipe.asgi:application", "--port", str(port), "--timeout-graceful-shutdown", "1",
        log=tmp_path / "log", DATABASE_URL=pooler, DATABASE_POOLER="1",
    )  # fmt: skip
    site = f"http://127.0.0.1:{port}"

    def swipe(job_id: int) -> int:
        return requests.post(
            f"{site}/api/v1/swipes/",
            json={"job": job_id, "direction": "right", "key": str(uuid4())},
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE,
        ).status_code

    try:
        until(lambda: answers(f"{site}/healthz"), "the site answers")
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(swipe, [job.pk for job in jobs])) == {201}
        assert Application.objects.filter(user=alice).count() == SWIPES
        cookies = {"sessionid": client.cookies["sessionid"].value}
        for path, has in (("/applications", "Engineer"), ("/applications.csv", "Meridian"), ("/jobs?q=nothing", "")):
            page = requests.get(f"{site}{path}", cookies=cookies, timeout=PATIENCE)
            assert (page.status_code, has in page.text) == (200, True), path
        feed = requests.get(
            f"{site}/api/v1/events/", headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE
        ).json()
        assert [event["seq"] for event in feed["events"]] == list(range(1, 2 * SWIPES + 1))
    finally:
        web.stop()


CHORES = """
import django
django.setup()
from django.db import connection
from jobswipe.locks import only_one
for _ in range(20):
    with only_one("chore") as outer, only_one("chore") as inner, only_one("another") as another:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        print(outer, inner, another)
"""

READING_ON = """
import sys
import django
django.setup()
import psycopg
from jobs.models import Company
url = sys.argv[1]
rows = Company.objects.order_by("id").iterator(chunk_size=2)
first = next(rows)  # what the server keeps of this, if anything, is with one of its connections
others = [psycopg.connect(url) for _ in range(3)]
has_cursor = [one.execute("SELECT count(*) FROM pg_cursors WHERE is_holdable").fetchone() != (0,) for one in others]
others[has_cursor.index(False)].commit()  # the one that is free now is another
print(first.name, *(row.name for row in rows))
"""

HELD = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE locktype = 'advisory' AND datname = current_database()
"""


def test_a_chore_is_one_processs_and_is_let_go_of(pooler: str) -> None:
    done = in_a_process(CHORES, pooler)
    assert done.stdout.splitlines() == ["True False True"] * 20, done.stderr
    assert rows.run(HELD, []) == [(0,)]


def test_rows_are_read_on_over_another_connection(pooler: str) -> None:
    Company.objects.bulk_create(Company(name=name, slug=name) for name in "abcdef")
    done = in_a_process(READING_ON, pooler)
    assert done.stdout == "a b c d e f\n", done.stderr


def test_without_a_pooler_what_comes_often_is_prepared(db: None) -> None:
    for number in range(8):
        rows.run("SELECT %b::int + 4711", [number])
    assert rows.run("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %b", ["%4711%"]) == [(1,)]
