"""Plain questions of yes or no, each answered from what the candidate said of just that; a no is never guessed."""

import re

from automation.engine.candidate import Candidate
from automation.engine.forms.answers import choices
from automation.engine.forms.answers.fact import Fact, yes_no
from automation.engine.forms.field import FormField
from automation.engine.forms.places import (
    countries_named_in,
    country_names,
    language_names,
    region_names,
    without_countries,
)
from automation.engine.forms.questions import abroad
from automation.engine.forms.questions.meanings import normalized

OR_ELSE = re.compile(r"\bor\b[^.?!]*\brelocat", re.IGNORECASE)
ONLY_A_DEGREE = re.compile(
    r"(do|have) you (currently |already )?(have|hold|held|possess|obtained|earned|completed|received)? ?"
    r"(the following level of education: )?(a |an |at least a |your )?"
    r"(bachelor|master|doctor|phd|associate)('?s|ate)?( of (arts|science)| or equivalent)?( degree)?"
    r"( or (higher|equivalent|above))?"
)
ONLY_A_COUNTRY = re.compile(
    r"(are|do) you (currently |presently |now )?(based|located|resid(e|ing)|liv(e|ing)) (in|inside|within)( the)?"
)


def has_degree(candidate: Candidate, field: FormField) -> Fact | None:
    """Yes where the question is of nothing but a degree that the candidate listed."""
    level = choices.degree_level(field.label)
    held = {choices.degree_level(one.degree) for one in candidate.education}
    return yes_no(True) if level in held and ONLY_A_DEGREE.fullmatch(normalized(field.label)) else None


def would_move(candidate: Candidate, field: FormField) -> Fact | None:
    """What they said; but who would not move may live there, where the question is of either."""
    said = candidate.willing_to_relocate
    return None if said is False and OR_ELSE.search(field.label) else yes_no(said)


def lives_in(candidate: Candidate, field: FormField) -> Fact | None:
    """Whether their country is the one that is asked for. Some countries share a name with a region: Georgia."""
    own, named = candidate.address.country.upper(), countries_named_in(field.label)
    if not own or len(named) != 1 or not ONLY_A_COUNTRY.fullmatch(normalized(without_countries(field.label))):
        return None
    (asked,) = named
    is_region = any(len(region_names(own, name)) > 1 for name in country_names(asked) if len(name) > 3)
    return None if is_region and asked != own else yes_no(asked == own)


def speaks(candidate: Candidate, field: FormField) -> Fact | None:
    """Yes to a language that they listed; how well is another question."""
    asked = abroad.SPEAKS.fullmatch(normalized(field.label))
    known = {name for one in candidate.languages for name in language_names(one)}
    return yes_no(True) if asked and field.options and asked["language"] in known else None


def suits(candidate: Candidate, field: FormField) -> Fact | None:
    """Yes to the way of working that they wish for."""
    asked = normalized(field.label)
    wished = choices.WORK_MODES.get(candidate.work_mode, ())
    return yes_no(True) if any(re.search(rf"\b{re.escape(name)}\b", asked) for name in wished) else None
