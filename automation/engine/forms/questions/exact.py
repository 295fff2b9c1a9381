"""Whether a question of law asks just what its meaning says: each of its words has to be accounted for.

"Are you authorized to work in the US?" is exact. "… on a visa?", "… temporarily?" or "… under OPT?" ask for something
else in almost the same words, and no list of such words is ever complete. So what is not known here is asked.
"""

import re

from automation.engine.forms.places import without_countries
from automation.engine.forms.questions.abroad import MAY_WORK, OF_AGE, SPONSORED
from automation.engine.forms.questions.meanings import normalized

_USUAL = (
    "please indicate confirm state tell whether if that one of the following are you i am do have can will would be is"
    " your my the a an to in of for at on this our currently presently now today legally lawfully legal lawful from"
    " with within by or and job position role opening employment employed work working employer company organization"
    " here hired hire upon us time current"
)
_PERMIT = (
    "authorized authorised authorization authorisation eligible eligibility entitled permitted allowed able right"
    " permission permit status valid full-time basis"
)
_SPONSOR = (
    "future require requires required requiring need needs needing request obtain sponsorship sponsor sponsored visa"
    " visas immigration immigration-related case status petition support continue continuing maintain extend order such"
    " as e.g i.e eg ie example like etc h-1b h1b h1-b h-1 h1 h-2b tn opt cpt stem e-3 e3 o-1 l-1 f-1 f1 j-1"
    " ever my now/future and/or employment-based employer-based employment-related any point"
)
WORDS = {
    "work_authorization": frozenset(f"{_USUAL} {_PERMIT}".split()),
    "sponsorship": frozenset(f"{_USUAL} {_PERMIT} {_SPONSOR}".split()),
    "authorized_without_sponsorship": frozenset(f"{_USUAL} {_PERMIT} {_SPONSOR} without any".split()),
    "over_18": frozenset(f"{_USUAL} least over above older than age years year old eighteen 18 18+ minimum".split()),
}
# The sentences of other languages that ask for that and for nothing else.
ABROAD = {"work_authorization": MAY_WORK, "sponsorship": SPONSORED, "over_18": OF_AGE}
CHOICE = re.compile(r"\(?\byes ?(?:/|or) ?no\b\)?|\by/n\b|\bselect one\b", re.IGNORECASE)
# Both times together are all of time; "later" alone is not.
AT_ANY_TIME = re.compile(
    r"\b(now|today|currently|at present),? or (later( on)?|at (a|any|some) (later|future) (time|date|point))\b",
    re.IGNORECASE,
)
# What sponsorship is for, said at length: a visa and the like.
OF_IMMIGRATION = re.compile(r"\bimmigration[- ]related (employment )?benefits?\b", re.IGNORECASE)
# A place that is the job's own, said at length.
OF_THE_JOB = re.compile(
    r"\b(in )?the (country|location) (in which|where) (the|this) (position|role|job) (is|will be) (based|located)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+(?:[-'.+/][^\W_]+)*\+?")
ANSWERS = WORDS["authorized_without_sponsorship"].union(
    ("yes", "no", "not", "but", "never", "don't", "won't", "i'm", "am", "i'll", "doesn't"),
    ("ja", "nein", "oui", "non", "sí", "si", "nee", "sì", "sim", "não", "nej", "tak", "nie"),
)
LONGEST = 400  # letters; what is longer explains, and may well except
MOST_NAMES = 3  # words of an employer's name


def is_exact(meaning: str, question: str) -> bool:
    """Whether `question`, as the form words it, asks only for this meaning. An employer's name is no word of weight."""
    known = WORDS.get(meaning)
    if known is None:
        return True
    if len(question) > LONGEST:
        return False
    question = question.replace("’", "'")
    for said_at_length in (CHOICE, AT_ANY_TIME, OF_IMMIGRATION, OF_THE_JOB):
        question = said_at_length.sub(" ", question)
    rest = without_countries(question)
    if meaning in ABROAD and ABROAD[meaning].fullmatch(normalized(rest)):
        return True
    words = WORD.findall(rest)
    other = [word for word in words if word.casefold() not in known]
    return not other or (len(other) <= MOST_NAMES and _is_prose(words) and all(map(_is_name, other)))


def is_plain_answer(option: str) -> bool:
    """Whether an option to a question about the law of work says yes or no, and sponsorship at most, but no more."""
    return all(word.casefold() in ANSWERS for word in WORD.findall(without_countries(option.replace("’", "'"))))


def _is_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _is_prose(words: list[str]) -> bool:
    """Whether capitals mark names here: they do not where Each Word Has One."""
    return sum(word.islower() for word in words) * 3 > len(words) * 2
