"""A worker's browser serves one application after another, and is replaced when something has killed it."""

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
        mapped = sum(
            one.memory_info().rss
            for one in psutil.Process().children(recursive=True)
            if one.name().startswith(("chrom", "google-chrom"))
        )
        assert 50 * 2**20 < memory_of_browsers() < 0.8 * mapped
    finally:
        slot.close()


def kill_main_process(profile: str) -> None:
    """Kill the browser itself, as a kernel that runs out of memory does; not its driver, and none of its children."""
    of_profile = [one for one in psutil.process_iter(["cmdline"]) if profile in " ".join(one.info["cmdline"] or [])]
    names = {one: {part.partition("=")[0] for part in one.info["cmdline"]} for one in of_profile}  # some end meanwhile
    [main] = [one for one in of_profile if not {"--type", "--log-path"} & names[one]]
    main.kill()
