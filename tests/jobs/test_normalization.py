"""What employers write becomes places, pay, ranks and texts that cards, filters and ranking can use."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings

from jobs.derived import company_key, group_of
from jobs.importing.files import parse_flat
from jobs.importing.names import name_told
from jobs.importing.posting import posting_of
from jobs.normalize.pay import NOT_SAID, Pay, pay_of, widest
from jobs.normalize.places import NOWHERE, place_of, where
from jobs.normalize.problems import BadRow
from jobs.normalize.skills import skills_in
from jobs.normalize.text import clean_html, department_name, html_of, moment, moment_ago, web_address
from jobs.normalize.titles import employment_type, family, seniority

SHARED = Path(__file__).parents[2] / "../shared/data/seed/ashby_jobs_1000.jsonl"

LOCATIONS = [
    ("Remote - US", ["United States"], "remote"),
    ("US-Remote", ["United States"], "remote"),
    ("United States | Remote", ["United States"], "remote"),
    ("*HQ - San Francisco, CA", ["San Francisco, CA"], ""),
    ("Foster City, CA (Hybrid) In office M,W,F", ["Foster City, CA"], "hybrid"),
    ("Seattle, San Francisco, New York City", ["Seattle, WA", "San Francisco, CA", "New York, NY"], ""),
    ("New York City, NY; San Francisco, CA | New York City, NY", ["New York, NY", "San Francisco, CA"], ""),
    ("Boston, Massachusetts", ["Boston, MA"], ""),
    ("New Albany, Ohio", ["New Albany, OH"], ""),
    ("Paris, Texas", ["Paris, TX"], ""),
    ("Toronto, CA", ["Toronto, ON"], ""),
    ("Berlin, DE", ["Berlin, Germany"], ""),
    ("Tbilisi, Georgia", ["Tbilisi, Georgia"], ""),
    ("Atlanta, GA", ["Atlanta, GA"], ""),
    ("Hobart (TAS)", ["Hobart, TAS"], ""),
    ("München", ["Munich, Germany"], ""),
    ("Bengaluru, Karnataka, India", ["Bengaluru, India"], ""),
    ("United Kingdom or Ireland", ["United Kingdom", "Ireland"], ""),
    ("Remote in EMEA", ["EMEA"], "remote"),
    ("NYC Office - 307 7th Ave", ["New York, NY"], ""),
    ("Cambridge", ["Cambridge"], ""),  # two countries have a large one: no country is guessed
    ("Remote", [], "remote"),
    ("Headquarters", [], ""),
    ("Washington D.C", ["Washington, DC"], ""),
    ("Washington, D.C.", ["Washington, DC"], ""),
    ("San Francisco Area", ["San Francisco, CA"], ""),
    ("Bay Area", ["San Francisco Bay Area, CA"], ""),
    ("US/Canada - Remote", ["United States", "Canada"], "remote"),
    ("Any Location", [], ""),
    ("West Coast USA, Cal", ["US West Coast"], ""),
    ("US East Coast Remote", ["US East Coast"], "remote"),
    ("Remote (for US candidates)", ["United States"], "remote"),
    ("Remote International", [], "remote"),
    ("Remote US Canada", ["United States", "Canada"], "remote"),
    ("India-Bangalore", ["Bengaluru, India"], ""),
    ("Lisbon l Remote", ["Lisbon, Portugal"], "remote"),
    ("SeattleHQ", ["Seattle, WA"], ""),
    ("Relocation to Europe", ["Europe"], ""),
    ("Guinea-Bissau", ["Guinea-Bissau"], ""),
    ("Tri-State Area", ["Tri-State Area"], ""),
    ("Eastern", ["Eastern time"], ""),
    ("Remote (US Eastern Time Zone)", ["US Eastern time"], "remote"),
    ("North to South America", ["Americas"], ""),
    ("Isreal Office - Magen St 3, Tel Aviv-Yafo", ["Tel Aviv, Israel"], ""),
    ("Isreal", ["Israel"], ""),
    ("Old Mill, 3rd floor, Berlin", ["Berlin, Germany"], ""),
    ("San Jose", ["San Jose"], ""),  # in California, or in Costa Rica
    ("Remote - Ontario, Canada", ["Ontario, Canada"], "remote"),
    ("Canada - Ontario", ["Ontario, Canada"], ""),
    ("Ontario, CA", ["Ontario, CA"], ""),  # the city
    ("New York, United States", ["New York, NY"], ""),
    ("Scotland", ["Scotland, United Kingdom"], ""),
    ("London, England", ["London, United Kingdom"], ""),
    ("SF / NY", ["San Francisco, CA", "New York, NY"], ""),
    ("Remote - NY", ["New York, United States"], "remote"),  # the state
    ("DC", ["Washington, DC"], ""),
    ("Washington State", ["Washington, United States"], ""),
    ("US-CA-San Francisco", ["San Francisco, CA"], ""),
    ("USA - Texas - Austin", ["Austin, TX"], ""),
    ("US, CA, Santa Clara", ["Santa Clara, CA"], ""),
    ("DE - Berlin", ["Berlin, Germany"], ""),
    ("Raleigh-Durham", ["Raleigh, NC", "Durham, NC"], ""),
    ("Winston-Salem", ["Winston-Salem, NC"], ""),
    ("Tel-Aviv", ["Tel Aviv, Israel"], ""),
    ("Warszawa", ["Warsaw, Poland"], ""),
    ("Remote, OR", ["Oregon, United States"], "remote"),
    ("Remote, IN", ["Indiana, United States"], "remote"),
    ("REMOTE IN USA", ["United States"], "remote"),
    ("Remote - Must reside in Texas", ["Texas, United States"], "remote"),
    ("Remote (UTC-5 to UTC+3)", [], "remote"),
    ("Work from anywhere in the world", [], "remote"),
    ("US Nationwide", ["United States"], ""),
    ("TBD", [], ""),
    ("Main Office", [], ""),
]


@pytest.mark.parametrize(("text", "labels", "mode"), LOCATIONS)
def test_a_location_is_read(text: str, labels: list[str], mode: str) -> None:
    read = where(text)
    assert ([place.label for place in read.places], read.mode) == (labels, mode)


@pytest.mark.parametrize(
    ("text", "location"),
    [("NerdWallet US", "United States"), ("Branch HQ", ""), ("Second Dinner (US Remote)", "United States"),
     ("Austin, TX", "Austin, TX"), ("Offshore | Philippines", "Philippines")],
)  # fmt: skip
def test_the_employers_name_is_no_place(text: str, location: str) -> None:
    org = {"Branch HQ": "branch", "Second Dinner (US Remote)": "SecondDinner", "Austin, TX": "austin"}
    address = f"https://jobs.ashbyhq.com/{org.get(text, 'nerdwallet')}/1/application"
    row = {"external_id": "1", "title": "Cook", "apply_url": address, "location": text}
    assert posting_of(parse_flat(row, "")).location == location


@pytest.mark.parametrize(
    ("told", "address", "location"),
    [
        (["EMEA"], "Frankfurt||Germany", "EMEA"),
        (["Remote - US"], "San Francisco|California|United States", "United States"),
        (["Worldwide"], "||China", ""),
        (["Remote International"], "", ""),
        (["Remote"], "Oslo||Norway", "Oslo, Norway"),
        (["Austin", "Remote"], "Dallas|TX|US", "Austin, TX"),
    ],
)
def test_remote_work_is_where_its_location_says_and_not_at_the_office(
    told: list[str], address: str, location: str
) -> None:
    assert placed(told, address, is_remote=True) == location


@pytest.mark.parametrize(
    ("told", "address", "location"),
    [
        (["Market Mall"], "Calgary|Alberta|Canada", "Calgary, AB"),
        (["Tri-State Area"], "New York, New York|New York|United States", "New York, NY"),
        (["Arlington"], "Arlington|Virginia|United States", "Arlington, VA"),
        (["Andover, MA"], "Andover|MA|United States", "Andover, MA"),
        (["Canada"], "|Alberta|Canada", "Canada"),
        (["EMEA"], "Frankfurt||Germany", "Frankfurt, Germany"),
        (["SF Office", "San Jose Office"], "San Francisco||United States", "San Francisco, CA · San Jose, CA"),
        (["San Francisco", "San Jose"], "", "San Francisco, CA · San Jose"),
        (["Panama", "San Jose"], "||United States", "Panama · San Jose"),
        (["Remote-Illinois", "Remote-Washington", "Remote-New York"], "",
         "Illinois, United States · Washington, United States · New York, United States"),
        (["Canada - Ontario", "Canada - Quebec", "Canada"], "", "Ontario, Canada · Quebec, Canada · Canada"),
        (["Remote - Texas", "Remote - Georgia"], "", "Texas, United States · Georgia, United States"),
        (["Armenia", "Georgia"], "", "Armenia · Georgia"),
        (["Texas", "New York City"], "", "Texas, United States · New York, NY"),
        (["Seattle", "Washington"], "", "Seattle, WA · Washington, DC"),
        (["Remote"], "|Brazil|Brazil", "Brazil"),
        (["Bandar Utama"], "Bandar Utama, Petaling Jaya|Selangor|Malaysia", "Bandar Utama, Malaysia"),
    ],
)  # fmt: skip
def test_an_address_says_which_place_of_a_name_is_meant(told: list[str], address: str, location: str) -> None:
    assert placed(told, address, is_remote=None) == location


def placed(told: list[str], address: str, *, is_remote: bool | None) -> str:
    parts = zip(("addressLocality", "addressRegion", "addressCountry"), address.split("|"), strict=False)
    row = {
        "external_id": "1", "title": "Cook", "apply_url": "https://jobs.example.com/1", "is_remote": is_remote,
        "location": told[0], "secondary_locations": told[1:], "address": {name: part for name, part in parts if part},
    }  # fmt: skip
    return posting_of(parse_flat(row, "")).location


def test_a_coast_is_a_part_of_its_country() -> None:
    assert where("East Coast").places[0].as_json() == {"country": "US", "area": "US East Coast"}
    assert place_of("East Coast", "", "United States").label == "US East Coast"


def test_the_number_of_a_department_is_left_out_and_a_year_is_not() -> None:
    said = ("01 Engineering", "8611 Security Analytics", "2026 Internships", "3D")
    assert [department_name(one) for one in said] == ["Engineering", "Security Analytics", "2026 Internships", "3D"]


@pytest.mark.parametrize(
    ("said", "name"),
    [("📈 Marketing", "Marketing"), ("🧑🏽‍💻 01 Engineering", "Engineering"), ("PHARMACY", "Pharmacy"), ("GTM", "GTM"),
     ("BUREAU OF TECHNOLOGY", "Bureau of technology"), ("Other", ""), ("TBD", ""), ("(R&D)", "(R&D)")],
)  # fmt: skip
def test_a_department_is_written_as_words(said: str, name: str) -> None:
    assert department_name(said) == name


@pytest.mark.parametrize(
    ("name", "token", "text"),
    [
        ("Northwood Space", "northwoodspace", "ABOUT NORTHWOODSPACE\n\nAt Northwood Space we build links."),
        ("BJAK", "bjakcareer", "BJAK digitises insurance."),
        ("Double the Donation", "double-the-donation", "Double the Donation was founded in 2011."),
        ("LI.FI", "li.fi", "At LI.FI, we connect chains. li.fi"),
        ("iVerify", "iverify", "<p>iVerify protects phones.</p>"),
        ("Pulley", "withpulley", "You start with Pulley."),
        ("Doublecheck", "doublecheck", "We double check it."),
        ("n8n", "n8n", "At n8n we connect."),
        ("Hims & Hers", "hims-and-hers", "Hims & Hers is for all."),
        ("Foresite Labs", "foresite-labs-fl2024-006", "We build."),
        ("WFS Group", "thewfsgroup", "At WFS Group, the best sell."),
        ("HitPay", "hitpayapp.com", "HitPay is for shops."),
        ("Heidi", "heidihealth.com.au", "Heidi is a scribe. Ask Heidi."),
        ("Getaround", "getaround", "Around the world, and around you."),
        ("Gridverify", "gridverify", "Grid is for the grid."),  # it may mean a thing
        ("LeanTech", "LeanTech", "Lean is a way to work."),  # the token is a name as it is
        ("Acme Co", "acme%20co", "Nothing of the name."),
        ("Arcade AI", "arcade-ai", "Arcade lets agents act."),
    ],
)
def test_an_employer_is_called_what_its_postings_call_it(name: str, token: str, text: str) -> None:
    assert name_told(token, [text]) == name


def test_a_structured_address_is_read() -> None:
    assert place_of("New york", "NY", "U.S.A").as_json() == {"city": "New York", "region": "NY", "country": "US"}
    assert place_of("Zürich", "ZH", "ch").label == "Zürich, Switzerland"
    assert place_of("", "", "European Union").as_json() == {"area": "Europe"}


def test_pay_is_kept_as_it_was_said() -> None:
    assert pay_of(22.5, 31, "cad", "per-hour-wage") == Pay(
        Decimal("22.50"), Decimal(31), "CAD", "hour", "from the employer"
    )
    assert pay_of(0, None, "USD", "1 YEAR") == NOT_SAID
    assert pay_of(0, "133,000", "EUR", "1 YEAR").low is None


@pytest.mark.parametrize(
    ("pay", "sentence"),
    [
        ((5, 4, "USD", "year"), "above the highest"),
        ((5, 6, "XQQ", "year"), "no currency"),
        (("lots", 6, "USD", "year"), "no number"),
        ((-5, 6, "USD", "year"), "no amount"),
        ((1, float("inf"), "USD", "year"), "no amount"),
    ],
)
def test_pay_that_cannot_be_is_refused(pay: tuple[object, ...], sentence: str) -> None:
    with pytest.raises(BadRow, match=sentence):
        pay_of(*pay)  # type: ignore[arg-type]


def test_an_hours_pay_that_is_labelled_as_a_years_is_of_no_period() -> None:
    assert pay_of(55, 65, "USD", "1 YEAR").period == ""
    assert pay_of(25_000, None, "INR", "1 YEAR").period == "year"
    assert pay_of(1, 500_000, "USD", "1 YEAR") == pay_of(None, 500_000, "USD", "1 YEAR")


def test_several_ranges_become_the_widest_of_one_currency() -> None:
    ranges = [pay_of(1, 2, "USD", "year"), pay_of(7, 9, "EUR", "year"), pay_of(8, 12, "EUR", "year")]
    found = widest(ranges, preferred="EUR")
    assert (found.low, found.high, found.currency) == (Decimal(7), Decimal(12), "EUR")
    assert "some of several" in found.source


@pytest.mark.parametrize(
    ("title", "rank", "kind"),
    [
        ("Senior Backend Engineer", "senior", "software"),
        ("Staff Machine Learning Engineer", "staff", "data"),
        ("Staff Accountant", "", "finance"),
        ("Account Manager", "", "sales"),
        ("Engineering Manager, Platform", "manager", "software"),
        ("VP of Sales", "executive", "sales"),
        ("Software Engineering Intern", "intern", "software"),
        ("New Grad Software Engineer", "entry", "software"),
        ("Site Reliability Engineer", "", "infrastructure"),
        ("Product Designer", "", "design"),
        ("Product Manager, Routing", "", "product"),
        ("Registered Nurse", "", "health"),
        ("Account Executive, AI Native", "", "sales"),
        ("AI Product Manager", "", "product"),
        ("Senior Software Engineer, AI Products", "senior", "data"),
        ("Senior Manager, Technical Accounting", "manager", "finance"),
        ("Technical Account Manager", "", "support"),
        ("Strategic Client Associate", "entry", "support"),
        ("Founder's Associate", "entry", "operations"),
        ("Executive Assistant to the CEO", "", "office"),
        ("Chief of Staff", "", "project"),
        ("Member of Technical Staff", "", "software"),
        ("Senior Solutions Architect", "senior", "software"),
        ("Chief Financial Officer", "executive", "finance"),
        ("Director of Revenue Cycle Management", "director", "finance"),
        ("Loan Counselor", "", "finance"),
        ("Corporate Counsel, Commercial Contracts", "", "legal"),
        ("Founding Sales Recruiter", "", "people"),
        ("Director, Revenue Accounting", "director", "finance"),
        ("Director of Product Marketing", "director", "marketing"),
        ("Quality Specialist - Sanitation", "", "quality"),
        ("Assistant Controller", "", "finance"),
        ("Internship Program Manager", "", "project"),
        ("Werkstudierende:r Datenanalyse", "intern", ""),
        ("Software Engineer, New Grads 2024", "entry", "software"),
    ],
)
def test_a_title_tells_rank_and_kind_of_work(title: str, rank: str, kind: str) -> None:
    assert (seniority(title), family(title)) == (rank, kind)


def test_employment_types_are_found_in_the_words_of_each_board() -> None:
    said = ["Full time", "PART_TIME".replace("_", " "), "Contractor", "Werkstudent", "Vollzeit", "Casual", "On call"]
    expected = ["full_time", "part_time", "contract", "internship", "full_time", "temporary", ""]
    assert [employment_type(one) for one in said] == expected


def test_skills_are_found_and_everyday_words_are_not() -> None:
    text = (
        "Go above and beyond. We use Python, Go and React; k8s on AWS. You express ideas and excel at work. C++ helps."
    )
    assert skills_in("Engineer", text) == ["AWS", "C++", "Go", "Kubernetes", "Python", "React"]
    assert skills_in("Engineer", "Go above and beyond, excel, express yourself.") == []


@pytest.mark.parametrize(
    ("title", "text", "skills"),
    [
        ("Engineer", "Mental health days. Ask talent acquisition. Recruiting is fair. A data warehouse.", []),
        ("Recruiting Lead", "Come.", ["Recruiting"]),
        ("Nurse", "Mental health is health. Mental health counts. You know mental health.", ["Mental health"]),
    ],
)  # fmt: skip
def test_what_is_said_in_passing_is_no_skill(title: str, text: str, skills: list[str]) -> None:
    assert skills_in(title, text) == skills


@pytest.mark.parametrize(
    ("title", "mode"),
    [
        ("General Accountant (m/w/d) - full remote", "remote"), ("Platform Engineer (Hybrid)", "hybrid"),
        ("Engineer (Remote Europe)", "remote"), ("Remote Sensing Engineer", ""), ("Engineer, Remote Sensing", ""),
        ("Engineer - Hybrid Cloud", ""),
    ],
)  # fmt: skip
def test_a_title_tells_how_the_work_is_done_where_nothing_else_does(title: str, mode: str) -> None:
    row = {"external_id": "1", "title": title, "apply_url": "https://jobs.example.com/1", "location": "Germany"}
    assert posting_of(parse_flat(row, "")).work_mode == mode
    assert posting_of(parse_flat(row | {"work_mode": "onsite"}, "")).work_mode == "onsite"


def test_a_skill_is_found_whatever_stands_around_it() -> None:
    found = skills_in(
        "Engineer", "We use (Kubernetes), “Docker”. -SQL /Python. C++; Node.js... CI/CD, machine learning!"
    )
    assert found == ["C++", "CI/CD", "Docker", "Kubernetes", "Machine learning", "Node.js", "Python", "SQL"]
    assert skills_in("Analyst", "We use R, or John R. Smith does R&D.") == ["R"]
    assert skills_in("Analyst", "Ask John R. Smith about R&D.") == []


def test_a_description_is_cleaned() -> None:
    given = '<h1 style="x">Role</h1><div><p onclick="x()">Lead</p></div><p></p><script>alert(1)</script><img src=x>'
    assert clean_html(given).replace("\n", "") == "<h3>Role</h3><p></p><p>Lead</p>".replace("<p></p>", "")


def test_a_plain_text_gets_its_structure() -> None:
    assert html_of("WHO YOU ARE\n\n - Kind & calm\n - Awake\n____\nCome <in>") == (
        "<h3>Who you are</h3><ul><li>Kind &amp; calm</li><li>Awake</li></ul><p>Come &lt;in&gt;</p>"
    )


def test_an_address_in_a_plain_text_becomes_the_link_of_the_word_before_it() -> None:
    assert html_of("At Omi https://omi.me, we build. Blog: https://www.omi.me/a?b=1&c=2. [https://omi.me/x]") == (
        '<p>At <a href="https://omi.me">Omi</a>, we build. '
        'Blog: <a href="https://www.omi.me/a?b=1&amp;c=2">omi.me</a>. <a href="https://omi.me/x">omi.me</a></p>'
    )
    assert html_of("[https://app.example.com/images/1.png]\n\nHi.") == "<p>Hi.</p>"
    assert clean_html(html_of('x https://a.example/"><script>1</script>')).count("<script") == 0


def test_a_heading_in_capitals_becomes_a_sentence_with_its_names() -> None:
    text = html_of("ABOUT NELO & US\nWe at Nelo use AI for us.\nWHY AI AT NELO")
    assert text == "<h3>About Nelo &amp; us</h3><p>We at Nelo use AI for us.</p><h3>Why AI at Nelo</h3>"


@pytest.mark.parametrize(
    ("heading", "rest", "calm"),
    [
        ("ABOUT OPENPIPE", "OpenPipe builds tools.", "About OpenPipe"),
        ("OPENPIPE", "We do much.", "OpenPipe"),  # only the employer's name says it
        ("LIFE AT UNICEF", "We do much.", "Life at UNICEF"),
        ("WHO WE ARE AT RAMP", "You ramp up while we ramp up at Ramp.", "Who we are at ramp"),
        ("ABOUT RAMP", "Ramp is new. You ramp up at Ramp.", "About Ramp"),
        ("ABOUT DAVID ENERGY", "David Energy sells energy, much energy.", "About David Energy"),
        ("ABOUT THE US TEAM", "Of us in the US.", "About the us team"),
        ("WHAT WE DO ABOUT US", "Only in the US and the US.", "What we do about us"),
        ("R&D AND Q&A", "Come.", "R&amp;D and Q&amp;A"),
        ("WHAT YOU'LL DO AT NELO'S", "Nelo is new.", "What you'll do at Nelo's"),
        ("ABOUT NELO", "Nelo is new. At Nelo, we lend. We love Nelo.", "About Nelo"),
        ("YOUR KPMG & SQL SKILLS", "Come.", "Your KPMG &amp; SQL skills"),
        ("IOS ENGINEER II", "Come.", "iOS engineer II"),
        ("OUR SAAS, OUR GAAP", "We follow GAAP.", "Our SaaS, our GAAP"),
        ("WE NEVER STOP", "We NEVER stop, and never rest, we never do.", "We never stop"),
    ],
)
def test_a_heading_in_capitals_keeps_initials_and_the_employers_own_spelling(
    heading: str, rest: str, calm: str
) -> None:
    employer = next((name for name in ("OpenPipe", "UNICEF") if name.upper() in heading), "")
    assert html_of(f"{heading}\n{rest}", employer=employer).startswith(f"<h3>{calm}</h3>")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x", "http://10.1.2.3/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest",
        "http://localhost/x", "http://intranet/x", "http://db.internal/", "http://2130706433/", "http://127.1/", "ftp://example.com/",
        "javascript:alert(1)", "https://user:pass@example.com/", "https://exa mple.com/", "", "https://", "https://[::1",
    ],
)  # fmt: skip
def test_only_public_web_addresses_pass(address: str, settings: Settings) -> None:
    settings.IMPORT_ALLOW_LOOPBACK = False
    with pytest.raises(BadRow):
        web_address(address)


def test_dates_are_read_in_each_way_that_boards_write_them() -> None:
    assert moment("2026-09-25T16:45:00-04:00") == datetime(2026, 9, 25, 20, 45, tzinfo=UTC)
    assert moment("2026-06-06") == datetime(2026, 6, 6, tzinfo=UTC)
    assert moment(1765990241800) == moment(1765990241.8)
    assert moment("") is None
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert moment_ago("Posted 6 Days Ago", now) == datetime(2026, 11, 19, tzinfo=UTC)
    assert moment_ago("Posted Yesterday", now) == datetime(2026, 11, 24, tzinfo=UTC)
    assert moment_ago("Posted 30+ Days Ago", now) is None


@pytest.mark.parametrize(
    "value", ["soon", "2026-13-45", "0001-01-01", "9999-01-01", 10**30, True, {}, "2026-02-30T99:00:00Z"]
)
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(BadRow, match="is no date"):
        moment(value)


def test_one_employer_has_many_spellings() -> None:
    assert (
        len({company_key(name) for name in ("Acme Lights", "ACME LIGHTS, Inc.", "Acme Lights GmbH", "acme-lights")})
        == 1
    )
    assert company_key("SE") == "se"


def test_one_opening_in_several_cities_is_one_group() -> None:
    assert group_of(1, "Nurse (m/f/d) - Austin", ["Austin, TX"]) == group_of(1, "Nurse, Boston", ["Boston, MA"])
    assert group_of(1, "Nurse", []) != group_of(2, "Nurse", [])
    assert group_of(1, "C++ Engineer", []) != group_of(1, "C# Engineer", [])


def real_rows() -> list[dict[str, object]]:
    if SHARED.is_file():
        return [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
    from tests.jobs.payloads import ASHBY_ROW

    return [{"ats": "ashby", "board": "acme", "external_id": ASHBY_ROW["id"], "title": "Keeper", "location": "Remote",
             "secondary_locations": [], "is_remote": None, "address": {}, "published_at": ASHBY_ROW["publishedAt"],
             "apply_url": ASHBY_ROW["applyUrl"],
             "description_plain": "ABOUT US\n\nWe keep lights.\n\n - Python"}]  # fmt: skip


def test_real_postings_read_well() -> None:
    postings = [posting_of(parse_flat(row, "")) for row in real_rows()]
    assert all(one.title and one.description and one.digest for one in postings)
    known = [one for one in postings if one.places or one.work_mode or one.location]
    assert len(known) >= 0.97 * len(postings)
    assert sum(bool(one.family) for one in postings) >= 0.9 * len(postings) or len(postings) < 100
    assert not any("<script" in one.description or "style=" in one.description for one in postings)


@pytest.mark.parametrize("text", ["Any Location", "Global", "Anywhere", "Headquarters", "Multiple Locations"])
def test_no_place_is_not_shown_as_one(text: str) -> None:
    row = {"external_id": "1", "title": "Cook", "apply_url": "https://jobs.example.com/1", "location": text}
    posting = posting_of(parse_flat(row, ""))
    assert (posting.location, posting.places) == ("", [])
    assert posting.work_mode == ("remote" if text in {"Global", "Anywhere"} else "")


def test_an_address_that_names_an_area_or_no_place_is_no_city() -> None:
    assert place_of("EMEA", "EMEA", "") == NOWHERE
    assert place_of("", "Remote", "United States").as_json() == {"country": "US"}
    assert place_of("NY", "NY ", "United States").as_json() == {"country": "US", "region": "NY"}
    assert place_of("Washington", "D.C.", "US").label == "Washington, DC"


@pytest.mark.parametrize(
    "text", ["We start in Spring 2026, with Java.", "Java. Our (Spring Internship)", "Paid by Spring Health, in Java"]
)
def test_a_season_is_no_skill(text: str) -> None:
    assert skills_in("Engineer", text) == ["Java"]
    assert "Spring" in skills_in("Engineer", "You know Java, Spring, and Spring Boot.")
    assert skills_in("Nurse", "Benefits: Fetch, Spring, Perkspot") == []


def test_canadian_dollars_are_no_skill() -> None:
    assert skills_in("Engineer", "We pay $100,000 - $150,000 CAD, or in small towns CAD 90,000 (CAD).") == []
    assert skills_in("Engineer", "You use CAD, and we pay 90,000 CAD.") == ["CAD"]


def test_paragraphs_and_headings_in_capitals_become_sentences() -> None:
    shouted = "WE PAY WELL. YOU LEARN MUCH, AND NOBODY HAS TO WORK ON A SUNDAY OR AT NIGHT, EVER, FOR USD 90,000."
    assert html_of(shouted) == (
        "<p>We pay well. You learn much, and nobody has to work on a sunday or at night, ever, for USD 90,000.</p>"
    )
    assert html_of("🎯 WHAT YOU DO") == "<h3>🎯 What you do</h3>"
    assert html_of("90 DAY PLAN\n1. LEARN") == "<h3>90 day plan</h3><h3>1. Learn</h3>"
    assert html_of("COME? 🏦 WE WAIT!") == "<h3>Come? 🏦 We wait!</h3>"
    assert html_of("✓ Kind\n✓ Calm\n#LI-Remote") == "<ul><li>Kind</li><li>Calm</li></ul>"
    assert html_of("応募資格") == "<p>応募資格</p>"
