"""What forms ask, in the words in which they ask it: one row for each meaning, with its risk.

The first row that matches a question gives its meaning, so the special stands before the general. A question is
matched as `normalized` leaves it: lower case, single spaces, no marks.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from automation.engine.forms.questions import abroad, abroad_more
from automation.engine.forms.questions.others import is_of_another


class Risk(StrEnum):
    """What a wrong answer would do. Legal and sensitive questions take an exact meaning or are asked."""

    PLAIN = "plain"
    SENSITIVE = "sensitive"
    LEGAL = "legal"


@dataclass(frozen=True)
class Meaning:
    name: str
    pattern: re.Pattern[str]
    risk: Risk = Risk.PLAIN
    unless: re.Pattern[str] | None = None

    def matches(self, question: str) -> bool:
        if (self.name in FACTS and SENTENCE.search(question)) or (self.name in TOLD and YES_OR_NO.search(question)):
            return False
        return bool(self.pattern.search(question)) and not (self.unless and self.unless.search(question))

    def is_of_another(self, question: str) -> bool:
        """Whether a question that it matches asks it of somebody or something else than the candidate of today."""
        found = self.pattern.search(question)
        return self.name in OWN and found is not None and is_of_another(self.name, question, found.start())


# A fact is asked for by its name ("City") or by what, where, which and who: "Does your city have a tram?" asks for none.
FACTS = frozenset({
    "email", "phone", "phone_country", "first_name", "last_name", "full_name", "preferred_name", "linkedin", "github",
    "portfolio", "website", "school", "field_of_study", "graduation_year", "current_company", "current_title", "street",
    "city", "region", "postal_code", "country", "location", "full_address",
})  # fmt: skip
OWN = FACTS | {"degree"}
WAS = r"was(?! (?:ist|sind)\b)"  # "was" is "what" in German
SENTENCE = re.compile(
    rf"^(do|does|did|have|has|had|are|is|{WAS}|were|may|can|could|would|will|should|how|when|why|if|describe|list|rate"
    r"|explain|tell us about|what (does|do|did|would|can|could|made|makes|motivat\w*|interest\w*|attract\w*)) (?!name\b)"
    rf"|^¿?(?:{abroad.VERBS})\b"
)


# A wish or a skill is told, too; what begins with a verb is to be answered by yes or no, or to be talked about.
TOLD = frozenset({"salary", "notice_period", "start_date", "degree", "languages", "skills", "graduation_year"})
YES_OR_NO = re.compile(rf"^(do|does|did|have|has|had|are|is|{WAS}|were|may|can|could|would|will|should) ")


def _row(name: str, pattern: str, risk: Risk = Risk.PLAIN, unless: str = "") -> Meaning:
    return Meaning(name, re.compile(pattern), risk, re.compile(unless) if unless else None)


# "Do you have any experience with Python?", to its end.
SKILL_ASKED = re.compile(
    r"^(do you have|have you (had|got)) ((any|some|prior|previous|hands-on|practical|working|professional|work) )*"
    r"(experience|knowledge) ((working|programming|coding) )?(with|in|using|of) (?P<skill>.+)$"
    r"|^do you know (how to (use|write|code in|program in) )?(?P<known>.+)$"
    r"|^have you (ever )?(used|worked with|written|programmed in) (?P<used>.+)$"
)
REFUSED = r"\b(not|never|don't|opt(ing|ed)? out|refus\w*|declin\w*|object|withdraw\w*|revok\w*|waiv\w*|without)\b"

MEANINGS: tuple[Meaning, ...] = (
    *(Meaning(name, abroad.pattern(name)) for name in dict.fromkeys((*abroad.WORDINGS, *abroad_more.WORDINGS))),
    Meaning("gender", abroad.GENDER, Risk.SENSITIVE),
    Meaning("consent_privacy", abroad.CONSENT_PRIVACY, Risk.LEGAL, abroad.MORE_THAN_PRIVACY),
    Meaning("sponsorship", abroad.SPONSORED, Risk.LEGAL),
    Meaning("over_18", abroad.OF_AGE, Risk.LEGAL),
    Meaning("work_authorization", abroad.PERMIT, Risk.LEGAL),
    # -------- asked for in the person's own words
    _row("open", r"\b(and|or) why\b|^(please )?(why|describe|explain|elaborate|tell us|share)\b|in your own words", unless=r"hear|cover ?letter|sponsor|convict|linked ?in|git ?hub|\blink to\b|\burl\b"),
    # -------- marketing and consents: the person's own tick
    _row("marketing", r"newsletter|subscribe|marketing|promotion|(text|sms) messag|talent (pool|community|network)|future (opening|opportunit|position|job|role)|other (opening|opportunit|position|role)s|keep me (informed|updated)|job alert"),
    _row("consent_truthful", r"(certif|attest|declar|affirm|confirm|acknowledg|represent)\w*\b.*\b(true|accurate|correct|complete|truthful)|\b(true|accurate|correct) and (complete|accurate|correct)", Risk.LEGAL, rf"{REFUSED}|background|investigat|reference|credit|drug|convict|citizen|\bwork in\b|right to work|at-will|arbitrat|veteran|disab|sponsor|licen[sc]e|vaccin|18|minimum|requirements|\blived\b"),
    _row("consent_privacy", r"^(?=.*\b(agree|consent|accept|acknowledg|read\b|understand|understood|confirm)).*(privacy|data (protection|processing|policy)|gdpr)|^(our |the )?(candidate |applicant )?(privacy|data protection) (policy|notice|statement)$|(consent|agree)\b.*\b(personal (data|information)|my (data|information)|process(ing|ed)?|stor(e|ed|ing))|personal (data|information).*(consent|agree|process)", Risk.LEGAL, rf"{REFUSED}|background|credit|drug|arbitration|third part|partners?\b|record|future|opportunit|customer|confidential|ever breached|delete"),
    # -------- the law of work
    _row("authorized_without_sponsorship", r"(authori[sz]ed|eligible|entitled|permitted|legally able|right)\b.*\bwork\b.*\bwithout\b.*(sponsor|visa)|(legally|lawfully|able to|can you|could you) (legally |lawfully )?work\b.*\bwithout\b.*(sponsor|visa)|(authori[sz]ed|eligible|entitled|permitted)\b.*\bwork\b.*\bany employer", Risk.LEGAL, r"\bnot\b|unable"),
    _row("sponsorship", r"(require|need|request)\w*\b.*\b(sponsor\w*|(work )?visa|employment visa|immigration)|sponsorship\b.*\b(require|need)", Risk.LEGAL, r"\b(not|never|without|don't)\b"),
    _row("work_authorization", r"(authori[sz]ed|authori[sz]ation|eligible|eligibility|entitled|permitted|allowed|legal right|right|permission|legally able)\b.*\b(work|employment|employed)\b|work (authori[sz]ation|permit|eligibility)|(legally|lawfully) work|work (legally|lawfully)", Risk.LEGAL, r"\bnot\b|unable|sponsor|visa (type|status|class)|what (type|kind)|which (type|kind)|expir"),
    _row("over_18", r"(at least|over|above|older than|minimum of) (18|eighteen)|(18|eighteen) years|(over|above) the age of (18|eighteen)|(18|eighteen) or (older|over)|18\+|legal (working )?age", Risk.LEGAL, r"\b(not|under|below|younger)\b"),
    _row("former_employee", r"(previously|ever|formerly|past|before|prior|current(ly)?)\b.*\b(worked|employed|employee|employment|work)\b.*\b(for|at|by|with|of)\b|former employee", Risk.LEGAL, r"years|experience with|authori|remote|^(who|what|which|where) "),
    _row("date_signed", r"^(today's|current) date\b|^(signature date|date (signed|of signature))\b", Risk.LEGAL),
    _row("legal_other", r"convict|felon|criminal|background check|drug (test|screen)|security clearance|citizen|non-?compete|restrictive covenant|bound by|agreements? (that|which)|export control|itar|u\.?s\.? person|lawsuit|arbitration|bankrupt|(authori[sz]|eligib|permi|entitle|right|legal)\w*\b.*\bwork\b|\b18\b|relative|family member|signature|\bvisa\b|sponsor|\bvisum|sponsring", Risk.LEGAL),
    # -------- demographics
    _row("gender", r"\bgender\b|\bsex\b", Risk.SENSITIVE, r"orientation|transgender|pronoun"),
    _row("salutation", r"\bsalutation\b|^(anrede|civilité|tratamiento|aanhef)$", Risk.SENSITIVE),
    _row("hispanic", r"hispanic|latin[oax]", Risk.SENSITIVE, r"race"),
    _row("race", r"\brac(e|ial)\b|ethnic", Risk.SENSITIVE),
    _row("veteran", r"veteran|military|armed forces", Risk.SENSITIVE),
    _row("disability", r"disabilit|disabled", Risk.SENSITIVE),
    _row("demographic_other", r"sexual orientation|transgender|\bpronouns?\b|lgbt|religio|marital|date of birth|\bdob\b|birth ?date|how old|\bage( range| group)?$|nationality|ssn|social security", Risk.SENSITIVE),
    # -------- who
    _row("email", r"\be-? ?mail\b", unless=r"student|academic|institution|alternat|secondary|additional|\bhr\b|best way|e-?mail (marketing|campaign|templat|design)"),
    _row("area_code", r"^((tele)?phone( number)? )?area code$"),
    _row("phone_exchange", r"^(phone )?(exchange|prefix)( code)?$"),
    _row("phone_line", r"^(last (four|4)( digits)?|line)( number)?( of (your )?(tele)?phone( number)?)?$"),
    _row("phone_country", r"(country|dial(l?ing)?|phone) code", unless=r"e-?mail|postal|\b(with|incl\w*|bank|iban)\b"),
    _row("phone_extension", r"\bext(ension)?\b"),
    _row("phone_type", r"phone (device |number )?type|type of (tele)?phone|device type"),
    _row("phone", r"\b(phone|mobile|cell|cellular|telephone|whatsapp)\b|contact number|^((primary|daytime|evening) (contact )?)number$|^tel$", unless=r"\bmobile (app|dev|engineer)|screen|interview|sales|support|best way|alternat|secondary|additional|\bcell(ular)? (bio|cultur|line|network)"),
    _row("middle_name", r"middle (name|initial)|^middle$|\bsuffix\b|^(title|prefix)$|maiden name"),
    _row("preferred_name", r"(preferred|chosen|nick) ?-?(first |full )?name|goes? by|name (that )?you go by|like to be called|(should|may|can) we call you|known as|what name do you", unless=r"first (and|&) last name"),
    _row("first_name", r"\b(first|given|fore) ?-?names?\b|^first$|\bname ?[-–:] ?(first|given)$", unless=r"last|preferred"),
    _row("last_name", r"\b(last|family|sur) ?-?names?\b|^last$|\bname ?[-–:] ?(last|family)$|surname", unless=r"first"),
    _row("full_name", r"^(enter |print |please |type |your |full |legal |complete |applicant'?s? |candidate'?s? )*name( of (the )?(applicant|candidate))?$|\b(full|legal|complete) (legal )?name\b|first (and|&) last name|^your name\b|^what('s| is) your name|^name (\(|as (it|shown|on|in)\b)"),
    # -------- links
    _row("linkedin", r"linked ?in", unless=r"hear|source|find|found|summary|learn"),
    _row("github", r"git ?hub"),
    _row("portfolio", r"portfolio|work samples?|dribbble|behance", unless=r"password|years|manag"),
    _row("website", r"\b(personal |your )?(website|web site|blog|home ?page)\b|^url$", unless=r"hear|find|company|through|\bour\b|other|admire|favou?rite"),
    # -------- education
    _row("has_degree", r"^(do|have) you\b.*\b(bachelor|master|doctor|phd|associate)"),
    _row("degree", r"^(highest |your )*education( (completed|attained|level))?$|^highest qualification( (held|attained|obtained))?$|\bhighest (grade|education) (level )?(completed|attained)|\bdegrees?\b|(highest|level of) (level of )?education|education level|qualification level", unless=r"do you have|when|year|date|field|subject|temperature|minor|to (what|which)|\bcourse\b|difficult|progress|expected|pursu|minimum|required|desired|\bin$"),
    _row("school", r"\b(school|university|college|institution|alma mater)\b", unless=r"year|date|when|degree|\bcourse\b|e-?mail|principal|senior|enrolled|phone|address|gpa|high ?school|thought|district|club|secondary|city|state|country|location|\bzip\b|postal|number|dean\b|(school|university|college|institution)'?s? (first|last|full|job|company|employer|salary|experience|languages?|linked|web)"),
    _row("field_of_study", r"field of study|\bmajor\b|discipline|area of study|course of study|^(university |degree |college )+course( (title|name))?$|subject of (your )?(degree|study|studies)|^what (is|was) your degree in$", unless=r"degree in .|city|client|account"),
    _row("graduation_year", r"graduat\w* year|year (of |you )?(graduat|complet)\w*|(what|which) year did you graduate"),
    # -------- work
    _row("current_company", r"(current|most recent|present|latest)( ?(/|or) ?\w+( recent)?)? (company|employer|organi[sz]ation)|^last (company|employer|organi[sz]ation)|^(company|employer|organi[sz]ation)( name)?$|^present (employer|company)$|where do you (currently )?work( now| at the moment)?$|who (is your current employer|do you (currently )?work for)|(what|which) company do you (currently )?work for", unless=r"company's|employer's|second|years|\blong\b|since|reason|leav|address|phone|contact|notice|like|describe|industry|size"),
    _row("current_title", r"(current|most recent|present|latest|last) (job )?(title|role|position)|^(job|position) title( there)?$|^headline$", unless=r"reason|leav|like|describe|why|years|long|salary|\bpay\b"),
    _row("experience_at_least", r"^(do|have) you\b.*\b\d+ ?(\+|or more|plus)? ?\+?years?\b", unless=r"more than|less than|describe|old|past|last|live"),
    _row("experience", r"(how many|number of|total|years?)\b.*\b(experience|worked|working|using|years)\b|years? of .*experience|experience \(?(in )?years|^years (in|with|using|of)\b|work experience$", unless=r"describe|tell us|^(do|have) you|at least|minimum|example|\bages?\b|\bliv(e|ed|ing)\b|address"),
    _row("languages", r"(which|what) languages|languages? (do you|spoken|you ((can|could) )?(speak|work in|know|use))|^spoken languages?$|^languages?$|language skills", unless=r"program|coding|customer|client|how many|interview|team"),
    _row("skills", r"which of (these|the following|the below)\b.*(know|use|used|familiar|experience|proficient|skill|tool|technolog|language)|^(key |top |technical )?skills?( ?sets?)?$|^(tools|technologies|software|programming languages)( and \w+)? (that )?you (know|use|work with)( well)?$|select .*(skills|technologies|tools)", unless=r"interest"),
    Meaning("speaks", abroad.SPEAKS),
    Meaning("has_skill", SKILL_ASKED),
    _row("work_mode_suits", r"^are you (comfortable|willing|prepared|able|ok(ay)?|happy|open)( with| to)? work(ing)? (in )?(an? )?(fully |100% )?(remote(ly)?|hybrid|on-?site)( (work(ing)? )?(setting|environment|role|position|set-?up))?$"),
    _row("work_mode", r"(prefer\w*|ideal|desired|suit)\b.*\b(remote|hybrid|on-?site|work(ing|place)? (mode|arrangement|style|model|setting|set-?up|environment|type|location))|ways? of working|(work|working|workplace) (mode|arrangement|model|setting|set-?up|preference|type)\b|remote,? hybrid,? or (on-?site|office|in)", unless=r"are you (able|willing)|days|location"),
    _row("relocation", r"\b(willing(ness)?|open|able|ready|prepared|happy|comfortable|interested|agree|consider|would you)\b[^.?!]{0,60}\brelocat|\b(can|will) you relocate\b|\bok(ay)? (with|to) relocat|^relocat(e|ion)$", unless=r"assist|package|support|expens|when|paid|\bnot\b(?! (currently |already )?(local|located|based|living|residing)\b)|\b(what|which|where|unwilling|unable|already|have you|never)\b|\b(need|require) to\b"),
    _row("salary", r"(salary|compensation|pay|remuneration|wage|rate)\b.*\b(expect|requirement|desired|target|looking)|(expect|desired|target|minimum|lowest|required)\w*\b.*\b(salary|compensation|pay|remuneration|wage|rate|ctc)|^(salary|compensation)$", unless=r"current (salary|compensation|pay|ctc)|total|bonus|equity|minimum wage|\b(last|previous) (role|job|position|company|employer)|comfortable|acceptable|agree|align|within|thousand"),
    _row("notice_period", r"notice period|how much notice|(period|length) of notice"),
    _row("start_date", r"(earliest|available|availability|desired|preferred|possible|expected|soonest)\b.*\b(start|join|begin|date)|(start|join\w*|begin)\b.*\b(earliest|available|when)|when (can|could|would|are) you\b.*\b(start|join|begin|available)|^(available |availability |start )(start )?date$|^date (available|of availability)\b|when could you (start|begin|join)|how soon|^available from\b|\bfirst day you (can|could) (start|join|begin)\b|^(on )?(what|which) date (can|could|would) you (be able to )?(start|join|begin)\b|^date (that )?you (can|could|are able to|are available to) (start|begin|join)\b", unless=r"school|degree|education|employment start|end date|\btime\b|immediately|interview|screen|\bcall\b|graduat|test"),
    _row("heard_from", r"how did you (first )?(hear|find|learn|discover|come across)|how did you (come|get) to (know|hear)|where did you (first )?(hear|find|learn|see)|(referral|application|recruitment|candidate) source|^source( type| of (application|hire|referral))?$|how you (heard|found)", unless=r"name of|news|previous|funding|\bon (linked|indeed|glass)|who referred|if (you|other)|please (specify|elaborate)"),
    _row("salary_currency", r"^((desired |expected )?(salary|pay) )?currency$"),
    _row("salary_period", r"^((salary|pay) )?(period|frequency|interval)$|^per$"),
    _row("current_salary", r"current (salary|compensation|pay|ctc)", Risk.SENSITIVE),
    # -------- where
    _row("full_address", r"\b(street|address)\b.*\b(city|town)\b.*\b(zip|postal|postcode|post code)\b|^(your )?(complete|full) address\b.*\bzip\b", unless=r"e-?mail|school|employer|company|reference|name"),
    _row("street", r"(?<!e-)(street|mailing|home|postal|residential|permanent) address|address \(?(line )?1|^(your |current |full )?address$|^street\b", unless=r"\bname\b|e-?mail|line 2|\bip\b|web"),
    _row("address_line_2", r"address \(?(line )?2|address.* line 2$|apartment|\bapt\b|\bunit\b|\bsuite\b"),
    _row("postal_code", r"\b(zip|postal|post|pin) ?-?code\b|^(zip|postcode|postal)\b"),
    _row("location", r"(current |your |preferred )?location\b|where (are|do) you (currently |presently )?(located|based|live|living|reside)|city,? (and )?(state|country|region)|city (and|&|/) (state|country)|place of residence", unless=r"office|willing|able|relocat|which of (our|the)|prefer|desired|would like|applying|availab|select|work location|locations|time ?zone|commut"),
    _row("region", r"^(your |current |home |(home |mailing )?address )?(state|province|region|county)( ?[/(,&].*| or .*| of residence| (where )?you live( in)?| name| code)?$|(what|which) state (are|do) you\b.*\b(live|living|resid\w*|based|located)|state( ?/ ?| or )(province|region|territory)|province", unless=r"statement|why|describe|relocat"),
    _row("city", r"\b(city|town|municipality)\b", unless=r"why|prefer|office|would like|willing|desired|work in\b|cities|previous|former|\blast\b|birth|employer|favou?rite|went|nearest"),
    _row("country", r"^(your |current |home )?country( ?/ ?region)?$|country (of|in which you) (residence|reside|live)|(which|what) country (are|do) you\b.*\b(live|living|resid|based|located)|^(which|what) country$|country of (residence|domicile)|^country\b(?!.*code)", unless=r"birth|issu|citizen|passport|national|origin|employer"),
    _row("lives_in", r"^(are|do) you (currently |presently |now )?(based|located|resid(e|ing)|liv(e|ing)) (in|inside|within)\b"),
    # -------- documents
    _row("cover_letter", r"cover ?letter|motivation(al)? letter|letter of (motivation|interest)|(an|motivations|bewerbungs)schreiben|lettre de motivation|carta de (presentación|motivación)|motivatiebrief|lettera di (presentazione|motivazione)|carta de apresentação|personligt brev|^(motiveret )?ansøgning$|følgebrev|søknadsbrev|list motywacyjny"),
    _row("document_type", r"^(document type|type of document|dokument(en)?art|art des dokuments|type de document|tipo de documento|documenttype)$"),
    _row("resume", r"\b(resume|résumé|cv|curriculum vitae|lebenslauf|curr[ií]culum|hoja de vida)\b"),
)  # fmt: skip

# What the `autocomplete` attribute says is meant for machines (HTML, "Autofill"): better than any label.
AUTOCOMPLETE = {
    "given-name": "first_name", "family-name": "last_name", "name": "full_name", "nickname": "preferred_name",
    "email": "email", "tel": "phone", "tel-national": "phone", "tel-country-code": "phone_country",
    "street-address": "street", "address-line1": "street", "address-line2": "address_line_2",
    "address-level2": "city", "address-level1": "region", "postal-code": "postal_code", "country": "country",
    "country-name": "country", "organization": "current_company", "organization-title": "current_title",
}  # fmt: skip


DATE_FORMAT = re.compile(r"\(?\b(?:([dmytj])\1+[/.-])(?:([dmytj])\2+[/.-])?([dmyja])\3+\b\)?")


def normalized(question: str) -> str:
    """Return the question as it is compared: signs that tell "C++" from "C#" stay, marks and case go."""
    text = unicodedata.normalize("NFKC", question).replace("’", "'").casefold()
    return re.sub(r"\s+", " ", DATE_FORMAT.sub(" ", text)).strip(" *✱?.:!")


@lru_cache(maxsize=4096)
def meaning_of(question: str, autocomplete: str = "") -> Meaning | None:
    """Return what a question asks for; None if no row knows it."""
    text = normalized(question)
    asked = next((row for row in MEANINGS if row.matches(text)), None)
    if asked and asked.is_of_another(text):
        return None
    hint = AUTOCOMPLETE.get(autocomplete.split(" ")[-1].casefold() if autocomplete else "")
    if hint and not any(row.matches(text) for row in MEANINGS if row.risk is not Risk.PLAIN):
        return next(row for row in MEANINGS if row.name == hint)
    return asked
