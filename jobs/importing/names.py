"""What an employer is called, where only the name of its board is known: "northwoodspace" is Northwood Space."""

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from jobs.normalize.capitals import INITIALS, is_shouted
from jobs.normalize.text import plain_of

_ADDED = re.compile(r"(careers?|jobs|hiring|hq)$")  # to a name, so that it is free: "bjakcareer"
_APART = r"[ .&'’+-]?"
SHORTEST = 3  # letters of a name that is looked for in texts


def name_told(token: str, texts: Iterable[str]) -> str:
    """Return the employer's name as its postings write it most often; what the token says where none has it."""
    lines = (line for text in texts for line in plain_of(text.replace("<", "\n<")).splitlines())
    told = "\n".join(line for line in lines if not is_shouted(line))
    for letters in _ways(token):
        pattern = re.compile(rf"(?<![\w.@/-]){_APART.join(map(re.escape, letters))}(?![\w@-]|\.\w)", re.IGNORECASE)
        spelled: Counter[str] = Counter(found for found in pattern.findall(told) if _is_name(found))
        if spelled:
            return spelled.most_common(1)[0][0]
    return name_from_token(token)


def _ways(token: str) -> list[str]:
    """Return the letters of the names that a token may stand for, the whole of it first."""
    whole, base = (re.sub(r"[\W_]", "", one).casefold() for one in (unquote(token), name_from_token(token)))
    return [one for one in dict.fromkeys([whole, base, _ADDED.sub("", base)]) if len(one) >= SHORTEST]


def _is_name(words: str) -> bool:
    """Tell a name ("Double the Donation", "iVerify") from words that only sound like it ("with Pulley")."""
    first = words.split()[0]
    return first != first.casefold() or first[0].isdigit()


def name_from_token(token: str) -> str:
    """Return a name for an employer of whom only the board's token is known: "hyperliquid%20labs", "acme-corp"."""
    if "://" in token:
        host = urlsplit(token).hostname or token
        return host.removeprefix("www.").removeprefix("careers.").removeprefix("jobs.").split(".")[0].title()
    text = unquote(token.removeprefix("eu/").split("/")[0].split(".")[0]).replace("-", " ").replace("_", " ").strip()
    if any(one.isupper() for one in text):
        return text
    words = (one.upper() if one in INITIALS else f"{one[:1].upper()}{one[1:]}" for one in text.split())
    return " ".join(words) or token
