"""Pages of the practice site: all of them open, any address is an opening, and nothing comes from elsewhere."""

import re
import subprocess
import sys
from urllib.request import urlopen

import pytest

from automation.sandbox.catalogue import NAMES, OPENINGS, by_team, opening
from tests.processes import PATIENCE, ROOT
from tests.sandbox.conftest import Site

PAGES = [
    "/", "/inbox", "/meridian", "/meridian/jobs/data-engineer", "/meridian/jobs/data-engineer/apply",
    "/meridian/jobs/data-engineer/thanks", "/harborlight", "/harborlight/jobs/4100101",
    "/harborlight/jobs/4100101/confirmation", "/copperline", "/copperline/x", "/copperline/x/apply",
    "/copperline/x/thanks", "/saltmarsh", "/saltmarsh/x", "/saltmarsh/x/application",
    "/fernhall", "/fernhall/x", "/fernhall/oneclick-ui/company/Fernhall/publication/x",
    "/graniteco", "/graniteco/en-US/careers/job/Austin-TX/x", "/graniteco/en-US/careers/job/Austin-TX/x/apply",
    "/birchmoor", "/birchmoor/oops", "/birchmoor/j/x/", "/birchmoor/j/x/apply/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_and_takes_nothing_from_elsewhere(site: Site, path: str) -> None:
    page = site.get(path)

    assert page.status_code == 200
    taken = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert [address for address in taken if not re.match(r"/(?!/)", address)] == []
    for address in {one for one in taken if one.startswith("/static/")}:
        assert site.get(address).status_code == 200, address


def test_each_opening_of_the_catalogue_has_its_page(site: Site) -> None:
    for one in OPENINGS:
        page = site.get(one.path).text.replace("&#39;", "'")
        assert one.title in page
        assert one.intro in page


def test_each_employer_has_openings_at_addresses_of_their_own() -> None:
    assert len({one.path for one in OPENINGS}) == len(OPENINGS)
    counts = {employer: sum(one.employer == employer for one in OPENINGS) for employer in NAMES}
    assert min(counts.values()) >= 4


def test_any_address_is_an_opening_with_a_title_from_it(site: Site) -> None:
    assert opening("meridian", "chief-rain-officer").title == "Chief Rain Officer"
    assert "<h1>Chief Rain Officer</h1>" in site.get("/meridian/jobs/chief-rain-officer").text
    assert "Engineer 4711" in site.get("/harborlight/jobs/4711").text


def test_openings_are_found_by_words(site: Site) -> None:
    assert [one.title for team in by_team("meridian", "REMOTE security").values() for one in team] == [
        "Security Engineer"
    ]
    assert "QA Engineer" not in site.get("/meridian?q=designer").text
    assert "No openings for these words" in site.get("/harborlight?keyword=astronaut").text


def test_places_are_looked_up_with_their_namesakes(site: Site) -> None:
    found = site.get("/harborlight/places", params={"text": "austin"}).json()

    assert found == [
        "Austin, Minnesota, United States",
        "Austin, Texas, United States",
        "Austintown, Ohio, United States",
    ]
    assert site.get("/harborlight/places").json() == []


def test_the_command_says_where_it_listens_and_ends_when_asked_to() -> None:
    command = [sys.executable, "-m", "automation.sandbox", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        line = process.stdout.readline().strip()
        try:
            said, _, url = line.rpartition(" ")
            assert said == "practice employers at"
            with urlopen(url, timeout=PATIENCE) as answer:
                assert answer.status == 200
        finally:
            process.terminate()
        assert process.wait(PATIENCE) in {0, -15}
