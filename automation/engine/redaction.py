"""What looks like somebody's own, taken out of what is logged: by the site, its workers and the desktop program."""

import re
from collections.abc import MutableMapping
from typing import Any

SECRET_NAMES = re.compile(r"password|passwd|secret|token|authorization|cookie|csrf|session|api_?key|dsn", re.IGNORECASE)
REMOVED = "[removed]"
PATTERNS = (
    (re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]*@"), f"{REMOVED}@"),
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]+", re.IGNORECASE), rf"\1 {REMOVED}"),
    (re.compile(r"\b(token|code|key|password|secret|signature)=[^&\s'\"]+", re.IGNORECASE), rf"\1={REMOVED}"),
    (re.compile(r"(?<=/reset/key/)[^/\s]+|(?<=/confirm-email/)[^/\s]+"), REMOVED),
    (re.compile(r"(?<![\w-])\+\d[\d ().-]{7,18}\d"), "[phone]"),
)
SIGNS = re.compile(
    r"[@=+]|bearer|basic|/key/|/confirm-", re.IGNORECASE
)  # without one of them none of the patterns is there


def removed(text: str) -> str:
    """Return the text without what looks like somebody's own: e-mail, phone, credentials."""
    for pattern, instead in PATTERNS if SIGNS.search(text) else ():
        text = pattern.sub(instead, text)
    return text


def cleaned(value: Any, name: str = "") -> Any:
    """Return a value without personal data, however deep it is nested."""
    if SECRET_NAMES.search(name):
        return REMOVED
    if isinstance(value, dict):
        return {key: cleaned(one, str(key)) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(one) for one in value]
    return removed(value) if isinstance(value, str) else value


def without_personal_data(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last step before a line is written, as structlog calls it."""
    return {name: cleaned(value, name) for name, value in event.items()}
