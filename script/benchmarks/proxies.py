"""What a way out costs: leases a second, milliseconds for one, and the time to fill a form directly and by an exit."""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from automation.sandbox.trials import PERSON
from script.benchmarks.engine import QuietHost
from script.benchmarks.figures import percentile, print_machine, show
from script.benchmarks.harness import ROOT, answers, use_bench_database, wait_for

if TYPE_CHECKING:
    from proxies.models import ProxyLease

PORT = 8974
WORKERS, EXITS, HOSTS, PEOPLE, LEASES = 20, 50, 10, 250, 1000
PARALLEL, HOST_PARALLEL, HOST_PER_HOUR = 3, 2, 9
# Limits of each employer that are counted, and so high that none of the leases has to wait for them.
MANY_APPLICATIONS = {
    "POLITE_PARALLEL": "20", "POLITE_PER_HOUR": "1000", "POLITE_PER_PERSON_DAY": "100", "POLITE_GAP": "0",
    "POLITE_HOST_PARALLEL": "50", "POLITE_HOST_PER_HOUR": "5000",
}  # fmt: skip
TIMES = 5
GOAL_LEASE, GOAL_FILL, GOAL_EVEN, GOAL_STICKY = 0.005, 0.10, 1.3, 0.95


def measure_leases() -> None:
    """Lease and release, with 20 workers at once and with one alone."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from proxies.models import Proxy, Verdict
    from proxies.rotator import lease, release

    call_command("migrate", verbosity=0)
    limits = {"parallel": PARALLEL, "host_parallel": HOST_PARALLEL, "host_per_hour": HOST_PER_HOUR}
    for number in range(EXITS):
        Proxy.objects.create(host=f"10.0.0.{number}", port=8080, **limits)

    def use(person: int, host: int) -> float:
        connection.ensure_connection()  # as a worker has one, which has just claimed
        started = time.perf_counter()
        taken = lease(person, f"ats{host}.example.com", employer=f"employer {person % 40} {host}")
        took = time.perf_counter() - started
        release(taken.lease, Verdict.REACHED)
        connection.close()
        return took

    work = [(person, number % HOSTS) for person in range(PEOPLE) for number in range(person, person + LEASES // PEOPLE)]
    random.Random(1).shuffle(work)
    started = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda one: use(*one), work))
    rate = LEASES / (time.perf_counter() - started)
    show(f"leases with releases, {WORKERS} workers", rate, "/s")
    print_limits()
    Proxy.objects.update(host_per_hour=1000)
    alone = [use(*one) for one in work[: LEASES // 2]]
    median = statistics.median(alone)
    show("one lease, median", median * 1000, "ms", at_most=GOAL_LEASE * 1000)
    show("one lease, p95", percentile(alone, 0.95) * 1000, "ms")


def print_limits() -> None:
    """Print what the thousand uses so far took of each exit."""
    from proxies.models import ProxyLease

    uses = list(ProxyLease.objects.all())
    each = Counter((use.proxy_id, use.host) for use in uses)
    most = max(each.values())
    show("most uses of an exit at a host in the hour", most, at_most=HOST_PER_HOUR)
    for name, key, limit in (
        ("most at once by one exit", lambda use: use.proxy_id, PARALLEL),
        ("most at once by one exit at a host", lambda use: (use.proxy_id, use.host), HOST_PARALLEL),
    ):
        most = most_at_once(uses, key)
        show(name, most, at_most=limit)
    load = Counter(use.proxy_id for use in uses).values()
    uneven = max(load) / min(load) if len(load) == EXITS else float("inf")
    show(f"load of {len(load)} exits, largest over smallest", uneven, at_most=GOAL_EVEN)
    sticky = sum(use.is_home for use in uses) / len(uses)
    show("by the person's own exit", sticky * 100, "%", at_least=GOAL_STICKY * 100)


def most_at_once(uses: "list[ProxyLease]", key: "Callable[[ProxyLease], object]") -> int:
    """Return how many uses with the same key there were at one moment."""
    moments = [(use.taken_at, 1, key(use)) for use in uses]
    moments += [(use.released_at, -1, key(use)) for use in uses if use.released_at]
    live: Counter[object] = Counter()
    most = 0
    for _, change, name in sorted(moments, key=lambda moment: moment[:2]):
        live[name] += change
        most = max(most, live[name])
    return most


def measure_filling() -> None:
    """Fill the same form directly and by an exit with a password, in turns."""
    from automation.engine.browser import session
    from automation.engine.browser.context import ContextOptions
    from automation.engine.browser.pace import Pace
    from automation.engine.candidate import Candidate
    from automation.engine.run import Task, run
    from proxies.forwarder import forwarding
    from proxies.upstream import Upstream
    from tests.proxies.servers import proxy_server

    folder = Path(tempfile.mkdtemp(prefix="jobswipe-bench-"))
    resume = folder / "ada.pdf"
    resume.write_bytes((ROOT / "automation" / "demo" / "resume.pdf").read_bytes())
    employers = subprocess.Popen([sys.executable, "-m", "automation.sandbox", "--port", str(PORT)], cwd=ROOT)
    browser = session.start()
    url = f"http://127.0.0.1:{PORT}/meridian/jobs/bench/apply"
    task = Task(url, Candidate.from_json(dict(PERSON)), resume, folder, pace=Pace.FAST)
    seconds: dict[str, list[float]] = {"directly": [], "http": [], "socks5": []}
    try:
        wait_for(lambda: answers(f"http://127.0.0.1:{PORT}/"))
        run(task, browser=browser, host=QuietHost())  # warm
        for _ in range(TIMES):
            seconds["directly"].append(run(task, browser=browser, host=QuietHost()).seconds)
            for scheme in ("http", "socks5"):
                with proxy_server(scheme, user="ada", password="secret") as server:
                    started = time.perf_counter()
                    with forwarding(Upstream(scheme, "127.0.0.1", server.port, "ada", "secret")) as forwarder:
                        by_exit = replace(task, context=ContextOptions(forwarder.url, "America/Chicago", "en-US"))
                        result = run(by_exit, browser=browser, host=QuietHost())
                    assert result.outcome == "submitted", result.message
                    seconds[scheme].append(time.perf_counter() - started)
    finally:
        browser.quit()
        employers.terminate()
        employers.wait(10)
    direct = statistics.median(seconds["directly"])
    show("fill and send directly, median", direct, "s")
    for scheme in ("http", "socks5"):
        more = statistics.median(seconds[scheme]) / direct - 1
        show(f"longer by an exit ({scheme}, with a password)", more * 100, "%", at_most=GOAL_FILL * 100)


def main() -> None:
    use_bench_database()
    os.environ |= MANY_APPLICATIONS
    print_machine()
    parts = sys.argv[1:] or ["leases", "filling"]
    if "leases" in parts:
        measure_leases()
    if "filling" in parts:
        measure_filling()


if __name__ == "__main__":
    main()
