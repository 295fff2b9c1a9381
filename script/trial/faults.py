"""The faults: what each does, and which come when, by the seed."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice

from script.trial.product import LEASE, Product

SUBMIT_LIMIT = 20.0  # seconds to wait for a worker that is inside a submit
Fault = Callable[[Product, random.Random], bool]


@dataclass(frozen=True)
class Planned:
    """A fault that comes once the share `after` of the swipes has come to rest."""

    name: str
    after: float
    seed: int

    def inject(self, product: Product) -> bool:
        """Do it; False if there was nothing to do it to."""
        return FAULTS[self.name](product, random.Random(self.seed))


def plan(choice: random.Random, number: int) -> list[Planned]:
    """Return so many faults, each kind in its turn, in a shuffled order, spread over nine tenths of the work."""
    names = list(islice(cycle(TURNS), number))
    choice.shuffle(names)
    return [Planned(name, 0.9 * n / number, choice.randrange(2**32)) for n, name in enumerate(names)]


def _kill_worker(product: Product, choice: random.Random) -> bool:
    time.sleep(choice.uniform(0, 3))
    product.replace(product.worker(choice))
    return True


def _kill_worker_inside_the_submit(product: Product, choice: random.Random) -> bool:
    deadline = time.monotonic() + SUBMIT_LIMIT
    while time.monotonic() < deadline:
        if worker := product.worker_inside_the_submit():
            time.sleep(choice.choice((0, 0, 0.1, 0.3)))
            product.replace(worker)
            return True
        time.sleep(0.02)
    return False


def _suspend_worker(product: Product, choice: random.Random) -> bool:
    product.suspend(product.worker(choice), LEASE + choice.uniform(2, 4))
    return True


def _restart_postgres(product: Product, choice: random.Random) -> bool:
    product.postgres.stop()
    product.postgres.start()
    return True


def _kill_postgres(product: Product, choice: random.Random) -> bool:
    product.postgres.kill()
    product.postgres.start()
    return True


def _wipe_valkey(product: Product, choice: random.Random) -> bool:
    product.valkey.stop()
    product.valkey.wipe()
    time.sleep(choice.uniform(1, 5))
    product.valkey.start()
    return True


def _kill_beat(product: Product, choice: random.Random) -> bool:
    product.replace("beat")
    return True


def _kill_web(product: Product, choice: random.Random) -> bool:
    product.replace("web")
    return True


def _cut(name: str) -> Fault:
    def fault(product: Product, choice: random.Random) -> bool:
        product.lines[name].cut(choice.uniform(0.5, 3))
        return True

    return fault


def _stall(name: str) -> Fault:
    def fault(product: Product, choice: random.Random) -> bool:
        product.lines[name].stall(choice.uniform(2, LEASE + 2))
        return True

    return fault


FAULTS: dict[str, Fault] = {
    "worker killed inside the submit": _kill_worker_inside_the_submit,
    "worker killed": _kill_worker,
    "Valkey stopped, wiped, restarted": _wipe_valkey,
    "PostgreSQL restarted": _restart_postgres,
    "line to PostgreSQL cut": _cut("PostgreSQL"),
    "beat killed": _kill_beat,
    "worker suspended past its lease": _suspend_worker,
    "line to the employers cut": _cut("the employers"),
    "PostgreSQL killed": _kill_postgres,
    "web killed": _kill_web,
    "line to PostgreSQL stalled": _stall("PostgreSQL"),
    "line to Valkey cut": _cut("Valkey"),
    "line to Valkey stalled": _stall("Valkey"),
    "line to the employers stalled": _stall("the employers"),
}
_KILLS = ["worker killed inside the submit", "worker killed"]
TURNS = [*FAULTS, *_KILLS, *_KILLS, *_KILLS]  # workers die more often than anything else
