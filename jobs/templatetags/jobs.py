"""How a posting reads on a page."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import nh3
from babel import Locale
from babel.numbers import format_currency, get_currency_symbol
from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_noop, ngettext, to_locale
from django.utils.translation import gettext_lazy as _

from jobs.normalize.text import TAGS

register = template.Library()
PLAIN = {
    "onsite": gettext_noop("On site"),
    "before-submit": gettext_noop("Before sending"),
    "after-submit": gettext_noop("After sending"),
}

PER = {
    "hour": _("%s an hour"),
    "day": _("%s a day"),
    "week": _("%s a week"),
    "month": _("%s a month"),
    "year": _("%s a year"),
}


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
    figures = " – ".join(amounts)
    if amounts and not (low and high):
        figures = (gettext("from %s") if low else gettext("up to %s")) % figures
    return PER[period] % figures if amounts and period else figures


def _of(job: Any, name: str) -> Any:
    """Read a job or its snapshot's content alike."""
    return job.get(name) if isinstance(job, dict) else getattr(job, name)


def _money(amount: Decimal | float, currency: str) -> str:
    """Write an amount as the page's language does, with the currency's own sign if it has one (CLDR, by Babel)."""
    locale = Locale.parse(to_locale(get_language() or "en"))
    pattern = locale.currency_formats["standard"].pattern
    if amount == int(amount):
        pattern = pattern.replace(".00", "")
    if not currency:
        pattern = pattern.replace("¤", "")
    elif get_currency_symbol(currency, locale).isalpha():
        pattern = pattern.replace("¤#", "¤\xa0#")
    return format_currency(amount, currency, pattern, locale, currency_digits=False).strip()


@register.filter
def age(moment: datetime | None) -> str:
    """Return how old a posting is; empty when nobody said."""
    if moment is None:
        return ""
    days = (timezone.now() - moment).days
    if days <= 0:
        return gettext("today")
    if days >= 365:
        return gettext("over a year ago")
    if days >= 60:
        return gettext("%s months ago") % (days // 30)
    return ngettext("yesterday", "%s days ago", days) % ((days,) if days > 1 else ())


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
    return gettext(PLAIN.get(choice, choice.replace("_", " ").capitalize())) if choice else ""
