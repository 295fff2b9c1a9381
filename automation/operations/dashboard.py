"""The staff's first page: how applications do, for those who have no Grafana, and below it what `jobs` tells."""

import logging
from collections import defaultdict
from datetime import datetime
from math import inf, isinf
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest

from automation.operations import charts, figures, lines, series
from jobs import dashboard

logger = logging.getLogger(__name__)

Rows = list[tuple[Any, ...]]
OURS = ("submitted", "unconfirmed", "failed")  # what was ours to bring to a good end
WAYS = (*OURS, "asked", "other")


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the admin's first page what it tells of applications and of jobs."""
    context = dashboard.fill(request, context)
    if not request.user.has_perm("automation.view_attempt"):
        return context
    try:
        told = {figure.name: rows for figure, rows in figures.read()}
        plots = _plots(*series.read())
    except DatabaseError:  # too slow, or away: the rest of the page still helps
        logger.exception("The figures could not be read")
        return context | {"figures": "unread"}
    return context | {"figures": _figures(told), "plots": plots, "lines": _lines(lines.read())}


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
        "retries": sorted(told["retries_last_hour"], key=lambda row: -row[-1]),
        "memory": sorted(told["browser_memory_bytes"]),
        "allowance": sorted(told["people_by_allowance"]),
        "waits": told["swipe_to_submitted_seconds"],
        "exits": sorted(told["proxies"]),
        "devices": sorted(told["devices_online"]),
        "computers": sorted(told["devices"], reverse=True),
        "silence": [(kind, None if isinf(seconds) else seconds) for kind, seconds in sorted(told["silent_seconds"])],
        "alarms": told["alarms_open"],
    }


def _lines(told: lines.Lines) -> dict[str, Any]:
    return {
        "kinds": [(line, count, told.opened[line], told.again[line]) for line, count in sorted(told.open.items())],
        "lag": [(f"{share:.0%}", told.within(share)) for share in (0.5, 0.95)],
        "events": told.delivered.get(inf, 0),
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


def _plots(hours: list[datetime], told: dict[str, Rows]) -> list[dict[str, str]]:
    """Return the plots of the last day, each with its title and kind."""
    ended, retries = (charts.bars(hours, told[name]) for name in ("outcomes", "retries"))
    success = charts.lines(hours, told["success"], absent=None, max=100)
    through = charts.lines(hours, told["through"], absent=0)
    waits = charts.lines(hours, told["waits"], absent=None)
    return [
        {"title": "Attempts that ended, by outcome", "kind": "bar", **ended},
        {"title": "Success in %, by lane", "kind": "line", **success},
        {"title": "Swiped right and sent", "kind": "line", **through},
        {"title": "Seconds from the swipe to the proof", "kind": "line", **waits},
        {"title": "Tried again by themselves, by kind", "kind": "bar", **retries},
    ]
