"""What operators watch, read from PostgreSQL when they ask: each figure a small query over what is recent or open.

Whatever grows without end is looked at through its newest rows only, so a look costs the same after a year.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from applications.presence import BEATS
from automation.engine.result import RETRYABLE, Outcome
from automation.models import Pulse

# How attempts end that were ours to bring to a good end, and did not come to one. What is asked of the person is no
# failure, nor is a posting that has closed; "lost" is a runner that has died.
FAILED = (Outcome.FAILED, Outcome.BLOCKED, "lost")
ASKED = (Outcome.NEEDS_ANSWERS, Outcome.CHALLENGE)
QUEUES = ("application:priority", "application:processing", "application:retry", "device")

PATIENCE = "5s"  # for one query
NEWEST = 20_000  # attempts that are looked at: those of the last hour are among them, or the figures say too little

_LATELY = """
    WITH newest AS MATERIALIZED (SELECT * FROM automation_attempt ORDER BY id DESC LIMIT %(newest)s),
    lately AS MATERIALIZED (SELECT * FROM newest WHERE finished_at > now() - interval '1 hour')
"""
_ATS = "coalesce(nullif(split_part(result->>'company_script', '@', 1), ''), 'unknown')"
_QUEUE = """CASE WHEN lane = 'device' THEN 'device' WHEN tries > 0 THEN 'application:retry'
    WHEN priority = 0 THEN 'application:priority' ELSE 'application:processing' END"""


@dataclass(frozen=True)
class Figure:
    """A gauge. Its query gives rows of the labels, then the value."""

    name: str
    help: str
    labels: tuple[str, ...]
    query: str


FIGURES = (
    Figure(
        "attempts_last_hour",
        "Attempts that ended within an hour; unconfirmed ones were clicked and not proved",
        ("lane", "ats", "outcome"),
        f"{_LATELY} SELECT lane, {_ATS}, outcome, count(*) FROM lately GROUP BY 1, 2, 3",
    ),
    Figure(
        "failures_last_hour",
        "Attempts that ended within an hour and did not succeed, by kind of failure; questions are none",
        ("lane", "kind"),
        f"""{_LATELY} SELECT lane, failure_kind, count(*) FROM lately
        WHERE failure_kind <> '' AND outcome <> ALL(%(asked)s::text[]) GROUP BY 1, 2""",
    ),
    Figure(
        "retries_last_hour",
        "Attempts that ended within an hour and are tried again by themselves, or were, by kind of failure",
        ("lane", "kind"),
        f"""{_LATELY} SELECT lately.lane, lately.failure_kind, count(*)
        FROM lately JOIN applications_application application ON application.id = lately.application_id
        WHERE lately.failure_kind = ANY(%(retryable)s::text[]) AND
            (application.lease > lately.lease OR application.status = 'QUEUED') GROUP BY 1, 2""",
    ),
    Figure("attempts_open", "Attempts under way", ("lane",),
           "SELECT lane, count(*) FROM automation_attempt WHERE finished_at IS NULL GROUP BY 1"),
    Figure(
        "swipe_to_submitted_seconds",
        "From the swipe to the proof, of what was submitted within an hour",
        ("lane", "quantile"),
        f"""{_LATELY}, waits AS (
            SELECT lately.lane, extract(epoch FROM application.submitted_at - swipe.created_at) AS seconds
            FROM lately JOIN applications_application application ON application.id = lately.application_id
            JOIN applications_swipe swipe ON swipe.id = application.swipe_id
            WHERE lately.outcome = 'submitted' AND application.submitted_at IS NOT NULL)
        SELECT lane, quantile::text, percentile_cont(quantile) WITHIN GROUP (ORDER BY seconds)
        FROM waits, unnest(ARRAY[0.5, 0.95]) AS quantile GROUP BY lane, quantile""",
    ),
    Figure(
        "queue_depth",
        "Applications that wait, due or not",
        ("queue",),
        f"""WITH waits AS (SELECT {_QUEUE} AS queue FROM applications_application WHERE status = 'QUEUED')
        SELECT queue, count(waits.queue)
        FROM unnest(%(queues)s::text[]) AS queue LEFT JOIN waits USING (queue) GROUP BY 1""",
    ),
    Figure(
        "queue_oldest_seconds",
        "For how long the one that is due longest has waited; 0 where none is due",
        ("queue",),
        f"""WITH due AS (SELECT {_QUEUE} AS queue, available_at FROM applications_application
            WHERE status = 'QUEUED' AND available_at <= statement_timestamp())
        SELECT queue, coalesce(extract(epoch FROM statement_timestamp() - min(available_at)), 0)
        FROM unnest(%(queues)s::text[]) AS queue LEFT JOIN due USING (queue) GROUP BY 1""",
    ),
    Figure(
        "proxies",
        "Exits by health",
        ("health",),
        """SELECT CASE WHEN NOT is_enabled THEN 'off' WHEN retired_at IS NOT NULL THEN 'retired'
        WHEN cool_until > now() THEN 'resting' ELSE 'well' END, count(*) FROM proxies_proxy GROUP BY 1""",
    ),
    Figure(
        "devices_online",
        "Paired computers that were heard lately, by version of the desktop program",
        ("version",),
        """SELECT coalesce(nullif(version, ''), 'unknown'), count(*) FROM automation_device
        WHERE revoked_at IS NULL AND last_seen_at > now() - %(device_silence)s * interval '1 second' GROUP BY 1""",
    ),
    Figure(
        "devices",
        "Paired computers that were heard within a week, by whether they are there now",
        ("state",),
        """SELECT CASE WHEN last_seen_at > now() - %(device_silence)s * interval '1 second'
            THEN 'online' ELSE 'away' END, count(*) FROM automation_device
        WHERE revoked_at IS NULL AND last_seen_at > now() - interval '7 days' GROUP BY 1""",
    ),
    Figure(
        "people_by_allowance",
        "People whose applications ended within an hour, by how much of the server's allowance they have used",
        ("used",),
        f"""{_LATELY}, people AS (SELECT DISTINCT user_id FROM applications_application
            WHERE id IN (SELECT application_id FROM lately)),
        used AS (SELECT person.id, coalesce(person.server_limit, greatest(%(limit)s,
                CASE WHEN person.is_premium THEN %(premium)s::int END,
                CASE WHEN person.is_staff THEN %(staff)s::int END))
                AS most, count(*) FILTER (WHERE one.lane = 'server' AND
                (one.submitted_at IS NOT NULL OR one.status NOT IN ('FAILED', 'CANCELLED'))) AS taken
            FROM people JOIN accounts_user person ON person.id = people.user_id
            JOIN applications_application one ON one.user_id = person.id GROUP BY person.id)
        SELECT CASE WHEN taken >= most THEN 'all' WHEN 3 * taken >= 2 * most THEN 'two_thirds' ELSE 'less' END, count(*)
        FROM used GROUP BY 1""",
    ),
    Figure("alarms_open", "Alarms that staff must look at", ("name",),
           "SELECT name, count(*) FROM automation_alarm WHERE cleared_at IS NULL GROUP BY 1"),
    Figure("browser_memory_bytes", "What the browsers of a worker take up", ("worker",),
           """SELECT name, browser_bytes FROM automation_pulse
           WHERE browser_bytes IS NOT NULL AND seen_at > now() - %(pulse_limit)s * interval '1 second'"""),
    Figure("silent_seconds", "Since the last sign of life of any such process; +Inf if there was none", ("kind",),
           """SELECT kind, coalesce(extract(epoch FROM now() - max(seen_at)), 'Infinity')
           FROM unnest(%(kinds)s::text[]) AS kind LEFT JOIN automation_pulse USING (kind) GROUP BY 1"""),
)  # fmt: skip


def read() -> Iterator[tuple[Figure, list[tuple[Any, ...]]]]:
    """Give each figure with its rows. Raises DatabaseError; a query that takes over PATIENCE is one."""
    given = {
        "newest": NEWEST,
        "device_silence": BEATS * settings.DEVICE_HEARTBEAT,
        "pulse_limit": settings.PULSE_LIMIT,
        "limit": settings.SERVER_APPLICATION_LIMIT,
        "premium": settings.PREMIUM_APPLICATION_LIMIT,
        "staff": settings.STAFF_APPLICATION_LIMIT,
        "asked": [outcome.value for outcome in ASKED],
        "retryable": [kind.value for kind in RETRYABLE],
        "queues": list(QUEUES),
        "kinds": Pulse.Kind.values,
    }
    with patient() as cursor:
        for figure in FIGURES:
            cursor.execute(figure.query, given)
            yield figure, cursor.fetchall()


@contextmanager
def patient() -> Iterator[CursorWrapper]:
    """Give a cursor whose queries are given up after PATIENCE."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
        yield cursor
