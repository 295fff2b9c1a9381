"""The hosted form in a real browser has the manners, and the traps, of the boards that it stands for."""

from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from automation.sandbox.harborlight import CODE
from tests.processes import Employers, Person, until

AUTHORIZED = "question_7001"
BOX = "const box = document.getElementById(arguments[0]).closest('.select');"
HELD = f"{BOX} return box.querySelector('.select__single-value')?.innerText || ''"
OPTIONS = f"{BOX} return [...box.querySelectorAll('[role=option]')].map((one) => one.innerText)"
MIRRORED = f"{BOX} return box.querySelector('.requiredInput') !== null"
PRESS = "arguments[0].dispatchEvent(new MouseEvent('mousedown', {bubbles: true, cancelable: true}))"
HOLD_TIMERS = """
const { setTimeout } = window;
window.held = [];
window.setTimeout = (act, ms) => (ms ? window.held.push(act) : setTimeout(act, ms));
"""
LET_GO = "return window.held.splice(0).map((act) => act()).length"  # of timers: how many there were
PDF = b"%PDF-1.4\n"


class Form:
    """The form of one posting, as a person works on it."""

    def __init__(self, visitor: Person, query: str = "", job: str = "1") -> None:
        self.visitor = visitor
        visitor.go(f"/harborlight/jobs/{job}{query}")

    def control(self, id: str) -> WebElement:
        return self.visitor.one(f'[id="{id}"]')

    def type(self, id: str, *keys: str) -> None:
        self.control(id).send_keys(*keys)

    def options(self, id: str) -> list[str]:
        return list(self.visitor.script(OPTIONS, id))

    def pick(self, id: str, text: str) -> None:
        self.type(id, text)
        until(lambda: self.options(id)[:1] == [text], f"{text} is what the key takes")
        self.type(id, Keys.ENTER)

    def held(self, id: str) -> str:
        return str(self.visitor.script(HELD, id))

    def mirrored(self, id: str) -> bool:
        return bool(self.visitor.script(MIRRORED, id))

    def error(self, id: str) -> str:
        return str(self.visitor.script("return document.getElementById(`${arguments[0]}-error`).innerText", id))

    def complete(self, resume: Path) -> None:
        for id, text in (("first_name", "Ada"), ("last_name", "Moreno"), ("email", "ada@example.com"), ("phone", "1")):
            self.type(id, text)
        self.attach(resume)
        self.pick(AUTHORIZED, "Yes")
        self.pick("question_7002", "No")
        self.type("question_7003", "8")

    def attach(self, resume: Path) -> None:
        self.visitor.all("input#resume")[0].send_keys(str(resume))
        self.visitor.one(".file-upload__filename")

    def submit(self) -> None:
        self.visitor.script("arguments[0].click()", self.visitor.one(".btn--submit"))


@pytest.fixture
def form(visitor: Person) -> Form:
    return Form(visitor)


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "ada.pdf"
    path.write_bytes(PDF)
    return path


def test_a_list_opens_by_mousedown_inside_its_field_and_commits_by_mousedown(form: Form) -> None:
    control = form.control(AUTHORIZED)
    assert form.options(AUTHORIZED) == []

    form.visitor.script(PRESS, control.find_element("xpath", "ancestor::div[@class='select__control']"))
    until(lambda: form.options(AUTHORIZED) == ["Yes", "No"], "the list is open")
    assert control.get_attribute("aria-expanded") == "true"
    form.visitor.script("arguments[0].click()", form.visitor.one(f"#react-select-{AUTHORIZED}-option-1"))
    assert form.held(AUTHORIZED) == ""
    form.visitor.script(PRESS, form.visitor.one(f"#react-select-{AUTHORIZED}-option-1"))

    assert form.held(AUTHORIZED) == "No"
    assert control.get_attribute("aria-expanded") == "false"


def test_a_list_opens_by_arrow_down_and_commits_by_enter(form: Form) -> None:
    form.type(AUTHORIZED, Keys.ARROW_DOWN)
    until(lambda: form.options(AUTHORIZED), "the list is open")
    form.type(AUTHORIZED, Keys.ARROW_DOWN, Keys.ENTER)

    assert form.held(AUTHORIZED) == "No"


def test_typed_text_alone_is_no_answer(form: Form) -> None:
    form.type(AUTHORIZED, "Yes", Keys.TAB)

    assert form.held(AUTHORIZED) == ""
    assert form.control(AUTHORIZED).get_attribute("value") == ""


def test_a_required_list_has_a_mirror_while_it_is_empty(form: Form) -> None:
    assert form.mirrored(AUTHORIZED)
    form.pick(AUTHORIZED, "Yes")
    assert not form.mirrored(AUTHORIZED)

    clear = form.visitor.one(".select__indicators > div[aria-hidden=false]")
    form.visitor.script(PRESS, clear)

    assert (form.held(AUTHORIZED), form.mirrored(AUTHORIZED)) == ("", True)


def test_one_option_can_be_a_part_of_another(form: Form) -> None:
    form.type("gender", "male")
    until(lambda: form.options("gender") == ["Male", "Female"], "both fit what was typed")


def test_the_dialling_code_is_shown_and_the_country_is_held(form: Form, employers: Employers, resume: Path) -> None:
    form = Form(form.visitor, job="dialling")
    form.complete(resume)
    form.pick("country", "United States +1")
    assert form.held("country") == "+1"

    form.submit()

    form.visitor.sees("Thank you for applying.")
    [received] = employers.inbox("dialling")
    assert received["fields"]["country"] == "United States +1"


def test_a_place_is_looked_up_while_one_types(form: Form) -> None:
    form.visitor.script(HOLD_TIMERS)
    form.type("candidate-location", "austin")

    assert form.options("candidate-location") == []
    form.visitor.script(LET_GO)
    until(lambda: len(form.options("candidate-location")) == 3, "the places are offered")


def test_several_options_are_held_as_pills(form: Form) -> None:
    for port in ("Antwerp", "Oakland"):
        form.pick("question_7006", port)

    assert [pill.text for pill in form.visitor.all(".select__multi-value__label")] == ["Antwerp", "Oakland"]


def test_a_choice_can_be_dropped_once(visitor: Person) -> None:
    form = Form(visitor, "?drop_once=1")
    visitor.script(HOLD_TIMERS)
    for drops, held in ((1, ""), (0, "Yes")):
        form.pick(AUTHORIZED, "Yes")
        assert form.held(AUTHORIZED) == "Yes"
        assert (visitor.script(LET_GO), form.held(AUTHORIZED)) == (drops, held)


def test_race_is_asked_only_after_a_no(form: Form) -> None:
    race = form.visitor.all("#race")[0]
    assert not race.is_displayed()
    form.pick("hispanic_ethnicity", "No")
    assert race.is_displayed()
    form.pick("hispanic_ethnicity", "Yes")
    assert not race.is_displayed()


def test_a_file_s_input_gives_way_to_its_name_and_comes_back(form: Form, resume: Path) -> None:
    form.attach(resume)
    assert form.visitor.one(".file-upload__filename").text.startswith("ada.pdf")
    assert form.visitor.all("input#resume") == []

    form.visitor.one('button[aria-label="Remove file"]').click()

    assert len(form.visitor.all("input#resume")) == 1


def test_what_is_missing_is_said_beside_each_field(form: Form) -> None:
    form.submit()

    until(lambda: form.error("resume"), "the errors are shown")
    assert form.error("resume") == "Resume/CV is required"
    assert form.error(AUTHORIZED) == "This field is required"
    assert form.error("preferred_name") == ""
    assert form.control("first_name").get_attribute("aria-invalid") == "true"
    assert form.control("preferred_name").get_attribute("aria-invalid") == "false"


def test_the_text_about_a_code_is_there_and_hidden_until_it_is_asked_for(
    visitor: Person, employers: Employers, resume: Path
) -> None:
    form = Form(visitor, "?code=1", job="coded")
    assert not visitor.all("#security-input-0")[0].is_displayed()
    assert "verification code was sent" in visitor.driver.page_source
    form.complete(resume)
    form.submit()
    visitor.sees("A verification code was sent to ada@example.com.")
    assert employers.inbox("coded") == []

    for number, sign in enumerate(CODE):
        form.type(f"security-input-{number}", sign)
    form.submit()

    visitor.sees("Thank you for applying.")
    assert len(employers.inbox("coded")) == 1


def test_a_form_in_steps_goes_on_only_when_a_step_is_complete(visitor: Person) -> None:
    visitor.go("/meridian/jobs/x/apply?steps=1")
    visitor.sees("Step 1 of 5")
    assert not visitor.all(".application .button")[0].is_displayed()
    visitor.one(".step").click()
    visitor.sees("Step 1 of 5")

    for name, text in (("first_name", "Ada"), ("last_name", "M"), ("email", "a@example.com"), ("phone", "1")):
        visitor.one(f"[name={name}]").send_keys(text)
    visitor.one("[name=country]").send_keys("Canada")
    visitor.one(".step").click()

    visitor.sees("Step 2 of 5")
    assert not visitor.all("[name=first_name]")[0].is_displayed()
