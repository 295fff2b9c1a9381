"""Five thousand open pages that nothing happens on, at one web process: what each of their connections takes."""

import asyncio
import time
from typing import TYPE_CHECKING

import psutil

from script.benchmarks import crowd
from script.benchmarks.figures import print_machine, show
from script.benchmarks.harness import Product, product, use_bench_database

if TYPE_CHECKING:
    from applications.models import Application

SOCKETS, OPENING = 5000, 90  # idle ones; seconds in which they have to be opened, or the rest is left out
GOAL_KB = 60


async def memory(site: Product, people: "list[tuple[Application, str]]") -> tuple[int, float, float]:
    """Return how many idle sockets were opened, how many in a second, and the kB that each takes."""
    before = _resident(site.pids["web"])
    places = asyncio.Semaphore(50)
    begun = time.perf_counter()
    pages = [crowd.Page(people[n % len(people)][1]) for n in range(SOCKETS)]
    opening = [asyncio.create_task(page.open(site, places)) for page in pages]
    _, late = await asyncio.wait(opening, timeout=OPENING)
    for task in late:
        task.cancel()
    opened = [page.socket for page in pages if page.socket]
    per_second = len(opened) / (time.perf_counter() - begun)
    await asyncio.sleep(5)
    taken = _resident(site.pids["web"]) - before
    await asyncio.gather(*(socket.close() for socket in opened))
    return len(opened), per_second, taken / len(opened) / 1024


def _resident(pid: int) -> int:
    process = psutil.Process(pid)
    return sum(int(one.memory_info().rss) for one in (process, *process.children(recursive=True)))


def main() -> None:
    use_bench_database()
    with product("web") as running:
        opened, per_second, each = asyncio.run(memory(running, crowd.prepare()))
    print_machine()
    show("idle sockets at one process", opened, at_least=SOCKETS)
    show("opened", per_second, "a second")
    show("memory of each", each, "kB", at_most=GOAL_KB)


if __name__ == "__main__":
    main()
