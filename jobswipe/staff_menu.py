"""The menu of the staff's pages: what they come for first, what keeps the product running last.

Items and icons as Unfold takes them (unfoldadmin.com/docs, "Sidebar"; names of icons: fonts.google.com/icons).
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy

MENU = {
    "Jobs": {
        "jobs.company": ("Companies", "apartment"),
        "jobs.job": ("Jobs", "work"),
        "jobs.board": ("Boards", "dashboard"),
        "jobs.importrun": ("What came in", "download"),
    },
    "Applications": {
        "applications.application": ("Applications", "send"),
        "automation.attempt": ("Attempts", "smart_toy"),
        "automation.deadletter": ("Dead letters", "report"),
        "automation.alarm": ("Alarms", "notifications_active"),
    },
    "People": {
        "accounts.user": ("People", "person"),
        "account.emailaddress": ("E-mail addresses", "mail"),
        "automation.device": ("Their computers", "computer"),
        "notifications.delivery": ("Messages to them", "forward_to_inbox"),
        "mfa.authenticator": ("Second factors", "key"),
        "auth.group": ("Groups of staff", "group"),
    },
    "Ways out": {
        "proxies.proxy": ("Proxies", "lan"),
        "proxies.proxylease": ("Who has which", "link"),
        "proxies.site": ("Sites", "language"),
    },
    "Clockwork": {
        "django_celery_beat.periodictask": ("Periodic tasks", "schedule"),
        "django_celery_beat.intervalschedule": ("Intervals", "timelapse"),
        "django_celery_beat.crontabschedule": ("Times of the day", "calendar_month"),
        "django_celery_beat.clockedschedule": ("Single times", "event"),
        "django_celery_beat.solarschedule": ("Sunrise and sunset", "sunny"),
    },
}


def navigation() -> list[dict[str, Any]]:
    """Return the menu for Unfold. Who may not look at something does not find it there."""
    overview = {"title": "Overview", "icon": "monitoring", "link": reverse_lazy("admin:index")}
    groups = [
        {"title": title, "separator": True, "collapsible": title == "Clockwork", "items": _items(models)}
        for title, models in MENU.items()
    ]
    return [{"items": [overview]}, *groups]


def _items(models: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "icon": icon,
            "link": reverse_lazy(f"admin:{model.replace('.', '_')}_changelist"),
            "permission": _who_may_view(model),
        }
        for model, (title, icon) in models.items()
    ]


def _who_may_view(model: str) -> Callable[[HttpRequest], bool]:
    app, name = model.split(".")
    return lambda request: request.user.has_perm(f"{app}.view_{name}") or request.user.has_perm(f"{app}.change_{name}")
