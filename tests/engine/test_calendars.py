"""A day that was pressed in a calendar counts when the field says that day; a calendar knows how days are written."""

from datetime import date

import pytest

from automation.engine.forms.filling.calendar import says
from tests.engine.conftest import Apply
from tests.engine.site import Site

DAY = date(2026, 12, 14)


@pytest.mark.parametrize("text", ["2026-12-14", "12/14/2026", "14.12.26", "December 14, 2026", "14 déc. 2026"])
def test_a_field_says_its_day(text: str) -> None:
    assert says(text, DAY)


@pytest.mark.parametrize(
    "text", ["", "Pick a day", "2026-12-15", "12/14/2027", "11/14/2026", "December 15, 2026", "14"]
)
def test_a_field_that_says_another_day_is_not_filled(text: str) -> None:
    assert not says(text, DAY)


BASICS = "<label>E-mail <input name=email></label><label>Resume <input name=cv type=file></label>"
# A field that takes any text, says nothing of how it takes days, and opens a calendar when it is pressed.
OPENS = """
<label for=s>When can you start? *</label><input id=s name=start required autocomplete=off><div id=days hidden></div>
<script>
  const named = (day) => new Date(2026, 11, day).toLocaleDateString('en', { month: 'long', day: 'numeric', year: 'numeric' });
  days.innerHTML = [...Array(31).keys()].map((day) => `<button type=button aria-label="${named(day + 1)}">${day + 1}</button>`).join('');
  s.onclick = () => { days.hidden = false; };
  days.onclick = ({ target }) => { s.value = `12/${target.innerText}/2026`; days.hidden = true; };
</script>"""


def test_a_day_is_pressed_in_the_calendar_that_opens_where_nothing_tells_how_it_is_written(
    pages: Site, apply: Apply
) -> None:
    apply(pages.form(BASICS + OPENS))

    assert [one["start"] for one in pages.sent] == ["12/14/2026"]


@pytest.mark.parametrize(("told", "start"), [("data-date-format=dd.mm.yyyy", "14.12.2026"), ("", "2026-12-14")])
def test_a_day_is_written_as_the_attribute_for_its_calendar_tells(
    told: str, start: str, pages: Site, apply: Apply
) -> None:
    apply(pages.form(f"{BASICS}<label>When can you start? * <input name=start {told} required></label>"))

    assert [one["start"] for one in pages.sent] == [start]


# The days are those of the month, which is chosen behind them: the list is empty until then, and again after each change.
REFILLED = """
<fieldset><legend>When can you start? *</legend><select name=d aria-label=Day required></select>
<select name=m aria-label=Month required><option value="">Month<option value=11>November<option value=12>December</select>
<select name=y aria-label=Year required><option value="">Year<option>2026<option>2027</select></fieldset>
<script>
  const [d, m, y] = ['d', 'm', 'y'].map((one) => document.querySelector(`[name=${one}]`));
  const fill = () => { d.innerHTML = ''; if (!m.value || !y.value) return; setTimeout(() => {
    d.innerHTML = '<option value="">Day' + [...Array(new Date(y.value, m.value, 0).getDate()).keys()].map((day) => `<option>${day + 1}`).join(''); }, 100); };
  m.onchange = y.onchange = fill;
</script>"""


def test_the_day_of_a_date_in_lists_is_chosen_when_its_month_has_brought_it(pages: Site, apply: Apply) -> None:
    apply(pages.form(BASICS + REFILLED))

    assert [(one["d"], one["m"], one["y"]) for one in pages.sent] == [("14", "12", "2026")]
