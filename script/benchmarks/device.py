"""The device lane: from a swipe to "claimed" on the page, part by part, and thirty swipes that waited for the computer.

With WAITING=0 in the environment the first is measured alone.

Site, desktop program, the person's browser and the employers are processes of this machine and share its clock.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from script.benchmarks.figures import print_machine, show, show_latencies
from script.benchmarks.harness import ROOT, Product, product, use_bench_database, wait_for

if TYPE_CHECKING:
    from selenium import webdriver

    from accounts.models import User

SWIPES = 20
WAITING = int(os.environ.get("WAITING", "30"))  # swipes while the computer is off
GOAL_P95 = 0.5  # seconds
RESUME = ROOT / "automation" / "demo" / "resume.pdf"
PARTS = ("commit", "notice", "claim", "page")
SWIPE = """
const [job, done] = arguments;
const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
window.claimed = 0;
document.addEventListener('feed', ({ detail }) => {
  if (detail.data.to === 'CLAIMED') window.claimed = Date.now();
});
const body = JSON.stringify({ job, direction: 'right', key: crypto.randomUUID() });
const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token };
const began = Date.now();
fetch('/api/v1/swipes/', { method: 'POST', headers, body }).then(() => done([began, Date.now()]));
"""


def prepare() -> "tuple[User, str, str]":
    """Make a person of the device lane; return them, the cookie of their session and a token for their computer."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from accounts.models import ApiToken, Candidate, User
    from accounts.services import add_resume, issue_token
    from automation.models import Device

    user = User.objects.create_user("ada@example.com", "swipe-right")
    Candidate.objects.create(
        user=user, first_name="Ada", last_name="Moreno", phone="+15125550142", city="Austin", region="TX",
        postal_code="78701", country="US", experience_years=8, undo_window=0, lane="device",
        work_authorization=[{"country": "US", "authorized": True, "needs_sponsorship": False}],
        consents={"privacy": True, "truthful": True},
    )  # fmt: skip
    user.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")
    add_resume(user=user, upload=SimpleUploadedFile("ada.pdf", RESUME.read_bytes()))
    token, secret = issue_token(user=user, name="bench", scope=ApiToken.Scope.DEVICE)
    Device.objects.create(user=user, token=token, name="bench")
    client = Client()
    client.force_login(user)
    return user, client.cookies["sessionid"].value, secret


def job(running: Product, slug: str, switches: str = "") -> int:
    from jobs.models import Company, Job

    company, _ = Company.objects.get_or_create(slug="meridian", defaults={"name": "Meridian Labs"})
    address = f"{running.employers}/meridian/jobs/{slug}/apply{switches}"
    return Job.objects.create(company=company, title=slug, description="", apply_url=address).pk


@contextmanager
def computer(site: str, secret: str) -> Iterator[Path]:
    """Run the desktop program; give the file that it logs to."""
    home = Path(tempfile.mkdtemp(prefix="jobswipe-bench-agent-"))
    (home / "token").write_text(secret)
    settings = {
        "JOBSWIPE_HOME": str(home), "JOBSWIPE_SITE": site, "JOBSWIPE_PACE": "fast", "JOBSWIPE_WINDOW": "never",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }  # fmt: skip
    with (home / "out").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "automation.agent", "run", "--plain"],
            cwd=ROOT, env={**os.environ, **settings}, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        yield home / "agent.log"
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def board(site: str, session: str) -> "Iterator[webdriver.Chrome]":
    """Open the person's applications in a browser, live."""
    from selenium import webdriver

    from automation.engine.browser.installed import driver_path

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver_path()))
    try:
        driver.get(site)
        driver.add_cookie({"name": "sessionid", "value": session})
        driver.get(f"{site}/jobs")  # its form sets the cookie against forged requests
        driver.get(f"{site}/applications")
        wait_for(lambda: driver.execute_script("return document.querySelector('live-feed').textContent") == "live")
        yield driver
    finally:
        driver.quit()


def swipe(driver: "webdriver.Chrome", job_id: int, log: Path) -> dict[str, float]:
    """Swipe on the page, wait until it shows "claimed" and the computer is done; return the parts in seconds."""
    from applications.models import Application

    seen = len(log.read_text().splitlines())
    began, _ = driver.execute_async_script(SWIPE, job_id)
    claimed = wait_for_value(lambda: driver.execute_script("return window.claimed"))
    application = Application.objects.get(swipe__job_id=job_id)
    wait_for(lambda: Application.objects.filter(pk=application.pk, status__in=("COMPLETED", "FAILED")).exists())
    heard = told(log.read_text().splitlines()[seen:], "There is work")
    queued = application.events.get(data__to="QUEUED").at.timestamp()
    taken = application.attempts.get().claimed_at.timestamp()
    stamps = [began / 1000, queued, heard, taken, claimed / 1000]
    return {name: max(stamps[n + 1] - stamps[n], 0) for n, name in enumerate(PARTS)} | {"all": stamps[-1] - stamps[0]}


def wait_for_value(ask: Callable[[], Any]) -> float:
    wait_for(lambda: bool(ask()))
    return float(ask())


def told(lines: list[str], words: str) -> float:
    """Return when the program logged the words first, in seconds since 1970."""
    line = next(line for line in lines if words in line)
    return datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S,%f").astimezone().timestamp()


def swipes_while_off(running: Product, user: "User", secret: str) -> None:
    """Swipe thirty times, turn the computer on, and wait until the last is done; print how it went."""
    import uuid

    from applications import services
    from applications.models import Swipe
    from automation.models import Attempt

    for number in range(WAITING):
        key = uuid.uuid4()
        services.swipe(actor=user, job_id=job(running, f"off-{number}"), direction=Swipe.Direction.RIGHT, key=key)
    mine = user.applications.filter(swipe__job__title__startswith="off-")
    began = time.monotonic()
    with computer(running.site, secret):
        wait_for(lambda: mine.filter(status="COMPLETED").count() == WAITING, seconds=600)
    seconds = time.monotonic() - began
    done = Attempt.objects.filter(application__in=mine, outcome="submitted").order_by("submit_started_at")
    in_order = [one.application_id for one in done] == sorted(mine.values_list("pk", flat=True))
    show("swiped while off: sent", len(done), at_least=WAITING)
    show("swiped while off: in order", int(in_order), at_least=1)
    show("swiped while off: for each", seconds / WAITING, "s")


def main() -> None:
    use_bench_database()
    with product("web", "employers") as running:
        user, session, secret = prepare()
        with computer(running.site, secret) as log, board(running.site, session) as driver:
            wait_for(lambda: log.exists() and "The line is live" in log.read_text())
            # A posting that is closed is done quickly; what is measured is over by then.
            jobs = [job(running, f"on-{number}", "?closed=1") for number in range(SWIPES + 1)]
            measured = [swipe(driver, one, log) for one in jobs][1:]
        print_machine()
        show_latencies("swipe to claimed on the page", [one["all"] for one in measured], goal_p95=GOAL_P95)
        for name in PARTS:
            show_latencies(f"  of it, {name}", [one[name] for one in measured])
        if WAITING:
            swipes_while_off(running, user, secret)


if __name__ == "__main__":
    main()
