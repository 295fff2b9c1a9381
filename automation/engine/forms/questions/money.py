"""Which currencies and periods the words around a wage name."""

import re

CODES = re.compile(r"\b(USD|EUR|GBP|CAD|AUD|NZD|SGD|HKD|INR|CHF|JPY|CNY|SEK|NOK|DKK|PLN|CZK|BRL|MXN|ZAR|AED|ILS)\b")
WORDS = (
    (re.compile(r"€|\beuros?\b", re.IGNORECASE), {"EUR"}),
    (re.compile(r"£|\b(british )?pounds?\b", re.IGNORECASE), {"GBP"}),
    (re.compile(r"₹|\b(rupees?|ctc|lpa|lakhs?|lacs?)\b", re.IGNORECASE), {"INR"}),
    (re.compile(r"\b(us|u\.s\.|american) ?dollars?|\bus ?\$", re.IGNORECASE), {"USD"}),
    (re.compile(r"\bcanadian dollars?|\b(ca|c)\$", re.IGNORECASE), {"CAD"}),
    (re.compile(r"\baustralian dollars?|\b(au|a)\$", re.IGNORECASE), {"AUD"}),
    (re.compile(r"¥|\byen\b", re.IGNORECASE), {"JPY", "CNY"}),
    (re.compile(r"\$|\bdollars?\b", re.IGNORECASE), {"USD", "CAD", "AUD", "NZD", "SGD", "HKD"}),
)
PERIODS = {
    "hour": r"\bhour|/ ?hr?\b|\bper hr\b|\bstunde|\bheure\b|\bhoraire|\bhora\b|\buur",
    "day": r"\bdaily\b|per day|\bday rate",
    "week": r"\bweek",
    "month": r"\bmonth|/ ?mo\b|\bmonat|\bmois\b|\bmensu|\bmes\b|\bmaand",
    "year": r"annual|\byear|/ ?yr\b|per annum|\bp\.?a\b|\bjahr|jährlich|\bannuel|\bpar an\b|\baño|\banual|\bjaar",
}


def currencies_in(text: str) -> set[str]:
    """Return the codes (ISO 4217) of the currencies that are meant; several where a sign leaves it open, like "$"."""
    if named := set(CODES.findall(text)):
        return named
    return next((codes for pattern, codes in WORDS if pattern.search(text)), set())


def periods_in(text: str) -> set[str]:
    """Return the periods for which a wage is named: hour, day, week, month or year."""
    return {name for name, words in PERIODS.items() if re.search(words, text.casefold())}
