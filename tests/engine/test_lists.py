"""How lists of component libraries are chosen from that offer nothing until one searches, or that are made of anything."""

from typing import Any

import pytest

from automation.engine.result import Outcome
from tests.engine.conftest import Apply
from tests.engine.site import Site

BASICS = "<label>E-mail <input name=email></label><label>Resume <input name=cv type=file></label>"


def sent_by(pages: Site, apply: Apply, controls: str, **task: Any) -> dict[str, Any]:
    result = apply(pages.form(BASICS + controls), **task)
    assert result.outcome is Outcome.SUBMITTED, (result.message, result.questions)
    [sent] = pages.sent
    return sent


# A list whose search stands in what it opens, as select2 draws it: it says nothing before three letters are typed.
SEARCHED_WITHIN = """
<label id=l>School attended</label><div><span id=box role=combobox tabindex=0 aria-haspopup=listbox aria-expanded=false
 aria-labelledby="l said" style="display:block;width:300px;height:30px"><span id=said>Search your school</span></span></div><input type=hidden name=school>
<div id=popup hidden style="position:absolute;width:300px;background:#fff"><input id=search type=search role=searchbox aria-controls=found>
<ul id=found role=listbox><li role=alert>Please enter 3 or more characters</ul></div>
<script>
  box.onclick = () => { popup.hidden = false; box.ariaExpanded = 'true'; box.setAttribute('aria-owns', 'found'); search.focus(); };
  let latest;
  search.oninput = () => {
    if (search.value.length < 3) return;
    clearTimeout(latest);
    found.innerHTML = '<li role=option aria-disabled=true>Searching…</ul>';
    latest = setTimeout(() => { found.innerHTML = ['UT Arlington', 'UT Austin'].filter((one) => one.toLowerCase().includes(search.value.toLowerCase()))
      .map((one) => `<li role=option aria-selected=false>${one}`).join('') || '<li role=alert>No results found'; }, AFTER);
  };
  found.onmouseup = ({ target }) => { document.querySelector('[name=school]').value = said.textContent = target.textContent; popup.hidden = true; box.ariaExpanded = 'false'; };
</script>"""


@pytest.mark.parametrize("after", ["300", "1500"])
def test_a_list_is_searched_where_its_box_for_that_comes_up_with_it(after: str, pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, SEARCHED_WITHIN.replace("AFTER", after))["school"] == "UT Austin"


# A box that says nothing while it is asked elsewhere for what is typed.
ANSWERED_LATE = """
<label for=s>School *</label><div><input id=s role=combobox aria-autocomplete=list aria-expanded=false aria-controls=found autocomplete=off></div>
<input type=hidden name=school><ul id=found role=listbox hidden style="width:200px;min-height:30px"></ul>
<script>
  let latest;
  s.oninput = () => {
    clearTimeout(latest);
    if (s.value) latest = setTimeout(() => { found.innerHTML = '<li role=option>UT Austin'; found.hidden = false; s.ariaExpanded = 'true'; }, 1800);
  };
  found.onmousedown = () => { s.value = document.querySelector('[name=school]').value = 'UT Austin'; found.hidden = true; s.ariaExpanded = 'false'; };
</script>"""


def test_a_search_that_is_answered_late_is_waited_for(pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, ANSWERED_LATE)["school"] == "UT Austin"


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ("<option value=Texas><option value=Ohio>", "Texas"),
        ("<option value=44>Texas</option><option value=35>Ohio</option>", "44"),
        ("<option value=Bavaria><option value=Hesse>", "TX"),
    ],
)
def test_a_text_is_given_in_the_words_that_are_suggested_for_it(
    options: str, sent: str, pages: Site, apply: Apply
) -> None:
    control = f"<label>State * <input name=state list=states required></label><datalist id=states>{options}</datalist>"

    assert sent_by(pages, apply, control)["state"] == sent


def test_what_is_only_suggested_is_not_all_that_may_be_answered(pages: Site, apply: Apply) -> None:
    control = (
        "<label>Favourite river * <input list=rivers required></label><datalist id=rivers><option>Rhine</datalist>"
    )

    result = apply(pages.form(BASICS + control))

    assert [(one.label, one.options) for one in result.questions] == [("Favourite river", [])]


# An element of a library as Ionic draws its lists: its options are its children, and its button opens a dialog of them.
OPENS_DIALOG = """
<script>
  customElements.define('x-select', class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: 'open' }).innerHTML = `<label style="display:block;height:40px">${this.getAttribute('label')} <b aria-hidden=true></b><button type=button aria-haspopup=dialog
        aria-expanded=false aria-label="${this.getAttribute('label')}" style="width:200px;height:40px;opacity:0"></button></label>`;
      const [text, button] = ['b', 'button'].map((one) => this.shadowRoot.querySelector(one));
      const several = this.hasAttribute('multiple');
      const [role, sent] = [several ? 'checkbox' : 'radio', document.querySelector(`[name=${this.id}]`)];
      const options = () => [...this.children];
      const take = (chosen) => {
        [this.value, sent.value] = [chosen.map((one) => one.value), chosen.map((one) => one.value).join()];
        text.textContent = chosen.map((one) => one.textContent).join(', ');
        button.ariaLabel = `${text.textContent}, ${this.getAttribute('label')}`;
        shown.remove();
        button.ariaExpanded = 'false';
      };
      let shown;
      button.onclick = () => {
        button.ariaExpanded = 'true';
        document.body.insertAdjacentHTML('beforeend', `<div role=alertdialog aria-modal=true style="position:fixed;top:0;width:300px;background:#fff">
          ${options().map((one) => `<button type=button role=${role} aria-checked=false>${one.textContent}</button>`).join('')}
          ${HAS_OK ? '<button type=button class=no>Cancel</button><button type=button class=ok>OK</button>' : ''}</div>`);
        shown = document.body.lastElementChild;
        const rows = [...shown.querySelectorAll('[role]')];
        const on = () => options().filter((_, number) => rows[number].ariaChecked === 'true');
        rows.forEach((one) => { one.onclick = () => { rows.forEach((row) => { if (!several) row.ariaChecked = 'false'; }); one.ariaChecked = 'true'; if (!HAS_OK) take(on()); }; });
        if (HAS_OK) [shown.querySelector('.ok').onclick, shown.querySelector('.no').onclick] = [() => take(on()), () => take([])];
      };
    }
  });
  customElements.define('x-option', class extends HTMLElement { get value() { return this.getAttribute('value'); } });
</script>
<input type=hidden name=edu><x-select id=edu label="Highest level of education *"><x-option role=option value=a>High school</x-option><x-option role=option value=b>Bachelor's degree</x-option></x-select>
<input type=hidden name=say><x-select id=say label="Languages you speak" MULTIPLE><x-option role=option value=en>English</x-option><x-option role=option value=fr>French</x-option><x-option role=option value=es>Spanish</x-option></x-select>"""


def test_a_dialog_of_choices_that_a_button_opens_is_a_list(pages: Site, apply: Apply) -> None:
    sent = sent_by(pages, apply, OPENS_DIALOG.replace("HAS_OK", "true").replace("MULTIPLE", "multiple"))

    assert (sent["edu"], sent["say"]) == ("b", "en,es")


def test_a_dialog_of_choices_may_close_with_the_first_that_is_made(pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + OPENS_DIALOG.replace("HAS_OK", "false").replace("MULTIPLE", "")))

    assert (pages.sent[0]["edu"], [one.value for one in result.fields][2:]) == ("b", ["Bachelor's degree", ""])


# As UI5 draws it: what it names as its list is what pops up around that, and the key for down chooses while it is closed.
CHOOSES_BY_KEY = """
<label for=c>LABEL</label><div><input id=c name=c role=combobox aria-haspopup=dialog aria-expanded=false aria-autocomplete=both aria-controls=pop autocomplete=off></div>
<x-pop id=pop style="display:none;position:absolute;width:300px;background:#fff"><template shadowrootmode=open><div><slot></slot></div></template><ul role=listbox></ul></x-pop>
<script>
  const [pop, list, all] = [document.querySelector('#pop'), document.querySelector('#pop ul'), OPTIONS];
  const hint = '<i style="position:absolute;clip:rect(1px,1px,1px,1px);font-size:0">Not Selected</i>';
  const show = (labels) => { pop.style.display = labels.length ? 'block' : 'none'; c.ariaExpanded = String(labels.length > 0);
    list.innerHTML = labels.map((one) => `<x-li></x-li>`).join('');
    [...list.children].forEach((one, number) => { one.textContent = labels[number]; one.attachShadow({ mode: 'open' }).innerHTML = `<li role=option><slot></slot>${hint}</li>`;
      one.onclick = () => { c.value = labels[number]; show([]); }; }); };
  c.onkeydown = ({ key }) => { if (key === 'ArrowDown' && !c.value) c.value = all[0]; };
  c.oninput = () => show(all.filter((one) => c.value && one.toLowerCase().startsWith(c.value.toLowerCase())));
</script>"""


def test_a_list_that_stands_in_what_pops_up_around_it_is_chosen_from(pages: Site, apply: Apply) -> None:
    controls = CHOOSES_BY_KEY.replace("LABEL", "Country *")
    options = "['Austria', 'United States', 'United States Minor Outlying Islands']"

    assert sent_by(pages, apply, controls.replace("OPTIONS", options))["c"] == "United States"


def test_what_the_key_that_opens_a_list_has_chosen_is_nobody_s_answer(pages: Site, apply: Apply) -> None:
    controls = CHOOSES_BY_KEY.replace("LABEL", "Gender").replace("OPTIONS", "['Male', 'Female']")

    assert sent_by(pages, apply, controls)["c"] == ""


# In a shadow root within another; left for longer than a moment it drops what was only typed, as that of SmartRecruiters does.
LEFT_IN_A_SHADOW = """
<x-outer></x-outer><input type=hidden name=city><script>
  const nested = (name, html, then) => customElements.define(name, class extends HTMLElement { connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = html; then?.(this.shadowRoot); } });
  nested('x-inner', `<label for=i>City *</label><input id=i role=combobox aria-autocomplete=list aria-controls=l aria-expanded=false autocomplete=off>
    <div id=l role=listbox hidden style="width:300px"></div>`, (root) => {
    const [i, l] = ['#i', '#l'].map((one) => root.querySelector(one));
    const show = (is) => { l.hidden = !is; i.ariaExpanded = String(is); };
    i.oninput = () => setTimeout(() => { l.innerHTML = ['Austin, Minnesota', 'Austin, Texas'].filter((one) => i.value.length > 2 && one.startsWith(i.value)).map((one) => `<div role=option>${one}</div>`).join(''); show(true); }, 400);
    i.onblur = () => setTimeout(() => { if (!document.querySelector('[name=city]').value) { i.value = ''; l.innerHTML = ''; } }, 200);
    l.onmousedown = (event) => { event.preventDefault(); document.querySelector('[name=city]').value = i.value = event.target.textContent; show(false); };
  });
  nested('x-outer', '<x-inner></x-inner>');
</script>"""


def test_a_box_in_a_shadow_keeps_the_focus_while_one_types(pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, LEFT_IN_A_SHADOW)["city"] == "Austin, Texas"


# As select2 drew them before its version 4: a list that is put away behind its box, and a box for a value that is no list's.
OLD = """
<fieldset><legend>Education</legend><div><label for=deg>Degree *</label> <div class=select2-container style="width:320px;height:28px"><a href="javascript:void(0)" class="select2-choice select2-default" tabindex=-1>
 <span class=select2-chosen id=c1>&nbsp;</span></a><label for=f1 style="position:absolute;width:1px;height:1px;overflow:hidden">Degree *</label>
 <input id=f1 class=select2-focusser aria-haspopup=true role=button aria-labelledby=c1 style="position:absolute;width:1px;height:1px;clip:rect(0,0,0,0)"></div>
 <select id=deg name=deg required style="display:none"><option value=""></option><option>High School</option><option>Bachelor's Degree</option></select></div>
<div><label>End date *</label><input name=month aria-label="Education End Month" placeholder=MM><input name=year aria-label="Education End Year" placeholder=YYYY aria-required=true></div></fieldset>
<div><label for=sch>School *</label> <div class=select2-container id=box style="width:320px;height:28px"><a href="javascript:void(0)" class="select2-choice select2-default" tabindex=-1>
 <span class=select2-chosen id=c2>Select a School</span></a><label for=f2 style="position:absolute;width:1px;height:1px;overflow:hidden">School *</label>
 <input id=f2 class=select2-focusser aria-haspopup=true role=button aria-labelledby=c2 style="position:absolute;width:1px;height:1px;clip:rect(0,0,0,0)"></div>
 <input type=hidden id=sch name=sch></div>
<div id=drop hidden style="position:absolute;width:320px;background:#fff"><input id=search role=combobox aria-autocomplete=list aria-owns=found><ul id=found role=listbox><li>Please enter 2 or more characters</ul></div>
<script>
  box.onmousedown = (event) => { event.preventDefault(); drop.hidden = false; search.focus(); };
  search.oninput = () => setTimeout(() => { found.innerHTML = ['UT Arlington', 'UT Austin'].filter((one) => one.includes(search.value)).map((one) => `<li role=presentation><div role=option>${one}</div>`).join(''); }, 250);
  found.onmouseup = ({ target }) => { sch.value = c2.textContent = target.textContent; box.firstChild.classList.remove('select2-default'); drop.hidden = true; };
</script>"""


def test_lists_that_an_old_library_draws_are_chosen_from(pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + OLD))

    assert [(one["deg"], one["year"], one["sch"]) for one in pages.sent] == [
        ("Bachelor's Degree", "2016", "UT Austin")
    ], result.questions
    assert [(one.label, one.required) for one in result.fields][2::3] == [("Degree", True), ("School", True)]


# A list that nothing tells of, below a box that keeps what is typed; only the form's refusal says that it was to be used.
SUGGESTS = """
<div><label for=place>Location (City) *</label><input id=place name=place autocomplete=off><input type=hidden name=lat></div>
<script>
  place.oninput = () => { document.querySelector('.ahead')?.remove(); lat().value = '';
    setTimeout(() => { document.querySelector('.ahead')?.remove(); place.insertAdjacentHTML('afterend', '<ul class=ahead><li><a href=#>Austin, Minnesota</a><li><a href=#>Austin, Texas</a></ul>');
      document.querySelector('.ahead').onmousedown = (event) => { event.preventDefault(); place.value = event.target.textContent; lat().value = '1'; document.querySelector('.ahead').remove(); }; }, 50); };
  const lat = () => document.querySelector('[name=lat]');
  document.forms[0].onsubmit = (event) => { if (lat().value) return; event.preventDefault();
    place.insertAdjacentHTML('afterend', '<span class=error-message>Please select a location from the list.</span>'); };
</script>"""


@pytest.mark.parametrize("after", [0, 50])  # milliseconds: also before what was typed first is gone from the page
def test_a_text_that_is_refused_for_not_being_of_the_list_is_chosen_from_it(
    pages: Site, apply: Apply, after: int
) -> None:
    assert sent_by(pages, apply, SUGGESTS.replace("50)", f"{after})"))["place"] == "Austin, Texas"


# The options are children of the field; what draws them are elements within elements, and their list is no list of options.
NESTED = """
<input type=hidden name=degree><x-sel><x-opt>High school</x-opt><x-opt>Bachelor's degree</x-opt></x-sel>
<script>
  const drawn = (name, html, then) => customElements.define(name, class extends HTMLElement { connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = html; then?.(this.shadowRoot, this); } });
  drawn('x-pop', '<section role=dialog aria-modal=true style="width:200px"><slot></slot></section>');
  drawn('x-list', '<ul role=list><slot></slot></ul>');
  drawn('x-opt', '<li role=option><slot></slot></li>');
  drawn('x-sel', `<label id=l>Highest degree *</label><div role=combobox aria-labelledby=l aria-haspopup=listbox aria-expanded=false aria-required=true tabindex=0
    style="width:200px;height:30px"></div><x-pop hidden><x-list><slot></slot></x-list></x-pop>`, (root, host) => {
    const [box, pop] = ['[role=combobox]', 'x-pop'].map((one) => root.querySelector(one));
    const show = (is) => { pop.hidden = !is; box.ariaExpanded = String(is); };
    box.onclick = () => show(pop.hidden);
    host.querySelectorAll('x-opt').forEach((one) => { one.onclick = () => { box.textContent = document.querySelector('[name=degree]').value = one.textContent; show(false); }; });
  });
</script>"""


def test_options_that_are_drawn_by_elements_within_elements_are_chosen_from(pages: Site, apply: Apply) -> None:
    assert sent_by(pages, apply, NESTED)["degree"] == "Bachelor's degree"


# A menu of radio buttons, closed: its button has the question's label, and shows what is chosen.
OF_RADIOS = """
<label for=b>Highest degree *</label> <button type=button id=b aria-haspopup=true aria-expanded=false aria-controls=m>Please select</button>
<div id=m HOW hidden><label><input type=radio name=degree value=h required>High school</label><label><input type=radio name=degree value=b>Bachelor's degree</label></div>
<script>
  b.onclick = () => { m.hidden = !m.hidden; b.ariaExpanded = String(!m.hidden); };
  m.onchange = ({ target }) => { b.textContent = target.parentElement.textContent; b.click(); };
</script>"""


@pytest.mark.parametrize("how", ["class=menu", "role=menu", ""])
def test_a_closed_menu_of_radio_buttons_is_a_list(how: str, pages: Site, apply: Apply) -> None:
    result = apply(pages.form(BASICS + OF_RADIOS.replace("HOW", how)))

    assert [one["degree"] for one in pages.sent] == ["b"], "\n".join(map(str, [*result.questions, *result.fields]))
