"""Company scripts: which one knows what, where else a posting may be, switching one off, and a code from an e-mail."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from automation.engine.apply import _parser
from automation.engine.browser.pace import Pace
from automation.engine.browser.session import Browser
from automation.engine.companies import SCRIPTS
from automation.engine.companies.lever import Lever
from automation.engine.result import FailureKind, Outcome
from automation.engine.run import Task, run
from automation.sandbox.harborlight import CODE
from tests.engine.conftest import PDF, Apply, Listener, candidate
from tests.engine.site import Reply, Site
from tests.processes import Employers

UUID = "3f1c2b9a-0d4e-4c7b-9a61-2f8f0f6a7b10"
ADDRESSES = [
    ("greenhouse", "https://boards.greenhouse.io/acme/jobs/4711"),
    ("greenhouse", "https://job-boards.eu.greenhouse.io/acme/jobs/4711"),
    ("greenhouse", "https://acme.example/careers?gh_jid=4711"),
    ("lever", f"https://jobs.eu.lever.co/acme.com/{UUID}/apply"),
    ("ashby", f"https://jobs.ashbyhq.com/Acme%20Labs/{UUID}"),
    ("ashby", f"https://acme.example/jobs?ashby_jid={UUID}"),
    ("smartrecruiters", "https://jobs.smartrecruiters.com/Acme/743999100200101-engineer"),
    ("workable", "https://apply.workable.com/acme/j/B1A2C3D4E5/"),
    ("workday", "https://acme.wd5.myworkdayjobs.com/en-US/careers/job/Austin/Engineer_R-1"),
    ("workday", "https://wd3.myworkdaysite.com/recruiting/acme/careers/job/Austin/Engineer_R-1"),
    ("workday", "https://acme.myworkdayjobs.com/careers/job/Austin/Engineer_R-1"),
    (None, "https://greenhouse.io.example/acme/jobs/4711"),
    (None, "https://acme.example/jobs/greenhouse.io/1"),
]
ELSEWHERE = [
    (
        "https://boards.greenhouse.io/acme/jobs/4711",
        ["https://job-boards.greenhouse.io/acme/jobs/4711", "https://job-boards.greenhouse.io/embed/job_app?for=acme&token=4711"],
    ),
    ("https://acme.example/careers?gh_jid=4711", ["https://boards.greenhouse.io/embed/job_app?token=4711"]),
    (f"https://jobs.lever.co/acme/{UUID}", [f"https://jobs.lever.co/acme/{UUID}/apply"]),
    (f"https://jobs.lever.co/acme/{UUID}/apply", [f"https://jobs.lever.co/acme/{UUID}"]),
    (f"https://jobs.ashbyhq.com/acme/{UUID}/application", [f"https://jobs.ashbyhq.com/acme/{UUID}"]),
    (
        "https://apply.workable.com/acme/j/B1A2C3D4E5/apply/",
        ["https://apply.workable.com/acme/j/B1A2C3D4E5/"],
    ),
    (
        "https://jobs.smartrecruiters.com/Acme/743999100200101-engineer",
        ["https://jobs.smartrecruiters.com/Acme/743999100200101", "https://careers.smartrecruiters.com/Acme/743999100200101"],
    ),
    (
        "https://acme.wd5.myworkdayjobs.com/en-US/careers/job/Austin/Engineer_R-1/apply",
        [
            "https://acme.wd5.myworkdayjobs.com/en-US/careers/job/Austin/Engineer_R-1",
            "https://acme.wd5.myworkdayjobs.com/careers/job/Austin/Engineer_R-1",
        ],
    ),
]  # fmt: skip


def known_by(url: str) -> str | None:
    return next((name for name, script in SCRIPTS.items() if script.knows_address(url)), None)


@pytest.mark.parametrize(("name", "url"), ADDRESSES)
def test_an_address_is_known_by_its_own_script_alone(name: str | None, url: str) -> None:
    assert known_by(url) == name


@pytest.mark.parametrize(("url", "others"), ELSEWHERE)
def test_a_script_knows_where_else_a_posting_may_be(url: str, others: list[str]) -> None:
    assert SCRIPTS[known_by(url) or ""].other_addresses(url) == others


def test_the_other_address_is_tried_before_a_posting_is_called_closed(
    pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lever, "address", re.compile(r"^http://127\.0\.0\.1"))
    gone = pages.page("<h2>Sorry, we couldn't find anything here</h2>", f"/acme/{UUID}", status=404)
    pages.form("<label>E-mail <input name=email></label><input name=cv type=file aria-label=Resume>")
    pages.pages[f"/acme/{UUID}/apply"] = pages.pages.pop("/job")

    assert apply(gone, dry_run=True).outcome is Outcome.DRY_RUN

    pages.pages[f"/acme/{UUID}/apply"] = Reply("<h2>Sorry, we couldn't find anything here</h2>", status=404)
    assert apply(gone, dry_run=True).outcome is Outcome.POSTING_CLOSED


def test_a_script_that_is_switched_off_sends_nothing(employers: Employers, apply: Apply, listener: Listener) -> None:
    result = apply(f"{employers.url}/harborlight/jobs/off", scripts_off=("greenhouse",))

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.FORM_UNSUPPORTED)
    assert "greenhouse are switched off" in result.message
    assert (employers.inbox("off"), listener.asked) == ([], 0)


def test_scripts_are_switched_off_by_an_argument_or_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = ["http://a.example/", "--candidate", "c.json", "--resume", "r.pdf"]
    assert _parser().parse_args(needed).without == []
    assert _parser().parse_args([*needed, "--without", "lever,ashby"]).without == ["lever", "ashby"]

    monkeypatch.setenv("COMPANY_SCRIPTS_OFF", "workday")
    assert _parser().parse_args(needed).without == ["workday"]


class Reader:
    """Somebody who reads their e-mail and enters the code into the boxes of the page."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.asked: list[str] = []

    def your_turn(self, what: str, show: Callable[[], None], is_done: Callable[[], bool]) -> bool:
        self.asked.append(what)
        assert not is_done()
        boxes = self.browser._driver.find_elements("css selector", "input[id^=security-input-]")
        for box, sign in zip(boxes, CODE, strict=True):
            box.send_keys(sign)
        return is_done()


def test_a_code_from_an_e_mail_is_entered_in_the_same_browser_and_sent_once(
    employers: Employers, browser: Browser, resume: Path, tmp_path: Path, listener: Listener
) -> None:
    reader = Reader(browser)
    task = Task(
        url=f"{employers.url}/harborlight/jobs/entered?code=1",
        candidate=candidate(),
        resume=resume,
        evidence_dir=tmp_path,
        pace=Pace.FAST,
    )

    result = run(task, browser=browser, host=listener, person=reader)

    assert result.outcome is Outcome.SUBMITTED
    assert reader.asked == ["The employer sent a code to your e-mail. Enter it in the form to go on."]
    [received] = employers.inbox("entered")
    assert (received["files"][0]["size"], listener.asked) == (len(PDF), 1)


# Workday in small, each step drawn in place of the one before; what is chosen stands in a list of its own beside its search.
WORKDAY = """
<div data-automation-id=jobPostingPage><a role=button href="#apply" data-automation-id=adventureButton>Apply</a></div>
<div data-automation-id=applyAdventurePage hidden><a role=button href="#">Autofill with Resume</a>
<a role=button href="#" data-automation-id=applyManually>Apply Manually</a></div>
<div data-automation-id=applyFlowMyInfoPage hidden><label>E-mail <input name=email></label><label>Resume <input name=cv type=file></label>
<div><label for=source>How Did You Hear About Us? *</label><div><ul role=listbox data-automation-id=selectedItemList aria-label="items selected"></ul>
<input id=source data-automation-id=searchBox placeholder=Search autocomplete=off aria-required=true></div></div>
<button type=button data-automation-id=pageFooterNextButton>Submit</button></div>
<div id=popup hidden style="position:absolute;width:300px;background:#fff"><div role=listbox></div></div>
<script>
  const [post, choice, flow] = [...document.body.children].filter((one) => one.dataset.automationId);
  const [chosen, list] = document.querySelectorAll('[role=listbox]');
  const show = (from, to) => (event) => { event.preventDefault(); from.hidden = true; to.hidden = false; };
  post.querySelector('a').onclick = show(post, choice);
  choice.querySelector('[data-automation-id]').onclick = show(choice, flow);
  const known = { 'Job Board': ['Indeed', 'Monster'], 'Company': ['Acme Careers Site'] };
  const offer = (names) => { popup.hidden = !names.length; list.innerHTML = names.map((one) => `<div role=option>${one}${known[one] ? ' ›' : ''}</div>`).join(''); };
  const take = (name) => { chosen.innerHTML = `<li role=option data-automation-id=selectedItem><div data-automation-id=promptOption>${name}</div><div>×</div></li>`; source.value = ''; offer([]); };
  source.onclick = () => offer(Object.keys(known));
  source.onkeydown = ({ key }) => {
    if (key !== 'Enter') return;
    const found = Object.values(known).flat().filter((one) => one.includes(source.value));
    if (found.length === 1) take(found[0]); else offer(found);
  };
  list.onclick = ({ target }) => take(target.textContent);
  flow.querySelector('button').onclick = async () => {
    await fetch('/apply', { method: 'POST', body: JSON.stringify({ source: chosen.querySelector('div')?.textContent }), headers: { 'Content-Type': 'application/json' } });
    location = '/thanks';
  };
</script>"""


def test_workday_is_applied_at_by_hand_and_searched_with_the_enter_key(pages: Site, apply: Apply) -> None:
    result = apply(pages.page(WORKDAY), ada={"heard_from": "Indeed"})

    assert (result.outcome, result.company_script) == (Outcome.SUBMITTED, "workday@4")
    assert pages.sent == [{"source": "Indeed"}]
