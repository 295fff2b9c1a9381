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
from automation.engine.forms.questions.meanings import SKILL_ASKED, normalized

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
    """Whether their country, region or city is the one that is asked for: where they live is one place."""
    own, named = candidate.address.country.upper(), countries_named_in(field.label)
    if not own or len(named) > 1 or not ONLY_A_COUNTRY.match(normalized(field.label)):
        return None
    if not named or not ONLY_A_COUNTRY.fullmatch(normalized(without_countries(field.label))):
        asked_region = ONLY_A_COUNTRY.sub("", normalized(field.label)).strip()
        return _lives_in_region(candidate, asked_region) if field.options else None
    (asked,) = named
    # Some countries share a name with a region: Georgia.
    is_region = any(len(region_names(own, name)) > 1 for name in country_names(asked) if len(name) > 3)
    return None if is_region and asked != own else yes_no(asked == own)


def _lives_in_region(candidate: Candidate, asked: str) -> Fact | None:
    place = candidate.address
    own, other = region_names(place.country, place.region), region_names(place.country, asked)
    if asked in own or (asked and asked == normalized(place.city)):
        return yes_no(True)
    are_known = len(own) > 1 and len(other) > 1 and asked != normalized(place.city)
    return yes_no(False) if are_known and len(asked) > 3 else None  # "in", "me" and "or" are states, too


def has_skill(candidate: Candidate, field: FormField) -> Fact | None:
    """Yes to experience with one of the skills that they listed, where nothing else is asked."""
    asked = SKILL_ASKED.match(normalized(field.label))
    listed = {normalized(one.name) for one in candidate.skills if one.years is None or one.years > 0}
    named = next(filter(None, asked.group("skill", "known", "used")), "") if asked else ""
    return yes_no(True) if field.options and named in listed else None


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
