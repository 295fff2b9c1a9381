"""A worker's browser serves one application after another, and is replaced when something has killed it."""

from contextlib import suppress

import psutil

from automation.operations.pulses import memory_of_browsers
from automation.worker.slot import Slot
from tests.processes import until


def test_a_browser_that_was_killed_is_replaced() -> None:
    slot = Slot()
    try:
        first = slot.browser()
        assert slot.browser() is first
        kill_main_process(first._profile.name)
        until(lambda: not first.alive, "the browser to be gone")
        second = slot.browser()
        assert second is not first
        assert second.alive
        assert not first._profile.exists()
    finally:
        slot.close()


def test_memory_that_processes_of_a_browser_share_is_told_once() -> None:
    slot = Slot()
    try:
        slot.browser()
        until(lambda: 50 * 2**20 < memory_of_browsers() < 0.8 * mapped_by_browsers(), "all of its processes are there")
    finally:
        slot.close()


def mapped_by_browsers() -> int:
    """Return the memory of browsers' processes as if they shared none."""
    mapped = 0
    for one in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            mapped += one.memory_info().rss if one.name().startswith(("chrom", "google-chrom")) else 0
    return mapped


def kill_main_process(profile: str) -> None:
    """Kill the browser itself, as a kernel that runs out of memory does; not its driver, and none of its children."""
    of_profile = [one for one in psutil.process_iter(["cmdline"]) if profile in " ".join(one.info["cmdline"] or [])]
    names = {one: {part.partition("=")[0] for part in one.info["cmdline"]} for one in of_profile}  # some end meanwhile
    [main] = [one for one in of_profile if not {"--type", "--log-path"} & names[one]]
    main.kill()
