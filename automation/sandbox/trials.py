"""What the engine should make of the practice employers: each of them, with each of its quirks.

One row is one application by `PERSON`: where, what should come of it, and what the inbox should then hold. Tests and
benchmarks go through `TRIALS`; nothing here is known to the engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from automation.sandbox import copperline, saltmarsh
from automation.sandbox.catalogue import Opening
from automation.sandbox.inbox import Fields

# A candidate.json with an answer to all that the employers ask without `ask=1`.
PERSON: dict[str, Any] = {
    "first_name": "Ada", "last_name": "Moreno", "email": "ada@example.com", "phone": "+15125550142",
    "address": {"street": "12 Elm St", "city": "Austin", "region": "TX", "postal_code": "78701", "country": "US"},
    "links": {"linkedin": "https://www.linkedin.com/in/adamoreno", "github": "https://github.com/adamoreno"},
    "current": {"company": "Initech", "title": "Staff Engineer"},
    "experience_years": 8,
    "education": [{"school": "UT Austin", "degree": "Bachelor's", "field": "Computer Science", "end_year": 2016}],
    "skills": [{"name": "Python", "years": 8}, {"name": "PostgreSQL", "years": 6}],
    "languages": ["English", "Spanish"],
    "work_authorization": [{"country": "US", "authorized": True, "needs_sponsorship": False}],
    "willing_to_relocate": True, "work_mode": "remote",
    "salary_expectation": {"amount": 150000, "currency": "USD", "period": "year"},
    "notice_period_days": 14, "earliest_start": "2026-12-14", "over_18": True, "heard_from": "Company website",
    "consents": {"privacy": True, "truthful": True},
    "answers": [{"question": "Why do you want to work at Meridian?", "answer": "Maps."}],
}  # fmt: skip

Expected = Mapping[str, str | list[str]]
TODAY = "the day on which it arrived, in parts"
TODAY_WRITTEN = "the day on which it arrived, as one text"


@dataclass(frozen=True)
class Trial:
    """One application. `fields` are the values that the inbox should hold, by the control's name."""

    employer: str
    script: str  # the company script that should know it
    switches: str = ""  # the query of the address
    outcome: str = "submitted"
    failure_kind: str | None = None
    fields: Expected = field(default_factory=dict, repr=False)
    arrives: int = 0  # how many applications the inbox should hold for it
    person: Mapping[str, Any] = field(default_factory=dict, repr=False)  # changes to PERSON, by top-level key
    posting: str = ""  # the posting's key, where the employer has certain ones only
    at: str = ""  # the posting's path, where it is another than the opening's: {} stands for its key

    @property
    def name(self) -> str:
        return f"{self.employer}-{self.key}"

    @property
    def key(self) -> str:
        """The posting's key: each trial has a posting of its own, so that the inbox can be asked for it."""
        return self.posting or self.switches.replace("=", "-").replace("&", "-") or "plain"

    @property
    def path(self) -> str:
        """The address on the practice site, with its switches."""
        path = self.at.format(self.key) or Opening(self.employer, self.key, "", "", "").path
        return f"{path}?{self.switches}" if self.switches else path

    @property
    def candidate(self) -> dict[str, Any]:
        """The candidate.json to apply with."""
        return {**PERSON, **self.person}

    def wrong(self, received: Fields) -> dict[str, tuple[Any, Any]]:
        """Return the fields that hold something else than they should, as (expected, received)."""
        today = date.today()  # asked for now: a long run of trials may go on over midnight
        days = {TODAY: f"{today.month}/{today.day}/{today.year}", TODAY_WRITTEN: today.isoformat()}
        expected = {
            name: days.get(value, value) if isinstance(value, str) else value for name, value in self.fields.items()
        }
        held = {name: received.get(name, "") for name in expected}
        return {
            name: (value, held[name]) for name, value in expected.items() if _in_order(held[name]) != _in_order(value)
        }


def _in_order(value: Any) -> Any:
    """Return several choices in an order of their own: in which they were made says nothing."""
    return sorted(value) if isinstance(value, list) else value


MERIDIAN: Expected = {
    "first_name": "Ada", "last_name": "Moreno", "email": "ada@example.com", "phone": "+15125550142", "city": "Austin",
    "country": "United States of America", "linkedin": "https://www.linkedin.com/in/adamoreno", "years": "8",
    "authorized": "yes", "sponsorship": "No", "modes": "Remote", "start": "2026-12-14", "source": "Company website",
    "why": "Maps.", "cover_letter": "", "gender": "I don't wish to answer", "privacy": "yes", "newsletter": "",
    "website_url": "",
}  # fmt: skip
HARBORLIGHT: Expected = {
    "first_name": "Ada", "last_name": "Moreno", "email": "ada@example.com", "phone": "5125550142",
    "country": "United States +1", "candidate-location": "Austin, Texas, United States",
    "question_7000": "https://www.linkedin.com/in/adamoreno", "question_7001": "Yes", "question_7002": "No",
    "question_7003": "8", "question_7004[]": ["Python", "PostgreSQL"], "question_7005": "", "question_7006": "",
    "gender": "Decline To Self Identify", "hispanic_ethnicity": "Decline To Self Identify",
    "veteran_status": "I don’t wish to answer", "disability_status": "I do not want to answer",
    "gdpr_demographic_data_consent_given": "",
}  # fmt: skip
COPPERLINE: Expected = {
    "name": "Ada Moreno", "email": "ada@example.com", "phone": "+15125550142", "org": "Initech",
    "location": "Austin, Texas, United States", "urls[LinkedIn]": "https://www.linkedin.com/in/adamoreno",
    "urls[GitHub]": "https://github.com/adamoreno", "urls[Other]": "",
    f"{copperline.WORK}[field0]": "Yes", f"{copperline.WORK}[field1]": "No ", f"{copperline.WORK}[field2]": "",
    f"{copperline.SKILLS}[field0]": "Yes", f"{copperline.SKILLS}[field1]": ["Python", "PostgreSQL"],
    f"{copperline.SKILLS}[field2]": "8", "comments": "", "eeo[gender]": "Decline to self-identify",
    "eeo[race]": "Decline to self-identify", "eeo[veteran]": "Decline to self-identify", "consent[marketing]": "0",
    "eeo[disability]": "I don't wish to answer",
    "eeo[disabilitySignature]": "Ada Moreno", "eeo[disabilitySignatureDate]": TODAY_WRITTEN,
}  # fmt: skip
SALTMARSH: Expected = {
    "_systemfield_name": "Ada Moreno", "_systemfield_email": "ada@example.com", "_systemfield_phone": "+15125550142",
    "_systemfield_location": "Austin, Texas, United States",
    saltmarsh.LINKEDIN: "https://www.linkedin.com/in/adamoreno", saltmarsh.AUTHORIZED: "Yes", saltmarsh.SPONSOR: "No",
    saltmarsh.YEARS: "8", saltmarsh.START: "12/14/2026", saltmarsh.HEARD: "Company website",
    saltmarsh.TOOLS: ["Python", "PostgreSQL"], saltmarsh.WHY: "",
    saltmarsh.TRUE: ["I certify that what I have told here is true and complete."],
    "_systemfield_eeoc_gender": "Decline to self-identify", "_systemfield_eeoc_race": "Decline to self-identify",
    "_systemfield_eeoc_veteran_status": "Decline to self-identify",
}  # fmt: skip
BIRCHMOOR: Expected = {
    "firstname": "Ada", "lastname": "Moreno", "email": "ada@example.com", "headline": "Staff Engineer",
    "phone": "+15125550142", "QA_6143231": "Yes", "QA_6143232": "No", "CA_6143237": "6-10 years",
    "QA_6143238": ["Python", "PostgreSQL"], "QA_6143241": "150000", "QA_9530809": "Prefer not to answer",
    "QA_9530819": "Yes", "summary": "", "cover_letter": "",
}  # fmt: skip
FERNHALL: Expected = {
    "firstName": "Ada", "lastName": "Moreno", "email": "ada@example.com", "confirmEmail": "ada@example.com",
    "city": "Austin, Texas, United States", "linkedin": "https://www.linkedin.com/in/adamoreno", "facebook": "",
    "message": "", "a81c": "Yes", "b2d0": "No", "c39f": "8", "d4e1": "Bachelor's degree",
    "e5b7": "I prefer not to say", "consent": "Yes", "pool": "",
}  # fmt: skip
GRANITECO: Expected = {
    "source--source": "Graniteco Careers Site", "previousWorker--candidateIsPreviousWorker": "No",
    "country--country": "United States of America", "name--legalName--firstName": "Ada",
    "name--legalName--lastName": "Moreno", "address--addressLine1": "12 Elm St", "address--city": "Austin",
    "address--countryRegion": "Texas", "address--postalCode": "78701",
    "emailAddress--emailAddress": "ada@example.com", "phoneNumber--phoneType": "Mobile",
    "socialNetworkAccounts--linkedInAccount": "https://www.linkedin.com/in/adamoreno", "6f2b81d04a": "Yes",
    "6f2b81d04b": "No", "6f2b81d04c": "8", "6f2b81d04d": "12/14/2026",
    "personalInfoUS--gender": "I do not wish to answer",
    "personalInfoUS--veteranStatus": "I do not wish to self-identify",
    "termsAndConditions--acceptTermsAndAgreements": "Yes", "selfIdentifiedDisabilityData--name": "Ada Moreno",
    "selfIdentifiedDisabilityData--dateSignedOn": TODAY,
    "selfIdentifiedDisabilityData--disabilityStatus": "I do not want to answer",
}  # fmt: skip
KNOWN_AT_GRANITECO = {
    "answers": [
        {"question": "Have you previously worked for Graniteco?", "answer": "No"},
        {"question": "Phone Device Type", "answer": "Mobile"},
    ]
}

ALSO_CPP = {"skills": [{"name": "Python", "years": 8}, {"name": "C++", "years": 3}]}
KNOWN_AT_TESSERA = ALSO_CPP | {
    "answers": [*PERSON["answers"], {"question": "When did you visit our stand?", "answer": "2026-04-09"}]
}
ASKED_BY_LIBRARY: dict[str, Expected] = {
    "react-select": {
        "first": "Ada", "last": "Moreno", "email": "ada@example.com", "country": "United States",
        "linkedin": "https://www.linkedin.com/in/adamoreno", "city": "Austin, Texas, United States",
        "degree": "Bachelor of Science or equivalent", "authorized": "Yes", "sponsor": "No",
        "skills": ["C++", "Python"], "source": "Company website", "gender": "I prefer not to say",
    },
    "mui": {
        "name": "Ada Moreno", "email": "ada@example.com", "phone": "+15125550142", "country": "United States",
        "degree": "v2", "years": "v3", "skills": ["C++", "Python"], "authorized": "1", "mode": "Fully remote",
        "start": "2026-12-14", "relocate": "true", "privacy": "true", "news": "false",
    },
    "antd": {
        "first": "Ada", "last": "Moreno", "email": "ada@example.com", "phone": "+15125550142", "country": "v182",
        "city": "Austin, Texas, United States", "degree": "v2", "notice": "v2", "skills": ["v7", "v2"], "visa": "No",
        "years": "8", "start": "2026-12-14", "truth": "true",
    },
    "radix": {
        "first": "Ada", "last": "Moreno", "email": "ada@example.com", "state": "Texas",
        "degree": "Bachelor of Science or equivalent", "veteran": "I do not wish to answer", "authorized": "Yes",
        "relocate": "true", "terms": "true",
    },
    "headless": {
        "name": "Ada Moreno", "email": "ada@example.com", "country": "United States", "years": "5-10 years",
        "skills": ["C++", "Python"], "mode": "Fully remote", "truth": "true",
    },
    "twelve": {
        "first": "Ada", "last": "Moreno", "email": "ada@example.com", "phone": "+15125550142", "why": "Maps.",
        "linkedin": "https://www.linkedin.com/in/adamoreno", "country": "United States", "authorized": "Yes",
        "degree": "Bachelor of Science or equivalent", "source": "Company website", "sponsor": "No",
    },
    "phone": {
        "first": "Ada", "last": "Moreno", "email": "ada@example.com", "again": "ada@example.com",
        "phone": "+15125550142", "why": "Maps.", "start": "2026-12-14", "fax": "",
    },
    "enhanced": {
        "first": "Ada", "last": "Moreno", "email": "ada@example.com", "country": "v182", "languages": ["v1", "v5"],
        "source": "v3", "degree": "v2", "skills": ["v7", "v2"], "authorized": "v0", "start": "2026-12-14",
        "why": "Maps.", "state": "v6", "sponsor": "v1", "known": ["v7", "v2"], "years": "5-10 years",
        "speaks": "English;Spanish", "from": "2026-12-14", "met": "2026-04-09",
    },
    "dropzone": {"first": "Ada", "last": "Moreno", "email": "ada@example.com"},
    "uppy": {"first": "Ada", "last": "Moreno", "email": "ada@example.com"},
}  # fmt: skip

# What every employer can be asked for, and what should come of it whoever it is.
SHARED = (
    ("closed=1", "posting_closed", "posting_closed", 0),
    ("captcha=1", "challenge", "challenge", 0),
    ("ask=1", "needs_answers", "question", 0),
    ("silent=1", "unconfirmed", "unconfirmed", 1),
    ("applied=1", "already_applied", "already_applied", 0),
    ("status=429", "blocked", "rate_limited", 0),
    ("status=503", "failed", "site_error", 0),
)


def _of(employer: str, script: str, fields: Expected, *received: str) -> list[Trial]:
    """Return the trials of one employer: as it is, with what all can be asked for, with `received` switches too."""
    shared = [Trial(employer, script, switch, outcome, kind, arrives=count) for switch, outcome, kind, count in SHARED]
    return [*(Trial(employer, script, one, fields=fields, arrives=1) for one in ("", *received)), *shared]


def _of_workday() -> list[Trial]:
    """The way leads to an account first; to the wizard only where the person has signed in before."""
    account = Trial("graniteco", "workday", outcome="challenge", failure_kind="challenge")
    shared = [
        replace(one, switches="&".join(filter(None, ("signed_in=1", one.switches))), person=KNOWN_AT_GRANITECO)
        for one in _of("graniteco", "workday", GRANITECO)
    ]
    return [account, *shared]


TRIALS: list[Trial] = [
    *_of("meridian", "generic", MERIDIAN, "steps=1", "slow=1"),
    *_of("harborlight", "greenhouse", HARBORLIGHT, "drop_once=1", "invalid_once=1"),
    Trial("harborlight", "greenhouse", "submit=503", "unconfirmed", "unconfirmed"),
    *(
        Trial("tessera", "generic", fields=fields, arrives=1, posting=name, person=KNOWN_AT_TESSERA)
        for name, fields in ASKED_BY_LIBRARY.items()
    ),
    *_of("copperline", "lever", COPPERLINE, "invalid_once=1"),
    *_of("saltmarsh", "ashby", SALTMARSH),
    *_of("fernhall", "smartrecruiters", FERNHALL),
    *_of("birchmoor", "workable", BIRCHMOOR),
    *_of_workday(),
    Trial("birchmoor", "workable", "invalid_once=1", "failed", "form_unsupported"),
    Trial("saltmarsh", "ashby", "spam=1", "blocked", "proxy_blocked"),
    Trial("copperline", "lever", "submit=429", "blocked", "rate_limited"),
    Trial("meridian", "generic", "swallow=1", "unconfirmed", "unconfirmed"),
    Trial("meridian", "generic", "error_once=1", "unconfirmed", "unconfirmed"),
    Trial("meridian", "generic", "status=403", "blocked", "proxy_blocked"),
    Trial("meridian", "generic", "status=404", "posting_closed", "posting_closed"),
    Trial("harborlight", "greenhouse", fields=HARBORLIGHT, arrives=1, at="/harborlight/careers/{}", posting="embedded"),
    Trial("harborlight", "greenhouse", fields=HARBORLIGHT, arrives=1, at="/harborlight/boards/{}", posting="old"),
    Trial("harborlight", "greenhouse", "code=1", "challenge", "challenge"),
    Trial("harborlight", "greenhouse", "swallow=1", "unconfirmed", "unconfirmed"),
]
