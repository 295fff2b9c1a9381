"""Rows of jobs and schools that a form edits apart from the rest of it, and then shows as text."""

from tests.engine.conftest import Apply
from tests.engine.site import Site
from tests.engine.test_filling import BASICS, sent_by

EDITOR = (
    "<h3 id=h>Education</h3><ul id=list></ul><button type=button id=add aria-label='Add Education'>+ Add</button>"
    "<input type=hidden name=schools><template id=form><div role=dialog aria-label=Education>"
    "<label>School * <input id=school required></label><label>Degree <input id=degree></label>WANTED"
    "<button type=button id=cancel>Cancel</button><button type=button id=save>Save</button></div></template><script>"
    "add.onclick = () => { add.hidden = true; list.after(form.content.cloneNode(true)); const box = list.nextSibling;"
    " const shut = () => { box.remove(); add.hidden = false };"
    " cancel.onclick = shut; save.onclick = () => { if (![...box.querySelectorAll('[required]')].every((one) => one.value)) return;"
    " const said = `${school.value}: ${degree.value};`; list.innerHTML += `<li>${said}`;"
    " document.forms[0].schools.value += said; shut() } }</script>"
)
SCHOOLS = [{"school": "UT Austin", "degree": "Master's"}, {"school": "Rice", "degree": "Bachelor's"}]


def test_rows_that_are_edited_in_a_dialog_are_kept_one_by_one(pages: Site, apply: Apply) -> None:
    sent = sent_by(pages, apply, EDITOR.replace("WANTED", ""), ada={"education": SCHOOLS})

    assert sent["schools"] == "UT Austin: Master's;Rice: Bachelor's;"


def test_a_row_that_asks_what_is_not_known_is_left_by_the_dialog_s_own_button(pages: Site, apply: Apply) -> None:
    wanted = "<label>Name of your thesis advisor * <input required></label>"

    assert sent_by(pages, apply, EDITOR.replace("WANTED", wanted), ada={"education": SCHOOLS})["schools"] == ""


def test_a_row_that_the_form_wants_is_asked_of_who_listed_none(pages: Site, apply: Apply) -> None:
    url = pages.form(BASICS + EDITOR.replace("WANTED", "").replace("Education</h3>", "Education *</h3>"))
    asked = apply(url, ada={"education": []})

    assert [one.label for one in asked.questions] == ["Education: School"]
    assert pages.sent == []
    apply(url, ada={"education": [], "answers": [{"question": "Education: School", "answer": "Evening school"}]})
    assert [sent["schools"] for sent in pages.sent] == ["Evening school: ;"]


def test_what_the_list_does_not_say_of_a_row_is_asked_of_that_one_and_answered_for_it(
    pages: Site, apply: Apply
) -> None:
    rows = "".join(
        f"<fieldset><legend>Education {number}</legend><label>School * <input name=school--{number} required></label>"
        f"<label>Start year * <input name=start--{number} required></label></fieldset>"
        for number in (1, 2)
    )
    asked = apply(url := pages.form(BASICS + rows), ada={"education": SCHOOLS}).questions

    assert [one.label for one in asked] == ["UT Austin: Start year", "Rice: Start year"]
    told = [{"question": one.label, "answer": year} for one, year in zip(asked, ("2014", "2010"), strict=True)] + [
        {"question": "Start year", "answer": "2027"}
    ]
    apply(url, ada={"education": SCHOOLS, "answers": told})
    [sent] = pages.sent
    assert (sent["start--1"], sent["start--2"]) == ("2014", "2010")
