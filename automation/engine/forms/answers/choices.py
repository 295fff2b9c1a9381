"""Choose among the options that a form offers, by meaning. What does not clearly fit is not chosen."""

import re
from collections.abc import Callable, Iterable, Sequence

from automation.engine.forms.field import DECLINE
from automation.engine.forms.questions.meanings import normalized

YES = re.compile(
    r"^(yes|yep|true|vorhanden|ja|oui|si|sí|sì|sim|tak|i do|i am|i will|i have|agree|i agree|i consent"
    r"|i accept|accept(ed)?"
    r"|i (confirm|acknowledge|understand)|acknowledged?|confirm(ed)?)\b(?! (not|never)\b|n't)"
)
NO = re.compile(
    r"^(no|nope|false|nicht vorhanden|nein|non|nee|não|nej|nei|nie"
    r"|i do not|i don't|i am not|i'm not|i will not|i won't|i have not|i haven't)\b"
    r"(?! preference)"
)
YES_ALONE = frozenset({"yes", "ja", "oui", "sí", "si", "sì", "sim", "tak"})
NO_ALONE = frozenset({"no", "nein", "non", "nee", "não", "nej", "nei", "nie"})
LEVEL = re.compile(r"\b[abc][12]\b")
DEGREES: tuple[tuple[str, str], ...] = (
    ("doctorate", r"\b(ph\.?\s?d\w*|doctor\w*|doktor\w*|dottorat\w*|doutora\w*|dphil)\b"),
    ("mba", r"\b(mba|m\.b\.a|master of business)\b"),
    ("professional", r"\b(j\.?d\.?|m\.?d\.?|juris|medical doctor|pharm)\b"),
    (
        "master",
        r"\b(m[aá]ster\w*|bac ?\+ ?5|laurea magistrale|mestrado|magister\w*|kandidatuddannelse"
        r"|m\.?\s?sc?|m\.?a|m\.?eng|m\.?s)\b",
    ),
    (
        "bachelor",
        r"\b(bachelor\w*|b\.?\s?sc?|b\.?a|b\.?eng|b\.?s|b\.?tech|undergraduate( degree)?"
        r"|(4|four)[- ]year (college )?degree|licence|bac ?\+ ?3|hbo|^grado(?= universitario|$)"
        r"|licenciatura|grado universitario|laurea triennale|bacharelado|kandidatexamen|licencjat\w*)\b",
    ),
    ("associate", r"\bassociate\w*\b"),
    (
        "high school",
        r"\b(high ?school|ged|secondary|diploma|abitur|baccalauréat|bac(?! ?\+)|bachillerato|matura|maturità)\b",
    ),
)
UNLIKE = re.compile(
    r"\b(higher than|above|beyond|more than|less than|below|no|not|some|pursuing a|in progress|student)\b", re.I
)
GENDERS = (
    ("male", "man", "m"),
    ("female", "woman", "f"),
    ("non-binary", "nonbinary", "non binary", "genderqueer", "non-binary/third gender"),
)
# How forms address a woman or a man where one title is for all of either; "Mrs" and "Miss" say more.
TITLES = {
    "male": (
        "herr", "monsieur", "m", "señor", "sr", "don", "de heer", "dhr", "signor", "signore", "sig", "senhor", "hr",
        "pan",
    ),
    "female": (
        "frau", "madame", "mme", "señora", "sra", "doña", "mevrouw", "mevr", "mw", "signora", "sig.ra", "senhora",
        "fru", "pani",
    ),
}  # fmt: skip
SAME_SOURCE = (
    ("company website", "company site", "corporate website", "company careers page", "careers page", "career page",
     "company career site", "careers site", "careers website", "company careers website", "our website", "your website",
     "employer website", "company web site", "unternehmenswebsite", "unternehmenswebseite", "firmenwebsite",
     "karriereseite", "site web de l'entreprise", "site de l'entreprise", "sitio web de la empresa",
     "website van het bedrijf", "bedrijfswebsite"),
    ("job board", "online job board", "job boards", "job site", "job search site"),
    ("linkedin", "linkedin job posting", "linkedin jobs", "social media - linkedin"),
)  # fmt: skip
WORK_MODES = {
    "remote": (
        "remote", "remotely", "fully remote", "100% remote", "work from home", "from home", "remote only", "homeoffice",
        "home office", "100 % remote", "full remote", "télétravail", "télétravail complet", "à distance", "remoto",
        "en remoto", "teletrabajo", "a distancia", "thuis", "op afstand", "volledig op afstand", "da remoto",
        "telelavoro", "teletrabalho", "på distans", "hjemmefra", "hjemmekontor", "zdalnie", "praca zdalna",
    ),
    "hybrid": ("hybrid", "hybride", "híbrido", "híbrida", "ibrido", "ibrida", "hybrydowo", "praca hybrydowa"),
    "onsite": (
        "on-site", "onsite", "in office", "in-office", "in person", "office", "vor ort", "im büro", "sur site",
        "présentiel", "en présentiel", "au bureau", "presencial", "en la oficina", "op kantoor", "op locatie",
        "in sede", "in presenza", "in ufficio", "på plats", "på kontoret", "på stedet", "stacjonarnie",
        "praca stacjonarna",
    ),
}  # fmt: skip
SYMBOLS = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]+")  # flags and such
DAYS = {"day": 1, "week": 7, "month": 30}
# The units of a length of time in English, German, French, Spanish and Dutch.
UNITS = {
    "day": r"days?|tage?n?|jours?|d[ií]as?|dagen|dag(?:ar|e)?|giorn[oi]|dni",
    "week": r"weeks?|wochen?|semaines?|semanas?|weken|week|settiman[ae]|veck(?:a|or)|uger?|uker?|tygodni\w*",
    "month": r"months?|monate?n?|mois|meses|mes|m[êe]s|maanden|maand|mes[ei]|månad(?:er)?|måned(?:er)?|miesi[ąę]c\w*",
}
YEARS = re.compile(r"\d\D*\b(years?|yrs?|jahren?|ans|années?|años?|jaar|jaren|anni|anos?|år|lata?)\b")
NUMBER_WORDS = {
    name: number
    for number, name in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"fifteen": 15, "twenty": 20, "thirty": 30}
# On which side of its one number a range lies.
UP_TO = re.compile(
    r"up to|within|(or|and) (less|fewer)|\bbis( zu)?\b|jusqu'à|\bhasta\b|\btot\b"
    r"|fino a|até|upp till|opp? til|\bdo (?=\d)"
)
LESS_THAN = re.compile(
    r"less|fewer|under|below|<|weniger als|\bunter\b|moins d|meno di|menos de|minder dan|\bonder\b|mindre (än|end|enn)"
    r"|mniej niż|poniżej"
)
AT_LEAST = re.compile(
    r"\+|(or|and) (more|above|over|longer)|at least|(oder|und) (mehr|länger)|\bab \d|mindestens|(et|ou) plus\b|au moins"
    r"|[oy] más\b|al menos|(of|en) (meer|langer)\b|minstens|o più\b|ou mais\b|eller (mer|fler|længere|längre|lenger)"
    r"|(i|lub) (więcej|dłużej)"
)
MORE_THAN = re.compile(
    r"more than|over|above|>|mehr als|\büber\b|plus d|más de|meer dan|più di|mais de|mer än|mere end|mer enn"
    r"|över|powyżej|ponad"
)
NO_YEARS = re.compile(
    r"^(none|no (prior )?experience|n/a|débutante?|sin experiencia|sem experiência)\b"
    r"|^(keine|aucune|geen|nessuna)( ((berufs)?erfahrung|expérience|(werk)?ervaring|esperienza))?$"
)
# An option that says "company website" in the employer's own words: "Acme Careers Page", "Our site".
OWN_SITE = re.compile(
    r"^(?!.*\b(job ?boards?|job sites?|linked ?in|indeed|social|other|third|news)\b)"
    r"([\w'.&-]+ ){0,3}(career|job|company|corporate|employer|our|your|their)?('?s)? ?"
    r"(web ?site|site|web ?page|page|portal)$"
)


def choose(wanted: Iterable[str], options: Sequence[str]) -> str | None:
    """Return the option that is one of the wanted names, the most wanted first; None if none is, or two are."""
    plain = [_bare(option) for option in options]
    wanted = list(wanted)
    same = [option for option in options if wanted and normalized(option) == normalized(wanted[0])]
    if len(same) == 1:
        return same[0]  # "Bac +5" is not "Bac +2", though both might be "Bac" with a dial code
    for name in wanted:
        hits = [option for option, text in zip(options, plain, strict=True) if text == _bare(name)]
        if len(hits) == 1:
            return hits[0]
    names = {_bare(name) for name in wanted}
    both = [option for option in options if len(parts := _parts(option)) > 1 and names.issuperset(parts)]
    return both[0] if len(both) == 1 else None


def without_symbols(option: str) -> str:
    """Return the option without flags and such."""
    return SYMBOLS.sub(" ", option).strip()


def _parts(option: str) -> list[str]:
    """Return the names that an option gives for one thing: "Texas - TX" has two."""
    return [_bare(part) for part in re.split(r"\s+[-–—|/]\s+|\s*[()]\s*", normalized(option)) if part.strip()]


def _bare(text: str) -> str:
    """Return the text without what option lists add: a dial code, a note in brackets, hyphens."""
    text = re.sub(r"\s*\(?\+\d[\d\s-]*\)?", "", SYMBOLS.sub(" ", normalized(text)).strip())
    without_note = re.sub(r"\s*\([^)]*\)", "", text)
    return re.sub(r"[\s\-–—/,]+", " ", without_note or text).strip()


def choose_starting(wanted: Iterable[str], options: Sequence[str]) -> str | None:
    """Return the one option that is, or begins with, a wanted name followed by the end of a word."""
    for name in map(_bare, wanted):
        hits = [option for option in options if re.match(rf"{re.escape(name)}\b", _bare(option))] if name else []
        if len(hits) == 1:
            return hits[0]
    return None


def choose_yes_no(yes: bool, options: Sequence[str]) -> str | None:
    """Return the option that says yes (or no); None if that is not exactly one."""
    said = [option for option in options if not DECLINE.search(normalized(option))]
    hits = [option for option in said if (YES if yes else NO).match(normalized(option))]
    exact = [option for option in hits if normalized(option) in {"yes", "no", "true", "false"}]
    hits = exact or hits
    return hits[0] if len(hits) == 1 else None


def means_yes(answer: str) -> bool | None:
    """Return whether an answer is a yes or a no and nothing more; None if it is neither."""
    word = normalized(answer)
    return True if word in YES_ALONE else False if word in NO_ALONE else None


def choose_level(answer: str, options: Sequence[str]) -> str | None:
    """Return the one option that names the level of a language (CEFR): "B2" is "Advanced (B2)"."""
    code = LEVEL.fullmatch(normalized(answer))
    hits = [option for option in options if code and code[0] in LEVEL.findall(normalized(option))]
    return hits[0] if len(hits) == 1 else None


def choose_share(answer: str, options: Sequence[str]) -> str | None:
    """Return the one option that says the same share of a whole: "up to 25%" is "bis 25 %", or "0-25%"."""
    shares = [option for option in options if "%" in option and "%" in answer]
    hits = [option for option in shares if _range_of(option) == _range_of(answer) is not None]
    return hits[0] if len(hits) == 1 else None


def choose_decline(options: Sequence[str]) -> str | None:
    """Return the option that gives no answer, the first if there are several."""
    return next((option for option in options if DECLINE.search(normalized(option))), None)


def same_gender(word: str) -> tuple[str, ...]:
    """Return the words for one gender, the given one first; only that one if it is none of them."""
    said = normalized(word)
    return (said, *next((words for words in GENDERS if said in words), ()))


def choose_title(gender: str, options: Sequence[str]) -> str | None:
    """Return the one option that addresses somebody of that gender; None if none does, or several."""
    titles = next((TITLES[words[0]] for words in GENDERS if normalized(gender) in words and words[0] in TITLES), ())
    hits = [option for option in options if _bare(option) in titles]
    return hits[0] if len(hits) == 1 else None


def same_source(words: str) -> tuple[str, ...]:
    """Return the words for one way of having heard of a job, the given ones first."""
    said = normalized(words)
    return (said, *next((one for one in SAME_SOURCE if said in one), ()))


def choose_source(words: str, options: Sequence[str]) -> str | None:
    """Return the option for the way in which the person heard of a job: its name or meaning; "other" if none is."""
    same = same_source(words)
    if found := choose(same, options):
        return found
    if len(closed_up := [one for one in options if _closed_up(one) == _closed_up(words)]) == 1:
        return closed_up[0]  # "BuiltIn" is "Built In"
    own = [option for option in options if same[1:] and "careers page" in same and OWN_SITE.match(_bare(option))]
    named = own or [option for option in options if _names_first_or_in_brackets(option, same[0])]
    return named[0] if len(named) == 1 else None if named else choose_starting(["other"], options)


def _closed_up(name: str) -> str:
    return _bare(name).replace(" ", "")


def _names_first_or_in_brackets(option: str, said: str) -> bool:
    first, *noted = re.split(r"[()]", normalized(option))
    is_first = re.match(rf"{re.escape(said)}(?![\w-])", first) is not None
    return is_first or any(said in re.split(r"\s*(?:,|/| or | and )\s*", one) for one in noted)


def are_work_modes(options: Sequence[str]) -> bool:
    """Whether the options are ways of working: remote and hybrid, one of them at least beside another."""
    known = {mode for mode, names in WORK_MODES.items() for one in options if _bare(one) in map(_bare, names)}
    return len(options) > 1 and len(known) > 1 and "hybrid" in known


def are_years(options: Sequence[str]) -> bool:
    """Whether the options are numbers of years, two of them at least, and what stands for none at most."""
    named = [one for one in options if YEARS.search(normalized(one))]
    return len(named) > 1 and all(one in named or not re.search(r"\d", one) for one in options)


def choose_number(number: float, options: Sequence[str]) -> str | None:
    """Return the option whose range holds the number: "5-10 years", "10+", "less than 1"."""
    return _narrowest(number, options, _range_of)


def choose_days(days: int, options: Sequence[str]) -> str | None:
    """Return the option whose length of time holds so many days: "2 weeks", "1-3 months", "Immediately"."""
    return _narrowest(days, options, _days_of)


def choose_degree(degree: str, options: Sequence[str]) -> str | None:
    """Return the option of the same level: "Bachelor's" is "Bachelor of Science or equivalent"."""
    if exact := choose([degree], options):
        return exact
    level = degree_level(degree)
    hits = [option for option in options if level and degree_level(option) == level and not UNLIKE.search(option)]
    return hits[0] if len(hits) == 1 else None


def degree_level(text: str) -> str | None:
    found = normalized(text)
    return next((level for level, pattern in DEGREES if re.search(pattern, found)), None)


def _narrowest(number: float, options: Sequence[str], read: Callable[[str], tuple[float, float] | None]) -> str | None:
    ranges = [(option, found) for option in options if (found := read(option))]
    holding = [(high - low, -low, option) for option, (low, high) in ranges if low <= number <= high]
    return min(holding)[2] if holding else None


def _range_of(option: str) -> tuple[float, float] | None:
    text = normalized(option).replace(",", "")
    for word, number in NUMBER_WORDS.items():
        text = re.sub(rf"\b{word}\b", str(number), text)
    found = re.findall(r"(\d+(?:\.\d+)?)\s?(k\b)?", text)
    thousands = any(sign for _, sign in found)  # "100-125k" is in thousands as a whole
    numbers = [float(number) * (1000 if thousands and float(number) < 1000 else 1) for number, _ in found]
    if not numbers:
        return (0, 0) if NO_YEARS.match(text) else None
    if len(numbers) > 1:
        return min(numbers[:2]), max(numbers[:2])
    if UP_TO.search(text):
        return 0, numbers[0]
    if LESS_THAN.search(text):
        return 0, numbers[0] - 0.01
    if AT_LEAST.search(text):
        return numbers[0], float("inf")
    if MORE_THAN.search(text):
        return numbers[0] + 0.01, float("inf")
    return numbers[0], numbers[0]


def unit_in(text: str) -> str | None:
    """Return the unit that a length of time is given in, or asked in: day, week or month; None if none is named."""
    said = normalized(text)
    return next((name for name, words in UNITS.items() if re.search(rf"(?<![^\W\d_])({words})\b", said)), None)


def _days_of(option: str) -> tuple[float, float] | None:
    text = normalized(option).replace("a fortnight", "2 weeks")
    if re.search(r"immediate|\bnone\b|no notice|right away|asap|available now|^(keine|aucun|ninguno|geen)$", text):
        return 0, 0
    unit = DAYS.get(unit_in(text) or "")
    found = _range_of(re.sub(r"\ban?\b", "1", text))
    return (found[0] * unit, found[1] * unit) if found and unit else None
