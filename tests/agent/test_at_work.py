"""How the program goes about claiming; with a browser and a real site it is shown in `tests/whole`."""

import logging
import threading
from pathlib import Path
from typing import Any

import pytest

from automation.agent.agent import Agent
from automation.agent.config import Settings
from automation.agent.outbox import Outbox
from automation.agent.site import Site, TooOld, Unreachable
from tests.processes import until


class Demanding(Site):
    """A site that wants a newer program the first time, and has nothing to do from then on."""

    claims = 0

    def me(self) -> dict[str, Any]:
        return {"heartbeat": 60, "needs_you": 0, "waiting": 0}

    def work(self, **asked: Any) -> dict[str, Any]:
        if asked.get("wait"):
            raise Unreachable("It keeps no question.")
        return {"waiting": 0, "held": [], "stop": []}

    def claim(self, most: int) -> list[dict[str, Any]]:
        self.claims += 1
        if self.claims == 1:
            raise TooOld("Update it.")
        return []


def test_what_held_it_back_passes_also_while_hints_of_work_pour_in(tmp_path: Path, outbox: Outbox) -> None:
    outbox.drop(1, "lost")
    site = Demanding("http://127.0.0.1:9", "js_secret")
    agent = Agent(Settings(tmp_path, site.address, sync=0.2), site, outbox, headed=False)
    run = threading.Thread(target=agent.run)
    run.start()

    def claims_again() -> bool:
        agent.work_waits()
        return site.claims > 1

    try:
        until(claims_again, "it claims again")
    finally:
        agent.stop()
        run.join()
    assert outbox.fact("problem") == outbox.fact("trouble") == ""


def test_hints_of_work_that_it_has_no_hands_for_are_kept_out_of_the_log(
    tmp_path: Path, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    site = Demanding("http://127.0.0.1:9", "js_secret")
    agent = Agent(Settings(tmp_path, site.address), site, outbox, headed=False)
    agent.work_waits()
    outbox.note(paused="yes")
    agent.work_waits()
    assert caplog.messages.count("There is work") == 1
