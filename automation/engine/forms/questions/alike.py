"""Whether two questions are one, though their words are not quite the same: for plain questions alone.

The score that is asked for is all of it: but for endings and little words, the same words in the same order.
"""

import re

from automation.engine.forms.questions.meanings import normalized

LITTLE = frozenset((
    "a", "an", "the", "at", "for", "in", "of", "to", "on", "with", "by", "as", "is", "are", "do", "does", "you", "your",
    "our", "us", "we", "please", "this", "that", "any", "ever",
    "bei", "für", "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "sie", "ihr", "ihre", "ihren",
    "chez", "pour", "de", "du", "la", "le", "les", "un", "une", "vous", "votre", "vos",
    "para", "con", "en", "el", "los", "las", "una", "su", "sus",
))  # fmt: skip
# Left as they are: "C++" is not "C#", and a question with another number or a "not" is another question.
WEIGHTY = re.compile(r"[a-z]*[+#]+|\d+|\b(?:not|no|never|without|minimum|maximum|current|previous|expected)\b")
HOW_MANY = re.compile(
    r"\W+(?:please )?(?:select|choose|check|tick|mark|pick) (?:all|any|at least one|as many)\b[^.?]*$"
)
WHAT_YOURS = re.compile(r"^((please )?(enter|state|provide|tell us) your|what (is|are) your|your) ")
HAVING = re.compile(r"^(do you|i) (currently |already )?(have|hold|possess|own) (?!to\b|not\b|no\b)")
BEING = re.compile(r"^(are you|i am|i'm) (currently )?(?!not\b|no\b|never\b)")
_THERE = r"( (at|for|with|in))?"
# Different words for the same, each where it can mean nothing else.
SAME_WORDS = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"n't\b", " not"),
        (r"'re\b", " are"),
        (r"'ve\b", " have"),
        (r"\b(i)'m\b", r"\1 am"),
        (r"\b(what|who|where|how)'s\b", r"\1 is"),
        (
            rf"^(why (do|would) you (want|like) to (work|join|be){_THERE}"
            rf"|why are you interested in( (working|joining){_THERE})?"
            rf"|what (interests|attracts|excites|draws|motivates) you (about|to|in)( (working|joining){_THERE})?)\b",
            "interest",
        ),
        (r"^(tell (us|me)( more)?( about)?|describe|share|talk about)\b", "tell"),
        (r"\b(professional |career )?(achievement|accomplishment)s?\b", "achievement"),
        (r"\bproudest\b", "most proud"),
        (r"\bwork(ed|ing)? with\b", "used"),
        (r"\b(are you available (for|to work)|can you work|are you able to work)\b", "available"),
        (r"\b(what|which) (percentage|share) of\b", "how much"),
        (r"\btransport(ation)? (to|to and from) work\b", "transportation"),
    )
)


def as_asked(question: str) -> str:
    """Return the question as it is compared: to tick "I have a car" is to say yes to "Do you have a car?".

    "What are your pronouns?" is "Pronouns".
    """
    asked = WHAT_YOURS.sub("", normalized(HOW_MANY.sub("", normalized(question))))
    asked = re.sub(r"^preferred (?=pronouns$)", "", asked)
    return BEING.sub("am ", HAVING.sub("have ", asked))


def are_alike(known: str, asked: str) -> bool:
    """Whether two questions, as they are compared, say the same but for endings, little words and usual phrases."""
    if sorted(WEIGHTY.findall(known)) != sorted(WEIGHTY.findall(asked)):
        return False
    here, there = _words(known), _words(asked)
    return bool(here) and len(here) == len(there) and all(map(_is_same, here, there))


def _words(question: str) -> list[str]:
    for phrase, word in SAME_WORDS:
        question = phrase.sub(word, question)
    return [word for word in re.findall(r"[^\W_]+", question) if word not in LITTLE]


def _is_same(one: str, other: str) -> bool:
    """Whether the words are one but for the ending: "team" is "teams", "Java" is not "JavaScript"."""
    stem = max(4, min(len(one), len(other)) - 1)
    return one == other or (abs(len(one) - len(other)) <= 2 and one[:stem] == other[:stem])
