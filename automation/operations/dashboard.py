"""The staff's first page: how applications do, for those who have no Grafana, and below it what `jobs` tells."""

import json
import logging
from collections import defaultdict
from math import isinf
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest

from automation.operations import figures
from jobs import dashboard

logger = logging.getLogger(__name__)

Rows = list[tuple[Any, ...]]
COLORS = {"submitted": "#16a34a", "unconfirmed": "#f59e0b"}
OTHERS = (  # as many as there are other outcomes: no two look the same
    "#dc2626", "#7c3aed", "#0ea5e9", "#94a3b8", "#475569", "#db2777", "#92400e", "#1e3a8a", "#a3e635", "#5eead4",
)  # fmt: skip
OURS = ("submitted", "unconfirmed", "failed")  # what was ours to bring to a good end
WAYS = (*OURS, "asked", "other")
AXES = {  # options of chartjs.org: bars that stand on each other, a scale of whole numbers, and what each color is
    "animation": False,
    "maintainAspectRatio": False,
    "scales": {"x": {"stacked": True}, "y": {"stacked": True, "beginAtZero": True, "ticks": {"precision": 0}}},
}


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the admin's first page what it tells of applications and of jobs."""
    context = dashboard.fill(request, context)
    if not request.user.has_perm("automation.view_attempt"):
        return context
    try:
        told = {figure.name: rows for figure, rows in figures.read()}
        hours = figures.by_hour()
    except DatabaseError:  # too slow, or away: the rest of the page still helps
        logger.exception("The figures could not be read")
        return context | {"figures": "unread"}
    return context | {"figures": _figures(told), "hours": json.dumps(_chart(hours)), "axes": json.dumps(AXES)}


def _figures(told: dict[str, Rows]) -> dict[str, Any]:
    oldest: dict[str, float] = dict(told["queue_oldest_seconds"])
    systems = _systems(told["attempts_last_hour"])
    return {
        "tiles": [
            ("Sent within an hour", sum(one["submitted"] for one in systems)),
            ("Clicked and not proved", sum(one["unconfirmed"] for one in systems)),
            ("Under way", sum(count for _, count in told["attempts_open"])),
            ("Waiting", sum(count for _, count in told["queue_depth"])),
        ],
        "systems": systems,
        "queues": [(queue, count, oldest.get(queue)) for queue, count in sorted(told["queue_depth"])],
        "failures": sorted(told["failures_last_hour"], key=lambda row: -row[-1]),
        "retries": sum(count for *_, count in told["retries_last_hour"]),
        "memory": sorted(told["browser_memory_bytes"]),
        "allowance": sorted(told["people_by_allowance"]),
        "waits": told["swipe_to_submitted_seconds"],
        "exits": sorted(told["proxies"]),
        "devices": sorted(told["devices_online"]),
        "silence": [(kind, None if isinf(seconds) else seconds) for kind, seconds in sorted(told["silent_seconds"])],
        "alarms": told["alarms_open"],
    }


def _systems(attempts: Rows) -> list[dict[str, Any]]:
    """Return for each system and lane how many ended in which way, and the share sent in % of what was ours to send."""
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for lane, system, outcome, count in attempts:
        counts[system, lane][_way(outcome)] += count
    return [
        {
            "system": system,
            "lane": lane,
            **{way: by[way] for way in WAYS},
            "share": 100 * by["submitted"] / tried if (tried := sum(by[way] for way in OURS)) else None,
        }
        for (system, lane), by in sorted(counts.items())
    ]


def _way(outcome: str) -> str:
    if outcome in figures.FAILED:
        return "failed"
    if outcome in figures.ASKED:
        return "asked"
    return outcome if outcome in OURS else "other"


def _chart(hours: Rows) -> dict[str, Any]:
    """Return the data of a bar chart (chartjs.org): what ended in each of the last 24 hours, by outcome."""
    labels = list(dict.fromkeys(hour for hour, _, _ in hours))
    counts = {(hour, outcome): count for hour, outcome, count in hours if outcome}
    outcomes = sorted({outcome for _, outcome in counts}, key=lambda one: (one not in COLORS, one))
    datasets = [
        {
            "label": outcome.replace("_", " "),
            "data": [counts.get((hour, outcome), 0) for hour in labels],
            "backgroundColor": COLORS.get(outcome, OTHERS[place % len(OTHERS)]),
        }
        for place, outcome in enumerate(outcomes)
    ]
    return {"labels": [hour.strftime("%H:00") for hour in labels], "datasets": datasets}
