"""What a way out costs: leases a second, milliseconds for one, and the time to fill a form directly and by an exit."""

import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from automation.sandbox.trials import PERSON
from script.benchmarks.engine import QuietHost
from script.benchmarks.harness import ROOT, answers, percentile, print_machine, use_bench_database, wait_for

PORT = 8974
WORKERS, EXITS, HOSTS, LEASES = 8, 50, 10, 1000
TIMES = 5
GOAL_LEASE, GOAL_FILL = 0.005, 0.10


def print_figure(name: str, figure: str, goal: str = "", passed: bool = True) -> None:
    print(f"{name:<44} {figure:>14}   {goal:<12} {('pass' if passed else 'SHORT') if goal else ''}")


def measure_leases() -> None:
    """Lease and release, with one worker and with several."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from proxies.models import Proxy, Verdict
    from proxies.rotator import lease, release

    call_command("migrate", verbosity=0)
    for number in range(EXITS):
        Proxy.objects.create(host=f"10.0.0.{number}", port=8080, host_parallel=20, host_per_hour=1000)

    def use(number: int) -> float:
        started = time.perf_counter()
        taken = lease(number % 250, f"ats{number % HOSTS}.example.com")
        took = time.perf_counter() - started
        release(taken.lease, Verdict.REACHED)
        connection.close()
        return took

    for number in range(250):
        use(number)
    alone = [use(number) for number in range(LEASES // 2)]
    started = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(use, range(LEASES)))
    rate = LEASES / (time.perf_counter() - started)
    median = statistics.median(alone)
    print_figure("one lease, median", f"{median * 1000:.1f} ms", "5 ms", median <= GOAL_LEASE)
    print_figure("one lease, p95", f"{percentile(alone, 0.95) * 1000:.1f} ms")
    print_figure(f"leases with releases, {WORKERS} threads", f"{rate:.0f} /s")


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
    resume.write_bytes((ROOT / "automation" / "demo-resume.pdf").read_bytes())
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
    print_figure("fill and send directly, median", f"{direct:.2f} s")
    for scheme in ("http", "socks5"):
        more = statistics.median(seconds[scheme]) / direct - 1
        print_figure(f"by an exit ({scheme}, with a password)", f"{more:+.1%}", "+10%", more <= GOAL_FILL)


def main() -> None:
    use_bench_database()
    print_machine()
    measure_leases()
    measure_filling()


if __name__ == "__main__":
    main()
