"""Leases that run out when a test says so: one that is short by itself is lost by a machine that is slow."""

from django.db.models.functions import Now

from automation.models import Attempt
from automation.outcomes import return_stuck
from tests.processes import until


def take_back() -> None:
    """Let the leases of all that is under way run out, and the sweep take it back."""

    def is_taken_back() -> int:
        Attempt.objects.filter(finished_at=None).update(lease_expires_at=Now())  # after a last heartbeat, once more
        return return_stuck()

    until(is_taken_back, "it is taken back")
