"""What the practice employers ask, and what is wrong with an answer. Labels are those that a person reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from automation.sandbox.inbox import Fields, ReceivedFile

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DOCUMENTS = (".pdf", ".doc", ".docx", ".txt", ".rtf")
DECLINE = "Decline To Self Identify"
ANY = "*"  # whatever the answer is


@dataclass(frozen=True)
class Question:
    """One question of a form. With options only these are answers, one of them or, where `many`, several.

    `kind` is what a form makes of it, in the form's own words. With `after`, a name and a value, it comes up once
    that is the answer to that question; once that has an answer, where the value is `ANY`.
    """

    name: str
    label: str
    required: bool = False
    options: Sequence[str] = ()
    many: bool = False
    kind: str = "text"
    after: tuple[str, str] | None = None

    def is_asked(self, fields: Fields) -> bool:
        if self.after is None:
            return True
        given = fields.get(self.after[0])
        return bool(given) if self.after[1] == ANY else given == self.after[1]

    def refusal(self, fields: Fields) -> str:
        """Return what is wrong with the answer, or nothing."""
        given = fields.get(self.name, "")
        values = [value.strip() for value in ([given] if isinstance(given, str) else given) if value.strip()]
        if not values:
            return "This field is required" if self.required and self.is_asked(fields) else ""
        if self.options and (
            set(values) - {option.strip() for option in self.options} or (len(values) > 1 and not self.many)
        ):
            return "Select one of the options"
        if self.name.endswith("email") and not EMAIL.fullmatch(values[0]):
            return "Enter a valid email address"
        return ""


def refusals(questions: Sequence[Question], fields: Fields) -> dict[str, str]:
    """Return what is wrong with the answers, by the question's name."""
    wrong = {question.name: question.refusal(fields) for question in questions}
    return {name: text for name, text in wrong.items() if text}


def refused_files(files: Sequence[ReceivedFile], required: Sequence[str]) -> dict[str, str]:
    """Return what is wrong with the files, by the control's name."""
    here = {file.field for file in files}
    missing = {name: "Resume/CV is required" for name in required if name not in here}
    odd = {file.field: "Only pdf, doc, docx, txt and rtf files" for file in files if file.suffix not in DOCUMENTS}
    return missing | odd


YES_NO = ("Yes", "No")
CONSTELLATION = "What is your favourite constellation, and why?"

MERIDIAN = (
    Question("first_name", "First name", True),
    Question("last_name", "Last name", True),
    Question("email", "E-mail address", True),
    Question("phone", "Phone", True),
    Question("city", "City"),
    Question(
        "country",
        "Country",
        True,
        (
            "Brazil", "Canada", "France", "Germany", "India", "Mexico", "Netherlands", "Nigeria", "Spain",
            "United Kingdom", "United States Minor Outlying Islands", "United States of America",
        ),
    ),
    Question("linkedin", "LinkedIn profile (URL)"),
    Question("years", "Years of professional experience", True),
    Question("authorized", "Are you legally authorized to work in the United States?", True, ("yes", "no")),
    Question(
        "sponsorship",
        "Will you now or in the future require sponsorship for employment visa status?",
        True,
        YES_NO,
    ),
    Question("modes", "Which ways of working suit you?", options=("Remote", "Hybrid", "On-site"), many=True),
    Question("start", "Earliest start date"),
    Question(
        "source",
        "How did you hear about us?",
        options=("LinkedIn", "Company website", "Friend or colleague", "Job fair", "Other"),
    ),
    Question("why", "Why do you want to work at Meridian?", True),
    Question("cover_letter", "Cover letter"),
    Question("gender", "Gender", options=("Male", "Female", "Non-binary", "I don't wish to answer")),
    Question("privacy", "Privacy consent", True),
    Question("newsletter", "News about other openings"),
)  # fmt: skip
MERIDIAN_ASKS = Question("constellation", CONSTELLATION, True)

HARBORLIGHT = (
    Question("first_name", "First Name", True),
    Question("last_name", "Last Name", True),
    Question("preferred_name", "Preferred First Name"),
    Question("email", "Email", True),
    Question(
        "country",
        "Country",
        options=(
            "Australia +61", "Austria +43", "Belgium +32", "Brazil +55", "Canada +1", "France +33", "Germany +49",
            "India +91", "Ireland +353", "Mexico +52", "Netherlands +31", "Nigeria +234", "Poland +48", "Singapore +65",
            "Spain +34", "United Kingdom +44", "United States +1", "U.S. Virgin Islands +1",
        ),
    ),
    Question("phone", "Phone", True),
    Question("candidate-location", "Location (City)"),
    Question("question_7000", "LinkedIn Profile"),
    Question("question_7001", "Are you authorized to work in the United States?", True, YES_NO),
    Question("question_7002", "Will you now or in the future require visa sponsorship?", True, YES_NO),
    Question("question_7003", "How many years of Python experience do you have?", True),
    Question(
        "question_7004[]",
        "Which of these do you know? (select all that apply)",
        options=("Python", "PostgreSQL", "Kubernetes", "COBOL"),
        many=True,
    ),
    Question(
        "question_7006",
        "Which of our ports would you like to visit?",
        options=("Antwerp", "Houston", "Oakland", "Rotterdam", "Singapore"),
        many=True,
    ),
    Question("question_7005", "Why Harborlight?"),
    Question("gender", "Gender", options=("Male", "Female", DECLINE)),
    Question("hispanic_ethnicity", "Are you Hispanic/Latino?", options=("Yes", "No", DECLINE)),
    Question(
        "race",
        "Please identify your race",
        options=("Asian", "Black or African American", "White", "Two or More Races", DECLINE),
    ),
    Question(
        "veteran_status",
        "Veteran Status",
        options=(
            "I am not a protected veteran",
            "I identify as one or more of the classifications of a protected veteran",
            "I don’t wish to answer",
        ),
    ),
    Question(
        "disability_status",
        "Disability Status",
        options=(
            "Yes, I have a disability, or have had one in the past",
            "No, I do not have a disability and have not had one in the past",
            "I do not want to answer",
        ),
    ),
    Question(
        "4012345",
        "Are you the first in your family to go to university?",
        options=("Yes", "No", "I don’t wish to answer"),
    ),
    Question(
        "gdpr_demographic_data_consent_given",
        "Consent to the use of the answer above",
        options=("I agree that this answer is used for figures about all who apply.",),
    ),
)  # fmt: skip
HARBORLIGHT_ASKS = Question("question_7009", CONSTELLATION, True)

HONEYPOT = "website_url"
LABELS = {
    "meridian": {one.name: one.label for one in (*MERIDIAN, MERIDIAN_ASKS)} | {HONEYPOT: "Hidden from people"},
    "harborlight": {one.name: one.label for one in (*HARBORLIGHT, HARBORLIGHT_ASKS)},
}
