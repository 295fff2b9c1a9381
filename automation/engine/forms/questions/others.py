"""Facts of somebody else, of somewhere else or of another time: "Father's name" asks for no name of the candidate."""

import re

_PERSONS = (
    r"managers?|supervisors?|boss|recruiters?|interviewers?|referr\w*|referees?|references?|emergency|kin|spouses?"
    r"|partners?|husbands?|wife|wives|parents?|guardians?|fathers?|mothers?|brothers?|sisters?|siblings?|sons?"
    r"|daughters?|child|children|relatives?|family(?! ?names?\b)|friends?|colleagues?|co-?workers?|professors?"
    r"|teachers?|advis[eo]rs?|doctors?|physicians?|landlords?|coach|mentors?|agents?|employees?|clients?|customers?|patients?|witness"
    r"|beneficiar(?:y|ies)|dependants?|dependents?|contact person|person who"
)
_PLACES = r"schools?|university|college|institution|employers?|company|business|office|work|job|agency|bank|branch"
_BEFORE = r"(?:(?:the|your|our|my|an?|this|that|current|last|former|most recent|previous|next) )*"
_WISHED = r"\bwhere you(?:'d| would| want| wish| hope| were| grew)\b"
_OF_PERSONS = re.compile(rf"\b(?:{_PERSONS})(?:'s?)?\b")
_OF_PLACES = re.compile(rf"\b(?:{_PLACES})(?:'s?)? (?:(?:contact|main|street|mailing|full) )*$")
_THEN_PERSONS = re.compile(rf"(?:\b(?:of|for)|[(–-]) ?{_BEFORE}(?:{_PERSONS})\b|'s (?:{_PERSONS})\b|{_WISHED}")
_THEN_PLACES = re.compile(rf"(?:\bof|[(–-]) ?{_BEFORE}(?:{_PLACES})\b")

# The same in the other languages of `abroad`, as words begin there.
_PERSONS_ABROAD = re.compile(
    r"\b(vorgesetzt|notfall|referenz|vater|mutter|eltern|ehepartner|ehefrau|ehemann|kontaktperson|ansprechpart|vermittler"
    r"|responsable|parrain|urgence|p[eè]re\b|m[eè]re\b|conjoint|référent"
    r"|jefe|emergencia|referencia|padre|madre|cónyuge|leidinggevende|nood(contact|geval)|referentie"
    r"|responsabile|emergenza|referenza|emergência|gestor|pai\b|mãe\b|referência"
    r"|chef\b|nöd|närmast|referens|nødkontakt|leder\b|pårørende|przełożon|nagłych|ojca|matki)"
)
_ELSEWHERE_ABROAD = re.compile(
    r"\b(arbeitgeber|firma|firmen|dienstlich|geschäftlich|zweit|weiter|früher|employeur|professionnel|autre|deuxième|ancien"
    r"|entreprise|trabajo|empresa|alternativ|segund|anterior|zakelijk|tweede|werkgever|aziendal|azienda|trabalho|alternativ"
    r"|arbetsgivar|arbejdsgiver|arbeidsgiver|służbow|pracodawc)"
)

# Where one lives and is reached is told as it is now, and so are names.
_NOW = frozenset({"email", "phone", "street", "city", "region", "postal_code", "country", "location", "full_address"})
_TO_REACH, _LINKS = frozenset({"email", "phone"}), frozenset({"linkedin", "github"})
_NAMES = frozenset({"first_name", "last_name", "full_name"})
_NOT_NOW = re.compile(
    r"\b(previous|former|prior|born|birth|childhood|when you were|(grew|grow|growing|brought) up|raised|temporary"
    r"|secondary|alternat\w*|additional)\b|^(past|old|future|other|another|second) "
)
_NOT_THE_NAME = re.compile(r"\b(previous|former|past|old|maiden|birth|other|another|second|alias|alternat\w*)\b")
# These are had at a school or an employer.
_AT_A_PLACE = frozenset(
    {"school", "field_of_study", "graduation_year", "degree", "current_company", "current_title", "preferred_name"}
)


def is_of_another(fact: str, question: str, at: int) -> bool:
    """Whether a normalized question that names the fact, from the letter `at` on, wants another's or another one."""
    before, after = question[:at], question[at:]
    if fact in _TO_REACH and (_PERSONS_ABROAD.search(question) or _ELSEWHERE_ABROAD.search(question)):
        return True
    if fact in _LINKS and _PERSONS_ABROAD.search(question):
        return True
    if _OF_PERSONS.search(before) or _THEN_PERSONS.search(after):
        return True
    if fact not in _AT_A_PLACE and (_OF_PLACES.search(before) or _THEN_PLACES.search(after)):
        return True
    return (fact in _NOW and _NOT_NOW.search(question) is not None) or (
        fact in _NAMES and _NOT_THE_NAME.search(before) is not None
    )
