"""How fields are filled: as the page needs it, read back, and nothing chosen that the person did not say."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest

from automation.engine.browser.pace import Pace
from automation.engine.result import FailureKind, Outcome
from tests.engine.conftest import Apply
from tests.engine.site import Reply, Site, document

BASICS = "<label>E-mail <input name=email></label><label>Resume <input name=cv type=file></label>"


def sent_by(pages: Site, apply: Apply, controls: str, **task: Any) -> dict[str, Any]:
    result = apply(pages.form(BASICS + controls), **task)
    assert result.outcome is Outcome.SUBMITTED, (result.message, result.questions)
    [sent] = pages.sent
    return sent


def test_a_newsletter_that_is_ticked_beforehand_is_taken_out(pages: Site, apply: Apply) -> None:
    sent = sent_by(pages, apply, "<label><input type=checkbox name=news checked> Send me the newsletter</label>")

    assert "news" not in sent


def test_the_code_that_a_button_holds_is_changed_to_that_of_the_number_beside_it(pages: Site, apply: Apply) -> None:
    sent = sent_by(
        pages,
        apply,
        "<div><label for=tel>Phone *</label><button type=button id=code aria-haspopup=listbox aria-expanded=false"
        " aria-label='Country code, Germany +49'>+49</button><input id=tel name=tel type=tel required></div>"
        "<ul role=listbox id=list hidden><li role=option>Germany +49<li role=option>Canada +1<li role=option>United States +1</ul>"
        "<input type=hidden name=held value='Germany +49'><script>"
        "code.onclick = () => { list.hidden = !list.hidden; code.ariaExpanded = !list.hidden };"
        "list.onclick = ({target}) => { document.forms[0].held.value = target.textContent; code.textContent = '+1';"
        " code.ariaLabel = 'Country code, ' + target.textContent; code.click() }</script>",
    )

    assert (sent["held"], sent["tel"]) == ("United States +1", "5125550142")


def test_a_button_that_is_read_out_with_its_label_and_its_choice_holds_it_where_the_placeholder_was(
    pages: Site, apply: Apply
) -> None:
    sent = sent_by(
        pages,
        apply,
        "<label for=state>State <b>*</b></label><button type=button id=state aria-haspopup=true aria-expanded=false"
        " aria-label='State –Select–'><span class=toggle__placeholder>–Select–</span></button>"
        "<div role=menu id=list hidden><div role=menuitem>Ohio</div><div role=menuitem>Texas</div></div>"
        "<input type=hidden name=held><script>const show = (on) => { list.hidden = !on; state.ariaExpanded = on };"
        "state.onclick = () => show(list.hidden); list.onclick = ({target}) => { show(false);"
        " document.forms[0].held.value += state.firstChild.textContent = target.textContent;"
        " state.ariaLabel = 'State ' + target.textContent }</script>",
    )

    assert sent["held"] == "Texas"


# A widget that opens its list of countries for a plus that is typed, and learns the country from one that is pasted.
TELEPHONE = (
    "<input type=hidden name=whole><div><button type=button><span id=code>+30</span></button><input id=tel type=tel"
    " aria-label='Phone *'></div><script>const keep = () => { document.forms[0].whole.value = code.textContent + tel.value };"
    "tel.onkeydown = (event) => { if (event.key === '+') event.preventDefault() };"
    "tel.oninput = () => { if (tel.value.startsWith('+') && LEARNS) { code.textContent = '+1';"
    " tel.value = tel.value.replace('+1', '') } keep() }</script>"
)


def test_a_number_goes_with_the_code_of_its_own_country(pages: Site, apply: Apply) -> None:
    sent = sent_by(pages, apply, TELEPHONE.replace("LEARNS", "true"), pace=Pace.HUMAN)

    assert sent["whole"] == "+15125550142"


def test_a_number_is_asked_where_the_code_of_another_country_stays(pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + TELEPHONE.replace("LEARNS", "false")))

    assert [one.label for one in result.questions] == ["Phone"]


@pytest.mark.parametrize(("currency", "shown"), [("USD", "$70000"), ("EUR", "")])
def test_an_amount_that_a_field_gives_another_currency_is_taken_back(
    currency: str, shown: str, pages: Site, apply: Apply
) -> None:
    field = (
        '<label>Expected annual salary <input name=pay inputmode=numeric onblur="'
        "this.value = this.value.replace(/\\D/g, ''); if (this.value) this.value = '$' + this.value\"></label>"
    )
    wish = {"amount": 70000, "currency": currency, "period": "year"}

    assert sent_by(pages, apply, field, ada={"salary_expectation": wish})["pay"] == shown


@pytest.mark.parametrize(
    "control",
    [
        "<label><input type=checkbox name=x checked required> I agree to binding arbitration</label>",
        "<label>Have you ever been convicted of a felony? * <select name=x><option>No<option>Yes</select></label>",
        "<fieldset><legend>Do you hold a security clearance? *</legend><label><input type=radio name=x checked> No</label><label><input type=radio name=x> Yes</label></fieldset>",
    ],
)
def test_what_the_form_chose_by_itself_is_nobody_s_answer(control: str, pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + control))

    assert [one.why for one in result.questions] == ["legal"]
    assert pages.sent == []


def test_every_open_question_is_asked_at_once(pages: Site, apply: Apply) -> None:
    result = apply(
        pages.form(
            BASICS
            + "<label>Shoe size * <input name=a></label><label>Favourite colour * <select name=b><option value=''>"
            "<option>Red<option>Blue</select></label><label>Motto <input name=c></label>"
        )
    )

    assert [(one.label, one.kind, one.options) for one in result.questions] == [
        ("Shoe size", "text", []),
        ("Favourite colour", "single_choice", ["Red", "Blue"]),
    ]


def test_a_rating_is_given_by_a_choice_that_lies_see_through_on_its_star(pages: Site, apply: Apply) -> None:
    star = (
        "<span style='display:inline-block;width:24px;height:24px;position:relative'><input type=radio name=x value={0} "
        "aria-label='{0} Star' style='position:absolute;width:100%;height:100%;margin:0;opacity:0'><svg width=24></svg></span>"
    )
    stars = "".join(map(star.format, range(1, 4)))
    asked = {"answers": [{"question": "How was it?", "answer": "2 Star"}]}

    sent = sent_by(
        pages, apply, f"<b id=q>How was it? *</b><div role=radiogroup aria-labelledby=q>{stars}</div>", ada=asked
    )

    assert sent["x"] == "2"


def test_a_phone_number_beside_its_country_is_given_without_the_code(pages: Site, apply: Apply) -> None:
    sent = sent_by(
        pages,
        apply,
        "<div><label for=cc>Country code</label><select id=cc name=cc><option value=''>Select<option value=1>United States (+1)"
        "<option value=44>United Kingdom (+44)</select><label for=ph>Phone *</label><input id=ph name=ph type=tel></div>",
    )

    assert (sent["cc"], sent["ph"]) == ("1", "5125550142")


def test_a_phone_number_beside_the_code_of_another_country_keeps_its_own(pages: Site, apply: Apply) -> None:
    controls = (
        "<label>Region <select name=cc><option value=34>España (+34)<option value=33>Francia</select></label>"
        "<label>Phone * <input name=ph type=tel></label>"
    )
    sent = sent_by(pages, apply, controls)

    assert sent["ph"] == "+15125550142"


def test_a_phone_number_beside_a_code_that_is_typed_is_given_without_it(pages: Site, apply: Apply) -> None:
    controls = (
        "<label>Country phone code * <input name=code required></label><label>Phone * <input name=tel required></label>"
    )
    sent = sent_by(pages, apply, controls)

    assert (sent["code"], sent["tel"]) == ("+1", "5125550142")


def test_a_plus_in_another_answer_is_no_country_code_of_the_phone_number(pages: Site, apply: Apply) -> None:
    sent = sent_by(
        pages,
        apply,
        "<label>Highest degree * <select name=d><option value=''>Select<option>Bachelor's (Bac+3)<option>Master's (Bac+5)"
        "</select></label><label>Phone * <input name=ph type=tel></label>",
    )

    assert (sent["d"], sent["ph"]) == ("Bachelor's (Bac+3)", "+15125550142")


def test_a_field_that_frameworks_control_keeps_what_was_typed(pages: Site, apply: Apply) -> None:
    controlled = (
        "<label>First name <input id=n></label><input type=hidden name=seen id=seen><script>"
        "let state = ''; n.addEventListener('input', () => { state = n.value; seen.value = state });"
        "n.addEventListener('blur', () => { n.value = state });</script>"
    )

    assert sent_by(pages, apply, controlled)["seen"] == "Ada"


def test_a_field_from_which_the_focus_is_taken_is_filled_in_once_more(pages: Site, apply: Apply) -> None:
    taken = (
        "<label>City * <input name=city id=c></label><script>let left = 3; c.addEventListener('blur', () => {"
        " left -= 1; if (left >= 0) c.value = '' });</script>"
    )

    assert sent_by(pages, apply, taken)["city"] == "Austin"


def test_a_resume_parser_that_writes_over_fields_is_written_over(pages: Site, apply: Apply) -> None:
    parser = (
        "<label>First name <input name=first id=first></label><script>"
        "document.querySelector('[name=cv]').addEventListener('change', () => fetch('/parse', {method: 'POST', body: 'x'})"
        ".then(() => setTimeout(() => { first.value = 'RESUME' }, 300)));</script>"
    )
    pages.on_post = lambda sent: Reply(status=303, headers={"Location": "/thanks"})

    apply(pages.form(BASICS + parser))

    assert pages.sent[-1]["first"] == "Ada"


def test_a_number_that_is_formatted_while_it_is_typed_counts_as_taken(pages: Site, apply: Apply) -> None:
    mask = (
        "<label>Phone * <input name=phone id=ph></label><script>ph.addEventListener('blur', () => {"
        "const d = ph.value.replace(/\\D/g, '').slice(-10); ph.value = `(${d.slice(0,3)}) ${d.slice(3,6)}-${d.slice(6)}` })</script>"
    )

    assert sent_by(pages, apply, mask)["phone"] == "(512) 555-0142"


def test_a_mask_that_hears_nothing_but_keys_gets_the_whole_number(pages: Site, apply: Apply) -> None:
    mask = (
        "<label>Phone * <input name=phone id=ph></label><script>let digits = '';"
        "const draw = () => { ph.value = digits && `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6, 10)}` };"
        "ph.onkeydown = (event) => { if (event.key === 'Backspace') digits = '';"
        "  else if (/^\\d$/.test(event.key)) digits = (digits + event.key).slice(0, 10); else return; event.preventDefault(); draw() };"
        "ph.oninput = () => { digits ||= ph.value.replace(/\\D/g, '').slice(0, 10); draw() }</script>"
    )

    assert sent_by(pages, apply, mask)["phone"] == "(512) 555-0142"


@pytest.mark.parametrize("label", ["Additional document (optional)", "Photo", "Writing sample", "Proof of residence"])
def test_a_file_that_is_asked_for_as_another_is_not_the_resume(label: str, pages: Site, apply: Apply) -> None:
    url = pages.page(
        "<form method=post action=/apply enctype=multipart/form-data><label>First name <input name=first></label>"
        "<label>Last name <input name=last></label><label>E-mail <input name=email type=email></label>"
        f"<label>{label} <input name=file type=file></label><button>Submit application</button></form>"
    )
    assert apply(url).outcome is Outcome.SUBMITTED
    assert "file" not in pages.sent[0]


def test_a_file_that_its_field_hands_over_before_it_is_drawn_anew_is_attached_once(pages: Site, apply: Apply) -> None:
    pond = """<div id=pond><input type=file id=cv1 required><label for=cv1>Resume</label></div><input type=hidden name=took id=took value=0>
<label>Do you have a pilot's license? <input name=p></label><script>
const draw = (number, name) => { pond.innerHTML = `<input type=file id=cv${number} required><label for=cv${number}>Resume</label><p>${name}</p>`;
  pond.firstChild.onchange = took };
const took = ({ target }) => { const { name } = target.files[0]; took1.value = Number(took1.value) + 1;
  setTimeout(() => { draw(took1.value + 1, name); pond.firstChild.required = false }, 50) };
const took1 = document.getElementById('took'); cv1.onchange = took;</script>"""
    url = pages.form(
        "<label>First name <input name=first></label><label>E-mail <input name=email type=email></label>" + pond
    )

    assert apply(url).outcome is Outcome.SUBMITTED
    assert pages.sent[-1]["took"] == "1"


def test_a_file_is_attached_by_a_form_of_its_own_that_is_put_away(pages: Site, apply: Apply) -> None:
    asked = (
        "<div role=group aria-labelledby=r><b id=r>Resume/CV *</b><div class=drop-zone><button type=button>Attach</button>"
        " <button type=button>or enter manually</button> <i id=name></i></div><input type=hidden name=stored></div>"
    )
    put_away = (
        "<form style='display:none'><input type=hidden name=key value=k><input type=file id=file></form><script>"
        "file.onchange = () => { name.innerText = document.forms[0].stored.value = file.files[0].name }</script>"
    ).replace("name.innerText", "document.getElementById('name').innerText")
    url = pages.page(
        "<form method=post enctype=multipart/form-data action=/apply><label>Name <input name=who></label>"
        f"<label>E-mail <input name=email></label>{asked}<button>Submit application</button></form>{put_away}"
    )

    assert apply(url).outcome is Outcome.SUBMITTED
    assert [one["stored"] for one in pages.sent] == ["resume.pdf"]


def test_a_resume_that_is_asked_for_above_the_form_is_attached_there(pages: Site, apply: Apply) -> None:
    url = pages.page(
        "<section><b>Resume *</b><p>Drop your file here or</p><button type=button>Browse files</button>"
        "<input type=file form=f name=cv style='display:none'></section><form id=f method=post action=/apply"
        " enctype=multipart/form-data><label>First name <input name=first></label><label>Last name <input name=last></label>"
        "<label>E-mail <input name=email type=email></label><label>Other file <input name=other type=file></label>"
        "<button>Submit application</button></form>"
    )
    assert apply(url).outcome is Outcome.SUBMITTED
    assert (pages.sent[0]["cv"][0], "other" in pages.sent[0]) == ("resume.pdf", False)


def test_a_cover_letter_is_uploaded_where_a_file_is_wanted(pages: Site, apply: Apply, resume: Path) -> None:
    controls = "<label>Cover letter <input type=file name=letter></label>"

    sent = sent_by(pages, apply, controls, cover_letter="Dear team")

    assert sent["letter"] == ("cover-letter.txt", b"Dear team")
    assert [path.name for path in resume.parent.iterdir() if path.is_file()] == ["resume.pdf"]


def test_dates_go_into_date_controls(pages: Site, apply: Apply) -> None:
    sent = sent_by(
        pages,
        apply,
        "<label>Earliest start date * <input type=date name=d></label>"
        "<label>Available from (month) * <input type=month name=m></label>"
        "<label>Available from (week) * <input type=week name=w></label>"
        "<label>Start date * <input name=c role=combobox aria-haspopup=dialog placeholder=DD.MM.YYYY></label>",
    )

    assert (sent["d"], sent["m"], sent["w"], sent["c"]) == ("2026-12-14", "2026-12", "2026-W51", "14.12.2026")


def test_times_go_into_time_controls_however_they_were_written(pages: Site, apply: Apply) -> None:
    sent = sent_by(
        pages,
        apply,
        "<label>Best time to call * <input type=time name=t></label>"
        "<label>Interview slot * <input type=datetime-local name=s></label>",
        ada={
            "answers": [
                {"question": "Best time to call", "answer": "3:30 pm"},
                {"question": "Interview slot", "answer": "December 14, 2026 at 9:05 a.m."},
            ]
        },
    )

    assert (sent["t"], sent["s"]) == ("15:30", "2026-12-14T09:05")


def test_a_multiple_select_takes_all_that_fit(pages: Site, apply: Apply) -> None:
    sent = sent_by(
        pages,
        apply,
        "<label>Languages you speak <select multiple name=l><option>English<option>French<option>Spanish</select></label>",
    )

    assert sent["l"] == ["English", "Spanish"]


SEARCHED = """
<div class="field"><label id="l" for="skills">Key skills</label><div class="chips"></div>
<input id="skills" role="combobox" aria-expanded="false" aria-controls="found" aria-labelledby="l" autocomplete="off">
<ul id="found" role="listbox" aria-multiselectable="true" hidden style="min-height:40px;min-width:200px"></ul></div>
<script>
  const [input, list, chips] = ['#skills', '#found', '.chips'].map((one) => document.querySelector(one));
  const known = ['Go', 'Python', 'Rust', 'SQL', 'TypeScript'];
  const show = (labels) => {
    list.innerHTML = labels.map((one) => `<li role="option" style="min-height:20px">${one}</li>`).join('');
    list.hidden = !labels.length;
    input.setAttribute('aria-expanded', String(Boolean(labels.length)));
  };
  input.addEventListener('input', () => show(
    known.filter((one) => input.value && one.toLowerCase().includes(input.value.toLowerCase()))));
  input.addEventListener('keydown', ({ key }) => { if (key === 'Backspace' && !input.value) chips.lastChild?.remove(); });
  list.addEventListener('click', ({ target }) => {
    const took = document.createElement('span');
    took.innerHTML = `${target.innerText}<input type="hidden" name="skills" value="${target.innerText}">`;
    if (!chips.innerText.includes(target.innerText)) chips.append(took);
    input.value = '';
    show([]);
  });
</script>"""


@pytest.mark.parametrize("then", ["input.value = '';\n    show([]);", ""])
def test_each_of_several_answers_is_searched_for(then: str, pages: Site, apply: Apply) -> None:
    skills = [{"name": "Python", "years": 8}, {"name": "SQL", "years": 5}]
    searched = SEARCHED.replace("input.value = '';\n    show([]);", then)  # or the list stays with what was found
    sent = sent_by(pages, apply, searched, ada={"skills": skills})

    assert sent["skills"] == ["Python", "SQL"]


TOGGLED = """
<div><span id=q>Which languages do you speak? *</span><div id=box role=combobox tabindex=0 aria-haspopup=listbox aria-expanded=false
  aria-controls=found aria-labelledby=q style="width:300px;height:30px">Choose options</div></div><input type=hidden name=said id=said><input type=hidden name=presses id=presses value=0>
<ul id=found role=listbox aria-multiselectable=true tabindex=-1 hidden style="width:200px"><li role=option>English<li role=option>French<li role=option>Spanish</ul>
<script>
  box.onclick = () => { found.hidden = !found.hidden; box.ariaExpanded = String(!found.hidden); };
  box.onkeydown = ({ key }) => { if (key === 'Escape') { found.innerHTML = found.innerHTML.replaceAll('true', ''); said.value = ''; } };
  box.onblur = found.onblur = ({ relatedTarget }) => { if (relatedTarget !== found && !found.hidden) box.click(); };
  found.onclick = ({ target }) => {
    target.ariaSelected = String(target.ariaSelected !== 'true');
    presses.value = Number(presses.value) + 1;
    said.value = [...found.children].filter((one) => one.ariaSelected === 'true').map((one) => one.innerText).join(' | ');
  };
</script>"""


def test_what_is_chosen_is_neither_pressed_again_nor_taken_back_by_a_key(pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + TOGGLED))

    assert (pages.sent[0]["said"], pages.sent[0]["presses"]) == ("English | Spanish", "2")
    assert "English, Spanish" in [one.value for one in result.fields]


TREE = """
<label for=d>Highest degree *</label><div><input id=d readonly role=combobox aria-haspopup=tree aria-expanded=false onclick="tree.hidden = !tree.hidden; ariaExpanded = !tree.hidden"></div>
<ul role=listbox style="width:200px"><li role=option>Go</ul>
<ul id=tree role=tree hidden style="width:200px"><li role=treeitem aria-expanded=false tabindex=0>University<li role=treeitem>School</ul><input type=hidden name=degree id=degree>
<script>
  const [branch] = tree.children;
  branch.onkeydown = ({ key }) => {
    if (key !== 'ArrowRight' || branch.ariaExpanded === 'true') return;
    branch.ariaExpanded = 'true';
    branch.insertAdjacentHTML('beforeend', "<ul role=group><li role=treeitem>Bachelor's degree<li role=treeitem>Master's degree</ul>");
  };
  tree.onclick = ({ target }) => { if (target === branch) return; d.value = degree.value = target.innerText; tree.hidden = true; d.ariaExpanded = 'false'; };
</script>"""


def test_the_branches_of_a_tree_are_unfolded_until_the_answer_is_found(pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, TREE)["degree"] == "Bachelor's degree"


CHIPS = """
<div><label for=s>Skills</label><span id=chips></span><input id=s role=combobox aria-autocomplete=list aria-expanded=false aria-describedby=how autocomplete=off>
<div id=how>Choose at least two</div></div>
<ul id=found role=listbox hidden style="width:200px"></ul>
<script>
  const known = ['C++', 'Go', 'Python'], taken = () => [...chips.children].map((one) => one.innerText);
  const show = (is) => {
    found.innerHTML = known.filter((one) => !taken().includes(one) && one.toLowerCase().includes(s.value.toLowerCase())).map((one) => `<li role=option>${one}`).join('');
    found.hidden = !is;
    s.ariaExpanded = String(is);
  };
  s.onclick = s.oninput = () => show(true);
  s.onblur = () => setTimeout(() => show(false), 200);
  found.onmousedown = ({ target }) => { chips.innerHTML += `<b class=chip><span class=label>${target.innerText}</span><input type=hidden name=skill value="${target.innerText}"></b>`; s.value = ''; show(false); };
</script>"""


def test_a_list_that_says_how_many_to_choose_takes_several(pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, CHIPS)["skill"] == ["C++", "Python"]


def test_a_press_that_is_lost_on_a_list_for_several_is_made_again(pages: Site, apply: Apply) -> None:
    deaf = "let presses = 0; found.onmousedown = ({ target }) => { if (++presses === 2) return show(false);"
    stays = "s.onblur = () => setTimeout(() => show(false), 200);"  # open, so that this press alone is lost
    controls = CHIPS.replace("found.onmousedown = ({ target }) => {", deaf).replace(stays, "")

    assert sent_by(pages, apply, controls)["skill"] == ["C++", "Python"]


PLACEHOLDER_HOLDS = """
<div><label for=p>Period of notice *</label><div id=box><input readonly id=p role=combobox aria-haspopup=listbox aria-controls=periods aria-expanded=false style='width:20px'><div class=placeholder>Pick</div></div></div>
<input type=hidden name=notice id=sent><ul id=periods role=listbox hidden style='width:200px'><li role=option>1 month<li role=option>2 months<li role=option>3 months</ul>
<script>
  const open = (is) => { periods.hidden = !is; p.ariaExpanded = String(is); };
  box.onclick = () => open(periods.hidden);
  periods.onclick = ({ target }) => { [...periods.children].forEach((one) => { one.ariaSelected = String(one === target); }); box.lastChild.innerText = sent.value = target.innerText; open(false); };
</script>"""


def test_what_is_chosen_may_stand_in_the_place_of_the_placeholder(pages: Site, apply: Apply) -> None:
    sent = sent_by(pages, apply, PLACEHOLDER_HOLDS, ada={"notice_period_days": 60})

    assert sent["notice"] == "2 months"


LOOKED_UP = """
<label for="city">City *</label>
<input id="city" name="city" role="combobox" aria-expanded="false" aria-controls="found" autocomplete="off">
<ul id="found" role="listbox" hidden style="min-height:40px;min-width:200px"></ul>
<script>
  const [input, list] = ['#city', '#found'].map((one) => document.querySelector(one));
  const places = ['Austin, Texas, United States', 'Austin, Minnesota, United States', 'Austintown, Ohio, United States'];
  let unanswered = 0;
  const show = (labels) => {
    list.innerHTML = labels.map((one) => `<li role="option" style="min-height:20px">${one}</li>`).join('');
    list.hidden = !labels.length;
    input.setAttribute('aria-expanded', String(Boolean(labels.length)));
  };
  input.addEventListener('input', async () => {
    unanswered += 1;
    show(places);
    await fetch('/places');
    unanswered -= 1;
    show(places);
  });
  list.addEventListener('mousedown', ({ clientX, clientY }) => {
    if (unanswered) show(places.toReversed()); // the answer comes just now, and draws the list anew
    input.value = document.elementFromPoint(clientX, clientY).innerText;
    show([]);
  });
</script>"""


class Later(Event):
    """Holds a reply back for a moment."""

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(0.3)


def test_a_list_that_opens_empty_is_chosen_from_once_it_has_its_options(pages: Site, apply: Apply) -> None:
    late = """<label for=b>Country *</label><div><button type=button id=b role=combobox aria-haspopup=listbox aria-expanded=false
 aria-controls=l>Vælg en mulighed</button><ul id=l role=listbox style='height:90px' hidden></ul></div><input type=hidden name=x id=x><script>
b.onclick = () => { l.hidden = !l.hidden; b.ariaExpanded = !l.hidden; l.innerHTML = '';
  if (!l.hidden) setTimeout(() => { l.innerHTML = '<li role=option>Canada<li role=option>United States' }, 250) };
l.onclick = ({ target }) => { x.value = b.textContent = target.textContent; l.hidden = true; b.ariaExpanded = false };</script>"""

    assert sent_by(pages, apply, late)["x"] == "United States"


def test_a_choice_is_made_once_the_list_has_its_answer(pages: Site, apply: Apply) -> None:
    pages.pages["/places"] = Reply("[]", wait=Later())

    assert sent_by(pages, apply, LOOKED_UP)["city"] == "Austin, Texas, United States"


PROMPT = """
<div class="field"><label for="source">How did you hear about us? *</label><ul class="chips"></ul>
<input id="source" placeholder="Search" autocomplete="off"></div>
<input type="hidden" name="source">
<ul id="found" role="listbox" hidden style="min-height:40px;min-width:200px"></ul>
<script>
  const [input, list, chips, sent] = ['#source', '#found', '.chips', '[name=source]'].map((one) => document.querySelector(one));
  const known = { 'Company Website': ['Acme Careers Site', 'Radio'], 'Social Media': ['LinkedIn', 'X'] };
  const show = (labels) => {
    list.innerHTML = labels.map((one) => `<li role="option" style="min-height:20px">${one}</li>`).join('');
    list.hidden = !labels.length;
  };
  input.addEventListener('click', () => show(Object.keys(known)));
  list.addEventListener('click', ({ target }) => {
    const said = target.innerText;
    if (known[said]) return show(known[said]);
    chips.innerHTML = `<li class="chip"><span class="label">${said}</span></li>`;
    sent.value = said;
    show([]);
  });
</script>"""


def test_an_option_that_only_leads_to_others_is_followed_to_the_answer(pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, PROMPT)["source"] == "Acme Careers Site"


def test_an_option_that_leads_to_no_answer_is_none(pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + PROMPT.replace("Acme Careers Site", "Billboard")))

    assert [one.label for one in result.questions] == ["How did you hear about us?"]
    assert pages.sent == []


def test_a_value_that_the_form_will_not_take_ends_the_run_before_the_click(pages: Site, apply: Apply) -> None:
    url = pages.page(
        f"<form method=post action=/apply enctype=multipart/form-data>{BASICS}"
        "<label>Years of experience <input type=number max=5 name=y></label><button>Submit application</button></form>"
    )

    result = apply(url)

    assert (result.outcome, result.failure_kind) == (Outcome.FAILED, FailureKind.FORM_UNSUPPORTED)
    assert "Years of experience" in result.message
    assert pages.sent == []


FORGETS = """
<label for="start">Earliest start date *</label>
<input id="start" SHOWN autocomplete="off">
<input type="hidden" name="start"><div id="days" hidden></div>
<script>
  const days = document.querySelector('#days'), start = document.querySelector('#start');
  const named = (day) => new Date(2026, 11, day).toLocaleDateString('en', { month: 'long', day: 'numeric', year: 'numeric' });
  days.innerHTML = [...Array(31).keys()].map((day) => `<button type="button" aria-label="${named(day + 1)}">${day + 1}</button>`).join('');
  let taken = '';
  start.addEventListener('click', () => { days.hidden = false; });
  start.addEventListener('blur', () => setTimeout(() => { start.value = taken; }));
  days.addEventListener('mousedown', (event) => event.preventDefault());
  days.addEventListener('click', ({ target }) => {
    taken = start.value = document.querySelector('[name=start]').value = `12/${target.innerText}/2026`;
    days.hidden = true;
  });
</script>"""


@pytest.mark.parametrize("shown", ["placeholder='MM/DD/YYYY' aria-haspopup=dialog", "placeholder='Please select'"])
def test_a_day_that_is_dropped_when_the_field_is_left_is_pressed_in_the_calendar(
    shown: str, pages: Site, apply: Apply
) -> None:
    assert sent_by(pages, apply, FORGETS.replace("SHOWN", shown))["start"] == "12/14/2026"


TURNED = """
<label for="start">Earliest start date *</label><input id="start" name="start" readonly placeholder="MM/DD/YYYY"><div id="days" hidden></div>
<script>
  const days = document.querySelector('#days'), start = document.querySelector('#start');
  let month = 10;
  const of = (texts, number) => `<select>${texts.map((text, each) => `<option ${each === number ? 'selected' : ''}>${text}`).join('')}</select>`;
  const named = [...Array(12).keys()].map((one) => new Date(2026, one).toLocaleDateString('en', { month: 'long' }));
  const draw = () => { days.innerHTML = of(named, month) + of(['2025', '2026', '2027'], 1) + '<button type="button" class="next">Next month</button><table><tr>'
    + [...Array(30).keys()].map((day) => `<td data-day="${day + 1}"><button type="button" class="day">${day + 1}</button></td>`).join('') + '</tr></table>'; };
  start.addEventListener('click', () => { days.hidden = false; draw(); });
  days.addEventListener('click', ({ target }) => {
    if (target.matches('.next')) { month += 1; draw(); }
    if (target.matches('.day')) { start.value = `${month + 1}/${target.innerText}/2026`; days.hidden = true; }
  });
</script>"""


def test_a_calendar_that_tells_its_month_in_lists_is_turned_to_the_day(pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, TURNED)["start"] == "12/14/2026"


HELPED = """
<label for="x">Country *</label><div><input id="x" aria-haspopup="listbox" autocomplete="off"></div><input type="hidden" name="x">
<div role="listbox" id="list" style="width:200px"></div>
<script>
  let taken = '';
  const of = document.querySelector('[name=x]');
  x.addEventListener('focus', () => { list.innerHTML = OPTIONS.map((one) => `<div role="option">${one}</div>`).join(''); });
  x.addEventListener('blur', () => setTimeout(() => { list.innerHTML = ''; if (DROPS) x.value = taken; else of.value = x.value; }));
  list.addEventListener('mousedown', (event) => { event.preventDefault(); of.value = taken = x.value = event.target.innerText; list.innerHTML = ''; });
</script>"""


@pytest.mark.parametrize(("drops", "options"), [("true", "['Canada', 'United States']"), ("false", "['Canada']")])
def test_a_text_with_a_list_is_chosen_from_it_or_typed_where_the_list_is_a_help(
    drops: str, options: str, pages: Site, apply: Apply
) -> None:
    controls = HELPED.replace("DROPS", drops).replace("OPTIONS", options)

    assert sent_by(pages, apply, controls)["x"] == "United States"


def test_a_text_that_its_list_does_not_offer_and_the_field_drops_is_asked(pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + HELPED.replace("DROPS", "true").replace("OPTIONS", "['Canada']")))

    assert [(one.label, one.options) for one in result.questions] == [("Country", ["Canada"])]


DROPPED = """
<label for="x">City *</label><input id="x" autocomplete="off"><input type="hidden" name="x"><div id="list" style="width:200px"></div>
<script>
  let taken = '';
  x.addEventListener('input', () => {
    list.innerHTML = OPTIONS.filter((one) => one.includes(x.value)).map((one) => `<div>${one}</div>`).join('');
  });
  x.addEventListener('blur', () => setTimeout(() => { list.innerHTML = ''; x.value = taken; }, LATER));
  list.addEventListener('mousedown', (event) => {
    event.preventDefault(); document.querySelector('[name=x]').value = taken = x.value = event.target.innerText; list.innerHTML = '';
  });
</script>"""


@pytest.mark.parametrize("later", ["50", "300"])
def test_a_text_that_is_dropped_a_moment_after_it_was_left_is_chosen_from_its_list(
    later: str, pages: Site, apply: Apply
) -> None:
    controls = DROPPED.replace("LATER", later).replace("OPTIONS", "['Austin, Minnesota', 'Austin, Texas']")

    assert sent_by(pages, apply, controls)["x"] == "Austin, Texas"


def test_a_text_that_is_dropped_a_moment_after_it_was_left_and_has_no_list_is_asked(pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + DROPPED.replace("LATER", "50").replace("OPTIONS", "[]")))

    assert [one.label for one in result.questions] == ["City"]
    assert [(one.label, one.value) for one in result.fields][2:] == [("City", "")]


def test_a_calendar_is_turned_by_a_button_that_tells_its_direction_alone(pages: Site, apply: Apply) -> None:
    controls = TURNED.replace('class="next">Next month', 'data-direction="next">›').replace(".next", "[data-direction]")

    assert sent_by(pages, apply, controls)["start"] == "12/14/2026"


TAGS = """
<label for=x>Skills</label><div><b id=tags></b><input id=x placeholder="Type a skill and press Enter"></div><input type=hidden name=x>
<script>
  const taken = [];
  x.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    taken.push(x.value);
    document.querySelector('[name=x]').value = tags.innerText = taken.join(' | ');
    setTimeout(() => { x.value = ''; }, 150);
  });
</script>"""


def test_the_next_of_several_answers_waits_until_the_one_before_is_taken(pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, TAGS)["x"] == "Python | C++"


REDRAWN = """
<label>Motto <input id="motto" oninput="draw()"></label><div id="box"></div>
<script>
  const said = {};
  const option = (name, value) => `<label><input type="radio" name="${name}" value="${value}" ${said[name] === value ? 'checked' : ''}`
    + ` onchange="said.${name} = '${value}'; draw()"> ${value}</label>`;
  const asked = { auth: 'Are you authorized to work in the US? *', relocate: 'Are you willing to relocate? *' };
  function draw() {
    box.innerHTML = Object.entries(asked).map(([name, words]) => `<fieldset><legend>${words}</legend>${option(name, 'Yes')}${option(name, 'No')}</fieldset>`).join('');
  }
  draw();
</script>"""


def test_choices_that_each_answer_draws_anew_are_made(pages: Site, apply: Apply) -> None:
    sent = sent_by(pages, apply, REDRAWN)

    assert (sent["auth"], sent["relocate"]) == ("Yes", "Yes")


MENU = """
<label for="state">State *</label>
<div id="state" role="button" tabindex="0" aria-haspopup="true" aria-expanded="false" aria-label="–Select–" style="width:300px">–Select–</div>
<input type="hidden" name="state">
<script>
  const [menu, sent] = ['#state', '[name=state]'].map((one) => document.querySelector(one));
  menu.addEventListener('click', () => {
    const list = document.createElement('div');
    list.innerHTML = ['Ohio', 'Texas'].map((one) => `<div role="ROLE" data-disabled="false" style="min-height:20px">${one}</div>`).join('');
    list.setAttribute('role', 'LIST');
    list.style = 'width:200px;min-height:40px';
    menu.ariaExpanded = true;
    list.addEventListener('click', ({ target }) => { menu.textContent = menu.ariaLabel = sent.value = target.innerText; list.remove(); menu.ariaExpanded = false; });
    document.body.append(list);
  });
</script>"""


@pytest.mark.parametrize(("box", "row"), [("menu", "menuitem"), ("listbox", "option")])
def test_a_list_that_a_drawn_button_opens_is_chosen_from(box: str, row: str, pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, MENU.replace("LIST", box).replace("ROLE", row))["state"] == "Texas"


@pytest.mark.parametrize("named", ["", "aria-controls=pop"])
def test_a_place_is_chosen_column_by_column(named: str, pages: Site, apply: Apply) -> None:
    columns = (
        f"<div><label for=loc>Where do you live?</label><input id=loc name=loc readonly role=combobox aria-haspopup=listbox aria-expanded=false {named}></div>"
        "<div id=pop class=lists style='position:absolute;top:400px'></div><script>const tree = { Canada: {}, 'United States': { Ohio: {}, Texas: { Austin: 0 } } };"
        "function draw(level, way) { const ul = document.createElement('ul'); ul.role = 'menu'; Object.keys(level).forEach((name) => {"
        " const li = document.createElement('li'); li.role = 'menuitemcheckbox'; li.ariaChecked = 'false'; li.innerHTML = `<span>${name}</span> <span>${level[name] ? '&gt;' : ''}</span>`;"
        " li.onclick = () => { while (pop.children.length > way.length + 1) pop.lastChild.remove(); if (level[name]) draw(level[name], [...way, name]);"
        " else { loc.value = [...way, name].join(' / '); pop.innerHTML = ''; loc.ariaExpanded = 'false' } }; ul.append(li) }); pop.append(ul) }"
        "loc.onmousedown = () => { if (!pop.children.length) { loc.ariaExpanded = 'true'; draw(tree, []) } }</script>"
    )

    assert sent_by(pages, apply, columns)["loc"] == "United States / Texas / Austin"


DATE_IN_COMBOBOXES = """
<fieldset><legend>What is the earliest date you could start? *</legend><div id=three style="display:flex"></div></fieldset>
<script>
  const months = [...Array(12)].map((_, one) => new Date(2000, one, 15).toLocaleString('en', { month: 'long' }));
  const parts = { Month: months, Day: [...Array(31)].map((_, one) => one + 1), Year: [2026, 2027] };
  three.innerHTML = Object.keys(parts).map((name) => `<div><div><label for=${name}>${name}</label><div><input id=${name} name=${name} role=combobox`
    + ` aria-required=true aria-expanded=false aria-controls=${name}-list><div id=${name}-list role=listbox hidden style="min-height:30px">`
    + `${parts[name].map((one) => `<div role=option>${one}</div>`).join('')}</div></div></div></div>`).join('');
  for (const name of Object.keys(parts)) {
    const [box, list] = [name, `${name}-list`].map((id) => document.getElementById(id));
    const open = (is) => { list.hidden = !is; box.ariaExpanded = String(is) };
    box.onclick = () => open(true);
    box.onblur = () => setTimeout(() => open(false), 50);
    list.onmousedown = ({ target }) => { box.value = target.textContent; open(false) };
  }
</script>"""


def test_a_date_in_three_comboboxes_is_one_date_named_by_the_legend(pages: Site, apply: Apply) -> None:
    sent = sent_by(pages, apply, DATE_IN_COMBOBOXES)

    assert (sent["Month"], sent["Day"], sent["Year"]) == ("December", "14", "2026")


def test_at_a_human_pace_it_says_the_same(pages: Site, apply: Apply) -> None:
    sent = sent_by(pages, apply, "<label>First name <input name=first></label>", pace=Pace.HUMAN)

    assert (sent["first"], sent["email"]) == ("Ada", "ada@example.com")


def test_what_is_dropped_while_one_looks_the_form_over_is_filled_in_again(pages: Site, apply: Apply) -> None:
    drops = (
        "<label>City <input name=city id=c></label><script>c.onblur = () => { c.onblur = null;"
        " setTimeout(() => { c.value = '' }, 900) }</script>"
    )
    sent = sent_by(pages, apply, drops, pace=Pace.HUMAN, seed=1)

    assert sent["city"] == "Austin"


def test_where_a_slider_stands_is_nobody_s_answer(pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + "<label>Years with Cobol * <input type=range name=r value=0></label>"))

    assert [one.label for one in result.questions] == ["Years with Cobol"]


ARROWS_ONLY = """
<b id=q>Stars for Cobol *</b><div role=slider tabindex=0 aria-labelledby=q aria-valuemin=0 aria-valuemax=5 aria-valuenow=0 style='width:99px;height:20px'
  onkeydown="const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key] || 0; stars.value = Math.min(5, Math.max(0, +stars.value + by)); setAttribute('aria-valuenow', stars.value)"></div>
<input type=hidden name=stars id=stars value=0>"""


@pytest.mark.parametrize("stars", ["0", "1", "4", "5"])
def test_a_slider_without_a_home_key_comes_to_its_number(stars: str, pages: Site, apply: Apply) -> None:
    apply(pages.form(BASICS + ARROWS_ONLY), ada={"answers": [{"question": "Stars for Cobol", "answer": stars}]})

    assert pages.sent[0]["stars"] == stars


@pytest.mark.parametrize(("gender", "sent"), [("decline", (None, "on")), ("female", ("Female", None))])
def test_a_box_that_declines_the_question_before_it_is_ticked(
    gender: str, sent: tuple[str | None, str | None], pages: Site, apply: Apply
) -> None:
    asking = (
        "<label>Gender <select name=g><option value=''>Select</option><option>Female</option><option>Male</option></select></label>"
        "<label><input type=checkbox name=no> I decline to say</label>"
    )
    assert apply(pages.form(BASICS + asking), ada={"demographics": {"gender": gender}}).outcome is Outcome.SUBMITTED
    assert (pages.sent[0]["g"] or None, pages.sent[0].get("no")) == sent


def test_the_file_that_is_sent_is_called_what_it_is(pages: Site, apply: Apply) -> None:
    listed = "<option value=''>Bitte wählen</option><option>Anschreiben</option><option>Lebenslauf</option>"

    assert sent_by(pages, apply, f"<select name=art aria-label=Dokumentenart>{listed}</select>")["art"] == "Lebenslauf"


def test_a_number_is_no_name(pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, "<input type=number name=n aria-label=Nombre>")["n"] == ""


def test_a_file_is_confirmed_in_the_dialog_that_asks_for_it_alone(pages: Site, apply: Apply) -> None:
    asking = (
        "<form method=post action=/apply><label>E-mail <input name=email></label><label>Resume <input id=r type=file></label>"
        "<input type=hidden name=taken><button>Submit application</button></form><div id=d role=dialog hidden>Use <b></b>?"
        "<button type=button>Cancel</button><button type=button onclick='d.hidden = true; document.forms[0].taken.value = r.files[0].name'>Upload</button></div>"
        "<script>r.onchange = () => { d.hidden = false; d.querySelector('b').innerText = r.files[0].name }</script>"
    )

    assert apply(pages.page(asking)).outcome is Outcome.SUBMITTED
    assert pages.sent[0]["taken"] == "resume.pdf"


def test_a_box_that_only_its_dialog_ticks_is_ticked_there(pages: Site, apply: Apply) -> None:
    asking = (
        "<label><input type=checkbox name=ok id=ok> I have read the privacy policy *</label>"
        "<div id=d role=dialog hidden>We keep what you send.<button type=button onclick='d.hidden = true'>Decline</button>"
        "<button type=button onclick='d.hidden = true; ok.checked = true'>Agree</button></div>"
        "<script>ok.onclick = () => { d.hidden = false; return false }</script>"
    )

    assert sent_by(pages, apply, asking)["ok"] == "on"


def test_a_list_that_drops_what_was_only_typed_is_chosen_from(pages: Site, apply: Apply) -> None:
    listing = (
        "<div><label for=s>City *</label><div id=v class=single-value></div><input id=s aria-autocomplete=list><div id=m></div></div><input type=hidden name=town>"
        "<script>const all = {A: 'Austin', B: 'Boston', D: 'Dallas'}; s.oninput = s.onfocus = () => { m.innerHTML = ''; for (const [code, name] of Object.entries(all))"
        " if (name.toLowerCase().includes(s.value.toLowerCase())) { const one = document.createElement('div'); one.innerText = name;"
        " one.onmousedown = () => { document.forms[0].town.value = code; v.innerText = name; s.value = ''; m.innerHTML = '' }; m.append(one) } };"
        "s.onblur = () => setTimeout(() => { s.value = ''; m.innerHTML = '' }, 150)</script>"
    )

    assert sent_by(pages, apply, listing)["town"] == "A"


@pytest.mark.parametrize("button", ["button", "x-button"])
def test_the_form_behind_a_button_is_opened(button: str, pages: Site, apply: Apply) -> None:
    url = pages.page(
        f"<h1>Engineer</h1><p>Text.</p><{button} onclick='d.hidden = false'>Apply for this job</{button}><div id=d hidden>"
        f"<form method=post action=/apply enctype=multipart/form-data>{BASICS}<button>Submit application</button></form></div>"
    )

    assert apply(url).outcome is Outcome.SUBMITTED


@pytest.mark.parametrize(
    "words",
    [
        "Jetzt bewerben",
        "Postuler à cette offre",
        "Inscribirme",
        "Inscribirme en esta oferta",
        "Postularme a este puesto",
        "Solliciteer direct",
    ],
)
def test_the_way_to_the_form_is_known_in_other_languages(words: str, pages: Site, apply: Apply) -> None:
    form = pages.form(BASICS)

    assert apply(pages.page(f"<h1>Engineer</h1><a href={form}>{words}</a>", path="/p")).outcome is Outcome.SUBMITTED


@pytest.mark.parametrize("words", ["Ohne Anmeldung bewerben", "Apply as a guest", "Continue without an account"])
def test_the_way_without_an_account_is_taken_where_one_may_sign_in(words: str, pages: Site, apply: Apply) -> None:
    form = pages.form(BASICS)
    url = pages.page(
        "<form action=/login><label>E-mail <input type=email></label><label>Password <input type=password></label>"
        f"<button>Sign in</button></form><a href='#x'>Apply with LinkedIn</a> <a href={form}>{words}</a>",
        path="/choose",
    )

    assert apply(url).outcome is Outcome.SUBMITTED


def test_the_way_to_the_form_may_stand_in_a_frame(pages: Site, apply: Apply) -> None:
    form = pages.form(BASICS)
    pages.page(f"<h2>Engineer</h2><a href={form}>Apply for this job online</a>", path="/inner")
    url = pages.page("<h1>Careers</h1><iframe src=/inner width=700 height=600></iframe>", path="/posting")

    assert apply(url).outcome is Outcome.SUBMITTED


def test_the_form_in_another_tab_is_opened(pages: Site, apply: Apply) -> None:
    form = pages.form(BASICS)
    url = pages.page(f"<h1>Engineer</h1><a href={form} target=_blank>Apply now</a>", path="/posting")

    assert apply(url).outcome is Outcome.SUBMITTED


def test_a_page_that_asks_before_it_is_left_does_not_hold_us_up(pages: Site, apply: Apply) -> None:
    url = pages.form(BASICS + "<script>addEventListener('beforeunload', (e) => e.preventDefault())</script>")

    assert apply(url).outcome is Outcome.SUBMITTED


def test_an_alert_on_submit_does_not_hold_us_up(pages: Site, apply: Apply) -> None:
    url = pages.page(
        f"<form method=post action=/apply enctype=multipart/form-data onsubmit=\"return confirm('Send it?')\">{BASICS}"
        "<button>Submit application</button></form>"
    )

    assert apply(url).outcome is Outcome.SUBMITTED


def test_a_success_dialog_over_the_form_confirms(pages: Site, apply: Apply) -> None:
    url = pages.page(
        f"<form id=f>{BASICS}<button>Submit application</button></form><dialog id=d><p>Thank you for applying!</p></dialog>"
        "<script>f.onsubmit = (e) => { e.preventDefault(); fetch('/apply', {method: 'POST', body: new FormData(f)})"
        ".then(() => d.showModal()) }</script>"
    )
    pages.on_post = lambda sent: Reply(document("ok"))

    result = apply(url)

    assert (result.outcome, result.confirmation) == (Outcome.SUBMITTED, "response")


def test_hostile_labels_and_a_page_too_large_for_a_picture_are_borne(pages: Site, apply: Apply) -> None:
    script = "&lt;script&gt;document.title='had'&lt;/script&gt; \"'};alert(1)// <b>Shoe size</b> *"
    result = apply(
        pages.form(
            BASICS
            + f"<label>{script} <input name=a required></label><label>{'x' * 100_000}<input name=b></label>"
            + f"<label>{'why ' * 25_000}<input name=c></label>"
        )
    )

    assert result.outcome is Outcome.NEEDS_ANSWERS, result.message
    assert [one.label.startswith("<script>") for one in result.questions] == [True]


def test_an_option_is_found_among_thousands(pages: Site, apply: Apply) -> None:
    places = "".join(f"<option>Place {number}" for number in range(5000))
    sent = sent_by(pages, apply, f"<label>Country * <select name=c><option value=''>Select{places}<option>USA</select>")

    assert sent["c"] == "USA"


def test_a_menu_is_chosen_from_that_is_drawn_for_a_list_without_options(pages: Site, apply: Apply) -> None:
    # the list gets its one option when something has been chosen
    menu = (
        "<label>State *</label><div style='position:relative'><select name=state style='position:absolute;opacity:0;width:1px;height:1px'><option value=''></select>"
        "<button type=button aria-haspopup=true>-Select-</button></div>"
        "<div role=menu hidden><div role=menuitem tabindex=0>Ohio</div><div role=menuitem tabindex=0>Texas</div></div>"
        "<script>const [opener, menu, list] = ['[aria-haspopup]', '[role=menu]', '[name=state]'].map((one) => document.querySelector(one));"
        " opener.onclick = () => { menu.hidden = !menu.hidden; };"
        " menu.onclick = ({ target }) => { menu.hidden = true; opener.textContent = target.textContent; list.replaceChildren(new Option(target.textContent)); };</script>"
    )

    assert sent_by(pages, apply, menu)["state"] == "Texas"
