"""The outbox: written first, sent in order, kept through anything."""

import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

from automation.agent.outbox import Message, Outbox
from automation.agent.sender import Sender
from automation.agent.site import LeaseLost, Refused, Site, Unreachable
from tests.agent.conftest import OpenOutbox, claimed


class FlakySite(Site):
    """Takes what it is told to take, in the order in which it comes; raises what stands in `answers` first."""

    def __init__(self, *answers: Exception | None) -> None:
        super().__init__("http://127.0.0.1:9")
        self.answers = list(answers)
        self.taken: list[tuple[str, Any]] = []

    def call(self, method: str, path: str, *, answer_limit: float = 0, **request: Any) -> Any:
        if self.answers and (error := self.answers.pop(0)):
            raise error
        self.taken.append((path, request.get("json") or request.get("data")))


def sender(outbox: Outbox, site: Site) -> tuple[Sender, list[tuple[int, str]]]:
    lost: list[tuple[int, str]] = []
    return Sender(outbox, site, lost=lambda *what: lost.append(what), signed_out=lambda: None), lost


def kinds(messages: list[Message]) -> list[str]:
    return [one.kind for one in messages]


def test_what_is_written_survives_a_kill_and_only_its_owner_can_read_it(
    tmp_path: Path, open_outbox: OpenOutbox
) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from automation.agent.outbox import Outbox\n"
        "box = Outbox(Path(sys.argv[1])); box.take({'id': 1, 'application': 2, 'token': 3, 'packet': {'url': 'u'}})\n"
        "box.step(1, 'opening', 'Opening', 5); box.evidence(1, 'a.png', 'a', b'picture'); box.grant(1)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert ended.returncode == -signal.SIGKILL

    outbox = open_outbox(tmp_path)
    [attempt] = outbox.open_attempts()
    assert (attempt.token, attempt.step, attempt.granted_at is not None) == (3, "opening", True)
    assert outbox.unsent == 2
    assert all(stat.S_IMODE(file.stat().st_mode) & 0o077 == 0 for file in tmp_path.glob("outbox.sqlite3"))


def test_a_claimed_attempt_is_shown_with_its_title_and_its_employer(outbox: Outbox) -> None:
    held = outbox.attempt(1)
    assert (held.title, held.company) == ("Engineer", "Meridian Labs")


def test_messages_go_in_order_and_steps_that_follow_each_other_go_together(outbox: Outbox) -> None:
    outbox.take(claimed(2))
    outbox.step(1, "opening", "Opening", 5)
    outbox.step(1, "reading", "Reading", 15)
    outbox.step(2, "opening", "Opening", 5)
    outbox.evidence(1, "form.json", "form", b"{}")
    outbox.end(1, "finish", {"outcome": "submitted"}, outcome="submitted", message="Sent.")
    site = FlakySite()
    assert sender(outbox, site)[0].send_all()
    assert [path for path, _ in site.taken] == [
        "attempts/1/log/", "attempts/2/log/", "attempts/1/evidence/", "attempts/1/finish/",
    ]  # fmt: skip
    assert [entry["seq"] for entry in site.taken[0][1]["entries"]] == [1, 2]
    assert outbox.unsent == 0


def test_what_the_site_did_not_take_stays_first_in_line(outbox: Outbox) -> None:
    outbox.step(1, "opening", "Opening", 5)
    outbox.evidence(1, "form.json", "form", b"{}")
    site = FlakySite(None, Unreachable("cut"))
    post, _ = sender(outbox, site)
    assert not post.send_all()
    assert kinds(outbox.next_messages()) == ["evidence"]
    assert post.send_all()
    assert [path for path, _ in site.taken] == ["attempts/1/log/", "attempts/1/evidence/"]


def test_a_lost_attempt_keeps_only_its_evidence(outbox: Outbox) -> None:
    outbox.step(1, "opening", "Opening", 5)
    outbox.evidence(1, "form.json", "form", b"{}")
    outbox.end(1, "finish", {"outcome": "failed"}, outcome="failed", message="No.")
    site = FlakySite(LeaseLost("No longer yours.", "withdrawn"))
    post, lost = sender(outbox, site)
    assert post.send_all()
    assert [path for path, _ in site.taken] == ["attempts/1/evidence/"]
    assert lost == [(1, "withdrawn")]


def test_after_the_grant_the_outcome_of_a_lost_attempt_is_still_told(outbox: Outbox) -> None:
    outbox.grant(1)
    outbox.step(1, "confirming", "Waiting", 95)
    site = FlakySite(LeaseLost("No longer yours.", "lost"), None, LeaseLost("No longer yours.", "finished"))
    post, _ = sender(outbox, site)
    assert post.send_all()
    outbox.end(1, "finish", {"outcome": "submitted"}, outcome="submitted", message="Sent.")
    assert post.send_all()
    assert [path for path, _ in site.taken] == ["attempts/1/finish/"]
    outbox.step(1, "late", "Late", 99)
    assert post.send_all()
    assert outbox.unsent == 0


def test_an_attempt_that_cannot_be_given_back_is_reported_instead(outbox: Outbox) -> None:
    outbox.end(1, "give_back", {"message": "Stopped."}, outcome="given_back", message="Stopped.")
    site = FlakySite(LeaseLost("Granted.", "granted"))
    assert sender(outbox, site)[0].send_all()
    [(path, body)] = site.taken
    assert (path, body["outcome"], body["failure_kind"]) == ("attempts/1/finish/", "failed", "runner_lost")


def test_a_message_that_the_site_calls_wrong_does_not_block_the_others(outbox: Outbox) -> None:
    outbox.evidence(1, "huge.png", "page", b"x")
    outbox.step(1, "reading", "Reading", 15)
    site = FlakySite(Refused(413, {"code": "too_large"}))
    assert sender(outbox, site)[0].send_all()
    assert [path for path, _ in site.taken] == ["attempts/1/log/"]


def test_an_attempt_is_taken_once_and_ends_once_and_its_packet_is_forgotten(outbox: Outbox) -> None:
    assert not outbox.take(claimed(1))
    outbox.end(1, "finish", {"outcome": "submitted"}, outcome="submitted", message="Sent.")
    outbox.end(1, "give_back", {"message": "Stopped."}, outcome="given_back", message="Stopped.")
    assert kinds(outbox.next_messages()) == ["finish"]
    kept = outbox.attempt(1)
    assert (kept.outcome, kept.packet, outbox.open_attempts()) == ("submitted", {}, [])


def test_an_outcome_that_is_refused_as_a_whole_is_said_plainly_and_once(outbox: Outbox) -> None:
    ended = {"outcome": "submitted", "confirmation": "page", "message": "Thank you."}
    for refused in (1, 2):
        site = FlakySite(*[Refused(400, {"code": "invalid"})] * refused)
        outbox.take(claimed(refused))
        outbox.end(refused, "finish", {**ended, "fields": [{"kind": "new"}]}, outcome="submitted", message="Thank you.")
        assert sender(outbox, site)[0].send_all()
        assert [body for _, body in site.taken] == [{"token": 1, **ended}] * (2 - refused)
        assert outbox.unsent == 0
