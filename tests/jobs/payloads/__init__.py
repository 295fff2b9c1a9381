"""What boards answer, in their shapes and with our own words. The traps are the ones that real boards have."""

import html
from typing import Any

TEXT = "<p>You look after <strong>lighthouses</strong>.</p><ul><li>Python and PostgreSQL</li></ul>"


def greenhouse_row(number: int = 101, **changes: Any) -> dict[str, Any]:
    row = {
        "id": number,
        "internal_job_id": 9000 + number,
        "title": f"Keeper {number}",
        "updated_at": "2026-09-25T16:45:00-04:00",
        "first_published": "2026-09-09T10:50:29-04:00",
        "requisition_id": "R-1",
        "location": {"name": "Seattle, San Francisco, New York City"},
        "absolute_url": f"https://acme.example.com/careers?gh_jid={number}",
        "language": "en",
        "metadata": [{"id": 1, "name": "Workplace", "value": ["Hybrid"], "value_type": "multi_select"}],
        "content": html.escape(TEXT),
        "departments": [{"id": 3, "name": "Light", "child_ids": [], "parent_id": None}],
        "offices": [{"id": 4, "name": "US", "location": None}],
        "company_name": "Acme Lights, Inc.",
    }
    return row | changes


GREENHOUSE_FORM = {
    **greenhouse_row(),
    "questions": [
        {"label": "First Name", "required": True, "fields": [{"name": "first_name", "type": "input_text",
        "values": []}]},
        {"label": "Resume/CV", "required": True, "fields": [{"name": "resume", "type": "input_file", "values": []},
                                                          {"name": "resume_text", "type": "textarea", "values": []}]},
        {"label": "Are you free of vertigo?", "required": True,
         "fields": [{"name": "question_1", "type": "multi_value_single_select",
                     "values": [{"label": "Yes", "value": 1}, {"label": "No", "value": 0}]}]},
    ],
    "location_questions": [{"label": "Location", "required": True, "fields": [{"name": "location",
    "type": "input_text"}]}],
    "pay_input_ranges": [
        {"min_cents": 5_000_000, "max_cents": 7_500_000, "currency_type": "USD", "title": "NYC salary range",
        "blurb": ""},
        {"min_cents": 6_000_000, "max_cents": 8_000_000, "currency_type": "USD", "title": "Seattle salary range",
        "blurb": ""},
    ],
}  # fmt: skip

LEVER_ROW: dict[str, Any] = {
    "id": "681fbc53-0000-4000-8000-3a78118674eb",
    "text": "Senior Account Executive (m/f/d)",
    "categories": {
        "commitment": "Full Time",
        "department": "Sales",
        "location": "Toronto",
        "allLocations": ["Toronto", "Remote - Canada"],
    },
    "country": "CA",
    "createdAt": 1765990241800,
    "description": "<div>Sell light.</div>",
    "descriptionPlain": "Sell light.",
    "lists": [{"text": "About you", "content": "<li>You like fog.</li>"}],
    "additional": "<div>We are a small team.</div>",
    "hostedUrl": "https://jobs.lever.co/acme/681fbc53-0000-4000-8000-3a78118674eb",
    "applyUrl": "https://jobs.lever.co/acme/681fbc53-0000-4000-8000-3a78118674eb/apply",
    "workplaceType": "hybrid",
    "salaryRange": {"currency": "CAD", "interval": "per-hour-wage", "min": 22.5, "max": 31},
}

ASHBY_ROW: dict[str, Any] = {
    "id": "7458d4e9-0000-4000-8000-adfda43d42b2",
    "title": "Engineering Manager – EU 🌊",
    "department": "Engineering",
    "team": "EMEA Engineering",
    "employmentType": "FullTime",
    "location": "Remote - European Union",
    "secondaryLocations": [{"location": "Munich Office ", "address": {"postalAddress": {"addressLocality": "Munich"}}}],
    "publishedAt": "2026-03-04T14:29:08.532+00:00",
    "isListed": True,
    "isRemote": None,
    "address": {"postalAddress": {"addressLocality": "", "addressRegion": "", "addressCountry": "European Union"}},
    "jobUrl": "https://jobs.ashbyhq.com/acme/7458d4e9-0000-4000-8000-adfda43d42b2",
    "applyUrl": "https://jobs.ashbyhq.com/acme/7458d4e9-0000-4000-8000-adfda43d42b2/application",
    "descriptionHtml": '<h1 style="x">Role</h1><p style="y:1em">Lead <script>alert(1)</script>us.</p><p></p>',
    "descriptionPlain": "Lead us.",
    "shouldDisplayCompensationOnJobPostings": True,
    "compensation": {
        "compensationTierSummary": "€62K – €133K • Offers Equity • Multiple Ranges",
        "compensationTiers": [
            {"title": "Tier 1", "components": [
                {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "EUR", "minValue": 0,
                "maxValue": 133000},
                {"compensationType": "EquityPercentage", "interval": "NONE", "currencyCode": None, "minValue": None,
                "maxValue": None}]},
            {"title": "Tier 2", "components": [
                {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "EUR", "minValue": 62000,
                "maxValue": 90000}]},
        ],
        "summaryComponents": [],
    },
}  # fmt: skip

ASHBY_FORM: dict[str, Any] = {"data": {"jobPosting": {
    "id": ASHBY_ROW["id"], "title": ASHBY_ROW["title"],
    "applicationForm": {"sections": [{"title": None, "fieldEntries": [
        {"id": "f1", "isRequired": True, "field": {"title": "Name", "type": "String", "path": "_systemfield_name"}},
        {"id": "f2", "isRequired": False, "field": {"title": "How did you hear of us?", "type": "ValueSelect",
        "path": "f2",
                                                    "selectableValues": [{"label": "A friend", "value": "a"}]}},
    ]}]},
}}}  # fmt: skip

SMARTRECRUITERS_ROW: dict[str, Any] = {
    "id": "744000139266729",
    "uuid": "e05255c1-0000-4000-8000-4c6866a0ec18",
    "name": "Network Engineer:in 100 %",
    "company": {"name": "ACME Licht", "identifier": "ACME1"},
    "location": {"city": "Zürich", "region": "ZH", "country": "ch", "remote": False,
    "fullLocation": "Zürich, Switzerland"},
    "customField": [{"fieldLabel": "Employment Type", "valueLabel": "Full-time"}],
    "releasedDate": "2026-07-23T12:01:19.349Z",
    "postingUrl": "https://jobs.smartrecruiters.com/ACME1/744000139266729-network",
    "applyUrl": "https://jobs.smartrecruiters.com/ACME1/744000139266729-network?oga=true",
    "active": True,
    "experienceLevel": {"label": "Associate"},
    "typeOfEmployment": {"label": "Full-time"},
    "department": {},
    "function": {"id": "it", "label": "Information Technology"},
    "jobAd": {"sections": {"jobDescription": {"title": "Stelle", "text": "<p>Gestalte Licht.</p>"},
                           "qualifications": {"title": "Profil", "text": "<ul><li>Netze</li></ul>"}}},
}  # fmt: skip

WORKABLE: dict[str, Any] = {
    "name": "Acme Lights",
    "description": "<p>We keep lights.</p>",
    "jobs": [
        {
            "title": "Account Executive", "shortcode": "C7389E54B7", "employment_type": "Full-time",
            "telecommuting": False,
            "department": "Commercial", "url": "https://apply.workable.com/j/C7389E54B7",
            "application_url": "https://apply.workable.com/j/C7389E54B7/apply", "published_on": "2026-06-06",
            "country": country, "city": city, "state": "", "locations": [], "description": TEXT,
        }
        for city, country in (("London", "United Kingdom"), ("Paris", "France"))
    ],
}  # fmt: skip

WORKABLE_FORM = [
    {"name": "Personal information", "fields": [
        {"id": "firstname", "required": True, "label": "First name", "type": "text"},
        {"id": "resume", "required": True, "label": "Resume", "type": "file"}]},
    {"name": "Details", "fields": [
        {"id": "QA_1", "required": True, "label": "Do you own boots?", "type": "boolean"},
        {"id": "CA_2", "required": False, "label": "Shift", "type": "multiple", "singleOption": True,
         "options": [{"name": "1", "value": "Night"}, {"name": "2", "value": "Day"}]}]},
]  # fmt: skip


def workday_row(number: int = 7309) -> dict[str, Any]:
    return {
        "title": f"Quality Specialist {number}",
        "externalPath": f"/job/Hobart-TAS/Quality-Specialist_JR-{number}",
        "locationsText": "2 Locations",
        "postedOn": "Posted 6 Days Ago",
        "bulletFields": [f"JR-{number}"],
    }


def workday_detail(number: int = 7309, **changes: Any) -> dict[str, Any]:
    info = {
        "title": f"Quality Specialist {number}",
        "jobDescription": "<p>If you are curious &amp; careful.</p>",
        "location": "Hobart (TAS)",
        "additionalLocations": ["Penrith NSW"],
        "postedOn": "Posted 6 Days Ago",
        "timeType": "Full time",
        "jobReqId": f"JR-{number}",
        "country": {"descriptor": "Australia", "id": "x"},
        "canApply": True,
        "posted": True,
        "externalUrl": f"https://acme.wd5.myworkdayjobs.com/Careers/job/Hobart-TAS/Quality-Specialist_JR-{number}",
    }
    return {"jobPostingInfo": info | changes, "hiringOrganization": {"name": "Acme Dairy Pty Ltd", "url": ""}}


JSON_LD = """<!doctype html><html><head><script type="application/ld+json">{
"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "name": "x"},
 {"@type": "JobPosting", "title": "Lampist", "identifier": {"@type": "PropertyValue", "name": "Acme", "value": "L-1"},
  "description": "&lt;p&gt;Trim the wick.&lt;/p&gt;", "datePosted": "2026-10-01", "employmentType": ["PART_TIME"],
  "hiringOrganization": {"@type": "Organization", "name": "Acme Lights", "sameAs": "https://www.acme.example.com/"},
  "jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": {"@type": "Country", "name": "Ireland"},
  "baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "value": {"@type": "QuantitativeValue",
                 "minValue": 18.5, "maxValue": 21, "unitText": "HOUR"}},
  "url": "/careers/lampist"}]}</script>
<script type="application/ld+json">{"@type": "JobPosting", "title": "Broken</script></head><body></body></html>"""
