"""`python -m automation.engine.apply`: its arguments, its JSON, its exit codes, and that it leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest

from automation.engine.browser.orphans import NAME
from tests.engine.conftest import ADA
from tests.engine.site import Reply, Site, document
from tests.processes import PATIENCE, ROOT, Employers, until

KEYS = {
    "outcome", "confirmation", "company_script", "url", "final_url", "message", "fields", "questions", "evidence", "seconds",
}  # fmt: skip


@pytest.fixture
def candidate_file(tmp_path: Path) -> Path:
    path = tmp_path / "candidate.json"
    path.write_text(json.dumps(ADA))
    return path


def command(url: str, candidate: Path, resume: Path, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "automation.engine.apply", url,
        "--candidate", str(candidate), "--resume", str(resume), "--pace", "fast", *more,
    ]  # fmt: skip


def run(*arguments: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)


def browsers_of(pid: int) -> list[psutil.Process]:
    mark = f"{NAME}browser-{pid}-"
    return [one for one in psutil.process_iter(["cmdline"]) if mark in " ".join(one.info["cmdline"] or [])]


def test_an_application_prints_one_json_object(
    employers: Employers, candidate_file: Path, resume: Path, tmp_path: Path
) -> None:
    url = f"{employers.url}/meridian/jobs/by-command"

    done = run(url, candidate_file, resume, "--json", "--evidence", str(tmp_path / "kept"))

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told) == KEYS
    assert (told["outcome"], told["confirmation"], told["company_script"]) == ("submitted", "response", "generic@1")
    assert (told["url"], told["final_url"]) == (url, f"{url}/thanks")
    assert set(told["fields"][0]) == {"label", "kind", "required", "value", "source"}
    assert {one["source"] for one in told["fields"]} <= {"profile", "answer", "resume", "default", "skipped"}
    assert sorted(told["evidence"]) == sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert "Opening the posting" in done.stderr
    assert len(employers.inbox("by-command")) == 1


def test_questions_come_back_with_exit_code_4(employers: Employers, candidate_file: Path, resume: Path) -> None:
    done = run(f"{employers.url}/meridian/jobs/asked?ask=1", candidate_file, resume, "--json")

    assert done.returncode == 4
    told = json.loads(done.stdout)
    assert told["questions"] == [
        {
            "label": "What is your favourite constellation, and why?",
            "kind": "longtext",
            "options": [],
            "required": True,
            "why": "unknown",
        }
    ]
    assert employers.inbox("asked") == []


def test_without_json_it_prints_a_short_summary(pages: Site, candidate_file: Path, resume: Path) -> None:
    url = pages.form("<label>E-mail <input name=email></label><input name=cv type=file aria-label=Resume>")

    done = run(url, candidate_file, resume, "--dry-run")

    assert done.returncode == 0
    assert done.stdout.startswith("dry_run: ")
    assert pages.sent == []


def test_the_other_driver_does_the_same(pages: Site, candidate_file: Path, resume: Path) -> None:
    url = pages.form("<label>E-mail <input name=email></label><input name=cv type=file aria-label=Resume>")

    done = run(url, candidate_file, resume, "--json", "--driver", "undetected")

    assert json.loads(done.stdout)["outcome"] == "submitted", done.stderr
    assert pages.sent[0]["email"] == "ada@example.com"


def test_a_failure_says_why_and_whether_to_retry(candidate_file: Path, resume: Path) -> None:
    done = run("http://127.0.0.1:9/jobs/1", candidate_file, resume, "--json")

    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["outcome"], told["failure_kind"], told["retryable"]) == ("failed", "network", True)


def test_a_cover_letter_goes_into_its_field(pages: Site, candidate_file: Path, resume: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear team,\nI build maps.")
    url = pages.form(
        "<label>E-mail <input name=email></label><input name=cv type=file aria-label=Resume>"
        "<label>Cover letter <textarea name=letter></textarea></label>"
    )

    assert run(url, candidate_file, resume, "--cover-letter", str(letter)).returncode == 0
    assert pages.sent[0]["letter"] == "Dear team,\r\nI build maps."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "ftp://example.com/job"}, "not an http"),
        ({"url": "not-a-url"}, "not an http"),
        ({"resume": "/nowhere/resume.pdf"}, "/nowhere/resume.pdf"),
        ({"candidate": "/nowhere/candidate.json"}, "/nowhere/candidate.json"),
        ({"more": ["--company", "initech"]}, "initech"),
        ({"more": ["--without", "lever,initech"]}, "initech"),
        ({"more": ["--proxy", "http://user:secret@127.0.0.1:8080"]}, "without a user or password"),
        ({"more": ["--pace", "reckless"]}, "reckless"),
        ({"more": ["--cover-letter", "/nowhere/letter.txt"]}, "/nowhere/letter.txt"),
    ],
)
def test_a_bad_argument_ends_with_2_and_a_line_that_names_it(
    changes: dict[str, Any], said: str, candidate_file: Path, resume: Path
) -> None:
    url = changes.get("url", "http://127.0.0.1:9/")
    more = changes.get("more", [])

    done = run(url, changes.get("candidate", candidate_file), changes.get("resume", resume), *more)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.splitlines()[-1]
    assert "secret" not in done.stderr.replace("user:secret", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "should be an object"),
        (json.dumps({**ADA, "shoe_size": 9, "frist_name": "Ada"}), "unknown keys: shoe_size, frist_name"),
        (json.dumps({**ADA, "address": {"planet": "Earth"}}), "address.planet"),
        (json.dumps({"first_name": "Ada"}), "last_name is missing"),
        (json.dumps({**ADA, "experience_years": "eight"}), "experience_years should be a number"),
        (json.dumps({**ADA, "earliest_start": "soon"}), "earliest_start should be a date"),
        (json.dumps({**ADA, "work_mode": "moon"}), "work_mode should be"),
    ],
)
def test_a_wrong_candidate_ends_with_2_and_names_the_key(
    text: str, said: str, resume: Path, candidate_file: Path
) -> None:
    candidate_file.write_text(text)

    done = run("http://127.0.0.1:9/", candidate_file, resume, "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_browser_too(sign: signal.Signals, pages: Site, candidate_file: Path, resume: Path) -> None:
    url = _slow_page(pages)
    process = subprocess.Popen(
        command(url, candidate_file, resume), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until(lambda: len(browsers_of(process.pid)) > 2, "the browser is up")

    process.send_signal(sign)

    assert process.wait(PATIENCE) != 0
    assert browsers_of(process.pid) == []


def test_the_browser_of_a_killed_owner_is_reaped_by_the_next_run(
    pages: Site, candidate_file: Path, resume: Path
) -> None:
    process = subprocess.Popen(
        command(_slow_page(pages), candidate_file, resume),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: len(browsers_of(process.pid)) > 2, "the browser is up")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    run("http://127.0.0.1:9/", candidate_file, resume)

    assert browsers_of(process.pid) == []


def _slow_page(pages: Site) -> str:
    pages.pages["/slow"] = Reply(document("<p>At last"), wait=threading.Event())
    return f"{pages.url}/slow"
