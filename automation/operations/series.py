"""How the figures of the last day went, by the hour: for the plots of those who have no Prometheus to keep them.

Only what has a time in PostgreSQL has a course; what is open now (queues, lines, computers) has none there.
"""

from typing import Any

from automation.engine.result import RETRYABLE
from automation.operations.figures import FAILED, NEWEST, patient

_ENDED = """
    WITH newest AS (SELECT application_id, lane, lease, outcome, failure_kind, finished_at FROM automation_attempt
        ORDER BY id DESC LIMIT %(newest)s),
    ended AS MATERIALIZED (SELECT *, date_trunc('hour', finished_at) AS hour FROM newest
        WHERE finished_at >= date_trunc('hour', now()) - interval '23 hours')
"""
# Each goes on from there, and gives rows of the hour, what a line or a part of a bar stands for, and the value.
SERIES = {
    "outcomes": "SELECT hour, outcome, count(*) FROM ended GROUP BY 1, 2",
    "success": """SELECT hour, lane, 100.0 * count(*) FILTER (WHERE outcome = 'submitted') / count(*)
        FROM ended WHERE outcome IN ('submitted', 'unconfirmed') OR outcome = ANY(%(failed)s::text[]) GROUP BY 1, 2""",
    "waits": """, waits AS (
            SELECT ended.hour, extract(epoch FROM application.submitted_at - swipe.created_at) AS seconds
            FROM ended JOIN applications_application application ON application.id = ended.application_id
            JOIN applications_swipe swipe ON swipe.id = application.swipe_id
            WHERE ended.outcome = 'submitted' AND application.submitted_at IS NOT NULL)
        SELECT hour, CASE quantile WHEN 0.5 THEN 'half of them' ELSE '95 of 100' END,
            percentile_cont(quantile) WITHIN GROUP (ORDER BY seconds)
        FROM waits, unnest(ARRAY[0.5, 0.95]) AS quantile GROUP BY hour, quantile""",
    "retries": """SELECT hour, ended.failure_kind, count(*)
        FROM ended JOIN applications_application application ON application.id = ended.application_id
        WHERE ended.failure_kind = ANY(%(retryable)s::text[]) AND
            (application.lease > ended.lease OR application.status = 'QUEUED') GROUP BY 1, 2""",
    "through": """, swiped AS (
            SELECT created_at FROM applications_application ORDER BY id DESC LIMIT %(newest)s)
        SELECT date_trunc('hour', created_at), 'swiped right', count(*) FROM swiped
        WHERE created_at >= date_trunc('hour', now()) - interval '23 hours' GROUP BY 1
        UNION ALL SELECT hour, 'sent', count(*) FROM ended WHERE outcome = 'submitted' GROUP BY 1""",
}  # fmt: skip
_ALL_HOURS = "SELECT generate_series(date_trunc('hour', now()) - interval '23 hours', now(), '1 hour')"


def read() -> tuple[list[Any], dict[str, list[tuple[Any, ...]]]]:
    """Return the hours, and each series with its rows. Raises DatabaseError as `figures.read` does."""
    given: dict[str, Any] = {"newest": NEWEST, "failed": list(FAILED), "retryable": [kind.value for kind in RETRYABLE]}
    told = {}
    with patient() as cursor:
        cursor.execute(_ALL_HOURS)
        hours = [hour for (hour,) in cursor.fetchall()]
        for name, query in SERIES.items():
            cursor.execute(_ENDED + query, given)
            told[name] = cursor.fetchall()
    return hours, told
