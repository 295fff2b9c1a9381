"""Texts from outside: descriptions, single lines, addresses, dates."""

import html
import ipaddress
import json
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime

from jobs.normalize.capitals import Spelling, is_shouted
from jobs.normalize.problems import BadRow
from jobswipe.addresses import Address, is_open, unwrapped

TAGS = {"p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "h2", "h3", "h4", "a", "blockquote", "code", "hr"}
LONGEST_DESCRIPTION = 200_000  # characters; the longest of 9,396 real ones has 18,300
_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|li|h3|h4|b|strong|em|i)>(\s|&nbsp;|<br>)*</\1>", re.IGNORECASE)
_BREAKS = re.compile(r"(\s*<br>\s*){3,}")
_DIVISION = re.compile(r"<(/?)(div|section|article|td|tr|dd|dt)\b[^>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<\s*script\b", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u200b\ufeff]")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")  # PostgreSQL takes neither, not even as JSON
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_WORDS = re.compile(r"[^\W_]")
LONGEST_HEADING = 79
_TAGS_ALONE = re.compile(r"(#[\w-]+\s*)+")  # "#LI-Remote": for a search engine
_MARKUP = re.compile(r"<[^>]+>")
# As nearly all are: what it matches need not be taken apart.
_USUAL_ADDRESS = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/?#][!-~]*)?$")
_DOTS = "-–•*·▪●o✓✔◦‣➢➤►"
_NUMBERED = re.compile(r"^(?!(?:19|20)\d\d\b)\d{1,6}[\s.)–-]+(?=[^\W\d_])")  # but not the year of "2026 Internships"
_DRAWN = re.compile(r"^[^\w(\[\"“'&#.+]+")  # "📈 Marketing"
_LONG_WORD = re.compile(r"[^\W\d_]{5}")  # shorter ones are initials: "GTM", "PMO"
_NO_DEPARTMENTS = {
    "all", "all departments", "other", "others", "other roles", "general", "none", "n/a", "na", "tbd", "tba", "misc",
    "miscellaneous", "default", "unassigned", "no department", "hq", "headquarters",
}  # fmt: skip
_PICTURE = re.compile(r"\[https?://\S+\]")
# An address in a text that was made of a page: it stands after the words that were its link.
_LINK = re.compile(
    r"(?:(?P<word>[^\s:|(\[]*\w[^\s:|(\[]*) )?\[?(?P<address>https?://[^\s<>\"\])]+?)\]?(?=[.,;:!?)]*(?:\s|$))",
    re.IGNORECASE,
)
_BULLET = re.compile(rf"^\s*[{_DOTS}]\s+(?=\S)")


def parsed(text: str, *, strict: bool = True) -> Any:
    """Return what a JSON text says, without characters that cannot be stored. Raises ValueError or RecursionError."""
    document = json.loads(text, strict=strict)
    is_suspect = "\x00" in text or ("\\u" in text and _ESCAPED.search(text))  # the search alone takes as long as loads
    return _storable(document) if is_suspect else document


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return {key: _storable(one) for key, one in value.items()} if isinstance(value, dict) else value


def line(value: Any, name: str, longest: int, *, cut: bool = False) -> str:
    """Return a single line of text. Raises BadRow for what is no text or too long (`cut`: shortened instead)."""
    if value is None:
        return ""
    if isinstance(value, str) and len(value) <= longest and value.isprintable() and "  " not in value:
        return value.strip()  # as nearly all are
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise BadRow(f"The {name} is no text.")
    text = re.sub(r"\s+", " ", _UNPRINTABLE.sub("", str(value))).strip()
    if len(text) > longest:
        if not cut:
            raise BadRow(f"The {name} is longer than {longest} characters.")
        text = f"{text[: longest - 1]}…"
    return text


def department_name(said: str) -> str:
    """Return a department without its number in the employer's books ("01 Engineering"), drawings before it, capitals.

    Empty for what is none: "Other".
    """
    name = _NUMBERED.sub("", _DRAWN.sub("", said), count=1)
    if name.isupper() and _LONG_WORD.search(name):
        name = Spelling("").calm(name)
    return "" if name.casefold() in _NO_DEPARTMENTS else name


def has_script(description: str) -> bool:
    return _SCRIPT.search(description) is not None


def clean_html(description: Any) -> str:
    """Return the description with the plain tags only. Raises BadRow for what is no text or far too long."""
    if not isinstance(description, str):
        raise BadRow("The description is no text.")
    if len(description) > LONGEST_DESCRIPTION:
        raise BadRow(f"The description is longer than {LONGEST_DESCRIPTION:,} characters.")
    text = _UNPRINTABLE.sub("", description)
    text = _HEADING.sub(lambda found: f"<{found[1]}h3>", text)
    text = _DIVISION.sub(lambda found: f"<{found[1]}p>", text)
    text = nh3.clean(text, tags=TAGS, attributes={"a": {"href"}}, link_rel="noopener nofollow")
    for _ in range(2):
        text = _EMPTY.sub("", text)
    return _BREAKS.sub("<br><br>", text).strip()


def html_of(plain: str, *, employer: str = "") -> str:
    """Return a plain text as HTML: its paragraphs, its lists, its headings in capitals.

    `employer`: its name as it writes itself, which headings in capitals keep.
    """
    spelling = Spelling(plain, employer)
    blocks: list[str] = []
    bullets: list[str] = []

    def close_list() -> None:
        if bullets:
            blocks.append(f"<ul>{''.join(f'<li>{one}</li>' for one in bullets)}</ul>")
            bullets.clear()

    for raw in html.escape(plain, quote=False).splitlines():
        if not raw.isprintable():
            raw = _UNPRINTABLE.sub("", raw)
        text = raw.strip()
        if not text or not _WORDS.search(text) or (text[0] == "#" and _TAGS_ALONE.fullmatch(text)):
            continue
        if "://" in text:
            if _PICTURE.fullmatch(text):
                continue
            text = raw = _LINK.sub(_link, text)
        if text[0] in _DOTS and _BULLET.match(raw):
            bullets.append(_BULLET.sub("", text))
            continue
        close_list()
        if is_shouted(text):
            text, tag = spelling.calm(text), "h3" if len(text) <= LONGEST_HEADING else "p"
        else:
            tag = "p"
        blocks.append(f"<{tag}>{text}</{tag}>")
    close_list()
    return "".join(blocks)


def _link(found: "re.Match[str]") -> str:
    """Return the link that a text had: the word before the address, or its host where none stands there."""
    words = found["word"] or urlsplit(found["address"]).netloc.removeprefix("www.")
    return f'<a href="{found["address"]}">{words}</a>'


def plain_of(markup: str) -> str:
    """Return the words of an HTML text."""
    return html.unescape(_MARKUP.sub(" ", markup))


def web_address(value: Any, name: str = "address") -> str:
    """Return a public web address. Raises BadRow for anything else, above all for one in a private network."""
    text = line(value, name, 1000)
    if (usual := _USUAL_ADDRESS.match(text)) and not is_private_host(usual[1]):
        return text
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".")
        _ = parts.port
    except ValueError:
        raise BadRow(f"The {name} “{text[:80]}” is no web address.") from None
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password or " " in text:
        raise BadRow(f"The {name} “{text[:80]}” is no web address.")
    if is_private_host(host):
        raise BadRow(f"The {name} “{text[:80]}” lies in a private network.")
    return text


def is_private_host(host: str) -> bool:
    """Tell whether a host's name itself says that it is not public. Names are resolved when something is fetched."""
    return _says_private(host, settings.IMPORT_ALLOW_LOOPBACK)


@lru_cache(maxsize=4096)
def _says_private(host: str, allow_loopback: bool) -> bool:
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        local = host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa"))
        is_number = re.fullmatch(r"[\d.]+|0x[\da-f.x]+", host.casefold()) is not None  # 127.1, 2130706433
        return (local and not (allow_loopback and host == "localhost")) or ("." not in host and not local) or is_number
    return not is_public(address)


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the open network; loopback counts where a setting allows it."""
    if unwrapped(address).is_loopback:
        return bool(settings.IMPORT_ALLOW_LOOPBACK)
    return is_open(address)


def moment(value: Any, name: str = "date") -> datetime | None:
    """Return a point in time from ISO 8601, or milliseconds or seconds since 1970. Raises BadRow for anything else."""
    if value in (None, ""):
        return None
    found = _from_number(value) if isinstance(value, int | float) and not isinstance(value, bool) else _from_text(value)
    if found is None or not datetime(1990, 1, 1, tzinfo=UTC) < found < datetime.now(UTC) + timedelta(days=730):
        raise BadRow(f"The {name} “{str(value)[:40]}” is no date.")
    return found


def _from_number(value: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(value / 1000 if value > 10**11 else value, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _from_text(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        return None
    try:
        exact = parse_datetime(value.strip())
        day = None if exact else parse_date(value.strip()[:10])
    except ValueError:
        return None
    if exact:
        return exact if exact.tzinfo else exact.replace(tzinfo=UTC)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if isinstance(day, date) else None


_AGO = re.compile(r"(\d+)\+?\s*(hour|day|week|month)", re.IGNORECASE)
_DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30}


def moment_ago(text: str, now: datetime) -> datetime | None:
    """Return the day that "Posted 6 Days Ago" means; None for "30+ Days Ago", which is none, and for other words."""
    words = text.casefold()
    if "+" in words:
        return None
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if "today" in words or "just" in words:
        return day
    if "yesterday" in words:
        return day - timedelta(days=1)
    found = _AGO.search(words)
    return day - timedelta(days=int(found[1]) * _DAYS[found[2].casefold()]) if found else None
