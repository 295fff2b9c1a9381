"""Pay: lowest, highest, currency, period and where the figure comes from. What is not said stays unknown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import pycountry

from jobs.normalize.problems import BadRow

PERIODS = {
    "year": "year", "yearly": "year", "annual": "year", "annually": "year", "annum": "year", "yr": "year", "y": "year",
    "month": "month", "monthly": "month", "mo": "month", "week": "week", "weekly": "week",
    "day": "day", "daily": "day", "hour": "hour", "hourly": "hour", "hr": "hour", "h": "hour",
}  # fmt: skip
HOURS_A_YEAR = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}
LARGEST = Decimal(10) ** 12
FROM_EMPLOYER = "from the employer"
LEAST_A_YEAR = 1_000  # in no currency does anybody work a year for less: it is an hour's pay under a wrong label


@dataclass(frozen=True)
class Pay:
    """A range of pay. A bound that is not known is None; all empty means that nobody said."""

    low: Decimal | None = None
    high: Decimal | None = None
    currency: str = ""
    period: str = ""
    source: str = ""


NOT_SAID = Pay()


def pay_of(low: Any, high: Any, currency: Any, period: Any, source: str = FROM_EMPLOYER) -> Pay:
    """Return the range. Zero is no figure. BadRow for what is no number, no currency, or low above high."""
    least, most = _amount(low), _amount(high)
    if least is None and most is None:
        return NOT_SAID
    if least is not None and most is not None and least > most:
        raise BadRow(f"The lowest pay ({least}) is above the highest ({most}).")
    said = period_of(period)
    if said == "year" and (most or least or 0) < LEAST_A_YEAR:
        said = ""
    if said == "year" and least is not None and least < LEAST_A_YEAR:
        least = None  # "1 to 500,000": something had to be filled in
    return Pay(least, most, currency_of(currency), said, source)


def widest(ranges: Iterable[Pay], *, preferred: str = "") -> Pay:
    """Return one range for several: the widest of those in one currency and period; `preferred` is a currency."""
    said = [one for one in ranges if one != NOT_SAID]
    if not said:
        return NOT_SAID
    first = next((one for one in said if one.currency == preferred), said[0])
    alike = [one for one in said if (one.currency, one.period) == (first.currency, first.period)]
    lows, highs = (
        [one for one in bounds if one is not None] for bounds in zip(*((p.low, p.high) for p in alike), strict=True)
    )
    source = (
        first.source
        if len(said) == 1
        else f"{first.source}, {'all' if len(alike) == len(said) else 'some'} of several ranges"
    )
    return Pay(min(lows, default=None), max(highs, default=None), first.currency, first.period, source)


def currency_of(value: Any) -> str:
    """Return a currency's three letters; empty when none is given. Raises BadRow for one that does not exist."""
    if value in (None, ""):
        return ""
    code = str(value).strip().upper()
    if pycountry.currencies.get(alpha_3=code) is None:
        raise BadRow(f"There is no currency “{str(value)[:20]}”.")
    return code


def period_of(value: Any) -> str:
    """Return the period that a text means ("1 YEAR", "per-hour-wage", "HOUR"); empty when it is none that we know."""
    if value in (None, ""):
        return ""
    words = re.findall(r"[a-z]+", str(value).casefold())
    return next((PERIODS[word] for word in words if word in PERIODS), "")


def _amount(value: Any) -> Decimal | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    text = re.sub(r"[\s,_]", "", str(value))
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise BadRow(f"The pay “{str(value)[:40]}” is no number.") from None
    if not amount.is_finite() or amount < 0 or amount >= LARGEST:
        raise BadRow(f"The pay “{str(value)[:40]}” is no amount that anybody pays.")
    return amount.quantize(Decimal("0.01")) if amount else None
