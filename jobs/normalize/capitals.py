"""Lines in capitals throughout, written as sentences: "ABOUT NELO & US" is "About Nelo & us".

The text itself says how its names are written, and so does the employer's name; initials stay in capitals.
"""

import re
from collections import Counter
from functools import cached_property

from jobs.normalize.skills import odd_names

_LETTERS = re.compile(r"[^\W\d_]{3}")
_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(r"(?<=[a-z0-9,] )[^\W\d_]+")  # words inside of sentences: a capital there is a name's
_ODD = re.compile(r"[^\W\d_]+[A-Z]\w*")  # "GAAP", "OpenAI", "iOS": no place in a sentence makes these
_US = re.compile(r"\b(ABOUT|JOIN|JOINING|WITH|TO|FOR|FROM|OF|AT) US\b(?![.-]| BASED)")  # no country
_VOWEL = re.compile(r"[^\W\d_BCDFGHJKLMNPQRSTVWXZ]")
_NUMERAL = re.compile(r"[IVX]{2,4}")
LONGEST_INITIALS = 5  # "GAAP"; a longer word in capitals is emphasis
INITIALS = {
    "usd", "eur", "gbp", "cad", "aud", "chf", "usa", "uk", "eu", "ai", "hr", "ceo", "cto", "cfo", "coo", "api", "faq",
    "pto", "eeo", "dei", "ote", "okr", "kpi", "gaap", "hipaa", "nyc", "i",
}  # fmt: skip
# After these an employer or a product is named, unless it is "about the role".
_NAMED = re.compile(
    r"\b(?:ABOUT|AT|JOIN|JOINING|WHY) "
    r"((?!(?:THE|THIS|THAT|A|AN|US|YOU|YOUR|OUR|WE|ME|MY|IT|JOIN|WORK)\b)[^\W\d_][^:?!(|,;–—]*)"
)
_BETWEEN = r"[^a-zA-Z\n]{1,3}"  # two words of a name: "Brain Co.", "Character.AI"
_SENTENCE = re.compile(r"(^(?:&\w+;|\d+[.)]|[\W_])*|[.!?]\s+[\W_]*)([^\W\d_]+)")  # its first word, after emoji


def is_shouted(text: str) -> bool:
    """Tell whether an escaped text is in capitals throughout. Scripts without them are never."""
    if not (text.replace("&amp;", "&") if "&" in text else text).isupper() or not _LETTERS.search(text):
        return False
    return text.isascii() or 2 * sum(one.isupper() for one in text) > sum(one.isalpha() for one in text)


class Spelling:
    """How a text and its employer's name write words."""

    def __init__(self, plain: str, employer: str = "") -> None:
        self._plain, self._employer = plain, employer

    def calm(self, shouted: str) -> str:
        """Return a text that is in capitals as sentences, each word as it is written elsewhere."""
        named = self._named(shouted)
        words = _US.sub(lambda found: f"{found[1]} us", shouted)
        words = _WORD.sub(lambda found: named.get(found.start()) or self._as_said(found), words)
        return _SENTENCE.sub(_with_capital, words)

    def _as_said(self, found: "re.Match[str]") -> str:
        word, small = found[0], found[0].casefold()
        before = found.string[max(found.start() - 5, 0) : found.start()]
        if before.endswith(("'", "’")) or word == small:
            return small
        if small in self._words:
            return self._words[small]
        if before.endswith("&amp;") and len(word) == 1:
            return word
        is_initials = small in INITIALS or not _VOWEL.search(word) or _NUMERAL.fullmatch(word)
        return word if is_initials and len(word) <= LONGEST_INITIALS else small

    @cached_property
    def _told(self) -> str:
        return "\n".join([*(one for one in self._plain.splitlines() if not one.isupper()), self._employer])

    @cached_property
    def _words(self) -> dict[str, str]:
        """Words as they are written inside of sentences, by their small letters.

        What comes in small letters, too, is no name and no initials: "US" is no reason to write "About US".
        """
        inside = Counter(_INSIDE.findall(self._told))
        ways = [*(one for one, _ in reversed(inside.most_common())), *dict.fromkeys(_ODD.findall(self._told))]
        names = [one for one in ways if not one.isupper() or len(one) <= LONGEST_INITIALS]
        small = [one for one in ways if one == one.casefold()]
        return {one.casefold(): one for one in (*odd_names(), *names, *small)}

    def _named(self, shouted: str) -> dict[int, str]:
        """Return where in a heading the words of names are ("ABOUT DAVID ENERGY"), and how the text writes these."""
        spelled: dict[int, str] = {}
        for found in _NAMED.finditer(shouted):
            words = list(_WORD.finditer(found[1]))[:4]
            for number in range(len(words), 0, -1):
                if name := self._name([word[0] for word in words[:number]]):
                    starts = [found.start(1) + word.start() for word in words]
                    spelled |= zip(starts, name, strict=False)
                    break
        return spelled

    def _name(self, words: list[str]) -> list[str]:
        """Return how the text writes some words where it writes them as a name; nothing where they are none."""
        places = re.findall(rf"\b{_BETWEEN.join(words)}\b", self._told, re.IGNORECASE)
        names = [spelled for spelled in map(_WORD.findall, places) if all(one != one.casefold() for one in spelled)]
        return names[0] if 2 * len(names) > len(places) or (names and len(words) > 1) else []


def _with_capital(found: "re.Match[str]") -> str:
    """Return the beginning of a sentence with a capital, unless the word has its own: "iOS"."""
    word = found[2]
    return found[1] + (word if word != word.casefold() else word[:1].upper() + word[1:])
