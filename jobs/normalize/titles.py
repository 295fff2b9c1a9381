"""What a title says: seniority, kind of work, and which titles are the same."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext_noop as _

EMPLOYMENT = (
    ("internship", r"intern(ship)?s?\b|trainee|apprentice|werkstudent|working student|co-?op\b|praktik"),
    ("temporary", r"temp(orary)?\b|seasonal|fixed[ -_]?term|casual|befristet"),
    ("contract", r"contract(or)?\b|freelance|consultant|b2b|per[ _-]?diem"),
    ("part_time", r"part[ _-]?time|teilzeit|\bparttime"),
    ("full_time", r"full[ _-]?time|vollzeit|permanent|regular|\bfulltime"),
)
SENIORITY = (
    ("intern", r"\bintern(ship)?\b|\bapprentice|\btrainee|\bwerkstud|\bworking student|\bco-?op\b"),
    ("executive", r"\bchief\b|\bc[eftimpor]o\b|\bciso\b|\bcofounder|\bco-founder|\bvp\b|\bvice president|\bsvp\b|\bevp\b|\bpresident\b"),
    ("director", r"\bdirector\b|\bhead of\b|\bhead,|\bgeneral manager\b"),
    ("manager", r"\b(engineering|product|design|sales|marketing|people|hr|data|operations|office|team|regional|area|finance|support|"
                r"security|store|plant|it|qa|software|development|analytics|research|recruiting|talent) manager\b"
                r"|\bmanager,|\bmanager of\b|\bteam lead\b|\bsupervisor\b"),
    ("staff", r"\bstaff\b|\bprincipal\b|\bdistinguished\b|\bfellow\b|\barchitect\b"),
    ("senior", r"\bsenior\b|\bsn?r\b|\blead\b|\biii\b|\biv\b|\bexperienced\b"),
    ("entry", r"\bjunior\b|\bjr\b|\bentry[ -]level\b|\bassociate\b|\bgraduate\b|\bnew (college )?grads?\b|\bearly career\b|\bi$|\bassistant\b"),
)  # fmt: skip
# A staff accountant and an account manager are no engineers of that rank, who assists the CEO is no executive, and an
# assistant controller no beginner.
_NOT_RANK = re.compile(r"\bintern(ship)? (program|coordinator)\b|\bstaff (accountant|nurse|writer|assistant|attorney)|\btechnical staff\b|\bchief of staff\b|\bsolutions? architect\b|"
                       r"\b(assistant|associate) (general counsel|professor|controller|treasurer|dean|principal|manager)\b|\bto (the |our )?(chief \w+ officer|c[eftimpor]o|president|vp|founders?)\b.*|\bexecutive assistant\b|\b(account|project|product|program|case|community|property|"
                       r"customer success|partner|content|social media|brand) manager\b", re.IGNORECASE)  # fmt: skip

FAMILIES = (
    ("data", _("Data and machine learning"), r"\bdata\b|\bmachine learning\b|\bml\b|\bmlops\b|\bai\b|\bdeep learning|\banalytics\b|\bllm|\bnlp\b|"
             r"\bscientist\b.*\b(applied|research|decision)|\b(applied|research|decision) scientist|\bbusiness intelligence|\bresearch engineer|"
             r"\bcomputer vision|\bquant"),
    ("security", _("Security"), r"\bsecurity\b|\bsecops\b|\bpenetration|\bthreat\b|\bciso\b|\bappsec"),
    ("infrastructure", _("Infrastructure"), r"\bdevops\b|\bsite reliability|\bsre\b|\binfrastructure\b|\bplatform engineer|\bcloud\b|"
                       r"\bnetwork engineer|\bsystems? administrator|\bdatabase (administrator|reliability)|\breliability engineer"),
    ("quality", _("Quality"), r"\bqa\b|\bsdet\b|\bquality (assurance|engineer|analyst|control|inspector|specialist)|\btest (engineer|automation)|\btester\b"),
    ("hardware", _("Hardware"), r"\bhardware\b|\bembedded\b|\bfirmware\b|\belectrical\b|\bmechanical\b|\bfpga\b|\basic\b|\brobotics?\b|\bmechatronics|"
                 r"\baerospace|\bavionics|\bmanufacturing engineer|\brf engineer|\bcivil engineer|\bstructural engineer|\boptical"),
    ("software", _("Software"), r"\bsoftware\b|\bdeveloper\b|\bfull[ -]?stack|\bback[ -]?end|\bfront[ -]?end|\bios\b|\bandroid\b|\bmobile engineer|"
                 r"\bprogrammer|\bweb engineer|\bengineering manager|\bforward deployed|\bmember of technical staff|\bcto\b|\bproduct engineer|"
                 r"\bblockchain|\bsmart contract|\brust\b|\bpython\b|\bjava\b|\bgolang\b|\breact\b|\bsolutions? (architect|engineer)|"
                 r"\bhead of engineering|\b(director|vp),? (of )?engineering|\bentwickler"),
    ("design", _("Design"), r"\bdesign(er)?s?\b|\bux\b|\bui\b|\bcreative director|\bart director|\billustrator|\banimator|\bartist\b|\bmotion\b"),
    ("product", _("Product"), r"\bproduct (manager|owner|lead|management|director|operations|strategist)|\bhead of product|\bgroup product|"
                r"\b(vp|director|chief),? (of )?product|\btechnical product|^product$"),
    ("project", _("Projects and programs"), r"\b(project|program|programme|delivery|implementation|scrum|agile) (manager|management|lead|"
                r"coordinator|director|specialist)|\bscrum master|\btpm\b|\bchief of staff|\bproject\b|\bprogram\b"),
    ("support", _("Customer support and success"), r"\bcustomer|\bsupport\b|\bsuccess\b|\bhelp ?desk|\bcall center|\bonboarding|\bit technician|"
                r"\bclient (service|success|experience|associate)|\btechnical account (manager|executive)"),
    ("marketing", _("Marketing and writing"), r"\bmarketing\b|\bmarketer\b|\bgrowth\b|\bseo\b|\bcontent\b|\bbrand\b|\bsocial media|\bcommunications?\b|\bpublic relations|"
                  r"\bcopywriter|\bwriter\b|\beditor\b|\bcommunity\b|\bevents?\b|\bdemand generation|\bdeveloper (relations|advocate)|\bpaid media"),
    ("sales", _("Sales"), r"\bsales\b|\baccount (executive|manager|director)|\bbusiness development|\bsdr\b|\bbdr\b|\brevenue\b|\bgo[ -]to[ -]market|\bgtm\b|"
              r"\bpartnerships?\b|\bpartner (manager|development)|\bpre-?sales|\bcommercial\b|\bclosers?\b|\bdeal\b"),
    ("people", _("People and recruiting"), r"\brecruit|\btalent\b|\bpeople\b|\bhr\b|\bhuman resources|\bcompensation|\bsourcer\b|\bworkplace\b|\bworkforce"),
    ("finance", _("Finance"), r"\bfinanc|\baccountant|\baccounting|\bcontroller\b|\btax\b|\btreasury|\bpayroll|\baudit|\bbilling|\binvestment|\bunderwrit|"
                r"\bactuar|\bfp&a\b|\bbookkeep|\bcfo\b|\bcredit\b|\brisk\b|\btrader\b|\btrading\b|\bloans?\b|\bmortgage|\bcollections\b"),
    ("legal", _("Legal"), r"\blegal\b|\bcounsel\b|\battorney|\blawyer|\bparalegal|\bcompliance|\bprivacy\b|\bregulatory|\bpolicy\b"),
    ("health", _("Health"), r"\bnurse|\bphysician|\btherapist|\bclinical|\bmedical|\bhealth|\bcare\b|\bpharma|\bdental|\bdentist|\bpsych|\bpatient|"
               r"\bveterinar|\bbiolog|\bdietit|\bsurgeon|\brn\b|\bbehavior|\bspeech"),
    ("science", _("Science"), r"\bscientist\b|\bresearch|\bchemist|\blaborator|\blab\b|\bphysicist|\bbioinformatic"),
    ("education", _("Education"), r"\bteacher|\btutor|\binstructor|\bprofessor|\blecturer|\beducat|\btrainer\b|\bcurriculum|\blearning\b|\bcoach\b"),
    ("operations", _("Operations"), r"\boperations\b|\bsupply chain|\blogistics|\bprocurement|\bwarehouse|\bfulfil|\bbuyer\b|\bplanner\b|\bstrategy\b|"
                   r"\boperator\b|\bproduction\b|\bfleet\b|\bdispatch|\bfacilit|\bpurchasing|\bops\b|\bbiz ?ops|\banalyst\b|\bfounder['’]?s['’]? associate"),
    ("office", _("Office and administration"), r"\bassistant\b|\badministrat|\breception|\boffice\b|\bsecretary|\bclerk\b|\bdata entry|\bcoordinator\b"),
    ("trades", _("Trades and services"), r"\btechnician|\bfitter\b|\bdriver\b|\bmechanic\b|\belectrician|\bwelder|\binstaller|\bplumber|\bcook\b|\bchef\b|\bbarista|"
               r"\bcashier|\bretail|\bstore\b|\bcleaner|\bconstruction|\bcarpenter|\bassembl|\bmachinist|\bfield service|\b(warehouse|stock|kitchen|production|team) associate\b"),
    ("engineering", _("Engineering"), r"\bengineer"),
)  # fmt: skip
# What these do is clear whatever they do it for: an account executive for AI sells.
ROLES = (
    ("marketing", r"\bmarketing (manager|specialist|lead|director)\b|\bproduct marketing\b|\bmarketer\b"),
    ("finance", r"\brevenue (cycle|accounting|accountant)\b|\baccountant\b"),
    ("legal", r"\bcounsel\b|\bparalegal\b"),
    ("people", r"\brecruiter\b|\bsourcer\b"),
    ("sales", r"\baccount executive\b|(?<!technical )\baccount manager\b"),
    ("design", r"\b(product|ux|ui|ux/ui|ui/ux|brand|visual|graphic) designer\b"),
    ("product", r"\bproduct (manager|owner)\b"),
    ("project", r"\b(project|program|programme|delivery) manager\b"),
    ("support", r"\bsupport (specialist|agent)\b"),
    ("operations", r"\bbusiness operations\b"),
)
FAMILY_NAMES = {key: name for key, name, _pattern in FAMILIES}

_EMPLOYMENT = [(key, re.compile(pattern, re.IGNORECASE)) for key, pattern in EMPLOYMENT]
_SENIORITY = [(key, re.compile(pattern, re.IGNORECASE)) for key, pattern in SENIORITY]
_FAMILIES = [
    (key, re.compile(pattern, re.IGNORECASE)) for key, pattern in (*ROLES, *((one[0], one[2]) for one in FAMILIES))
]
_BESIDE = re.compile(
    r"(?:[(\[|,:–—]\s*|\s-\s+)(?:full(?:y)?[ -]|100 ?% )?(remote|hybrid)(?=\s*[)\]|,:–—-]| in\b| europe| us\b| uk\b|\s*$)",
    re.IGNORECASE,
)
_FOR_EVERYBODY = re.compile(r"\(\s*[mwfdxhaing*]{1,3}(\s*[/|,]\s*[mwfdxhaing*]{1,3})+\s*\)", re.IGNORECASE)  # "(m/f/d)"
_WORD = re.compile(r"[\w+#]+")
_SHORT = {"sr": "senior", "jr": "junior"}
_LOOSE = {"remote", "hybrid", "onsite", "office", "in", "based", "fully"}


@lru_cache(maxsize=16_384)
def employment_type(*texts: str) -> str:
    """Return the first employment type that one of the texts names; empty when none does."""
    return next((key for text in texts for key, pattern in _EMPLOYMENT if text and pattern.search(text)), "")


@lru_cache(maxsize=16_384)
def seniority(title: str) -> str:
    """Return the rank that a title names; empty when it names none."""
    bare = _NOT_RANK.sub("", title)
    return next((key for key, pattern in _SENIORITY if pattern.search(bare)), "")


def mode_told(title: str) -> str:
    """Return how the work is done where a title says it beside the work: "Accountant - full remote", "(Hybrid)"."""
    found = _BESIDE.search(title)
    return found[1].casefold() if found else ""


@lru_cache(maxsize=16_384)
def family(title: str) -> str:
    """Return the kind of work that a title names; empty when it names none that we know."""
    return next((key for key, pattern in _FAMILIES if pattern.search(title)), "")


def title_words(title: str) -> list[str]:
    """Return the words without case, punctuation and "(m/f/d)"; "C++" is not "C#"."""
    return [_SHORT.get(word, word) for word in words(_FOR_EVERYBODY.sub(" ", title))]


def group_words(title: str, place_labels: Iterable[str]) -> list[str]:
    """Return the title's words without its own places: "Nurse - Austin" and "Nurse - Boston" are one opening."""
    places = {word for label in place_labels for word in words(label)}
    bare = [word for word in title_words(title) if word not in places and word not in _LOOSE]
    return bare or title_words(title)


@lru_cache(maxsize=65_536)  # skills, places and employers come again and again
def words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
