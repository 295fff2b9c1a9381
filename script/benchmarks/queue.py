"""Claim-to-finish cycles a second, beside Celery, Procrastinate and BullMQ on the same servers; and the claim's time.

Ours is a whole cycle with all that it writes, each commit durable: the claim (lease, attempt, packet), the start, the
grant for the click, the confirmed end, and three events in their people's feeds. It goes in batches. The others do
nothing at all in theirs, one job after another, each as its makers advise. So the table does not say whose queue is
quicker at the same, but that a whole application costs us less than an empty job costs there.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from script.benchmarks.figures import percentile, print_machine, show, show_latencies
from script.benchmarks.harness import ROOT, use_bench_database

RIVALS = Path(__file__).with_name("rivals")
PYTHON = ROOT / "var" / "rivals" / "bin" / "python"
PROCESSES = 2
BATCH = 200
CYCLES = 10_000
SINGLY = "JobSwipe, one at a time"
ROUNDS = 3  # each is measured so often, in turn; the median counts
FEW, MANY = 1_000, 1_000_000
CLAIMS = 300
ENDS = {"outcome": "submitted", "message": "Thank you for applying.", "confirmation": "response"}


def main() -> None:
    if sys.argv[1:2] == ["cycle"]:
        _cycle(int(sys.argv[2]))
        return
    use_bench_database()
    _prepare()
    print_machine()
    figures: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        figures.setdefault("JobSwipe", []).append(_ours(CYCLES, BATCH))
        figures.setdefault(SINGLY, []).append(_ours(CYCLES // 10, 1))
        for name, (script, python, jobs, url) in _rivals().items():
            figures.setdefault(name, []).append(_rival(script, python, jobs, url))
    _print_figures({name: percentile(rounds, 0.5) for name, rounds in figures.items()})
    _print_claims()


# ---------------------------------------------------------------- ours


def _prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from script.benchmarks import waiting

    waiting.prepare(people=1000, jobs=1000)


def _fill(people: int, jobs: int) -> None:
    from script.benchmarks import waiting

    waiting.fill(people, jobs)


def _ours(cycles: int, batch: int) -> float:
    """Return cycles a second of processes that begin together, once they are warm."""
    _fill(people=100, jobs=cycles // 100)
    command = [sys.executable, "-m", "script.benchmarks.queue", "cycle", str(batch)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    for process in started:
        assert process.stdout
        process.stdout.readline()
    begun = time.perf_counter()
    for process in started:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    done = sum(int(output) for output, _ in [process.communicate() for process in started])
    assert done == cycles, f"{done} of {cycles}"
    return done / (time.perf_counter() - begun)


def _cycle(batch: int) -> None:
    """Claim, start, grant and finish until nothing waits; print how many. Begins when told to."""
    import django

    django.setup()
    from applications.models import Lane
    from automation.leases import begin_submit_all, claim, start_all
    from automation.outcomes import Report, finish_all

    claim(lane=Lane.DEVICE, runner="warm")
    print("ready", flush=True)
    sys.stdin.readline()
    done = 0
    while attempts := claim(lane=Lane.SERVER, runner=f"bench:{os.getpid()}", limit=batch):
        leases = {one.pk: one.lease for one in attempts}
        start_all(leases)
        begin_submit_all(leases)
        done += len(finish_all([Report(one.pk, one.lease, ENDS) for one in attempts]))
    print(done, flush=True)
    os._exit(0)


# ---------------------------------------------------------------- the others


def _rivals() -> dict[str, tuple[str, Path, int, str]]:
    database, redis = os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
    return {
        "Celery, no-op, Valkey": ("celery_noop", Path(sys.executable), 5_000, redis),
        "Procrastinate, no-op, PostgreSQL": ("procrastinate_noop", PYTHON, 1_500, database),
        "BullMQ, no-op, PostgreSQL": ("bullmq_noop", PYTHON, 2_000, database),
        "BullMQ, no-op, Valkey": ("bullmq_noop", PYTHON, 5_000, redis),
    }


def _rival(script: str, python: Path, jobs: int, url: str) -> float:
    done = subprocess.run(
        [python, str(RIVALS / f"{script}.py"), str(jobs), url], cwd=RIVALS, capture_output=True, text=True, check=False,
        timeout=180, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{script} failed: {done.stderr[-1500:]}")
    number, seconds = done.stdout.split()
    return int(number) / float(seconds)


# ---------------------------------------------------------------- figures


def _print_figures(figures: dict[str, float]) -> None:
    ours = figures["JobSwipe"]
    goals = {"Celery, no-op, Valkey": 2.0, "Procrastinate, no-op, PostgreSQL": 3.0, "BullMQ, no-op, PostgreSQL": 1.0}
    show(f"JobSwipe, {PROCESSES} processes, batches of {BATCH}", ours, "cycles/s")
    show(f"{SINGLY}, {PROCESSES} processes", figures.pop(SINGLY), "cycles/s")
    for name in [name for name in figures if name != "JobSwipe"]:
        show(name, figures[name], "jobs/s")
        show("  ours is", ours / figures[name], "times that", at_least=goals.get(name))


def _print_claims() -> None:
    p95 = {}
    for rows, people, jobs in ((FEW, 100, 10), (MANY, 1000, 1000)):
        _fill(people, jobs)
        seconds = _claims(rows)
        p95[rows] = percentile(seconds, 0.95)
        show_latencies(f"one claim among {rows:,}", seconds)
    show("p95 with many to that with few", p95[MANY] / p95[FEW], "times", at_most=2)


def _claims(rows: int) -> Sequence[float]:
    from applications.models import Application, Lane
    from automation.leases import claim

    assert Application.objects.count() == rows
    taken = []
    for _ in range(CLAIMS):
        begun = time.perf_counter()
        claim(lane=Lane.SERVER, runner="bench", limit=1)
        taken.append(time.perf_counter() - begun)
    return taken[10:]


if __name__ == "__main__":
    main()
