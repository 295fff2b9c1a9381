"""How long an event takes from its commit to the page: a real board in Chromium, over the WebSocket."""

import time
import uuid
from typing import TYPE_CHECKING

from script.benchmarks.figures import print_machine, show, show_latencies
from script.benchmarks.harness import product, use_bench_database

if TYPE_CHECKING:
    from applications.models import Application

EVENTS = 200
GAP = 0.05  # seconds between two events
GOAL_P95 = 0.1  # seconds


def prepare() -> "tuple[Application, str]":
    """Make a person with one application; return it and the cookie of their session."""
    from django.test import Client

    from accounts.models import Candidate, User
    from applications import services
    from applications.models import Application, Swipe
    from jobs.models import Company, Job

    user = User.objects.create_user("ada@example.com", "swipe-right")
    Candidate.objects.create(user=user, undo_window=None)
    job = Job.objects.create(
        company=Company.objects.create(name="Acme", slug="acme"),
        title="Job",
        description="",
        apply_url="http://127.0.0.1:9/",
    )
    services.swipe(actor=user, job_id=job.pk, direction=Swipe.Direction.RIGHT, key=uuid.uuid4())
    client = Client()
    client.force_login(user)
    return Application.objects.get(), client.cookies["sessionid"].value


def main() -> None:
    use_bench_database()
    with product("web") as running:
        from selenium import webdriver

        from applications.machine import record
        from applications.models import Event
        from automation.engine.browser.installed import driver_path

        application, session = prepare()
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"):
            options.add_argument(argument)
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver_path()))
        try:
            driver.get(running.site)
            driver.add_cookie({"name": "sessionid", "value": session})
            driver.get(f"{running.site}/applications")
            driver.execute_script(
                "window.seen = {};"
                "document.addEventListener('feed', ({ detail }) => { window.seen[detail.seq] = Date.now(); })"
            )
            while driver.execute_script("return document.querySelector('live-feed').textContent") != "live":
                time.sleep(0.05)
            committed = {}
            for number in range(EVENTS):
                seq = record(application, Event.Type.STEP, {"step": "bench", "message": "", "percent": number % 100})
                committed[seq] = time.time()
                time.sleep(GAP)
            time.sleep(1)
            seen = driver.execute_script("return window.seen")
        finally:
            driver.quit()
    print_machine()
    latencies = [max(seen[str(seq)] / 1000 - at, 0) for seq, at in committed.items() if str(seq) in seen]
    show_latencies("commit to page", latencies, goal_p95=GOAL_P95)
    show("arrived", len(latencies), at_least=EVENTS)


if __name__ == "__main__":
    main()
