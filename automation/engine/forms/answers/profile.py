"""The candidate's side of each meaning: what may be written, as text or as a choice. Unsaid is None."""

import re
from collections.abc import Callable, Sequence
from datetime import date

import phonenumbers

from automation.engine.candidate import Candidate, Salary
from automation.engine.forms.answers import choices, dates, law, yes_or_no
from automation.engine.forms.answers.fact import Fact, yes_no
from automation.engine.forms.field import FormField, Kind, Widget
from automation.engine.forms.places import (
    country_names,
    country_title,
    is_elsewhere,
    region_names,
)
from automation.engine.forms.questions import money
from automation.engine.forms.questions.abroad_more import OF_YEARS
from automation.engine.forms.questions.meanings import normalized


def fact(meaning: str, candidate: Candidate, field: FormField) -> Fact | None:
    """Return what the candidate says to `meaning` as this field asks it; None if they have not said it."""
    reader = READERS.get(meaning)
    return reader(candidate, field) if reader else None


def _text(text: str, *others: str) -> Fact | None:
    names = [one for one in (text, *others) if one]
    return Fact(text, lambda options: choices.choose(names, options)) if text else None


def _number(number: float | None) -> Fact | None:
    if number is None:
        return None
    return Fact(f"{number:g}", lambda options: choices.choose_number(number, options))


# ---------------------------------------------------------------- contact


def _phone(candidate: Candidate, field: FormField) -> Fact | None:
    if "area_code" in field.beside:
        return _phone_part(3, None)(candidate, field)
    return _text(phone_as_shown(candidate.phone, field.placeholder, field.hint))


def phone_as_shown(phone: str, *hints: str) -> str:
    """Return the number as a hint shows numbers of its country, or in digits alone where it asks for them."""
    national = national_phone(phone)
    if national == phone:
        return phone
    own = phonenumbers.format_number(phonenumbers.parse(phone, None), phonenumbers.PhoneNumberFormat.NATIONAL)
    for hint in hints:
        shown = re.search(r"\+?\(?\d[\d\s().-]{5,}\d", re.sub(r"[_#X]", "0", hint))
        if shown and len(re.sub(r"\D", "", shown[0])) == len(national) and "+" not in shown[0]:
            groups = [len(group) for group in re.findall(r"\d+", shown[0])]
            if groups in ([len(national)], [len(group) for group in re.findall(r"\d+", own)]):
                return _in_the_place_of_digits(national, shown[0])
        if TEN_DIGITS.search(hint) and len(national) == 10:
            return national
        if DIGITS_ALONE.search(hint):
            return phone.removeprefix("+")
    return phone


def _in_the_place_of_digits(number: str, pattern: str) -> str:
    digits = iter(number)
    return re.sub(r"\d", lambda _: next(digits), pattern)


TEN_DIGITS = re.compile(r"\b(ten|10)[ -]digits?\b", re.IGNORECASE)
DIGITS_ALONE = re.compile(r"\b(digits|numbers) only\b|\bonly (digits|numbers)\b", re.IGNORECASE)


def national_phone(phone: str) -> str:
    """Return the number as it is dialled in its own country, digits only; as given if it is no valid number."""
    try:
        return str(phonenumbers.national_significant_number(phonenumbers.parse(phone, None)))
    except phonenumbers.NumberParseException:
        return phone


def phone_region(phone: str) -> str:
    """Return the country code (alpha-2) of the number, empty if it has none."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(phone, None)) or ""
    except phonenumbers.NumberParseException:
        return ""


def dial_code(phone: str) -> str:
    """Return the code of the number's country, as "+49"; empty if it is no number with one."""
    try:
        return f"+{phonenumbers.parse(phone, None).country_code}"
    except phonenumbers.NumberParseException:
        return ""


def _phone_part(start: int, end: int | None) -> Callable[[Candidate, FormField], Fact | None]:
    """A part of a number that a form asks for in three, as numbers of ten digits are written (NANP)."""

    def read(candidate: Candidate, field: FormField) -> Fact | None:
        digits = national_phone(candidate.phone)
        is_asked = start == 0 or "area_code" in field.beside
        return _text(digits[start:end]) if is_asked and candidate.phone.startswith("+1") and len(digits) == 10 else None

    return read


# What the kinds of numbers are called that a number itself tells apart: not every country's do.
PHONE_TYPES = {
    phonenumbers.PhoneNumberType.MOBILE: (
        "Mobile", "Mobile phone", "Cell", "Cell phone", "Cellular", "Mobile/Cell", "Handy", "Mobil", "Mobiltelefon",
        "Portable", "Móvil", "Celular", "Mobiel",
    ),
    phonenumbers.PhoneNumberType.FIXED_LINE: ("Landline", "Landline phone", "Fixed line", "Festnetz"),
}  # fmt: skip


def _phone_type(candidate: Candidate, field: FormField) -> Fact | None:
    try:
        return _text(*PHONE_TYPES.get(phonenumbers.number_type(phonenumbers.parse(candidate.phone, None)), ("",)))
    except phonenumbers.NumberParseException:
        return None


FLAG = 0x1F1E6 - ord("A")  # from a letter to its sign in a flag


def _phone_country(candidate: Candidate, field: FormField) -> Fact | None:
    region = phone_region(candidate.phone)
    code = dial_code(candidate.phone)
    names = list(country_names(region))

    def pick(options: Sequence[str]) -> str | None:
        same = [one for one in options if choices.without_symbols(one) == code]
        flag = "".join(chr(ord(letter) + FLAG) for letter in region)
        return choices.choose(names, options) or next((one for one in same if flag in one), same[0] if same else None)

    return Fact(code, pick) if region else None


def _country(candidate: Candidate, field: FormField) -> Fact | None:
    """The country lived in; in a list of dial codes, the phone number's."""
    code = candidate.address.country
    if not code:
        return None

    def pick(options: Sequence[str]) -> str | None:
        has_codes = any(re.search(r"\+\d", option) for option in options)
        return choices.choose(country_names(phone_region(candidate.phone) if has_codes else code), options)

    return Fact(country_title(code), pick)


def _region(candidate: Candidate, field: FormField) -> Fact | None:
    place = candidate.address
    if place.country.upper() == "US" and OF_A_STATE.search(normalized(field.label)):
        return None
    names = region_names(place.country, place.region)
    is_searched = field.widget is Widget.COMBOBOX and bool(names)  # lists find a region by its name, not by "TX"
    lands = country_names(place.country)
    text = names[0] if is_searched else place.region
    said = [f"{one} {land}" for one in names for land in lands] + [f"{place.country}-{one}" for one in names]
    return _text(text, place.region, *names, *said, *(f"{place.country}-{place.region}-{one}" for one in names))


OF_A_STATE = re.compile(r"^(?!.*\b(state|province|region)\b).*\bcounty\b")


def _location(candidate: Candidate, field: FormField) -> Fact | None:
    place = candidate.address
    if not place.city:
        return None
    regions = region_names(place.country, place.region) or ("",)
    countries = country_names(place.country) or ("",)
    wanted = [", ".join(filter(None, (place.city, region, country))) for region in regions for country in countries]
    wanted += [f"{place.city}, {region}" for region in regions if region]

    def pick(options: Sequence[str]) -> str | None:
        """By the city; in a list of regions or of countries alone, by those."""
        here = [one for one in options if not is_elsewhere(one, place.country, place.region)]
        named = choices.choose(wanted, here) or choices.choose_starting([*wanted, place.city], here)
        return named or choices.choose(filter(None, regions), options) or choices.choose(countries, options)

    asks_country = "country" in normalized(f"{field.label} {field.placeholder}")
    parts = (place.city, place.region, country_title(place.country) if asks_country else "")
    return Fact(", ".join(filter(None, parts)), pick)


def _full_address(candidate: Candidate, field: FormField) -> Fact | None:
    """In one line as one writes it on a letter; nothing without the street that it begins with."""
    place = candidate.address
    if not (place.street and place.city):
        return None
    country = country_title(place.country) if "country" in normalized(f"{field.label} {field.placeholder}") else ""
    region = " ".join(filter(None, (place.region, place.postal_code)))
    return _text(", ".join(filter(None, (place.street, place.city, region, country))))


def _city(candidate: Candidate, field: FormField) -> Fact | None:
    place = _location(candidate, field)
    return place and Fact(candidate.address.city, place.choose)


# ---------------------------------------------------------------- work and education


def _experience(candidate: Candidate, field: FormField) -> Fact | None:
    """Overall years only for the overall question; years with a thing only for a skill that the candidate listed."""
    question = normalized(field.label)
    return _number(_years_asked(question, candidate))


def _experience_at_least(candidate: Candidate, field: FormField) -> Fact | None:
    """Yes or no to "Do you have 5+ years of Python?": from the years that the candidate gave, else nothing."""
    question = normalized(field.label)
    least = re.search(r"(\d+) ?(?:\+|or more|plus)? ?years?", question)
    years = _years_asked(re.sub(r"\d+|(?<!\+)\+(?!\+)|or more|plus|at least|minimum", " ", question), candidate)
    return yes_no(years >= int(least[1])) if least and years is not None else None


def _years_asked(question: str, candidate: Candidate) -> float | None:
    """Return the years that a question asks for when it names nothing else: one skill of the candidate's, or none."""
    named = [skill for skill in candidate.skills if _names(question, skill.name)]
    if len(named) > 1:
        return None
    rest = re.sub(re.escape(normalized(named[0].name)), " ", question) if named else question
    if not (IN_A_SKILL if named else OVERALL).issuperset(re.findall(r"[^\W\d_]+", rest)):
        return None
    return named[0].years if named else candidate.experience_years


OVERALL = frozenset((
        "how", "many", "much", "number", "of", "total", "your", "year", "years", "in", "relevant",
        "professional", "work", "working", "overall", "full", "time", "industry", "prior", "do", "you", "have",
        "experience", "the", "a", "please", "enter", "what", "is", "are", "career", "related",
        "années", "d", "expérience", "años", "de", "experiencia", "jaren", "ervaring", "jahre", "berufserfahrung",
        "wie", "viele", "haben", "sie", "hast", "du", "arbeitserfahrung", "combien", "professionnelle", "avez", "vous",
        "cuántos", "laboral", "profesional", "tienes", "tiene", "hoeveel", "jaar", "werkervaring", "heb", "je",
        "hebt", "u", "heeft", *OF_YEARS,
))  # fmt: skip
IN_A_SKILL = OVERALL | frozenset((
        "with", "using", "use", "used", "been", "worked", "programming", "coding", "developing", "development",
        "language", "hands", "on", "hold", "least", "building", "writing",
))  # fmt: skip


def _names(question: str, skill: str) -> bool:
    """Whether the question names this skill as a word of its own: "C++" is not "C", "Java" not "JavaScript"."""
    return bool(re.search(rf"(?<![\w+#.]){re.escape(normalized(skill))}(?![\w+#]|\.\w)", question))


def _degree(candidate: Candidate, field: FormField) -> Fact | None:
    degree = candidate.education[0].degree if candidate.education else ""
    return Fact(degree, lambda options: choices.choose_degree(degree, options)) if degree else None


def _education(name: str) -> Callable[[Candidate, FormField], Fact | None]:
    def read(candidate: Candidate, field: FormField) -> Fact | None:
        value = getattr(candidate.education[0], name) if candidate.education else None
        return _text(str(value)) if value else None

    return read


# ---------------------------------------------------------------- wishes


def _work_mode(candidate: Candidate, field: FormField) -> Fact | None:
    mode = candidate.work_mode
    return (
        _text({"onsite": "On-site"}.get(mode, mode.capitalize()), *choices.WORK_MODES.get(mode, ())) if mode else None
    )


def _salary(candidate: Candidate, field: FormField) -> Fact | None:
    """Only in the currency and for the period that the question names, if it names any."""
    wish = candidate.salary_expectation
    if wish is None:
        return None
    asked = " ".join([field.label, field.placeholder, field.hint, *field.option_labels])
    currencies, periods = money.currencies_in(asked), money.periods_in(asked)
    if (currencies and wish.currency not in currencies) or (periods and wish.period not in periods):
        return None
    if (lists := [name for name in SALARY_LISTS if name in field.beside]) and not all(
        SALARY_LISTS[name](wish, field.beside[name].option_labels) for name in lists
    ):
        return None
    named = f"{field.label} {field.hint}"
    currencies, periods = money.currencies_in(named), money.periods_in(named)
    amount = f"{wish.amount:g}" if wish.amount < 1e6 else str(int(wish.amount))
    if field.kind is Kind.NUMBER or (currencies and periods) or "salary_currency" in lists:
        return _number_text(amount, wish.amount)
    return _number_text(f"{amount} {wish.currency} per {wish.period}", wish.amount)


def is_in_its_currency(held: str, candidate: Candidate) -> bool:
    """Whether what a field for a wage made of the amount, perhaps with a sign of its own, still says the wish."""
    wish, named = candidate.salary_expectation, money.currencies_in(held)
    return wish is None or not named or wish.currency in named


def _currency_in(wish: Salary, options: Sequence[str]) -> str | None:
    same = [one for one in options if money.currencies_in(one) == {wish.currency}]
    return same[0] if len(same) == 1 else None


def _period_in(wish: Salary, options: Sequence[str]) -> str | None:
    same = [one for one in options if money.periods_in(one) == {wish.period}]
    return same[0] if len(same) == 1 else None


# What may be asked beside a wage in a list of its own.
SALARY_LISTS: dict[str, Callable[[Salary, Sequence[str]], str | None]] = {
    "salary_currency": _currency_in,
    "salary_period": _period_in,
}


def _of_salary(name: str) -> Callable[[Candidate, FormField], Fact | None]:
    def read(candidate: Candidate, field: FormField) -> Fact | None:
        wish = candidate.salary_expectation
        if wish is None or "salary" not in field.beside or not (field.options or field.widget is Widget.COMBOBOX):
            return None
        text = wish.currency if name == "salary_currency" else wish.period
        return Fact(text, lambda options: SALARY_LISTS[name](wish, options))

    return read


def _number_text(text: str, number: float) -> Fact:
    return Fact(text, lambda options: choices.choose_number(number, options))


def _notice(candidate: Candidate, field: FormField) -> Fact | None:
    """As a number of the unit that the form names, where it is a whole one; else in words."""
    days = candidate.notice_period_days
    if days is None:
        return None
    plural = re.search(r"\b(day|week|month)s\b", normalized(field.label))
    unit = plural[1] if plural else None
    if field.kind is Kind.NUMBER:
        unit = next(filter(None, map(choices.unit_in, (field.label, field.placeholder, field.hint))), None)
    if unit or field.kind is Kind.NUMBER:
        text = str(days // choices.DAYS[unit]) if unit and days % choices.DAYS[unit] == 0 else ""
    else:
        text = f"{days // 7} week{'s' * (days != 7)}" if days and days % 7 == 0 else f"{days} days"
    return Fact(text, lambda options: choices.choose_days(days, options)) if text or field.options else None


def _start(candidate: Candidate, field: FormField) -> Fact | None:
    """The date, written as the field shows that it wants dates; in a list of lengths of time, the days until then."""
    day = date.fromisoformat(candidate.earliest_start) if candidate.earliest_start else None
    days = max((day - date.today()).days, 0) if day else candidate.notice_period_days
    text = _written(day, field).text if day else ""

    def pick(options: Sequence[str]) -> str | None:
        if day and (found := choices.choose([text, *dates.months_of(day)], options)):
            return found
        return choices.choose_days(days, options) if days is not None else None

    return Fact(text, pick) if day or (field.kind is Kind.SINGLE_CHOICE and days is not None) else None


def _written(day: date, field: FormField) -> Fact:
    if native := dates.NATIVE.get(field.input_type):
        text = day.strftime(native)
    else:
        is_typed = field.kind is not Kind.DATE
        text = dates.written(day, field.placeholder, field.label, field.hint) if is_typed else day.isoformat()
    return Fact(text, lambda options: choices.choose([text], options))


def _heard_from(candidate: Candidate, field: FormField) -> Fact | None:
    said = candidate.heard_from
    return Fact(said, lambda options: choices.choose_source(said, options)) if said else None


def _languages(candidate: Candidate, field: FormField) -> Fact | None:
    return _text(", ".join(candidate.languages))


def _skills(candidate: Candidate, field: FormField) -> Fact | None:
    return _text(", ".join(skill.name for skill in candidate.skills))


OR_A_WEBSITE = re.compile(r"\bweb ?site\b|\bblog\b|\bhome ?page\b", re.IGNORECASE)


def _portfolio(candidate: Candidate, field: FormField) -> Fact | None:
    """Where any page of one's own will do ("Website, Blog, or Portfolio"), the one there is."""
    links = candidate.links
    return _text(links.portfolio or (links.website if OR_A_WEBSITE.search(field.label) else ""))


def _document_type(candidate: Candidate, field: FormField) -> Fact | None:
    """What the one file is that is sent; of several nobody can tell which is which."""
    return None if "document_type" in field.beside else _text("Resume", "CV", "Lebenslauf", "Curriculum vitae")


Reader = Callable[[Candidate, FormField], Fact | None]
READERS: dict[str, Reader] = {
    "document_type": _document_type,
    "email": lambda candidate, field: _text(candidate.email),
    "first_name": lambda candidate, field: _text(candidate.first_name),
    "last_name": lambda candidate, field: _text(candidate.last_name),
    "full_name": lambda candidate, field: _text(f"{candidate.first_name} {candidate.last_name}"),
    "preferred_name": lambda candidate, field: _text(
        candidate.preferred_name or (candidate.first_name if field.required else "")
    ),
    "phone": _phone,
    "phone_country": _phone_country,
    "phone_type": _phone_type,
    "area_code": _phone_part(0, 3),
    "phone_exchange": _phone_part(3, 6),
    "phone_line": _phone_part(6, None),
    "street": lambda candidate, field: _text(candidate.address.street),
    "city": _city,
    "region": _region,
    "postal_code": lambda candidate, field: _text(candidate.address.postal_code),
    "country": _country,
    "location": _location,
    "full_address": _full_address,
    "linkedin": lambda candidate, field: _text(candidate.links.linkedin),
    "github": lambda candidate, field: _text(candidate.links.github),
    "website": lambda candidate, field: _text(candidate.links.website),
    "portfolio": _portfolio,
    "current_company": lambda candidate, field: _text(candidate.current.company),
    "current_title": lambda candidate, field: _text(candidate.current.title),
    "experience": _experience,
    "experience_at_least": _experience_at_least,
    "degree": _degree,
    "has_degree": yes_or_no.has_degree,
    "school": _education("school"),
    "field_of_study": _education("field"),
    "graduation_year": _education("end_year"),
    "languages": _languages,
    "skills": _skills,
    "work_mode": _work_mode,
    "relocation": yes_or_no.would_move,
    "lives_in": yes_or_no.lives_in,
    "speaks": yes_or_no.speaks,
    "has_skill": yes_or_no.has_skill,
    "work_mode_suits": yes_or_no.suits,
    "salary": _salary,
    **{name: _of_salary(name) for name in SALARY_LISTS},
    "notice_period": _notice,
    "start_date": _start,
    "date_signed": lambda candidate, field: _written(date.today(), field),
    "heard_from": _heard_from,
    "work_authorization": law.authorization,
    "sponsorship": law.sponsorship,
    "authorized_without_sponsorship": law.authorized_without,
    "over_18": lambda candidate, field: yes_no(candidate.over_18),
    "consent_privacy": lambda candidate, field: yes_no(candidate.consents.privacy or None),
    "consent_truthful": lambda candidate, field: yes_no(candidate.consents.truthful or None),
}
