"""How a posting reads on a page."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import nh3
from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from jobs.normalize.text import TAGS

register = template.Library()

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥"}


@register.filter
def harmless(html: str) -> SafeString:
    """Keep the plain tags of a description from outside; everything else goes (nh3). Its headings stand below ours."""
    cleaned = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, link_rel="noopener nofollow")
    return mark_safe(re.sub(r"<(/?)h[1-6]>", r"<\1h3>", cleaned))  # noqa: S308 cleaned


@register.filter
def pay(job: Any) -> str:
    """Return the pay as a range with currency and period; empty when it is not known."""
    low, high, currency, period = (_of(job, name) for name in ("pay_min", "pay_max", "pay_currency", "pay_period"))
    amounts = [_money(amount, currency) for amount in dict.fromkeys(one for one in (low, high) if one)]
    return (
        f"{' – '.join(amounts)} a{'n' if period == 'hour' else ''} {period}"
        if amounts and period
        else " – ".join(amounts)
    )


def _of(job: Any, name: str) -> Any:
    """Read a job or its snapshot's content alike."""
    return job.get(name) if isinstance(job, dict) else getattr(job, name)


def _money(amount: Decimal | float, currency: str) -> str:
    figure = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    sign = SIGNS.get(currency)
    return f"{sign}{figure}" if sign else f"{figure} {currency}".strip()


@register.filter
def age(moment: datetime | None) -> str:
    """Return how old a posting is; empty when nobody said."""
    if moment is None:
        return ""
    days = (timezone.now() - moment).days
    if days >= 60:
        return f"{days // 30} months ago" if days < 365 else "over a year ago"
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


@register.filter
def initials(name: str) -> str:
    """Return one or two letters for a company's tile."""
    parts = [part for part in name.split() if part[0].isalnum()]
    return "".join(part[0] for part in parts[:2]).upper() or "?"


@register.filter
def tile(name: str) -> int:
    """Return which of the six tile colours a company has: always the same."""
    return sum(map(ord, name)) % 6


@register.filter
def plain(choice: str) -> str:
    """Return a stored choice as words: "full_time" is "Full time"."""
    return {"onsite": "On site"}.get(choice, choice.replace("_", " ").capitalize())
