"""What the engine answers to a question, as forms word it: the right thing, or nothing at all."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from selenium.webdriver.remote.webelement import WebElement

from automation.engine.forms.answers.answer import Reply, is_needed, reply_to
from automation.engine.forms.answers.history import placed
from automation.engine.forms.field import FormField, Kind, Option, Widget
from automation.engine.forms.questions.neighbours import with_neighbours
from automation.engine.result import Question, Source, Why
from tests.engine.conftest import candidate

YES_NO = ("Yes", "No")
UNNEEDED = cast(WebElement, None)


def field(label: str, *options: str, required: bool = True, kind: Kind | None = None, **more: Any) -> FormField:
    return FormField(
        key=label,
        label=label,
        kind=kind or (Kind.SINGLE_CHOICE if options else Kind.TEXT),
        widget=Widget.SELECT if options else Widget.INPUT,
        required=required,
        element=UNNEEDED,
        options=tuple(Option(one) for one in options),
        **more,
    )


def said(asked: FormField, **changes: Any) -> str | None:
    """Return what would be put in: the text, or the options; None if nothing is."""
    reply = reply_to(asked, candidate(**changes))
    if not isinstance(reply, Reply):
        return None
    return ", ".join(reply.picks(asked.option_labels)) if asked.options else reply.text


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({"placeholder": "(555) 555-5555"}, "(512) 555-0142"),
        ({"placeholder": "(___) ___-____"}, "(512) 555-0142"),
        ({"hint": "Digits only, e.g. 5551234567"}, "5125550142"),
        ({"hint": "Numbers only please"}, "15125550142"),
        ({"placeholder": "+1 555 555 5555"}, "+15125550142"),
        ({"placeholder": "07700 900123"}, "+15125550142"),  # of another country
    ],
)
def test_a_phone_number_is_written_as_the_field_shows(shown: dict[str, Any], expected: str) -> None:
    assert said(field("Phone", **shown)) == expected


@pytest.mark.parametrize(
    ("label", "kind"),
    [("Secondary phone", Kind.PHONE), ("Alternate e-mail", Kind.EMAIL), ("Additional phone", Kind.PHONE)],
)
def test_a_second_number_or_address_is_not_the_first(label: str, kind: Kind) -> None:
    assert said(field(label, kind=kind)) is None
    assert said(field("Reach you at", kind=kind)) is not None


def test_who_would_not_move_is_asked_where_living_there_is_an_answer_too() -> None:
    assert (
        said(field("Do you live in Denver or are you open to relocating?", *YES_NO), willing_to_relocate=False) is None
    )
    assert said(field("Are you open to relocating?", *YES_NO), willing_to_relocate=False) == "No"


def test_a_county_is_the_region_except_in_the_united_states() -> None:
    kent = {"address": {"city": "Dover", "region": "Kent", "country": "GB"}}

    assert [said(field(label)) for label in ("County", "State or County")] == [None, "TX"]
    assert said(field("County"), **kent) == "Kent"


def test_what_kind_of_phone_it_is_says_the_number_alone() -> None:
    asked = field("Phone type", "Home", "Mobile", "Work")

    assert [said(asked, phone=number) for number in ("+4915123456789", "+493012345678", "+15125550142")] == [
        "Mobile",
        None,
        None,
    ]


def test_how_a_name_is_pronounced_is_no_question_of_the_person() -> None:
    asked = reply_to(field("How do you pronounce your name?"), candidate())

    assert isinstance(asked, Question)
    assert asked.why is Why.UNKNOWN


def test_a_language_is_known_by_its_names_in_other_languages() -> None:
    asked = field("Langues parlées", "Français", "Anglais", "Espagnol", kind=Kind.MULTI_CHOICE)

    assert said(asked) == "Anglais, Espagnol"


def why(asked: FormField, **changes: Any) -> str | None:
    """Return why the question is asked of the person; None if it is not."""
    reply = reply_to(asked, candidate(**changes))
    return str(reply.why) if isinstance(reply, Question) else None


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("First Name", "Ada"),
        ("Given name(s)", "Ada"),
        ("Legal first name", "Ada"),
        ("Last name", "Moreno"),
        ("Surname", "Moreno"),
        ("Family Name", "Moreno"),
        ("Full name", "Ada Moreno"),
        ("Name", "Ada Moreno"),
        ("Your name", "Ada Moreno"),
        ("First and last name", "Ada Moreno"),
        ("What is your full legal name?", "Ada Moreno"),
        ("Email", "ada@example.com"),
        ("E-mail address", "ada@example.com"),
        ("Confirm your e-mail address", "ada@example.com"),
        ("Re-enter email", "ada@example.com"),
        ("What is the best email to reach you?", "ada@example.com"),
        ("Mobile number", "+15125550142"),
        ("Phone", "+15125550142"),
        ("Contact number", "+15125550142"),
        ("Street address", "12 Elm St"),
        ("City", "Austin"),
        ("Town/City", "Austin"),
        ("ZIP Code", "78701"),
        ("Postcode", "78701"),
        ("State/Province", "TX"),
        ("Country of residence", "United States"),
        ("Location", "Austin, TX"),
        ("Where are you currently located?", "Austin, TX"),
        ("LinkedIn", "https://www.linkedin.com/in/adamoreno"),
        ("LinkedIn Profile URL", "https://www.linkedin.com/in/adamoreno"),
        ("GitHub username or URL", "https://github.com/adamoreno"),
        ("Current company", "Initech"),
        ("Most recent employer", "Initech"),
        ("Current job title", "Staff Engineer"),
        ("Years of experience", "8"),
        ("How many years of professional experience do you have?", "8"),
        ("Total years of relevant work experience", "8"),
        ("How many years of Python experience do you have?", "8"),
        ("Years of experience with C++", "3"),
        ("How many years have you worked with Python?", "8"),
        ("School", "UT Austin"),
        ("University", "UT Austin"),
        ("Degree", "Bachelor's"),
        ("Field of study", "Computer Science"),
        ("Major", "Computer Science"),
        ("Graduation year", "2016"),
        ("Notice period", "2 weeks"),
        ("How did you hear about this job?", "Company website"),
        ("When can you start?", "2026-12-14"),
        ("Earliest start date (MM/DD/YYYY)", "12/14/2026"),
        ("What languages do you speak?", "English, Spanish"),
    ],
)
def test_plain_questions_are_answered_from_the_profile(label: str, expected: str) -> None:
    assert said(field(label)) == expected


@pytest.mark.parametrize(
    "label",
    [
        "Reference's email",
        "Emergency contact phone",
        "Name of your referrer",
        "Name of the employee who referred you",
        "Manager's name",
        "Company name of your reference",
        "Middle name",
        "How many years of C# experience do you have?",
        "How many years of C experience do you have?",
        "Years of experience with Rust",
        "How many years of management experience do you have?",
        "How many years of Java experience do you have?",
        "Current salary",
        "Mother's maiden name",
        "Social security number",
        "Date of birth",
        "Password",
        "What is your favourite city and why?",
        "Describe a project you are proud of",
        "Why do you want to work at Harborlight?",
        "Which country would you like to work in next, and why?",
        "What is the name of the last book you read?",
        "Describe your experience with Python",
        "Address line 2",
        "Fax",
        "Signature",
        "When would you be available for a phone screening?",
        "Phone Device Type",
        "Which location are you applying for?",
        "Work Location Availability",
        "Desired location",
        "City you would like to work in",
        "What office(s) would you be willing to relocate to? (Select all that apply)",
        "Which state do you currently reside in and are you willing to relocate?",
        "If you selected international, what location(s)?",
        "Portfolio password",
        "Have you used our website before?",
        "Do you have a website or app you admire?",
        "May we contact your current employer?",
        "Reason for leaving current employer",
        "Address of last employer",
        "How many employees does your current company have?",
        "What do you like about your current role?",
        "Have you led a team in your current position?",
        "Are you currently enrolled at a university?",
        "University email",
        "Expected graduation date",
        "End date",
        "Date",
        "NYC Salary Range",
        "How many years have you lived at your current address?",
        "What is the best way to contact you by email or phone?",
        "Are you bound by an agreement that restricts your employment?",
    ],
)
def test_what_the_person_has_not_said_is_asked(label: str) -> None:
    assert said(field(label)) is None
    assert why(field(label)) is not None
    assert reply_to(field(label, required=False), candidate()) is None


@pytest.mark.parametrize(
    ("label", "options", "expected"),
    [
        ("Country", ("Uruguay", "United States of America", "United States Minor Outlying Islands"), "United States of America"),
        ("Country", ("US", "UK", "DE"), "US"),
        ("State", ("Tennessee", "Texas", "Utah"), "Texas"),
        ("Highest degree", ("High School", "Bachelor of Science or equivalent", "Master's"), "Bachelor of Science or equivalent"),
        ("Education level", ("Some college", "Undergraduate degree (BA/BSc)", "Postgraduate"), "Undergraduate degree (BA/BSc)"),
        ("Years of experience", ("0-2 years", "3-5 years", "5-10 years", "10+ years"), "5-10 years"),
        ("Years of experience", ("Less than 5", "5 to 7", "8 or more"), "8 or more"),
        ("Years of experience", ("0–2", "3–5", "6–9", "10+"), "6–9"),
        ("Notice period", ("Immediately", "2 weeks", "1 month", "3 months"), "2 weeks"),
        ("Notice period", ("None", "Up to 2 weeks", "1 month"), "Up to 2 weeks"),
        ("What is your notice period?", ("0-15 days", "15-30 days", "More than 30 days"), "0-15 days"),
        ("Preferred working arrangement", ("On-site", "Hybrid", "Fully remote"), "Fully remote"),
        ("Are you willing to relocate?", YES_NO, "Yes"),
        ("Are you at least 18 years old?", YES_NO, "Yes"),
        ("How did you hear about us?", ("LinkedIn", "Company Website", "Other"), "Company Website"),
        ("How did you hear about us?", ("LinkedIn", "A friend", "Other"), "Other"),
        ("Desired salary (USD per year)", ("Under $100,000", "$100,000 - $140,000", "$140,000 - $180,000", "Over $180,000"), "$140,000 - $180,000"),
        ("How did you hear about us?", ("Job board", "Careers page", "Referral"), "Careers page"),
        ("Expected salary (USD per year)", ("$100k-$125k", "$125k-$149k", "$150k-$175k", "$175k+"), "$150k-$175k"),
        ("State", ("Tennessee - TN", "Texas - TX"), "Texas - TX"),
        ("I have read the privacy policy", ("I do not agree", "I agree"), "I agree"),
        ("Phone country code", ("+1", "+44", "+49"), "+1"),
        ("Country code", ("United Kingdom (+44)", "United States (+1)", "Canada (+1)"), "United States (+1)"),
    ],
)  # fmt: skip
def test_a_choice_is_made_by_meaning(label: str, options: tuple[str, ...], expected: str) -> None:
    assert said(field(label, *options)) == expected


@pytest.mark.parametrize(
    ("label", "options", "expected"),
    [
        ("Are you legally authorized to work in the United States?", YES_NO, "Yes"),
        ("Are you authorised to work in the US?", YES_NO, "Yes"),
        ("Do you have the right to work in the USA?", YES_NO, "Yes"),
        ("Are you eligible to work in the United States without sponsorship?", YES_NO, "Yes"),
        ("Can you work in the US without requiring visa sponsorship now or in the future?", YES_NO, "Yes"),
        ("Will you now or in the future require sponsorship for employment visa status (e.g. H-1B)?", YES_NO, "No"),
        ("Do you require visa sponsorship to work in the United States?", YES_NO, "No"),
        ("Will you require sponsorship?", ("Yes, I will require sponsorship", "No, I will not require sponsorship"), "No, I will not require sponsorship"),
        ("Are you 18 years of age or older?", YES_NO, "Yes"),
        *(("Are you authorized to work in the US?", (yes, no), yes) for yes, no in (("Ja", "Nein"), ("Oui", "Non"), ("Sí", "No"), ("Ja", "Nee"))),
        ("Do you require visa sponsorship to work in the United States?", ("Ja", "Nein"), "Nein"),
    ],
)  # fmt: skip
def test_the_law_of_work_is_answered_where_the_meaning_is_exact(
    label: str, options: tuple[str, ...], expected: str
) -> None:
    assert said(field(label, *options)) == expected


@pytest.mark.parametrize(
    "label",
    [
        "Are you authorized to work in Canada?",
        "Are you legally authorized to work in the country where this job is located?",
        "Do you have the right to work in the UK?",
        "Are you authorized to work in the US and Canada?",
        "Are you not authorized to work in the United States?",
        "Are you unable to work in the United States without sponsorship?",
        "Will you not require sponsorship?",
        "Are you legally authorized to work in the United States, and are you willing to relocate to Berlin?",
        "Are you under 18?",
        "Have you ever been convicted of a felony?",
        "Are you a U.S. citizen?",
        "Do you hold an active security clearance?",
        "Are you bound by a non-compete agreement?",
        "Have you previously worked for Meridian?",
        "Do you consent to a background check?",
        "Do you agree to binding arbitration?",
        "What is your visa status?",
    ],
)
def test_a_legal_question_without_an_exact_meaning_is_asked(label: str) -> None:
    asked = field(label, *YES_NO)

    assert said(asked) is None
    assert why(asked) == Why.LEGAL


MAY_WORK_ABROAD = [
    ("DE", "Besitzt du eine gültige Arbeitserlaubnis für Deutschland?"),
    ("DE", "Haben Sie eine Arbeitserlaubnis für Deutschland? *"),
    ("DE", "Bist du berechtigt, in Deutschland zu arbeiten?"),
    ("AT", "Haben Sie eine gültige Arbeitsgenehmigung für Österreich?"),
    ("CH", "Hast du eine Arbeitserlaubnis für die Schweiz?"),
    ("FR", "Avez-vous l'autorisation de travailler en France ?"),
    ("BE", "Avez-vous le droit de travailler légalement en Belgique ?"),
    ("US", "Êtes-vous autorisé(e) à travailler aux États-Unis ?"),
    ("ES", "¿Tienes permiso para trabajar en España?"),
    ("MX", "¿Está autorizado para trabajar en México?"),
    ("NL", "Heb je een geldige werkvergunning voor Nederland?"),
    ("BE", "Bent u gerechtigd om in België te werken?"),
]


@pytest.mark.parametrize(("country", "label"), MAY_WORK_ABROAD)
def test_whether_one_may_work_in_a_country_is_answered_in_its_language(country: str, label: str) -> None:
    asked = field(label, "Ja", "Nein")
    told, other = ([{"country": one, "authorized": True, "needs_sponsorship": False}] for one in (country, "CA"))

    assert said(asked, work_authorization=told) == "Ja"
    assert why(asked, work_authorization=other) == Why.LEGAL


@pytest.mark.parametrize(
    "label",
    [
        "Besitzt du eine befristete Arbeitserlaubnis für Deutschland?",
        "Besitzt du eine unbefristete Arbeitserlaubnis für Deutschland?",
        "Besitzt du keine gültige Arbeitserlaubnis für Deutschland?",
        "Benötigst du eine Arbeitserlaubnis für Deutschland?",
        "Haben Sie eine Arbeitserlaubnis für Deutschland ohne Sponsoring?",
        "Haben Sie eine Arbeitserlaubnis für Deutschland und Österreich?",
        "Haben Sie eine Arbeitserlaubnis für Deutschland oder die EU?",
        "Haben Sie eine Arbeitserlaubnis für Deutschland, und bis wann?",
        "Haben Sie eine Arbeitserlaubnis?",
        "Haben Sie eine Arbeitserlaubnis für die EU?",
        "Besitzen Sie einen Aufenthaltstitel für Deutschland?",
        "Sind Sie berechtigt, in Deutschland ohne Visum zu arbeiten?",
        "Avez-vous besoin d'une autorisation de travail en France ?",
        "Avez-vous l'autorisation de travailler en France sans parrainage ?",
        "N'avez-vous pas le droit de travailler en France ?",
        "Avez-vous un permis de travail en France ?",
        "¿Necesitas permiso de trabajo en España?",
        "¿Tienes permiso para trabajar en España sin patrocinio?",
        "Heb je een werkvergunning nodig voor Nederland?",
        "Heb je een tijdelijke werkvergunning voor Nederland?",
    ],
)
def test_what_is_nearly_that_question_in_another_language_is_asked(label: str) -> None:
    entries = [{"country": one, "authorized": True, "needs_sponsorship": False} for one in ("DE", "FR", "ES", "NL")]

    assert why(field(label, "Ja", "Nein"), work_authorization=entries) == Why.LEGAL


def test_an_answer_in_another_language_that_says_more_than_yes_or_no_is_not_chosen() -> None:
    asked = field("Are you authorized to work in the US?", "Ja, mit Einschränkungen", "Nein")

    assert why(asked) == Why.LEGAL


def test_a_legal_answer_that_the_options_do_not_offer_is_asked() -> None:
    asked = field("Are you authorized to work in the United States?", "Citizen", "Green card", "Other")

    assert why(asked) == Why.LEGAL


def test_needing_sponsorship_is_told() -> None:
    needs = [{"country": "US", "authorized": True, "needs_sponsorship": True}]

    assert said(field("Do you require visa sponsorship?", *YES_NO), work_authorization=needs) == "Yes"
    without = field("Are you authorized to work in the US without sponsorship?", *YES_NO)
    assert said(without, work_authorization=needs) == "No"


def test_another_country_s_entry_answers_for_that_country() -> None:
    entries = [
        {"country": "US", "authorized": True, "needs_sponsorship": False},
        {"country": "CA", "authorized": False, "needs_sponsorship": True},
    ]

    assert said(field("Are you authorized to work in Canada?", *YES_NO), work_authorization=entries) == "No"
    assert why(field("Will you require sponsorship?", *YES_NO), work_authorization=entries) == Why.LEGAL
    entries[1]["needs_sponsorship"] = False  # the same in each of them, so it matters not which is meant
    assert said(field("Will you require sponsorship?", *YES_NO), work_authorization=entries) == "No"


def test_sponsorship_is_for_the_country_that_the_question_beside_it_names() -> None:
    entries = [
        {"country": "US", "authorized": True, "needs_sponsorship": False},
        {"country": "CA", "authorized": True, "needs_sponsorship": True},
    ]
    may, needs = "Are you authorized to work in {}?", field("Will you require visa sponsorship?", *YES_NO)

    def of(*countries: str) -> str | None:
        form = [field(may.format(one), *YES_NO) for one in countries]
        return said(with_neighbours([*form, needs])[-1], work_authorization=entries)

    assert [of("the United States"), of("Canada")] == ["No", "Yes"]
    assert [of(), of("the United States", "Canada"), of("the US or Canada"), of("Germany")] == [None] * 4


@pytest.mark.parametrize(
    ("label", "options", "expected"),
    [
        ("Gender", ("Male", "Female", "Decline To Self Identify"), "Decline To Self Identify"),
        ("What is your gender?", ("Man", "Woman", "Non-binary", "I don’t wish to answer"), "I don’t wish to answer"),
        ("Sex", ("M", "F", "Prefer not to say"), "Prefer not to say"),
        ("Race", ("Asian", "White", "I choose not to disclose"), "I choose not to disclose"),
        ("Ethnicity", ("Asian", "White", "I'd rather not say"), "I'd rather not say"),
        ("Are you Hispanic or Latino?", ("Yes", "No", "Decline to answer"), "Decline to answer"),
        ("Veteran status", ("I am a veteran", "I am not a protected veteran", "I do not wish to self-identify"), "I do not wish to self-identify"),
        ("Disability status", ("Yes, I have a disability", "No, I don't have a disability", "I do not want to answer"), "I do not want to answer"),
        ("Sexual orientation", ("Straight", "Gay", "Prefer not to answer"), "Prefer not to answer"),
        ("Gender", ("Male", "Female", "Not specified"), "Not specified"),
    ],
)  # fmt: skip
def test_demographics_are_declined_where_that_is_offered(label: str, options: tuple[str, ...], expected: str) -> None:
    asked = field(label, *options)

    assert said(asked) == expected
    reply = reply_to(asked, candidate())
    assert isinstance(reply, Reply)
    assert reply.source is Source.DEFAULT


def test_demographics_without_a_way_to_decline_are_left_empty_or_asked() -> None:
    assert reply_to(field("Gender", "Male", "Female", required=False), candidate()) is None
    assert why(field("Gender", "Male", "Female")) == Why.LEGAL


@pytest.mark.parametrize(
    ("told", "options", "expected"),
    [
        ("Male", ("Female", "Male", "Decline"), "Male"),
        ("Female", ("Male", "Female", "Decline"), "Female"),
        ("female", ("Man", "Woman", "Prefer not to say"), "Woman"),
        ("Man", ("Male", "Female"), "Male"),
    ],
)
def test_demographics_the_person_told_are_given(told: str, options: tuple[str, ...], expected: str) -> None:
    assert said(field("Gender", *options), demographics={"gender": told}) == expected


def test_a_veteran_or_disability_answer_of_no_finds_its_long_option() -> None:
    told = {"veteran": "No", "disability": "No"}
    veteran = field(
        "Veteran Status",
        "I am not a protected veteran",
        "I identify as one or more of the classifications of a protected veteran",
        "I don't wish to answer",
    )
    disability = field(
        "Disability Status",
        "Yes, I have a disability, or have had one in the past",
        "No, I do not have a disability and have not had one in the past",
        "I do not want to answer",
    )

    assert said(veteran, demographics=told) == "I am not a protected veteran"
    assert said(disability, demographics=told) == "No, I do not have a disability and have not had one in the past"


@pytest.mark.parametrize(
    "label",
    [
        "I have read the privacy policy and consent to the processing of my data",
        "I agree to the Privacy Notice",
        "I accept the data protection terms",
        "By checking this box, you consent to us storing and processing your personal data (GDPR)",
    ],
)
def test_a_privacy_consent_is_ticked_only_if_the_person_gave_it(label: str) -> None:
    box = field(label, kind=Kind.CONSENT)

    assert said(box) == "Yes"
    assert why(box, consents={"truthful": True}) == Why.LEGAL


def test_a_declaration_of_truth_is_ticked_only_if_the_person_made_it() -> None:
    box = field("I certify that the information provided is true and complete", kind=Kind.CONSENT)

    assert said(box) == "Yes"
    assert why(box, consents={"privacy": True}) == Why.LEGAL


@pytest.mark.parametrize(
    "label",
    [
        "Subscribe to our newsletter",
        "Send me job alerts",
        "Keep my data for future opportunities",
        "I agree to receive marketing e-mails",
        "I agree to receive text messages (SMS) from Meridian",
        "Join our talent community",
    ],
)
def test_marketing_is_never_ticked(label: str) -> None:
    assert reply_to(field(label, kind=Kind.CONSENT, required=False), candidate()) is None


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Do you have at least 5 years of professional experience?", "Yes"),
        ("Do you have 5+ years of Python experience?", "Yes"),
        ("Do you have 5 or more years of experience with C++?", "No"),
        ("Do you have 10+ years of experience?", "No"),
        ("Do you have 3+ years of experience with Rust?", None),
        ("Do you have 3+ years of management experience?", None),
    ],
)
def test_years_that_are_enough_or_not_are_counted(label: str, expected: str | None) -> None:
    assert said(field(label, *YES_NO)) == expected


def test_a_consent_by_list_is_given_in_the_list_s_words() -> None:
    asked = field("I have read the privacy notice and agree to it", "Acknowledge/Confirm")

    assert said(asked) == "Acknowledge/Confirm"


class TestTheAnswerBank:
    """Answers that the person gave to a question before."""

    def test_it_knows_a_question_by_its_words_whatever_its_marks_and_case(self) -> None:
        assert said(field("WHY do you want to work at Meridian ?*")) == "Maps."

    def test_it_comes_before_the_profile(self) -> None:
        assert said(field("City"), answers=[{"question": "City", "answer": "Dallas"}]) == "Dallas"

    def test_almost_the_same_question_will_do_when_it_is_plain(self) -> None:
        bank = [{"question": "What excites you about working at Meridian?", "answer": "Maps."}]

        assert said(field("What excites you about working for Meridian?"), answers=bank) == "Maps."

    @pytest.mark.parametrize(
        ("known", "asked"),
        [
            ("Why are you interested in Meridian?", "What interests you about Meridian?"),
            ("Why do you want to work at Meridian?", "Why are you interested in working for Meridian?"),
            ("Why do you want to work at Meridian?", "Why do you want to join Meridian?"),
            ("Tell us about a pipeline you are proud of", "Describe a pipeline you're proud of"),
            ("Which cloud platforms have you worked with?", "Which cloud platforms have you used?"),
            ("Which shifts are you available for?", "Which shifts can you work?"),
            ("What percentage of travel are you comfortable with?", "How much travel are you comfortable with?"),
            ("Do you have reliable transportation?", "Do you have reliable transportation to work?"),
            ("Warum möchten Sie bei uns arbeiten?", "Warum möchten Sie für uns arbeiten?"),
        ],
    )
    def test_usual_phrases_for_the_same_will_do_when_it_is_plain(self, known: str, asked: str) -> None:
        assert said(field(asked), answers=[{"question": known, "answer": "So."}]) == "So."

    def test_it_knows_a_question_by_what_it_asks_for(self) -> None:
        bank = [{"question": "What are your pronouns?", "answer": "She/her"}]

        assert said(field("Pronouns"), answers=bank) == "She/her"
        assert said(field("Which pronouns do you avoid?"), answers=bank) is None

    def test_to_tick_what_one_is_is_to_say_yes_to_it(self) -> None:
        bank = [{"question": "Are you willing to join the on-call rota?", "answer": "Yes"}]

        assert said(field("I am willing to join the on-call rota", kind=Kind.CONSENT), answers=bank) == "Yes"
        assert said(field("I am not willing to join the on-call rota", kind=Kind.CONSENT), answers=bank) is None

    def test_another_employer_s_question_is_another_question(self) -> None:
        bank = [{"question": "What excites you about Meridian?", "answer": "Maps."}]

        assert said(field("What excites you about Harborlight?"), answers=bank) is None

    def test_signs_and_numbers_keep_questions_apart(self) -> None:
        bank = [{"question": "Rate your knowledge of C++ from 1 to 5", "answer": "4"}]

        assert said(field("Rate your knowledge of C# from 1 to 5"), answers=bank) is None
        assert said(field("Rate your knowledge of C++ from 1 to 9"), answers=bank) is None

    @pytest.mark.parametrize(
        ("known", "asked"),
        [
            ("How would you rate your SQL skills from 1 to 5?", "How would you rate your NoSQL skills from 1 to 5?"),
            ("How well do you know Java in large projects?", "How well do you know JavaScript in large projects?"),
            ("Describe a time when you led a team of engineers", "Describe a time when you left a team of engineers"),
            ("Can you come to our Boston office every week?", "Can you come to our Austin office every week?"),
            ("Why are you interested in Meridian?", "Why are you interested in this role?"),
            ("Which shifts can you not work?", "Which shifts can you work?"),
            ("Do engineers report to you?", "Do you report to engineers?"),
            ("Do you lead engineers who sell?", "Do you sell, engineers who lead?"),
            ("Have you worked with Git?", "Have you worked on Git?"),
            ("What do you like about travel?", "How much do you like travel?"),
        ],
    )
    def test_one_other_word_makes_another_question(self, known: str, asked: str) -> None:
        assert said(field(asked), answers=[{"question": known, "answer": "Yes"}]) is None

    def test_how_many_to_choose_is_no_part_of_the_question(self) -> None:
        bank = [{"question": "Which tools do you use?", "answer": "Git, Docker"}]
        for how in ("(choose all that apply)", "Please select all that apply.", "- tick at least one"):
            asked = field(f"Which tools do you use? {how}", "Git", "Docker", "Svn", kind=Kind.MULTI_CHOICE)

            assert said(asked, answers=bank) == "Git, Docker"

    def test_a_number_is_found_in_the_range_that_holds_it(self) -> None:
        bank = [{"question": "How many lathes have you run?", "answer": "6"}]

        assert said(field("How many lathes have you run?", "0-1", "2-4", "5-7", "8+"), answers=bank) == "5-7"
        assert (
            said(field("How many lathes have you run?", "Fewer than six", "Six to ten"), answers=bank) == "Six to ten"
        )
        assert said(field("How many lathes have you run?", "6 weeks", "6 months"), answers=bank) is None

    def test_a_legal_question_needs_the_very_words(self) -> None:
        bank = [{"question": "Have you ever been convicted of a felony?", "answer": "No"}]

        assert said(field("Have you ever been convicted of a felony?", *YES_NO), answers=bank) == "No"
        assert said(field("Have you ever been convicted of a crime?", *YES_NO), answers=bank) is None

    def test_an_answer_that_is_not_offered_is_asked_again(self) -> None:
        bank = [{"question": "Which office?", "answer": "Berlin"}]

        assert why(field("Which office?", "Paris", "London"), answers=bank) == Why.AMBIGUOUS

    def test_several_choices_are_taken_from_one_answer(self) -> None:
        bank = [{"question": "Which tools do you use?", "answer": "Git, Docker"}]
        asked = field("Which tools do you use?", "Git", "Docker", "Svn", kind=Kind.MULTI_CHOICE)

        assert said(asked, answers=bank) == "Git, Docker"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("LinkedIn", "Indeed.com", "Other"), "Indeed.com"),
        (("LinkedIn", "Job board (Indeed, Glassdoor)", "Other"), "Job board (Indeed, Glassdoor)"),
        (("Indeed advert", "Indeed message", "Other"), ""),
        (("A friend", "Other"), "Other"),
    ],
)
def test_where_it_was_heard_of_is_not_other_where_it_is_named(options: tuple[str, ...], expected: str) -> None:
    assert (said(field("How did you hear about us?", *options), heard_from="Indeed") or "") == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Desired annual salary (USD)", "150000"),
        ("Salary expectations in USD per year", "150000"),
        ("What are your salary expectations?", "150000 USD per year"),
        ("Expected salary in EUR", None),
        ("Desired hourly rate", None),
        ("Monthly salary expectation", None),
    ],
)
def test_a_salary_is_given_only_in_the_currency_and_period_it_was_said_in(label: str, expected: str | None) -> None:
    assert said(field(label)) == expected


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        (["Austin, Minnesota, United States", "Boston, Massachusetts, United States"], ""),
        (["Austin, MN", "Boston, MA"], ""),
        (["Austin, Texas Metropolitan Area", "Austin, Minnesota"], "Austin, Texas Metropolitan Area"),
        (["Austin (hybrid)", "Boston"], "Austin (hybrid)"),
    ],
)
def test_a_city_of_the_same_name_in_another_region_is_another(options: list[str], chosen: str) -> None:
    assert (said(field("Current location", *options)) or "") == chosen


@pytest.mark.parametrize(
    "section",
    [
        "Education",
        "Employment History",
        "Work Experience 1",
        "Secondary education",
        "A-levels (or equivalent)",
        "Volunteering",
        "Internships",
        "Undergraduate degree",
        "Training and certifications",
    ],
)
@pytest.mark.parametrize("label", ["Start date", "Location", "City", "Country", "Phone"])
def test_a_former_job_s_place_and_dates_are_not_the_candidate_s(section: str, label: str) -> None:
    assert said(field(label, section=section)) is None


@pytest.mark.parametrize("label", ["School", "School/college name", "Degree", "Field of study"])
def test_where_one_studied_is_not_where_one_went_to_school_before(label: str) -> None:
    assert said(field(label, section="Secondary education")) is None
    assert said(field(label, section="Post-secondary education")) is not None


def test_a_section_of_university_education_asks_for_the_studies_that_were_listed() -> None:
    asked = [
        field(one, section="University education", sections=("University education",))
        for one in ("University", "Subject", "Start date")
    ]

    assert [said(one) for one in placed(asked, candidate())] == ["UT Austin", "Computer Science", None]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Vorname", "Name"), ["Ada", "Moreno"]),
        (("First name", "Name"), ["Ada", "Moreno"]),
        (("First name", "Last name", "Name"), ["Ada", "Moreno", "Ada Moreno"]),
        (("Name", "E-Mail"), ["Ada Moreno", "ada@example.com"]),
        (("Nombre", "Apellidos"), ["Ada", "Moreno"]),
        (("Nombre", "Correo electrónico"), ["Ada Moreno", "ada@example.com"]),
        (("Prénom", "Nom"), ["Ada", "Moreno"]),
        (("Nom", "Courriel"), ["Ada Moreno", "ada@example.com"]),
    ],
)
def test_which_name_is_meant_is_told_by_the_names_beside_it(labels: tuple[str, ...], expected: list[str]) -> None:
    assert [said(one) for one in with_neighbours([field(label) for label in labels])] == expected


SOURCES = ("LinkedIn", "Friend or family", "Other")


@pytest.mark.parametrize(
    ("label", "heard_from", "expected"),
    [
        ("Please specify", "Radio Norrland", "Radio Norrland"),
        ("If other, please specify", "Radio Norrland", "Radio Norrland"),
        ("Where exactly?", "Radio Norrland", "Radio Norrland"),
        ("Other response", "Radio Norrland", "Radio Norrland"),
        ("Please specify", "LinkedIn", None),  # the list has it
        ("Please specify who referred you", "Radio Norrland", None),
        ("Other jobs you have applied for", "Radio Norrland", None),
        ("What do you know about us?", "Radio Norrland", None),
    ],
)
def test_where_one_heard_of_a_job_is_written_beside_other(label: str, heard_from: str, expected: str | None) -> None:
    form = with_neighbours([field("How did you hear about us?", *SOURCES), field(label)])

    assert said(form[1], heard_from=heard_from) == expected


def test_what_other_stands_for_is_written_once_that_is_chosen_in_a_list_that_opens() -> None:
    opened = replace(field("How did you hear about us?", kind=Kind.SINGLE_CHOICE), widget=Widget.COMBOBOX)

    for value, expected in (("Other", "Radio Norrland"), ("LinkedIn", None), ("", None)):
        form = with_neighbours([replace(opened, value=value), field("Where exactly?")])
        assert said(form[1], heard_from="Radio Norrland") == expected


def test_a_source_is_known_written_as_one_word() -> None:
    asked = field("How did you hear about us?", "BuiltIn", "Indeed", "Other")

    assert said(asked, heard_from="Built In") == "BuiltIn"


def test_a_mark_above_both_lines_of_an_address_asks_for_the_first() -> None:
    form = with_neighbours([field("Address Street Address"), field("Address Street Address Line 2")])

    assert [one.required for one in form] == [True, False]


def test_a_date_right_after_a_signature_is_that_of_today() -> None:
    signing = [field("Signature (type your full name)"), field("Date"), field("Date")]
    _, beside, other = with_neighbours(signing)

    assert said(beside) == date.today().isoformat()
    assert said(other) is None


def test_a_name_that_is_preferred_is_no_referrer_s() -> None:
    asked = field("First name", section="Preferred name, if different")

    assert said(asked) == "Ada"
    assert said(replace(asked, section="Who referred you?")) is None


def test_a_state_is_known_under_the_heading_of_its_address() -> None:
    assert said(field("Address State", "Oregon", "Texas")) == "Texas"


def test_a_list_of_codes_beside_the_phone_number_is_of_its_country() -> None:
    codes = ("\U0001f1e8\U0001f1e6 Canada (+1)", "\U0001f1fa\U0001f1f8 United States (+1)")
    _, beside_phone = with_neighbours([field("Phone number"), field("Code", *codes)])
    _, alone = with_neighbours([field("Coupon"), field("Code", *codes)])

    assert said(beside_phone) == codes[1]
    assert said(alone) is None


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, None),  # of days, weeks or months
        ({"placeholder": "e.g. 3 months"}, None),  # 14 days are no whole month
        ({"placeholder": "in weeks"}, "2"),
        ({"hint": "Please give it in days."}, "14"),
        ({"hint": "Angabe in Wochen"}, "2"),
    ],
)
def test_a_number_for_the_notice_period_needs_its_unit(more: dict[str, Any], expected: str | None) -> None:
    assert said(field("Notice period", kind=Kind.NUMBER, **more)) == expected


@pytest.mark.parametrize(
    ("currencies", "periods", "expected"),
    [
        (("€ - EUR", "$ - USD"), ("Hourly", "Yearly"), ["150000", "$ - USD", "Yearly"]),
        (("EUR", "GBP"), ("Hourly", "Yearly"), [None, None, "Yearly"]),
        (("EUR", "USD"), ("Hourly", "Monthly"), [None, "USD", None]),
    ],
)
def test_a_wage_has_its_currency_and_period_in_the_lists_beside_it(
    currencies: tuple[str, ...], periods: tuple[str, ...], expected: list[str | None]
) -> None:
    form = [field("Desired salary"), field("Currency", *currencies), field("Period", *periods)]

    assert [said(one) for one in with_neighbours(form)] == expected


def test_a_currency_that_is_asked_without_a_wage_is_not_told() -> None:
    assert why(field("Currency", "EUR", "USD")) == Why.UNKNOWN


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("What interests you about this role?", Kind.LONG_TEXT),
        ("What attracts you to this position?", Kind.TEXT),
        ("Tell us of a role that you learned from", Kind.LONG_TEXT),
    ],
)
def test_a_question_about_the_job_applied_for_is_no_title_of_a_former_job(label: str, kind: Kind) -> None:
    (asked,) = placed([field(label, section="Experience", sections=("Experience",), kind=kind)], candidate())

    assert asked.past is None


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("Weniger als 2 Jahre", "2–5 Jahre", "Mehr als 5 Jahre"), ["Weniger als 2 Jahre", "2–5 Jahre", "Mehr als 5 Jahre"]),
        (("moins de 2 ans", "2 à 5 ans", "plus de 5 ans"), ["moins de 2 ans", "2 à 5 ans", "plus de 5 ans"]),
        (("Menos de 2", "De 2 a 5", "Más de 5"), ["Menos de 2", "De 2 a 5", "Más de 5"]),
        (("minder dan 2 jaar", "2 jaar of meer"), ["minder dan 2 jaar", "2 jaar of meer", "2 jaar of meer"]),
        (("hasta 2 años", "más de 2 años"), ["hasta 2 años", "hasta 2 años", "más de 2 años"]),
    ],
)  # fmt: skip
def test_a_range_in_another_language_is_known_on_its_side_of_the_number(
    options: tuple[str, ...], expected: list[str]
) -> None:
    asked = field("Years of experience", *options)

    assert [said(asked, experience_years=years) for years in (1, 2, 6)] == expected


def test_a_masters_degree_is_known_in_spanish() -> None:
    asked = field("Nivel de estudios", "Bachillerato", "Grado / Licenciatura", "Máster", "Doctorado")

    assert said(asked, education=[{"school": "UT Austin", "degree": "Master's"}]) == "Máster"


def test_a_bachelors_degree_is_known_in_spanish_and_no_vocational_one_is() -> None:
    asked = field("Nivel de estudios", "Bachillerato", "Grado superior", "Grado universitario", "Máster")

    assert said(asked) == "Grado universitario"


@pytest.mark.parametrize("heading", ["Experience", "Education"])
def test_the_degree_that_was_completed_is_no_date_of_a_job_or_a_school(heading: str) -> None:
    asked = field("Highest degree completed", "Secondary", "Bachelor's", section=heading, sections=(heading,))

    assert said(placed([asked], candidate())[0]) == "Bachelor's"


@pytest.mark.parametrize(
    ("labels", "phone", "expected"),
    [
        (("Area code", "Exchange", "Last four digits"), "+15125550142", ["512", "555", "0142"]),
        (("Area code", "Phone"), "+15125550142", ["512", "5550142"]),
        (("Social security number", "Last four digits"), "+15125550142", [None, None]),
        (("Area code", "Exchange", "Last four digits"), "+442079460958", [None, None, None]),
    ],
)
def test_a_phone_number_is_told_in_the_parts_that_are_asked(
    labels: tuple[str, ...], phone: str, expected: list[str | None]
) -> None:
    form = with_neighbours([field(label) for label in labels])

    assert [said(one, phone=phone) for one in form] == expected


@pytest.mark.parametrize(
    ("labels", "required", "answers", "expected"),
    [
        (("Salary expectation", "Currency", "Per"), True, [], [True, True]),
        (("Salary expectation", "Currency", "Per"), False, [], [False, False]),
        (("Salary expectation", "Currency", "Per"), False, ["Salary expectation"], [True, True]),
        (("Favourite number", "Currency", "Per"), True, ["Favourite number"], [False, False]),
        (("Phone", "Country code"), False, [], [True]),
        (("Pager", "Country code"), True, [], [False]),
    ],
)
def test_what_a_form_chose_beside_a_number_is_nobodys_answer(
    labels: tuple[str, ...], required: bool, answers: list[str], expected: list[bool]
) -> None:
    lists = [field(label, "a", "b", value="a", required=False) for label in labels[1:]]
    _, *beside = with_neighbours([field(labels[0], required=required), *lists])
    known = candidate(answers=[{"question": one, "answer": "120000"} for one in answers])

    assert [is_needed(one, known) for one in beside] == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("\U0001f1ec\U0001f1e7 +44", "\U0001f1e8\U0001f1e6 +1", "\U0001f1fa\U0001f1f8 +1"), "\U0001f1fa\U0001f1f8 +1"),
        (("+44", "+1"), "+1"),
        (("+44", "+49"), ""),
    ],
)
def test_a_dial_code_is_the_one_of_the_phones_country(options: tuple[str, ...], expected: str) -> None:
    assert (said(field("Country code", *options)) or "") == expected


@pytest.mark.parametrize("label", ["Prefijo", "Prefix", "Vorwahl", "Prefisso internazionale", "Where from?"])
def test_a_list_of_dial_codes_beside_a_number_is_of_its_country(label: str) -> None:
    code, _ = with_neighbours([field(label, "España (+34)", "EE.UU. (+1)", "Estados Unidos (+1)"), field("Teléfono")])

    assert said(code) == "Estados Unidos (+1)"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("Germany (Deutschland)", "United States", "United Kingdom"), "United States"),
        (("+44", "+1"), "+1"),
        (("Mobile", "Home"), ""),
        (("Germany", "United Kingdom"), ""),
    ],
)
def test_a_list_with_the_label_of_a_phone_number_asks_for_its_country(options: tuple[str, ...], expected: str) -> None:
    assert (said(field("Phone number", *options)) or "") == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (field("Address", placeholder="City, State, Country"), "Austin, TX, United States"),
        (field("Address", placeholder="12 Main Street"), "12 Elm St"),
        (field("Mobile", hint="Ten digits"), "5125550142"),
        (field("Date available", hint="MM/DD/YYYY"), "12/14/2026"),
        (field("What should we call you? (first and last name)"), "Ada Moreno"),
        (field("Address", placeholder="Street, city, state, ZIP"), "12 Elm St, Austin, TX 78701"),
        (field("Address (street, city, state, ZIP)"), "12 Elm St, Austin, TX 78701"),
        (field("Place of residence", "Canada", "United States"), "United States"),
        (field("Place of residence - State/Province", "California", "Texas"), "Texas"),
        (field("Number", section="Phones"), "+15125550142"),
        (field("Number", section="Children"), None),
    ],
)
def test_an_address_is_told_as_far_as_the_field_asks_for_it(asked: FormField, expected: str | None) -> None:
    assert said(asked) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Hiermit bestätige ich, dass ich die Datenschutzerklärung zur Kenntnis genommen habe.", "Yes"),
        ("J'ai lu et j'accepte la politique de confidentialité", "Yes"),
        ("He leído y acepto la política de privacidad", "Yes"),
        ("Ik ga akkoord met de privacyverklaring", "Yes"),
        ("Ich stimme zu, dass meine Daten für künftige Stellen gespeichert werden (Datenschutz)", None),
        ("Ich habe die Datenschutzerklärung nicht gelesen", None),
        ("J'accepte que mes données personnelles soient transmises à des tiers", None),
        ("Acepto recibir comunicaciones comerciales según la política de privacidad, no", None),
    ],
)
def test_a_consent_in_another_language_is_ticked_for_privacy_alone(label: str, expected: str | None) -> None:
    assert said(field(label, kind=Kind.CONSENT)) == expected


def test_any_page_of_one_s_own_will_do_where_a_form_says_so() -> None:
    links = {"links": {"website": "https://ada.example"}}

    assert said(field("Website, Blog, or Portfolio"), **links) == "https://ada.example"
    assert said(field("Portfolio"), **links) is None


def test_a_list_with_nothing_else_to_choose_is_left_as_the_page_has_it() -> None:
    reply = reply_to(field("Position applied for", "Backend Engineer", value="Backend Engineer"), candidate())

    assert isinstance(reply, Reply)
    assert (reply.picks(["Backend Engineer"]), reply.source) == (["Backend Engineer"], Source.DEFAULT)


@pytest.mark.parametrize(
    ("label", "option", "why_asked"),
    [
        ("Have you ever been convicted of a felony?", "Never", Why.LEGAL),
        ("Gender", "Male", Why.LEGAL),
        ("Terms of use", "Read", Why.UNKNOWN),
        ("Our rules", "I accept them", Why.UNKNOWN),
        ("Can you drive a lorry?", "Yes", Why.UNKNOWN),
        ("Country", "Germany", Why.AMBIGUOUS),  # the person lives elsewhere, and has said so
    ],
)
def test_what_is_of_law_or_of_the_person_is_asked_though_a_page_leaves_no_choice(
    label: str, option: str, why_asked: Why
) -> None:
    assert why(field(label, option, value=option)) == why_asked


def test_a_list_with_one_option_that_is_not_chosen_is_asked() -> None:
    assert why(field("Position applied for", "Backend Engineer")) == Why.UNKNOWN


@pytest.mark.parametrize("label", ["Skill Set", "Umiejętności", "Kompetenser"])
def test_what_one_can_is_ticked_in_a_list_of_several(label: str) -> None:
    asked = field(label, "Cobol", "Python", kind=Kind.MULTI_CHOICE)
    reply = reply_to(asked, candidate(skills=[{"name": "Python", "years": 3}]))

    assert isinstance(reply, Reply)
    assert reply.picks(asked.option_labels) == ["Python"]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Do you have any experience with Python?", "Yes"),
        ("Have you ever used C++?", "Yes"),
        ("Do you know Python?", "Yes"),
        ("Do you have experience with Python and Kubernetes?", None),
        ("Do you have experience with Rust?", None),
        ("Do you know anyone who works with Python?", None),
        ("Are you willing to work remotely?", "Yes"),
        ("Are you willing to work on-site?", None),
    ],
)
def test_a_skill_that_is_listed_is_had_and_any_other_is_asked(label: str, expected: str | None) -> None:
    assert said(field(label, *YES_NO)) == expected


def test_a_skill_of_no_years_is_asked() -> None:
    assert said(field("Do you know Rust?", *YES_NO), skills=[{"name": "Rust", "years": 0}]) is None


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Do you live in Texas?", "Yes"),
        ("Do you currently reside in TX?", "Yes"),
        ("Are you located in Austin?", "Yes"),
        ("Do you live in California?", "No"),
        ("Do you live in Texas or Oklahoma?", None),
        ("Do you live in Dallas?", None),
        ("Are you located in the Austin area?", None),
        ("Do you live in a house?", None),
    ],
)
def test_where_one_lives_is_told_of_one_place_alone(label: str, expected: str | None) -> None:
    assert said(field(label, *YES_NO)) == expected


@pytest.mark.parametrize(
    ("gender", "options", "expected"),
    [
        ("Female", ("Frau", "Herr", "Keine Angabe"), "Frau"),
        ("Woman", ("M.", "Mme"), "Mme"),
        ("Male", ("Sra.", "Sr."), "Sr."),
        ("Female", ("Mr", "Mrs", "Miss"), ""),
        ("Female", ("Frau", "Frau Dr.", "Herr"), "Frau"),
        ("decline", ("Frau", "Herr", "Keine Angabe"), "Keine Angabe"),
        ("non-binary", ("Frau", "Herr"), ""),
    ],
)
def test_who_told_their_gender_is_addressed_by_the_one_title_for_it(
    gender: str, options: tuple[str, ...], expected: str
) -> None:
    assert (said(field("Anrede", *options), demographics={"gender": gender}) or "") == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("PLZ / Ort", "Ort"), ["78701", "Austin"]),
        (("PLZ / Ort", "PLZ / Ort"), ["78701", "Austin"]),
        (("Code postal, Ville", "city"), ["78701", "Austin"]),
        (("City, State", "Zip"), ["Austin, TX", "78701"]),
    ],
)
def test_two_fields_below_one_label_take_one_part_each(labels: tuple[str, ...], expected: list[str]) -> None:
    assert [said(one) for one in with_neighbours([field(one) for one in labels])] == expected


def test_a_name_that_is_asked_for_in_two_fields_is_told_by_what_they_show() -> None:
    first, last = with_neighbours([field("Hoe heet je?", placeholder="Voornaam"), field("Achternaam")])

    assert (said(first), said(last)) == ("Ada", "Moreno")


def test_lists_below_the_label_of_a_wage_are_of_its_currency_and_its_period() -> None:
    lists = (field("Desired Salary", "EUR (€)", "USD ($)"), field("Desired Salary", "per hour", "per year"))

    assert [said(one) for one in with_neighbours([lists[0], field("Desired Salary"), lists[1]])] == [
        "USD ($)", "150000", "per year",
    ]  # fmt: skip


ON_TOPICS: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("Do you hold a driving licence?", "Yes"): {
        "Führerschein Klasse B": ("vorhanden", "nicht vorhanden"), "Avez-vous le permis de conduire ?": ("Oui", "Non"),
        "¿Tienes carnet de conducir?": ("Sí", "No"), "Heb je een rijbewijs?": ("Ja", "Nee"),
        "Do you have a full, valid driver’s license?": ("Yes", "No"), "Hai la patente B?": ("Sì", "No"),
        "Har du körkort?": ("Ja", "Nej"), "Posiadasz prawo jazdy kat. B?": ("Tak", "Nie"),
    },
    ("What is your level of German?", "B2"): {
        "Deutschkenntnisse": ("B2 – Selbstständig", "B1", "C1"), "Wie gut sprechen Sie Deutsch?": ("B2", "B1", "C2"),
        "Quel est votre niveau d’allemand ?": ("Avancé (B2)", "Débutant (A1-A2)"), "Nivel de alemán": ("B1-B2", "A1-A2"),
        "How would you rate your German?": ("B2", "None", "Native"), "Hoe goed spreek je Duits?": ("B2", "C1"),
    },
    ("How much are you willing to travel for work?", "Up to 25%"): {
        "Reisebereitschaft": ("bis 25 %", "keine", "bis 50 %"), "¿Qué disponibilidad tienes para viajar?": ("Hasta el 25 %", "Total"),
        "How much travel are you open to?": ("0-25%", "25-50%"), "Disponibilità alle trasferte": ("Fino al 25%", "Oltre il 50%"),
        "Are you prepared to travel as part of the role?": ("Up to 25%", "No travel"),
    },
    ("Are you available to work weekends?", "No"): {
        "Êtes-vous disponible le week-end ?": ("Non", "Oui"), "Would you be able to work weekends?": ("No", "Yes"),
        "¿Estás dispuesto/a a trabajar los fines de semana?": ("No", "Sí"), "Kun je in het weekend werken?": ("Nee", "Ja"),
    },
    ("Hast du einen Führerschein?", "Ja"): {"Do you have a driver's license?": ("Yes", "No")},
}  # fmt: skip


@pytest.mark.parametrize("told", ON_TOPICS)
def test_an_answer_goes_for_the_same_question_in_another_language(told: tuple[str, str]) -> None:
    answers = [{"question": told[0], "answer": told[1]}]

    for asked, options in ON_TOPICS[told].items():
        assert said(field(asked, *options), answers=answers) == options[0], asked


def test_the_tools_of_one_kind_are_told_of_in_all_languages() -> None:
    answers = [{"question": "Which CRM tools have you worked with?", "answer": "HubSpot, Salesforce"}]
    asked = (
        "Mit welchen CRM-Systemen hast du schon gearbeitet?", "Quels outils CRM avez-vous déjà utilisés ?",
        "Which of these CRMs do you have hands-on experience with?", "Select all CRM platforms you have used",
    )  # fmt: skip
    offered = ("HubSpot", "Pipedrive", "Salesforce")

    for one in asked:
        assert said(field(one, *offered, kind=Kind.MULTI_CHOICE), answers=answers) == "HubSpot, Salesforce", one
    assert said(field("Which ERP tools have you used?", *offered, kind=Kind.MULTI_CHOICE), answers=answers) is None


@pytest.mark.parametrize(
    ("told", "asked", "options"),
    [
        (("Do you hold a driving licence?", "Yes"), "Do you hold a UK driving licence?", YES_NO),
        (("Do you hold a driving licence?", "Yes"), "Führerschein Klasse C", ("Ja", "Nein")),
        (("Do you hold a driving licence?", "Yes"), "Driving licence", ()),
        (("What is your level of German?", "B2"), "Wie gut sprechen Sie Englisch?", ("B2", "C1")),
        (("What is your level of German?", "B2"), "SQL skills", ("B2", "C1")),
        (("Are you willing to travel?", "Yes"), "Reisebereitschaft", ("bis 25 %", "bis 50 %")),
        (("How many people have you managed?", "6"), "How many people have you hired?", ()),
        (("Which CRM tools have you used?", "Zoho"), "Which CRM tools do you use?", ("HubSpot", "Zoho")),
        (("Which CRM tools do you know?", "Zoho"), "Which CRM tools have you used?", ("HubSpot", "Zoho")),
    ],
)
def test_an_answer_to_another_topic_is_none(told: tuple[str, str], asked: str, options: tuple[str, ...]) -> None:
    assert said(field(asked, *options), answers=[{"question": told[0], "answer": told[1]}]) is None


def test_a_proud_moment_and_pronouns_are_told_in_other_words() -> None:
    answers = [
        {"question": "What achievement are you most proud of?", "answer": "Maps."},
        {"question": "What are your pronouns?", "answer": "she/her"},
    ]

    assert said(field("What professional accomplishment are you proudest of?"), answers=answers) == "Maps."
    assert said(field("Preferred pronouns", "He/him", "She/her"), answers=answers) == "She/her"


def test_an_answer_is_the_option_in_its_very_words() -> None:
    answers = [{"question": "Quel diplôme ?", "answer": "Bac +5"}]

    assert said(field("Quel diplôme ?", "Bac", "Bac +2", "Bac +5"), answers=answers) == "Bac +5"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("TT.MM.JJJJ", "14.05.1994"), ("MM/DD/YYYY", "05/14/1994"), ("Ihr Geburtstag", "1994-05-14")],
)
def test_a_day_that_was_told_is_written_as_the_field_shows(shown: str, expected: str) -> None:
    answers = [{"question": "Geburtsdatum", "answer": "1994-05-14"}]

    assert said(field("Geburtsdatum", placeholder=shown), answers=answers) == expected


def test_a_title_is_chosen_from_a_list_that_opens_only_later() -> None:
    reply = reply_to(
        replace(field("Anrede", kind=Kind.SINGLE_CHOICE), widget=Widget.COMBOBOX),
        candidate(demographics={"gender": "Female"}),
    )

    assert isinstance(reply, Reply)
    assert reply.picks(["Frau", "Herr", "Keine Angabe"]) == ["Frau"]


@pytest.mark.parametrize(
    ("label", "options", "expected"),
    [
        ("Expérience professionnelle", ("Débutant", "2 à 5 ans", "5 à 10 ans", "Plus de 10 ans"), "5 à 10 ans"),
        ("Berufserfahrung", ("Keine", "1-5 Jahre", "6-10 Jahre"), "6-10 Jahre"),
        ("Experience", ("Retail", "Banking"), ""),
        ("Experience", ("Level 1", "Level 8"), ""),
    ],
)
def test_a_list_of_years_is_of_experience(label: str, options: tuple[str, ...], expected: str) -> None:
    assert (said(field(label, *options)) or "") == expected


@pytest.mark.parametrize(
    "options",
    [
        ("December 2026", "January 2027"),
        ("Dezember 2026", "Januar 2027"),
        ("diciembre de 2026", "enero de 2027"),
        ("Dec 2026", "Jan 2027"),
        ("12/2026", "01/2027"),
        ("2026-12", "2027-01"),
    ],
)
def test_a_start_is_chosen_from_a_list_of_months(options: tuple[str, ...]) -> None:
    assert said(field("When can you start?", *options)) == options[0]
    assert said(field("When can you start?", *options), earliest_start="2026-11-30") is None
