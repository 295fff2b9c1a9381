"""BullMQ, fifty jobs at a time: `python bullmq_noop.py JOBS URL` prints "jobs seconds".

The address says which of its two backends: redis:// or postgresql://.
"""

import asyncio
import sys
import time
from typing import Any

from bullmq import Queue, Worker


async def main(jobs: int, url: str) -> None:
    options: Any = {"connection": url, "backend": "redis" if url.startswith("redis") else "postgres"}
    queue = Queue("rival", options)
    await queue.obliterate(True)
    await queue.addBulk([{"name": "noop", "data": {}} for _ in range(jobs)])
    finished, done, started = asyncio.Event(), 0, 0.0

    async def noop(job: Any, token: str) -> None:
        nonlocal done, started
        started = started or time.perf_counter()
        done += 1
        if done == jobs:
            finished.set()

    worker = Worker("rival", noop, {**options, "concurrency": 50})
    await finished.wait()
    print(jobs, time.perf_counter() - started, flush=True)
    await worker.close()
    await queue.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
