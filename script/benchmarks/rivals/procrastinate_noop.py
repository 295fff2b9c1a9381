"""Procrastinate, ten jobs at a time: `python procrastinate_noop.py JOBS DATABASE_URL` prints "jobs seconds"."""

import asyncio
import sys
import time

import procrastinate


async def main(jobs: int, url: str) -> None:
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))

    @app.task(name="noop")  # type: ignore[untyped-decorator]  # it is not installed beside the product
    async def noop() -> None:
        pass

    async with app.open_async():
        there = await app.connector.execute_query_one_async("SELECT to_regclass('procrastinate_jobs') AS it")
        if there["it"] is None:
            await app.schema_manager.apply_schema_async()
        await noop.batch_defer_async(*({} for _ in range(jobs)))
        started = time.perf_counter()
        await app.run_worker_async(wait=False, concurrency=10, install_signal_handlers=False)
        print(jobs, time.perf_counter() - started)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
