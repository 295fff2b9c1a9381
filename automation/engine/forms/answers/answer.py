"""Answer one field in the candidate's name: from what they said, or not at all.

The order: an answer the person gave to this very question; the meaning of the question and what the profile says to
it; for plain questions an answer to one that reads almost the same. What is left is asked if the form requires it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from automation.engine.candidate import Candidate
from automation.engine.forms.answers import choices, moments
from automation.engine.forms.answers.fact import Choose, Fact
from automation.engine.forms.answers.past import asked_as, is_over, past_fact
from automation.engine.forms.answers.profile import fact
from automation.engine.forms.field import FormField, Kind, Widget
from automation.engine.forms.places import language_names
from automation.engine.forms.questions.alike import are_alike, as_asked
from automation.engine.forms.questions.exact import is_exact
from automation.engine.forms.questions.meanings import Meaning, Risk, meaning_of, normalized
from automation.engine.forms.questions.others import is_of_another
from automation.engine.forms.questions.topics import topic_of
from automation.engine.result import Question, Source, Why

OF_OTHERS = re.compile(
    r"emergency|\bkin\b|\breferences?\b|\breferr|supervisor|guardian|\b(parents?|father|mother|spouse|husband|wife)\b"
    r"|\b(famil(y|ies)|children|dependants?|dependents?|beneficiar(y|ies))\b|notfall|referenz|urgence|emergencia|noodgeval",
    re.IGNORECASE,
)
# In a section about a former job or a school, these are asked of that: its place, its dates.
OF_THE_PAST = re.compile(
    r"^\W*(your |my |previous |prior |former |past |most recent |relevant |other )*"
    r"((primary|(post-?)?secondary|higher|further|tertiary|university|college|(under|post-?)?graduate) education"
    r"|education(al)?"
    r"|school|university|college|((under|post-?)?graduate |university |college )?degrees?|academic|a-levels?"
    r"|employment|employer|(work |job |professional |internship |volunteer(ing)? |military )?(experience|history)"
    r"|internships?|placements?|volunteering|volunteer work|military service|training|courses|certifications?|projects"
    r"|(schul)?ausbildung|studium|berufserfahrung|(beruflicher )?werdegang"
    r"|formations?|expériences?( professionnelles?)?|formación( académica)?|estudios"
    r"|experiencia( laboral| profesional)?|opleiding(en)?|werkervaring)"
    r"( (background|history|experience|details|information|\(or equivalent\)|(and|&) (training|certifications?)))*"
    r"\W*\d*\W*$",
    re.IGNORECASE,
)
BEFORE_STUDIES = re.compile(
    r"(?<!post)(?<!post-)\b(primary|secondary|high) ?(school|education)|\ba-levels?\b|\bgcses?\b", re.IGNORECASE
)
OF_STUDIES = frozenset({"school", "degree", "field_of_study", "graduation_year"})
ALSO_OF_THE_PAST = frozenset(
    {"start_date", "location", "city", "region", "country", "street", "postal_code", "phone", "email", "website"}
)
OTHER = re.compile(r"^other\b(?!.*\b(job|site|board|website)s?\b)")
COMPOUND = re.compile(
    r"\band,? (are|do|can|have|would|will|is|did) (you|your)\b(?!.{0,20}\bin the future)|\?.*\?", re.IGNORECASE
)
SIGNED = re.compile(r"disabilit|self.?identif|signature|cc-305|acknowledg|certif", re.IGNORECASE)
BARE_DATE = re.compile(r"^(today'?s )?date\W*$", re.IGNORECASE)
AGREES = re.compile(
    r"agree|accept|consent|acknowledg|certif|confirm|attest|declar|understand|understood|authori[sz]|terms|polic(y|ies)"
    r"|notice|waive|zustimm|einverstanden|akzeptier|j'ai lu|acepto|akkoord"
    r"|acconsento|accetto|aceito|concordo|godkän|samtyck|godkend|godta|aksepter|zgod|akceptuj",
    re.IGNORECASE,
)
YES_OR_NO = re.compile(
    r"\W*(yes|no|true|false|i|ja|nein|oui|non|sí|si|nee|sì|sim|não|nej|tak|nie|none|not|n/a)\b", re.IGNORECASE
)
DIAL_CODE = re.compile(r"(?<!\w)\+\d{1,4}\b")
# The name of a list of years, not of jobs.
EXPERIENCE = re.compile(
    r"^(your |total |work |professional )*experience$|^(berufs|arbeits)erfahrung$|^expérience( professionnelle)?$"
    r"|^experiencia( laboral| profesional)?$|^werkervaring$|^esperienza( lavorativa| professionale)?$"
    r"|^experiência( profissional)?$|^(arbetslivs|yrkes)erfarenhet$|^(erhvervs|arbejds|arbeids|yrkes)erfaring$"
    r"|^doświadczenie( zawodowe)?$"
)
MOST_TELLING = 40  # options; a list of more is of places or the like
CONSENTS = frozenset({"consent_privacy", "consent_truthful"})
NAMES = frozenset({"first_name", "last_name", "full_name", "preferred_name"})
TICKED = frozenset({Kind.CONSENT, Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE})
DECLINABLE = frozenset({"salutation", "gender", "race", "hispanic", "veteran", "disability", "demographic_other"})


@dataclass(frozen=True)
class Reply:
    """What to put into a field: the text for a text field, or the way to pick among options."""

    text: str
    choose: Choose
    source: Source
    is_many: bool = False

    def picks(self, options: Sequence[str]) -> list[str]:
        """Return the options that say the same; none if they do not."""
        if self.is_many:
            return [option for option in options if self.choose([option])]
        pick = self.choose(options)
        return [pick] if pick else []


def reply_to(field: FormField, candidate: Candidate) -> Reply | Question | None:
    """Return the reply, the question for the person when one is required and unknown, or None to leave it empty."""
    if field.past:
        return _past(field, candidate)
    meaning = meaning_in(field)
    if declined := field.beside.get("declined"):
        return _declining(declined, candidate)
    if banked := _banked(field, candidate, exactly=True):
        return _fitting(banked, field, meaning)
    if (asked := field.beside.get("specified")) and _is_other(asked, candidate):
        return Reply(candidate.heard_from, lambda options: None, Source.PROFILE)
    if meaning and meaning.name in DECLINABLE:
        return _demographic(field, meaning, candidate)
    is_plain = meaning is None or (meaning.risk is Risk.PLAIN and meaning.name != "marketing")
    said = (_on_topic(field, candidate) if is_plain else None) or _said(field, meaning, candidate)
    if said is None and is_plain:
        said = _banked(field, candidate, exactly=False)
    return _fitting(said, field, meaning) if said else _only_choice(field, meaning) or _unknown(field, meaning)


def _is_other(asked: FormField, candidate: Candidate) -> bool:
    """Whether "other" is chosen in a list for the way one heard of the job, since that is not in it."""
    reply = reply_to(asked, candidate)
    if not isinstance(reply, Reply) or not candidate.heard_from or reply.source is not Source.PROFILE:
        return False
    chosen = reply.picks(asked.option_labels) if asked.options else [asked.value]
    return len(chosen) == 1 and OTHER.match(normalized(chosen[0])) is not None and asked.value in {"", *chosen}


def _only_choice(field: FormField, meaning: Meaning | None) -> Reply | None:
    """Return what a list has chosen that has nothing else to choose: the job applied for, say. No agreement is one."""
    is_plain = meaning is None or (meaning.risk is Risk.PLAIN and meaning.name != "marketing")
    is_chosen = field.widget is Widget.SELECT and field.option_labels == [field.value] and not field.multiple
    if not (is_plain and is_chosen) or AGREES.search(f"{field.label} {field.value}") or YES_OR_NO.match(field.value):
        return None
    return Reply(field.value, lambda options: choices.choose([field.value], options), Source.DEFAULT)


def is_needed(field: FormField, candidate: Candidate) -> bool:
    """Whether this has to be said though the form does not require it: a number beside it would be of something else.

    What the form itself has chosen there is nobody's answer.
    """
    meaning = meaning_in(field)
    if meaning and meaning.name in {"salary_currency", "salary_period"} and (wage := field.beside.get("salary")):
        return wage.required or _banked(wage, candidate, exactly=False) is not None
    return bool(meaning and meaning.name == "phone_country" and "phone" in field.beside and field.value)


def _past(field: FormField, candidate: Candidate) -> Reply | Question | None:
    """Answer in a row about a former job or school from the list of them, or what was said to just this."""
    if is_over(field):
        return None
    if told := _banked(replace(field, label=asked_as(field)), candidate, exactly=True):
        return _fitting(told, field, None)
    found = past_fact(field)
    if found is None or (field.kind is Kind.CONSENT and found.text != "Yes"):
        return None if field.kind is Kind.CONSENT else _unknown(field, None)
    return _fitting(Reply(found.text, found.choose, Source.PROFILE), field, None)


def meaning_in(field: FormField) -> Meaning | None:
    """Return what the field asks. A section about somebody else makes its questions unknown."""
    if OF_OTHERS.search(field.section):
        return None
    by_label = meaning_of(field.label, field.autocomplete)
    if by_label and by_label.name in NAMES and field.kind is Kind.NUMBER:
        return None  # "nombre" is a number, too
    if by_label and by_label.name in ALSO_OF_THE_PAST and OF_THE_PAST.search(field.section):
        return None
    if by_label and by_label.name in OF_STUDIES and BEFORE_STUDIES.search(field.section):
        return None
    if by_label and by_label.name in BY_NEIGHBOURS:
        return BY_NEIGHBOURS[by_label.name](field, by_label)
    if by_label is None and normalized(field.label) in {"number", "type"}:
        by_label = meaning_of(f"{field.section.removesuffix('s')} {field.label}")  # "Phones": "Number"
    if (by_label is None or by_label.name == "phone_exchange") and _is_of_dial_codes(field):
        return meaning_of("country code")
    if by_label is None and field.kind in {Kind.EMAIL, Kind.PHONE}:
        said = normalized(field.label)
        return None if is_of_another(field.kind, said, len(said)) else meaning_of(field.kind)
    if BARE_DATE.match(field.label) and ("signed" in field.beside or SIGNED.search(f"{field.section} {field.key}")):
        return meaning_of("date signed")
    return by_label or _meaning_by_options(field)


def _is_of_dial_codes(field: FormField) -> bool:
    """Whether a list is of countries' codes for the phone number beside it, whatever it is called."""
    is_named = normalized(field.label) in {"code", "prefix"}
    is_list = field.kind is Kind.SINGLE_CHOICE and "phone" in field.beside
    return is_list and (is_named or (len(field.options) > 1 and all(map(DIAL_CODE.search, field.option_labels))))


def _name_meant(field: FormField, meaning: Meaning) -> Meaning | None:
    """Return which name is meant where one word stands for several: by the names that the form asks for beside it."""
    said, shown = normalized(field.label), meaning_of(field.placeholder)
    if meaning.name == "full_name" and shown and shown.name in NAMES:
        return shown  # "What is your name?" above two fields
    if said in {"name", "naam", "namn", "navn"} and "first_name" in field.beside and "last_name" not in field.beside:
        return meaning_of("last name")
    if said in ALONE and ALONE[said] not in field.beside:
        return meaning_of("full name")
    return meaning


def _address_meant(field: FormField, meaning: Meaning) -> Meaning | None:
    """Return the place that is meant where the placeholder names more than a street, or no street at all."""
    shown = meaning_of(field.placeholder)
    return shown if shown and shown.name in {"location", "full_address"} else meaning


def _phone_meant(field: FormField, meaning: Meaning) -> Meaning | None:
    """Return the number's country for a list that has the number's own label: no list offers the number itself."""
    return meaning_of("country code") if field.kind is Kind.SINGLE_CHOICE else meaning


ALONE = {
    "nombre": "last_name",
    "nome": "last_name",
    "nom": "first_name",
}  # alone, without that other name, it is the whole name
BY_NEIGHBOURS = {
    **dict.fromkeys(("first_name", "last_name", "full_name"), _name_meant),
    "street": _address_meant,
    "phone": _phone_meant,
}


def _meaning_by_options(field: FormField) -> Meaning | None:
    """Return what a list asks whose label says nothing of it ("Check one of the boxes below"), but whose options do."""
    if len(field.options) > MOST_TELLING:
        return None
    said = [one for one in field.option_labels if choices.choose_decline([one]) is None]
    if choices.are_work_modes(said):
        return meaning_of("work mode")
    if EXPERIENCE.match(normalized(field.label)) and choices.are_years(said):
        return meaning_of("years of experience")
    found = {meaning.name: meaning for one in said if (meaning := meaning_of(one)) and meaning.name in DECLINABLE}
    return found.popitem()[1] if said and len(found) == 1 and len(said) > 1 else None


def _said(field: FormField, meaning: Meaning | None, candidate: Candidate) -> Reply | None:
    if meaning is None or (meaning.risk is Risk.LEGAL and COMPOUND.search(field.label)):
        return None  # one answer to two questions of law could be wrong for one of them
    if not is_exact(meaning.name, field.label):
        return None
    found = fact(meaning.name, candidate, field)
    if found is None:
        return None
    if field.kind is Kind.CONSENT and found.text not in {"Yes", "No"}:
        return None  # a box to tick is answered by a yes, not by a text
    if meaning.name in CONSENTS and field.kind not in TICKED:
        return None  # what is to be written is more than a consent
    is_list = field.kind is Kind.MULTI_CHOICE or field.widget in {Widget.COMBOBOX, Widget.BUTTONS}
    if is_list and meaning.name in {"skills", "languages"}:
        return _many(found, language_names if meaning.name == "languages" else lambda name: (name,))
    return Reply(found.text, found.choose, Source.PROFILE)


def _many(found: Fact, names_of: Callable[[str], Sequence[str]]) -> Reply:
    names = [name for one in found.text.split(", ") for name in names_of(one)]
    return Reply(found.text, lambda options: choices.choose(names, options), Source.PROFILE, is_many=True)


def _banked(field: FormField, candidate: Candidate, *, exactly: bool) -> Reply | None:
    """Return the person's own answer to this question, or to one that says the same."""
    asked = as_asked(field.label)
    for one in candidate.answers:
        known = as_asked(one.question)
        if known == asked or (not exactly and are_alike(known, asked)):
            return _told(one.answer, field)
    return None


def _told(answer: str, field: FormField) -> Reply:
    return Reply(answer, _picker(answer), Source.ANSWER, is_many=field.kind is Kind.MULTI_CHOICE)


def _on_topic(field: FormField, candidate: Candidate) -> Reply | None:
    """Return what the person said to another question on the same topic, where it is an answer to this one, too."""
    topic = topic_of(field.label)
    for one in candidate.answers if topic else ():
        reply = _told(one.answer, field)
        is_yes_or_no = choices.means_yes(one.answer) is not None
        fits = bool(reply.picks(field.option_labels)) if field.options else field.kind in TICKED or not is_yes_or_no
        if fits and topic_of(one.question) == topic:
            return reply
    return None


def _picker(answer: str) -> Choose:
    def choose(options: Sequence[str]) -> str | None:
        parts = [answer, *re.split(r"\s*[;,\n]\s*", answer)]
        if found := choices.choose(parts, options):
            return found
        word = normalized(answer)
        if word.isdecimal() and not any(map(choices.unit_in, options)):
            return choices.choose_number(int(word), options)
        if (is_yes := choices.means_yes(answer)) is not None:
            return choices.choose_yes_no(is_yes, options)
        return choices.choose_level(answer, options) or choices.choose_share(answer, options)

    return choose


def _demographic(field: FormField, meaning: Meaning, candidate: Candidate) -> Reply | Question | None:
    """What the person told of themselves, else "decline" where the form offers it."""
    told = getattr(candidate.demographics, meaning.name, "decline") or "decline"
    if meaning.name == "salutation" and (title := _title(candidate.demographics.gender, field)):
        return title
    if normalized(told) != "decline":
        same = choices.same_gender(told)
        return _fitting(
            Reply(told, lambda options: choices.choose(same, options) or _picker(told)(options), Source.PROFILE),
            field,
            meaning,
        )
    if field.kind in {Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE}:
        decline = Reply("", choices.choose_decline, Source.DEFAULT)
        if not field.options or decline.picks(field.option_labels):
            return decline
    return _unknown(field, meaning)


def _title(gender: str, field: FormField) -> Reply | None:
    """Return the title for the gender that was told, where the list has one, or is still to be opened."""
    if field.kind is not Kind.SINGLE_CHOICE or (
        field.options and not choices.choose_title(gender, field.option_labels)
    ):
        return None
    pick = Reply(
        "", lambda options: choices.choose_title(gender, options) or choices.choose_decline(options), Source.PROFILE
    )
    return pick if normalized(gender) != "decline" else None


def _declining(asked: FormField, candidate: Candidate) -> Reply | None:
    """Tick the box that declines the question before it, where nothing was told and its list does not offer that."""
    meaning = meaning_in(asked)
    if not meaning or meaning.name not in DECLINABLE or choices.choose_decline(asked.option_labels):
        return None
    told = getattr(candidate.demographics, meaning.name, "decline") or "decline"
    is_answered = normalized(told) != "decline" or _banked(asked, candidate, exactly=True)
    return None if is_answered else Reply("Yes", lambda options: None, Source.DEFAULT)


def _fitting(reply: Reply, field: FormField, meaning: Meaning | None) -> Reply | Question | None:
    """Return the reply if the field can take it; a choice that offers nothing like it is unknown."""
    if field.kind is Kind.CONSENT:
        return reply if normalized(reply.text) in {"yes", "true", "i agree"} else _unknown(field, meaning)
    if field.kind in {Kind.SINGLE_CHOICE, Kind.MULTI_CHOICE} and field.options and not reply.picks(field.option_labels):
        return _unknown(field, meaning, Why.AMBIGUOUS)
    if field.input_type in moments.HELD:
        text = moments.told(field.input_type, reply.text)
        return replace(reply, text=text) if text else _unknown(field, meaning, Why.AMBIGUOUS)
    if reply.source is Source.ANSWER and field.kind is Kind.TEXT:
        return replace(reply, text=_as_shown(reply.text, field))
    return reply


def _as_shown(text: str, field: FormField) -> str:
    """Return a day that somebody told as the field shows that it wants days; other texts as they are."""
    hints = (field.placeholder, field.label, field.hint)
    return next(filter(None, (moments.day_as_wanted(text, hint) for hint in hints)), text)


def _unknown(field: FormField, meaning: Meaning | None, why: Why = Why.UNKNOWN) -> Question | None:
    if not field.required:
        return None
    if meaning and meaning.risk is not Risk.PLAIN:
        why = Why.LEGAL
    return Question(asked_as(field), str(field.kind), field.must_be_one_of, True, why)
