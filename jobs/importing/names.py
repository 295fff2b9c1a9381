"""What an employer is called, where only the name of its board is known: "northwoodspace" is Northwood Space."""

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from jobs.normalize.capitals import INITIALS, is_shouted
from jobs.normalize.text import plain_of

# To a name, so that it is free: "bjakcareer", "withpulley".
_ADDED = re.compile(r"^(with|join|try|get|the)(?=.{4})|(careers?|jobs|hiring|hq|app)$")
_APART = r"[ .&'’+-]?"
_AND = _APART.join("and")
_SUBJECT = re.compile(r"(?<![\w.@/-])([A-Z]\w{3,})(?=(?: is| was| has| offers|['’]s)\b)")
_CODE = re.compile(r"[a-z]{0,3}\d{3,}")  # behind a name: "foresite-labs-fl2024-006"
SHORTEST = 3  # letters of a name that is looked for in texts


def name_told(token: str, texts: Iterable[str]) -> str:
    """Return the employer's name as its postings write it most often; what the token says where none has it.

    A token may say more than the name: "heidihealth" is Heidi, where the texts say so and never mean a thing by it.
    """
    lines = (line for text in texts for line in plain_of(text.replace("<", "\n<")).splitlines())
    told = "\n".join(line for line in lines if not is_shouted(line))
    for letters in _ways(token):
        words = _APART.join(map(re.escape, letters)).replace(_AND, f"(?:{_AND}|&)")
        pattern = re.compile(rf"(?<![\w.@/-]){words}(?![\w@-]|\.\w)", re.IGNORECASE)
        spelled: Counter[str] = Counter(found for found in pattern.findall(told) if _is_name(found))
        if spelled and (is_whole(letters, token) or not _is_said_of_things(letters, told)):
            return spelled.most_common(1)[0][0]
    name = name_from_token(token)
    is_lump = name[1:].isalpha() and name[1:].islower()
    return (_beginning(_ways(token), told) if is_lump else "") or name


def _beginning(ways: list[str], told: str) -> str:
    """Return the word that the texts tell something of, and with which the token begins; empty where there is none."""
    subjects = Counter(word for word in _SUBJECT.findall(told) if any(way.startswith(word.casefold()) for way in ways))
    return next((word for word, _ in subjects.most_common() if not _is_said_of_things(word, told)), "")


def _is_said_of_things(word: str, told: str) -> bool:
    return re.search(rf"(?<![\w.@/-]){word.casefold()}(?![\w@-]|\.\w)", told) is not None


def is_whole(name: str, token: str) -> bool:
    """Tell whether a name is all that a token says: others may begin as it does."""
    return _letters(name) in {_letters(unquote(token)), _letters(name_from_token(token))}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.replace("&", "and")).casefold()


def _ways(token: str) -> list[str]:
    """Return the letters of the names that a token may stand for, the whole of it first."""
    whole, base = _letters(unquote(token)), _letters(name_from_token(token))
    return [one for one in dict.fromkeys([whole, base, _ADDED.sub("", base)]) if len(one) >= SHORTEST]


def _is_name(words: str) -> bool:
    """Tell a name ("Double the Donation", "iVerify") from words that only sound like it ("with Pulley")."""
    first = words.split()[0]
    return first != first.casefold() or any(one.isdigit() for one in first)


def name_from_token(token: str) -> str:
    """Return a name for an employer of whom only the board's token is known: "hyperliquid%20labs", "acme-corp"."""
    if "://" in token:
        host = urlsplit(token).hostname or token
        return host.removeprefix("www.").removeprefix("careers.").removeprefix("jobs.").split(".")[0].title()
    text = unquote(token.removeprefix("eu/").split("/")[0].split(".")[0]).replace("-", " ").replace("_", " ").strip()
    if any(one.isupper() for one in text):
        return text
    first, *rest = text.split() or [token]
    words = [first, *(one for one in rest if not _CODE.fullmatch(one))]
    return " ".join(one.upper() if one in INITIALS else f"{one[:1].upper()}{one[1:]}" for one in words)
