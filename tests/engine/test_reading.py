"""How a form is read: labels wherever they stand, marks of being required, options, and what nobody sees left out."""

from collections.abc import Iterator
from typing import Any

import pytest

from automation.engine.browser.page import Page
from automation.engine.browser.session import Browser
from automation.engine.forms.field import Kind
from automation.engine.forms.reading.read import Form, read_form
from tests.engine.site import Site


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One tab for all: to make a context takes four times as long as to read a form, which leaves nothing in it."""
    with browser.context() as page:
        yield page


@pytest.fixture
def read(page: Page, pages: Site) -> Any:
    def read(controls: str, **more: Any) -> Form:
        """Return the form that has these controls first, and one for the e-mail address last."""
        page.open(pages.form(f"{controls}<div><label>E-mail <input type=email></label></div>", **more))
        return read_form(page)

    return read


SPECK = "style='position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)'"
LABELS = {
    "for": "<label for=a>Nickname</label><div><input id=a></div>",
    "wrapping": "<label>Nickname <input></label>",
    "wrapping, with a span": "<label><span>Nickname</span><span class=help></span><input></label>",
    "aria-label": "<input aria-label=Nickname>",
    "aria-labelledby": "<span id=n>Nickname</span><p>Something else</p><input aria-labelledby=n>",
    "table cell": "<table><tr><td>Nickname:</td><td><input></td></tr></table>",
    "table head": "<table><tr><th>Nickname</th><th>Age</th></tr><tr><td><input name=x></td><td><input name=y></td></tr></table>",
    "legend": "<fieldset><legend>Nickname</legend><input></fieldset>",
    "text before": "<p>Nickname <input></p>",
    "block before": "<div><div>Nickname</div><div><div><input></div></div></div>",
    "heading before": "<section><h4>Nickname</h4><p><input></p></section>",
    "definition list": "<dl><dt>Nickname</dt><dd><input></dd></dl>",
    "line before a break": "Nickname<br><input><br>Other<br><input>",
    "placeholder": "<input placeholder=Nickname>",
    "title": "<input title=Nickname>",
    "name": "<input name=nickname>",
    "camel-case name": "<input name=nickName>",
    "bracketed name": "<input name='candidate[nickname]'>",
    "floating": "<div><input id=f placeholder=' '><label for=f>Nickname</label></div>",
    "placeholder beats name": "<input name=field_17 placeholder=Nickname>",
    "number in the form": "<p>3.  Nickname</p><input>",
    "layout table": "<table><tr><td><p>Nickname</p><input><table><tr><th>Other</th></tr></table></td></tr></table>",
    "mark for screen readers": "<label for=a><span>Required</span> Nickname</label><input id=a>",
    "beside a phone's country": "<div>Nickname</div><div><div role=combobox aria-haspopup=listbox tabindex=0>+1</div><input type=tel></div>",
    "its own value in its name": "<span id=n>Nickname</span><p>x</p><button type=button aria-haspopup=listbox aria-labelledby='v n'><span id=v>Pick</span></button><p>Age <input></p>",
    "count for screen readers": f"<label for=a>Nickname<span {SPECK}>None chosen</span></label><input id=a>",
    "all of it for screen readers": f"<label for=a><span {SPECK}>Nickname</span></label><input id=a>",
    "for the element around": "<p><label for=a>Nickname</label></p><p>x</p><x-a id=a><template shadowrootmode=open><input></template></x-a>",
    "lying on a box that is empty": "<x-a><template shadowrootmode=open><b style='position:absolute'>Nickname</b><div style='opacity:0'><input aria-label=Nickname></div></template></x-a>",
    "of a list in a clipped box": f"<label for=a>Nickname</label><div><div {SPECK}><input readonly id=a aria-haspopup=listbox></div><div style='width:200px;height:30px'>Pick</div></div>",
    "of a list whose button is drawn for it": "<label for=a>Nickname</label><div><select id=a style='position:absolute;width:.5px'><option value=''><option>x</select><button type=button role=combobox tabindex=-1>Pick</button></div>",
    "beside a box that only stands around": "<h3>Title</h3><div role=combobox><label for=a>Nickname</label><input role=combobox id=a></div>",
    "seen, beside a name that is not": f"<label for=a>Nickname</label><b id=v {SPECK}>Chosen</b><input role=combobox id=a aria-labelledby=v>",
    "around a box that is empty": "<label><b aria-hidden=true>Nickname</b><div style='opacity:0'><input aria-labelledby=n></div></label><b id=n hidden>Nickname</b>",
    "for the input in a combobox": "<label for=a>Nickname</label><div role=combobox aria-label=Search><input id=a></div>",
    "of the text area of an editor": "<label for=a>Nickname</label><p><textarea id=a hidden></textarea><b contenteditable aria-label=Editor>x</b></p>",
    "before a count of letters": "<input aria-label='Nickname 2000 characters remaining'>",
    "of a list that is drawn anew": "<label for=a>Nickname</label><select name=x id=a style='display:none'><option value=''><option>x</select><div style='width:200px;height:30px'>Pick</div>",
    "beside how to answer": "<b id=q>Nickname</b><p id=how>Required to answer. Single line text.</p><input aria-labelledby='q how'>",
    "how to answer at its ends": "<label for=a>Required to answer. Nickname: Single line text.</label><input id=a>",
    "of a group, beside how to answer": "<b id=q>Nickname</b><p id=how>Single choice.</p><div role=group aria-labelledby='q how'><label><input type=radio>x</label></div>",
    "for nothing that is there": f"<div><p><label for=none>Nickname</label></p>{'<div>' * 6}<input placeholder=Enter>{'</div>' * 7}<p>Age <input></p>",
    "for the box around": f"<div><p><label for=box>Nickname</label></p>{'<div>' * 6}<div id=box><input placeholder=Enter></div>{'</div>' * 7}<p>Age <input></p>",
    "before a list that names what one does with it": "<div><p>Nickname</p></div><div><div role=combobox aria-haspopup=listbox aria-label=Select tabindex=0 style='height:30px'><p>Select</p></div></div><p>Age <input></p>",
    "before a search of its own": "<p>Nickname</p><input role=combobox aria-label=Search placeholder=Search>",
    "before a box for any answer": "<p>Nickname</p><textarea aria-label=Response></textarea>",
    "before parts of a date in a group of no name": "<p><label for=d>Nickname</label></p><x-a id=d><template shadowrootmode=open><div role=group aria-label='Date input'><input aria-label=Month placeholder=MM><input aria-label=Day placeholder=DD><input aria-label=Year placeholder=YYYY></div></template></x-a>",
    "of a library's element, in a row of two": "<div><p>Who</p><x-a x-label=Nickname><input></x-a><x-a x-label=Age><input></x-a></div>",
    "of a library's element that names what one does with it": "<x-a label='Choose options'><template shadowrootmode=open><label><slot name=t></slot></label><div><div role=combobox aria-haspopup=listbox tabindex=0 style='height:30px'>Choose options</div></div></template><b slot=t>Nickname</b></x-a><p>Age <input></p>",
    "by a library's element, before words that are not seen": f"<x-l for=a>Nickname</x-l><x-a id=a><template shadowrootmode=open><p {SPECK}>No tokens</p><input role=combobox></template></x-a><p>Age <input></p>",
    "numbered without a space": "<p>3.Nickname</p><input>",
    "in the first option of a list": "<select name=field_17><option value='' disabled selected>Nickname*<option>x</select>",
    "by name, of a list that says only to choose": "<select name=nickname><option value='' disabled selected>Bitte wählen<option>x</select>",
    "after the words of a box to tick": "<input type=checkbox> I agree *<br><input name=nickname>",
    "tooltip ignored": "<label for=a>Nickname<button type=button aria-label=Help>?</button></label><input id=a>",
}


@pytest.mark.parametrize("style", LABELS)
def test_a_label_is_found_wherever_it_stands(style: str, read: Any) -> None:
    label = next(one.label for one in read(LABELS[style]).fields if one.kind is not Kind.CONSENT)

    assert label.casefold().replace(" ", "") == "nickname"


@pytest.mark.parametrize(
    "controls",
    [
        "<div><input> Nickname <input> Age</div>",
        "<div><span><input></span><span>Nickname</span><span><input></span><span>Age</span></div>",
    ],
)
def test_words_that_take_turns_with_controls_belong_to_those_before_them(controls: str, read: Any) -> None:
    assert [field.label for field in read(controls).fields] == ["Nickname", "Age", "E-mail"]


def test_a_table_names_its_rows_by_their_first_cell_and_choices_by_the_head_of_their_column(read: Any) -> None:
    listed = "<option value=''></option><option>1</option><option>2</option>"
    fields = read(
        "<h3>Part B. Availability</h3><table><tr><td id=avl>Date available</td>"
        + "".join(
            f"<td><select name={one} aria-labelledby='avl {one}'>{listed}</select></td>" for one in ("mo", "da", "ye")
        )
        + "</tr></table><p><span id=mo>Month</span><span id=da>Day</span><span id=ye>Year</span></p>"
        "<table><tr><th></th><th id=y>Yes</th><th id=n>No</th></tr>"
        "<tr><td id=q>Do you sing?</td><td><input type=radio name=q value=1 aria-labelledby='q y'></td>"
        "<td><input type=radio name=q value=0 aria-labelledby='q n'></td></tr>"
        "<tr><td>Do you dance?</td><td><input type=radio name=r value=1></td><td><input type=radio name=r value=0></td></tr></table>"
    ).fields

    assert [(field.label, field.option_labels) for field in fields[:3]] == [
        ("Date available", ["month", "day", "year"]),
        ("Do you sing?", ["Yes", "No"]),
        ("Do you dance?", ["Yes", "No"]),
    ]
    assert fields[0].section == "Availability"


@pytest.mark.parametrize(
    "rows",
    [
        "<table><tr><th></th><th>Some</th><th>Much</th></tr>{}</table>",
        "<table>{}</table>",
        "{}",
    ],
)
def test_each_row_of_a_rating_in_one_group_is_a_question_of_its_own(rows: str, read: Any) -> None:
    cell = "td" if "table" in rows else "span"
    row = (
        "<tr><{0}>{1}</{0}><{0}><label><input type=radio name={1} value=1>{2}</label></{0}>"
        "<{0}><label><input type=radio name={1} value=2>{3}</label></{0}></tr>"
    )
    if cell == "span":
        row = row.replace("tr>", "div>")
    said = ("", "") if "Some" in rows else ("Some", "Much")
    made = "".join(row.format(cell, name, *said) for name in ("Python", "SQL"))
    fields = read(f"<fieldset><legend>How much have you used these *</legend>{rows.format(made)}</fieldset>").fields

    assert [(field.label, field.option_labels) for field in fields[:2]] == [
        ("How much have you used these Python", ["Some", "Much"]),
        ("How much have you used these SQL", ["Some", "Much"]),
    ]


def test_what_a_control_holds_or_may_hold_is_not_its_label(read: Any) -> None:
    fields = read(
        "<div><label for=s>State</label><div><input id=s role=combobox aria-labelledby=it>"
        "<span class=single-value>Texas</span><i id=it>Texas</i></div></div>"
        "<div><label for=c>City <span><input id=c role=combobox aria-label=City></span> <i aria-hidden=true>down</i></label></div>"
        "<div><span id=q>Do you sing?</span><label>No <input type=checkbox role=switch aria-labelledby=q> Yes</label></div>"
    ).fields

    assert [(field.label, field.value) for field in fields[:3]] == [
        ("State", "Texas"),
        ("City", ""),
        ("Do you sing?", ""),
    ]


@pytest.mark.parametrize("words", ["Browse", "<i></i> <span>Dateien auswählen</span>"])
def test_a_see_through_file_input_lies_on_words_of_its_own_box(words: str, read: Any) -> None:
    field = read(
        f"<div style='display:flex'><label>Resume</label><div><div style='position:relative'>{words}<input type=file style='position:absolute;opacity:0'></div></div></div>"
    ).fields[0]

    assert (field.label, field.kind) == ("Resume", Kind.FILE)


def test_a_currency_in_the_box_of_a_field_is_its_hint(read: Any) -> None:
    slotted = "<x-input><template shadowrootmode=open><label>Pay<input></label><slot></slot></template><span>€</span></x-input>"

    fields = read(
        f"<div><label>Wage <input></label><span>EUR</span></div>{slotted}<p><label>Bonus <input></label></p>"
    ).fields

    assert [(field.label, field.hint) for field in fields[:3]] == [("Wage", "EUR"), ("Pay", "€"), ("Bonus", "")]


def test_a_list_of_dial_codes_beside_a_phone_number_asks_for_the_code(read: Any) -> None:
    fields = read(
        "<div><p>Phone</p><div><span><input role=combobox aria-label=Search value='+91 IN'></span><input type=tel aria-label=Phone></div></div>"
    ).fields

    assert [field.label for field in fields[:2]] == ["Country code", "Phone"]


REQUIRED = {
    "attribute": "<label>Nickname <input required></label>",
    "aria": "<label>Nickname <input aria-required=true></label>",
    "star": "<label for=a>Nickname *</label><input id=a>",
    "heavy star": "<label for=a>Nickname✱</label><input id=a>",
    "words": "<label for=a>Nickname (required)</label><input id=a>",
    "star beside the label": "<div><label for=a>Nickname</label> <span>*</span><input id=a></div>",
    "class on the label": "<label for=a class=required>Nickname</label><input id=a>",
    "class on the box": "<div class='form-group required'><label for=a>Nickname</label><input id=a></div>",
    "abbreviation": "<label for=a>Nickname<abbr title=required>*</abbr></label><input id=a>",
    "badge": "<div><label for=a>Nickname</label><small>Required</small><input id=a></div>",
    "image": "<div><label for=a>Nickname</label><img alt=Required src='data:,'><br><input id=a></div>",
    "image beside, of two fields": "<div><span><label for=a>Nickname</label><img alt=Required src='data:,'></span><input id=a><input></div>",
    "box before": "<div>Nickname<img alt=Required src='data:,'></div><div><input></div>",
    "all but the optional": "<p>All fields are required unless marked as optional.</p><label>Nickname <input></label>",
    "drawn in the label": "<label for=a><strong class=item-symbol><svg></svg></strong>Nickname</label><input id=a>",
    "drawn in the label of the box": f"<div><label for=none><b class=item-symbol><svg></svg></b>Nickname</label>{'<div>' * 6}<input>{'</div>' * 7}",
    "star of a group whose parts say nothing": "<b id=n>Nickname*</b><input aria-labelledby=n><input aria-labelledby=n>",
    "sentence": "<div><label for=a>Nickname</label><p>Required to answer. Single line text.</p><input id=a></div>",
    "element of a library": "<div><x-label required>Nickname</x-label><input></div>",
    "element beside choices of a library": "<p><x-label required id=n>Nickname</x-label><b role=radiogroup aria-labelledby=n><x-a>"
    "<template shadowrootmode=open><i role=radio>Yes</i></template></x-a></b></p><p>Age <input></p>",
    "star before, in a cell": "<table><tr><td><b>*</b><label for=a>Nickname</label></td><td><input id=a></td></tr></table>",
    "drawn by style": "<style>.must::after{content:' *'}</style><div><span class=must>Nickname</span><input></div>",
}
OPTIONAL = {
    "part of a group with a star": "<b id=n>Nickname*</b><input required aria-labelledby=n><input aria-labelledby=n>",
    "plain": "<label>Nickname <input></label>",
    "says so": "<label for=a>Nickname (optional)</label><input id=a>",
    "class that denies": "<div class=not-required><label for=a>Nickname</label><input id=a></div>",
    "hidden error": "<div><label for=a>Nickname</label><input id=a><span class=required style='display:none'>Required</span></div>",
    "neighbour": "<div><label>First * <input></label></div><div><label>Nickname <input></label></div>",
    "the optional among all": "<p>All fields are required unless marked as optional.</p><label>Nickname (optional) <input></label>",
    "note before it": "<div>*required<label for=a>Nickname</label><input id=a></div>",
    "note of the form": "<p>* Required fields</p><div><label>Nickname <input></label></div>",
}


@pytest.mark.parametrize("style", REQUIRED)
def test_what_is_marked_as_required_is_required(style: str, read: Any) -> None:
    field = read(REQUIRED[style]).fields[0]

    assert field.required
    assert field.label == "Nickname"


def test_a_count_of_letters_is_no_error(read: Any) -> None:
    assert read("<div><label>Motto <textarea></textarea></label><p role=alert>0 / 500</p></div>").errors == []
    assert (
        read("<label>Motto <textarea aria-describedby=m></textarea></label><p id=m class=messages>0 / 500</p>").errors
        == []
    )


def test_a_line_in_a_list_of_errors_is_said_of_the_field_that_it_leads_to(read: Any) -> None:
    listed = "<div class=error-summary><ul><li><a href=#b>Enter ten digits</a></li></ul></div>"
    form = read(
        f"{listed}<label>Nickname <input id=a></label><label>Pager <input id=b></label><p><a href=#a>Up</a></p>"
    )

    assert [field.error for field in form.fields[:2]] == ["", "Enter ten digits"]


@pytest.mark.parametrize("style", OPTIONAL)
def test_what_is_not_marked_is_optional(style: str, read: Any) -> None:
    field = read(OPTIONAL[style]).fields[-2]

    assert not field.required
    assert field.label == "Nickname"


UNSEEN = {
    "display": "<div style='display:none'><input name=website></div>",
    "visibility": "<input name=website style='visibility:hidden'>",
    "off the screen": "<div style='position:absolute;left:-9999px'><input name=website></div>",
    "transparent": "<div style='opacity:0'><input name=website></div>",
    "clipped": "<div style='position:absolute;clip:rect(0,0,0,0)'><input name=website></div>",
    "no size": "<div style='height:0;overflow:hidden'><input name=website></div>",
    "one pixel": "<input name=website style='width:1px;height:1px'>",
    "hidden type": "<input type=hidden name=website>",
    "tools of an editor": "<x-toolbar><p>Is it a list?</p><div class=button-group><button type=button>Yes</button><button type=button>No</button></div></x-toolbar>",
    "a file in a part put away": "<div><p>Upload a file</p><div style='display:none'><input name=a><input type=file></div></div>",
    "aria-hidden": "<input name=website tabindex=-1 aria-hidden=true>",
    "for nobody's keys and ears": "<div aria-hidden=true><p>Website <input name=website tabindex=-1></p></div>",
    "disabled": "<input name=website disabled>",
    "inert": "<div inert><input name=website></div>",
    "moved away": "<div style='transform:translateX(-5000px)'><input name=website></div>",
    "scaled away": "<div style='transform:scale(0)'><input name=website></div>",
}


@pytest.mark.parametrize("way", UNSEEN)
def test_a_field_that_a_person_cannot_see_is_not_read(way: str, read: Any) -> None:
    form = read(f"<label>Name <input name=name></label>{UNSEEN[way]}")

    assert [field.label for field in form.fields] == ["Name", "E-mail"]


def test_kinds_follow_the_controls(read: Any) -> None:
    form = read(
        "<label>a <input></label><label>b <input type=email></label><label>c <input type=tel></label>"
        "<label>d <input type=url></label><label>e <input type=number></label><label>f <input type=date></label>"
        "<label>g <textarea></textarea></label><label>h <select><option>x</select></label>"
        "<label>i <select multiple><option>x</select></label><label>j <input type=file></label>"
        "<label><input type=checkbox> k</label>"
    )

    assert [field.kind for field in form.fields[:-1]] == [
        Kind.TEXT, Kind.EMAIL, Kind.PHONE, Kind.URL, Kind.NUMBER, Kind.DATE, Kind.LONG_TEXT, Kind.SINGLE_CHOICE,
        Kind.MULTI_CHOICE, Kind.FILE, Kind.CONSENT,
    ]  # fmt: skip


def test_a_select_offers_its_options_without_the_placeholder(read: Any) -> None:
    field, _ = read(
        "<label>Level <select><option value=''>Select one…<option>Junior<option>Senior</select></label>"
    ).fields

    assert (field.option_labels, field.value) == (["Junior", "Senior"], "")


def test_a_placeholder_that_has_a_value_is_still_no_answer(read: Any) -> None:
    said = [
        "-- Please select --",
        "Bitte wählen",
        "Auswählen…",
        "Sprachen wählen...",
        "Een taal kiezen",
        "Veuillez sélectionner",
        "Seleccione",
        "Maak een keuze",
        "No Selection",
        "— Make a Selection —",
    ]
    lists = (f"<label>Level {one} <select><option value=0>{one}<option>Junior</select></label>" for one in said)
    *fields, _ = read("".join(lists)).fields

    assert [(field.option_labels, field.value) for field in fields] == [(["Junior"], "")] * len(said)


def test_a_first_option_without_a_value_is_a_placeholder_unless_it_declines(read: Any) -> None:
    lists = (f"<label>Level <select><option value=''>{one}<option>Junior</select></label>" for one in NO_VALUE)
    *fields, _ = read("".join(lists)).fields

    assert [field.option_labels for field in fields] == [["Junior"], ["Junior"], ["No answer", "Junior"], ["Junior"]]


NO_VALUE = ("- None -", "Open this menu", "No answer", "-- No answer --")
GROUPS = {
    "legend": "<fieldset><legend>Which level?</legend>{}</fieldset>",
    "radiogroup": "<div role=radiogroup aria-label='Which level?'>{}</div>",
    "labelled group": "<p id=q>Which level?</p><div role=group aria-labelledby=q>{}</div>",
    "text before": "<div><p>Which level?</p><div>{}</div></div>",
    "label without for": "<div><label>Which level?</label>{}</div>",
    "table": "<table><tr><td>Which level?</td><td>{}</td></tr></table>",
    "list": "<p id=q>Which level?</p><div role=list aria-labelledby=q>{}</div>",
    "before a table": "<div>2. Which level?</div><table><tr><td>{}</td></tr></table>",
}


@pytest.mark.parametrize("style", GROUPS)
@pytest.mark.parametrize("kind", ["radio", "checkbox"])
def test_choices_with_one_name_are_one_question(style: str, kind: str, read: Any) -> None:
    boxes = "".join(
        f"<div><input type={kind} name=level id=l{value} value={value}><label for=l{value}>{value}</label></div>"
        for value in ("Junior", "Senior")
    )

    field, _ = read(GROUPS[style].format(boxes)).fields

    assert (field.label, field.option_labels) == ("Which level?", ["Junior", "Senior"])
    assert field.kind is (Kind.SINGLE_CHOICE if kind == "radio" else Kind.MULTI_CHOICE)


def test_boxes_below_one_question_are_its_answers(read: Any) -> None:
    boxes = "".join(
        f"<div><button type=button role=checkbox aria-checked=false id=b{number} style='width:20px;height:20px'></button>"
        f"<label for=b{number}>{name}</label></div>"
        for number, name in enumerate(("PostgreSQL", "MySQL"))
    )
    agreed = boxes.replace("PostgreSQL", "I agree to the terms").replace("MySQL", "I accept the privacy policy")
    form = read(
        f"<div><div><label>Which databases do you know?</label><p>Select all.</p></div>{boxes}</div>"
        f"<div><p>Before you go</p>{agreed.replace('=b', '=c')}</div><p>Name <input></p>"
    )

    assert [(one.label, one.option_labels) for one in form.fields][:2] == [
        ("Which databases do you know?", ["PostgreSQL", "MySQL"]),
        ("I agree to the terms", []),
    ]


def test_boxes_that_stand_deep_below_their_question_are_its_answers(read: Any) -> None:
    boxes = "".join(f"<div><label><input type=checkbox> {name}</label></div>" for name in ("Oracle", "SQLite"))
    form = read(f"<div><p>Which databases do you know? *</p><div><div>{boxes}</div></div></div><p>Name <input></p>")

    assert [(one.label, one.option_labels, one.required) for one in form.fields][:1] == [
        ("Which databases do you know?", ["Oracle", "SQLite"], True)
    ]


def test_a_list_that_a_button_has_opened_in_a_shadow_root_is_no_other_question(read: Any) -> None:
    form = read(
        "<form><x-list></x-list><button>Submit application</button></form><script>"
        "document.querySelector('x-list').attachShadow({mode: 'open'}).innerHTML = `<span id=l>Class *</span><button type=button"
        " role=combobox aria-haspopup=listbox aria-expanded=true aria-labelledby=l aria-controls=all>Select</button>"
        "<div id=all role=listbox aria-labelledby=l><div role=option>A</div><div role=option>B</div></div>`</script>"
    )

    assert [one.label for one in form.fields] == ["Class", "E-mail"]


def test_a_box_that_says_yes_alone_agrees_to_what_its_group_asks(read: Any) -> None:
    form = read(
        "<form><div id=q role=heading>I agree that you store my answers <span>*</span></div><div role=list aria-labelledby=q>"
        "<div role=listitem><label><div role=checkbox tabindex=0 aria-checked=false aria-label='Yes, I agree'>o</div>"
        "<span>Yes, I agree</span></label></div></div>"
        "<fieldset><legend>Newsletter</legend><label><input type=checkbox name=n> Yes</label></fieldset>"
        "<fieldset><legend>About you</legend><label><input type=checkbox name=o> I agree</label><input aria-label=Nickname>"
        "</fieldset><button>Submit application</button></form>"
    )

    assert [(one.label, one.kind, one.required) for one in form.fields if one.kind is Kind.CONSENT] == [
        ("I agree that you store my answers", Kind.CONSENT, True),
        ("Newsletter", Kind.CONSENT, False),
        ("I agree", Kind.CONSENT, False),
    ]


def test_a_box_that_agrees_is_a_consent_though_its_name_is_that_of_a_list(read: Any) -> None:
    box = "<fieldset><legend>{0}</legend><label><input type=checkbox name='{0}[]'> {1}</label></fieldset>"
    form = read(box.format("Declaration", "I confirm that this is true and complete.") + box.format("Tools", "Python"))

    assert [(one.label, one.kind) for one in form.fields][:2] == [
        ("I confirm that this is true and complete.", Kind.CONSENT),
        ("Tools", Kind.MULTI_CHOICE),
    ]


def test_answers_at_the_heads_of_columns_are_those_of_each_row(read: Any) -> None:
    rows = "".join(
        f"<tr><td>{one}?<td><input type=radio name={one} value=1><td><input type=radio name={one}></tr>" for one in "ab"
    )

    *fields, _ = read(f"<table><tr><th><th>Yes<th>No</tr>{rows}</table>").fields

    assert [(field.label, field.option_labels) for field in fields] == [("a?", ["Yes", "No"]), ("b?", ["Yes", "No"])]


def test_a_row_that_is_a_name_alone_is_asked_what_stands_before_the_table(read: Any) -> None:
    rows = "".join(
        f"<tr role=radiogroup aria-label={one!r}><th>{one}<td><input type=radio name={number}><td><input type=radio name={number}></tr>"
        for number, one in enumerate(("Python", "Do you sing?"))
    )
    table = f"<table><thead><tr><td><th>Never<th>Daily</tr></thead>{rows}</table>"

    *fields, _ = read(f"<div><b>How often do you use these?</b><p>Likert.</p>{table}</div>").fields

    assert [(field.label, field.option_labels) for field in fields] == [
        ("How often do you use these? Python", ["Never", "Daily"]),
        ("Do you sing?", ["Never", "Daily"]),
    ]


def test_choices_that_lie_see_through_on_their_pictures_are_read(read: Any) -> None:
    star = "<span style='display:inline-block;width:24px;height:24px;position:relative'>{}<svg width=24 height=24></svg></span>"
    see_through = "style='position:absolute;width:100%;height:100%;margin:0;opacity:0'"
    stars = "".join(star.format(f"<input type=radio name=s aria-label={n}-Star {see_through}>") for n in (1, 2))

    field, _ = read(f"<b id=q>How was it?</b><div role=radiogroup aria-labelledby=q>{stars}</div>").fields

    assert (field.label, field.option_labels) == ("How was it?", ["1-Star", "2-Star"])


def test_a_switch_that_says_which_way_it_is_asks_what_stands_beside_it(read: Any) -> None:
    switch = "<b id=q>Will you travel?</b><label>No <input type=checkbox role=switch aria-labelledby=q> Yes</label>"

    assert read(switch).fields[0].label == "Will you travel?"


def test_parts_of_the_controls_of_a_library_are_read_once(read: Any) -> None:
    radios = "".join(f"<x-r value={one}><input type=radio name=a><label>{one}</label></x-r>" for one in ("Yes", "No"))
    fields = read(
        f"<div role=radiogroup aria-label=Travel>{radios}</div>"
        "<script>document.querySelectorAll('x-r').forEach((one) => { one.checked = false; });</script>"
        "<div role=checkbox tabindex=0 aria-label=Moves>x <input type=checkbox tabindex=-1 aria-hidden=true></div>"
        "<div><p><input type=file aria-label=CV style='opacity:0'></p><button type=button>Browse</button></div>"
        "<div><p><label for=d>Start</label><input id=d placeholder=d.m.yyyy role=combobox aria-haspopup=dialog>"
        "<i>DD.MM.YYYY</i></p><b><i><button type=button aria-haspopup=dialog aria-label='Open calendar'>x</button></i></b></div>"
    ).fields

    assert [(one.label, one.kind, one.option_labels, one.hint) for one in fields[:4]] == [
        ("Travel", Kind.SINGLE_CHOICE, ["Yes", "No"], ""),
        ("Moves", Kind.CONSENT, [], ""),
        ("CV", Kind.FILE, [], ""),
        ("Start", Kind.DATE, [], "DD.MM.YYYY"),
    ]
    assert len(fields) == 5


def test_what_a_list_put_away_has_chosen_is_told_by_its_values_where_it_has_no_words(read: Any) -> None:
    row = "<option value=AWS selected></option><option value=GCP selected></option><option value=None></option>"

    field, _ = read(
        f"<label for=c>Clouds</label><div><select multiple hidden>{row}</select><input role=combobox id=c></div>"
    ).fields

    assert field.value == "AWS, GCP"


def test_a_file_is_named_by_the_label_of_its_button(read: Any) -> None:
    [cv, letter, _] = read(
        "<div><label for=a>CV</label><input type=file style='display:none'><button id=a type=button>Upload</button></div>"
        "<input type=file style='display:none'><div><label for=b>Letter</label><button id=b type=button>Choose</button></div>"
    ).fields

    assert (cv.label, letter.label) == ("CV", "Letter")


def test_a_button_with_a_label_that_shows_a_date_to_pick_asks_for_a_day(read: Any) -> None:
    _, field, _ = read(
        "<label>Name <input></label><label for=a>When can you start?</label><p><button type=button id=a aria-haspopup=dialog>Pick date</button></p>"
    ).fields

    assert (field.label, field.kind) == ("When can you start?", Kind.DATE)


def test_an_item_that_calls_itself_a_radio_button_is_the_one_in_it(read: Any) -> None:
    items = "".join(f"<li role=radio><label><input type=radio name=t> {one}</label>" for one in ("Yes", "No"))

    field, _ = read(f"<div><p>Will you travel?</p><ul role=radiogroup>{items}</ul></div>").fields

    assert (field.label, field.option_labels) == ("Will you travel?", ["Yes", "No"])


def test_drawn_radio_buttons_without_a_group_are_of_the_box_that_they_stand_in(read: Any) -> None:
    answers = "".join(f"<span role=radio tabindex=0 aria-checked=false>{one}</span>" for one in ("Yes", "No"))
    groups = (f"<div><span>{one}?</span>{answers}</div>" for one in ("Drive", "Sail"))
    _, *fields = read(f"<label>Name <input></label>{''.join(groups)}").fields[:3]

    assert [(one.label, one.option_labels) for one in fields] == [("Drive?", ["Yes", "No"]), ("Sail?", ["Yes", "No"])]


def test_what_is_wrong_with_a_list_stands_below_it(read: Any) -> None:
    _, field, *_ = read(
        "<label>Name <input></label><div><label for=a>Level</label><div><div id=a role=combobox tabindex=0 aria-expanded=false"
        " aria-controls=l style='height:30px'>Pick</div><div id=l role=listbox hidden><div role=option>B2</div></div></div>"
        "<div role=alert>This field is required</div></div><p>Age <input></p>"
    ).fields

    assert (field.label, field.error) == ("Level", "This field is required")


def test_a_file_is_named_by_its_label_though_it_begins_with_what_to_do(read: Any) -> None:
    sample, cv, *_ = read(
        "<label>Upload a sample of your technical writing * <input type=file name=u6></label>"
        "<label>Upload a file <input type=file name=resume></label>"
    ).fields

    assert (sample.label, cv.label) == ("Upload a sample of your technical writing", "resume")


def test_a_file_is_named_by_its_button_where_nothing_else_names_it(read: Any) -> None:
    [field, _] = read(
        "<div><button type=button>Attach CV</button><input type=file style='display:none'><span>PDF</span></div>"
    ).fields

    assert (field.label, field.kind) == ("Attach CV", Kind.FILE)


def test_a_file_is_named_by_its_button_where_the_words_before_it_are_of_something_else(read: Any) -> None:
    [field, _] = read(
        "<div>Step 2 of 3: Experience</div><div><input type=file hidden><span>No CV uploaded yet.</span>"
        "<button type=button aria-label='Upload CV'>attach_file</button></div>"
    ).fields

    assert field.label == "Upload CV"


def test_a_file_is_found_behind_a_button_of_a_library_in_the_slot_of_its_page(read: Any) -> None:
    page = "<h1>Engineer</h1><x-page><template shadowrootmode=open><slot></slot></template>{}</x-page>"
    row = "<div>Resume/CV*<x-b><template shadowrootmode=open><button><slot></slot></button></template>Upload file</x-b></div><input type=file hidden>"
    [field, *_] = read(page.format(f"<div><p><label>Age <input></label></p>{row}</div>")).fields[1:]

    assert (field.label, field.kind, field.required) == ("Resume/CV", Kind.FILE, True)


def test_a_file_is_found_behind_a_button_in_a_shadow_root_of_its_own(read: Any) -> None:
    drop = "<div>Resume<b>*</b></div><button type=button>Choose a file or drop it here</button><input type=file hidden>"
    for name in ("x-drop", "x-upload", "x-resume", "x-step", "x-app"):
        drop = f"<{name}><template shadowrootmode=open>{drop}</template></{name}>"
    [field, _] = read(drop).fields

    assert (field.label, field.kind, field.required) == ("Resume", Kind.FILE, True)


@pytest.mark.parametrize(
    "limits", ["Max file size is 5 MB.", "PDF or DOCX, up to 10 MB", "Accepted formats: pdf, docx"]
)
def test_what_a_file_may_be_like_does_not_name_it(limits: str, read: Any) -> None:
    [field, _] = read(
        f"<p>Resume (PDF)</p><div><p>{limits}</p><label>Drag and drop here or upload<input type=file></label></div>"
    ).fields

    assert field.label == "Resume (PDF)"


def test_keys_to_press_are_no_part_of_the_answers(read: Any) -> None:
    boxes = "".join(f"<div role=radio tabindex=0><b>{key}</b> {one}</div>" for key, one in (("A", "Yes"), ("B", "No")))

    _, field, _ = read(f"<label>Name <input></label><div role=radiogroup aria-label=Travel>{boxes}</div>").fields

    assert field.option_labels == ["Yes", "No"]


PILL = "<x-pill><template shadowrootmode=open><button type=button aria-pressed=false>{}</button></template></x-pill>"
OWN = """<script>customElements.define('x-radio', class extends HTMLElement { checked = false; });</script>
<style>x-radio { display: inline-block; width: 20px; height: 20px }</style>"""
RADIO = "<x-radio id={0} value={0}></x-radio><label for={0}>{0}</label>"
OF_A_LIBRARY = {
    "buttons, each in a shadow root": PILL.format("Junior") + PILL.format("Senior"),
    "radio buttons without a role": OWN + RADIO.format("Junior") + RADIO.format("Senior"),
}


@pytest.mark.parametrize("make", OF_A_LIBRARY)
def test_choices_of_a_library_s_own_elements_are_one_question(make: str, read: Any) -> None:
    group = f"<label>Name <input></label><div role=radiogroup aria-label='Which level?'>{OF_A_LIBRARY[make]}</div>"

    _, field, _ = read(group).fields

    assert (field.label, field.option_labels) == ("Which level?", ["Junior", "Senior"])


def test_labels_of_answers_are_no_question(read: Any) -> None:
    boxes = "".join(f"<label for={one}>{one}</label><input type=radio name=x id={one}>" for one in ("Junior", "Senior"))

    field, _ = read(f"<p><label>Which level?</label>{boxes}</p>").fields

    assert (field.label, field.option_labels) == ("Which level?", ["Junior", "Senior"])


def test_a_date_in_three_lists_may_be_named_by_words_elsewhere(read: Any) -> None:
    lists = "".join(f"<select aria-labelledby='d {one}'><option><option>1</select>" for one in ("month", "day", "year"))
    names = "".join(f"<i id={one}>{one}</i> / " for one in ("month", "day", "year"))

    field, _ = read(f"<table><tr><td id=d>Start date<td>{lists}<p>{names}</p></table>").fields

    assert (field.kind, field.option_labels) == (Kind.DATE, ["month", "day", "year"])


PILLS = (
    "<label>Name <input></label><div><div><style>.needed::after {{ content: ' *' }}</style><label id=q class='{mark}'>Do you sing?</label>"
    "<ul role=list aria-labelledby=q>{items}</ul></div></div>"
)
PRESSED = "<li><button type=button aria-pressed=false><span>{}</span></button></li>"


@pytest.mark.parametrize(("mark", "required"), [("needed", True), ("", False)])
def test_buttons_each_in_an_item_of_a_list_are_one_question(mark: str, required: bool, read: Any) -> None:
    _, field, _ = read(PILLS.format(mark=mark, items=PRESSED.format("Yes") + PRESSED.format("No"))).fields

    assert (field.label, field.option_labels, field.required) == ("Do you sing?", ["Yes", "No"], required)


def test_buttons_beside_words_in_the_items_of_a_list_are_questions_of_their_own(read: Any) -> None:
    items = "".join(
        f"<li>Do you {verb}? <button type=button aria-pressed=false>Yes</button></li>" for verb in ("sing", "dance")
    )

    assert [len(one.options) for one in read(PILLS.format(mark="", items=items)).fields[1:3]] == [1, 1]


def test_what_a_box_is_called_is_not_its_value(read: Any) -> None:
    box = "<div class=field><div class='field-label chip'>Level</div><input role=combobox aria-label=Level></div>"

    assert [one.value for one in read(box).fields] == ["", ""]


def test_the_application_is_chosen_among_other_forms(read: Any) -> None:
    form = read(
        "<label>Full name <input name=name></label>",
        before="<form role=search><input name=q><button>Search</button></form>"
        "<form action=/login><label>E-mail <input name=u></label><label>Password <input type=password></label><button>Log in</button></form>"
        "<form class=newsletter><label>E-mail <input type=email></label><label>Name <input></label><button>Subscribe</button></form>",
    )

    assert [field.label for field in form.fields] == ["Full name", "E-mail"]
    assert len(form.submits) == 1


@pytest.mark.parametrize(
    "button",
    [
        "<button>Submit application</button>",
        "<input type=submit value='Apply now'>",
        "<button type=button>Submit</button>",
        "<button><svg></svg><span>Send application</span></button>",
        "<div role=button tabindex=0>Apply</div>",
        "<button type=button>Back</button><button type=submit>Absenden</button>",
        "<button type=button>Save draft</button><button>Finish &amp; send</button>",
    ],
)
def test_the_button_that_sends_is_found(button: str, read: Any) -> None:
    form = read("<label>Name <input></label>", button=button)

    assert len(form.submits) == 1
    assert not form.nexts


def test_a_link_that_leads_nowhere_sends_a_form_that_has_no_button(read: Any) -> None:
    link = "<a href='#'>Submit application</a>"
    elsewhere = "<a href='/about'>Submit application</a><a href='#'>Attach a file</a>"

    assert len(read("<label>Name <input></label>", button=link).submits) == 1
    assert len(read(f"<label>Name <input></label>{link}").submits) == 1  # the button's own
    assert not read("<label>Name <input></label>", button=elsewhere).submits


FILES = {
    "a name for the machine": "<p>Resume *</p><div><div><button type=button>Choose file</button><input type=file aria-label=file-input></div></div>",
    "a label that says nothing": "<div><h2>Resume</h2><div><div><label for=f>Attachment:</label></div><p><span><input type=file id=f name=x></span></p></div></div>",
}


@pytest.mark.parametrize("style", FILES)
def test_what_a_file_is_stands_where_its_label_says_nothing_of_it(style: str, read: Any) -> None:
    field = read(f"<p>Name <input></p>{FILES[style]}").fields[1]

    assert (field.kind, field.label) == (Kind.FILE, "Resume")


def test_a_library_s_button_is_named_by_what_is_seen_in_it(read: Any) -> None:
    hidden = (
        "<i style='position:absolute;width:1px;height:1px;overflow:hidden'>Button</i><i aria-hidden=true>Emphasized</i>"
    )
    inner = f"<template shadowrootmode=open><button type=button><b><slot></slot></b>{hidden}</button></template>"
    buttons = f"<x-act>{inner}Save</x-act><x-act id=apply>{inner}Apply</x-act>"

    form = read("<label>Name <input></label><label>E-mail <input type=email></label>", button=buttons)

    hosts = [one.parent.execute_script("return arguments[0].getRootNode().host.id", one) for one in form.submits]
    assert hosts == ["apply"]
