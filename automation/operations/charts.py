"""Plots as Chart.js reads them (chartjs.org), which the admin brings along: bars, and lines."""

import json
from collections.abc import Sequence
from datetime import datetime
from itertools import cycle
from typing import Any

INK = "#777c85"  # is read on white and on the admin's dark ground alike
GREEN, AMBER, RED, BLUE, VIOLET = "#16a34a", "#f59e0b", "#dc2626", "#0ea5e9", "#7c3aed"
COLORS = {  # in the order in which they are named
    "submitted": GREEN, "sent": GREEN, "half of them": GREEN, "unconfirmed": AMBER, "95 of 100": AMBER, "failed": RED,
    "swiped right": BLUE, "server": BLUE, "device": VIOLET,
}  # fmt: skip
OTHERS = (  # as many as there are other outcomes: no two look the same
    BLUE, "#94a3b8", VIOLET, "#475569", "#db2777", "#92400e", "#1e3a8a", "#a3e635", "#5eead4",
)  # fmt: skip

Rows = Sequence[tuple[Any, ...]]


def bars(hours: Sequence[datetime], rows: Rows) -> dict[str, str]:
    """Return data and options of bars: what was counted in each hour, its kinds upon each other."""
    return {"data": _data(hours, rows, absent=0), "options": _options(is_stacked=True)}


def lines(hours: Sequence[datetime], rows: Rows, *, absent: int | None, **scale: float) -> dict[str, str]:
    """Return data and options of lines; what cannot be said of an hour without a value (`absent` None) is a gap."""
    return {"data": _data(hours, rows, absent=absent), "options": _options(is_stacked=False, **scale)}


def _data(hours: Sequence[datetime], rows: Rows, *, absent: int | None) -> str:
    values = {(hour, kind): round(float(value), 1) for hour, kind, value in rows}
    found = {kind for _, kind in values}
    others = sorted(found - COLORS.keys())
    colors = {kind: color for kind, color in COLORS.items() if kind in found} | dict(zip(others, cycle(OTHERS)))
    datasets = []
    for kind, color in colors.items():
        course = [values.get((hour, kind), absent) for hour in hours]
        label = kind.replace("_", " ")
        datasets.append({"label": label, "data": course, "backgroundColor": color, "borderColor": color})
    return json.dumps({"labels": [hour.strftime("%H:00") for hour in hours], "datasets": datasets})


def _options(*, is_stacked: bool, **scale: float) -> str:
    options = {
        "animation": False,
        "maintainAspectRatio": False,
        "plugins": {"legend": {"labels": {"color": INK, "boxWidth": 12}}},
        "scales": {
            "x": {"stacked": is_stacked, "ticks": {"color": INK}, "grid": {"display": False}},
            "y": {"stacked": is_stacked, "beginAtZero": True, "ticks": {"color": INK, "precision": 0}, **scale},
        },
    }
    return json.dumps(options)
