"""`script/chaos`: people swipe while processes are killed, servers restarted and lines cut; then the ledger is read.

Exits with 0 only if every swipe came to rest, none was lost, none was sent twice and nothing untrue was claimed.
"""

import argparse
import os
import platform
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from script.trial import faults, ledger, people
from script.trial.product import Product


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="decides which faults come, in which order, and when")
    parser.add_argument("--swipes", type=int, default=200)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--faults", type=int, help="how many; 40 for 200 swipes")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--limit", type=float, default=570, help="seconds until it ends, whatever is still under way")
    parser.add_argument("--folder", type=Path, help="where logs and data go, and stay; else a temporary one")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="jobswipe-chaos-"))
    print(
        f"seed {options.seed}, {os.cpu_count()} cores, Python {platform.python_version()}, logs in {folder}", flush=True
    )
    started = time.monotonic()
    with Product(folder, workers=options.workers) as product:
        product.start()
        swiper = people.Swiper(product, people.prepare(product, options.people, options.swipes), options.seed)
        swiper.start()
        plan = faults.plan(random.Random(options.seed), options.faults or max(options.swipes // 5, 4))
        done = _break(product, plan, options.swipes, started + options.limit)
        _wait_for_rest(product, options.swipes, started + options.limit)
        swiper.stop()
        result = ledger.read(product, swiper.acknowledged, done)
    print(ledger.table(result, time.monotonic() - started), flush=True)
    if result.is_clean and not options.folder:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if result.is_clean else 1


def _stop(number: int, frame: FrameType | None) -> None:
    sys.exit("Stopped before the end.")


def _break(product: Product, plan: list[faults.Planned], swipes: int, deadline: float) -> list[str]:
    """Inject each fault when its share of the swipes has come to rest; return what was injected."""
    done: list[str] = []
    for planned in plan:
        _wait_for_rest(product, round(planned.after * swipes), deadline)
        if time.monotonic() >= deadline:
            break
        if planned.inject(product):
            done.append(planned.name)
            print(f"{product.at_rest():4d} at rest: {planned.name}", flush=True)
    return done


def _wait_for_rest(product: Product, swipes: int, deadline: float) -> None:
    while product.at_rest() < swipes and time.monotonic() < deadline:
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
