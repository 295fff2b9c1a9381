"""A day that was pressed in a calendar counts when the field says that day."""

from datetime import date

import pytest

from automation.engine.forms.filling.calendar import says

DAY = date(2026, 12, 14)


@pytest.mark.parametrize("text", ["2026-12-14", "12/14/2026", "14.12.26", "December 14, 2026", "14 déc. 2026"])
def test_a_field_says_its_day(text: str) -> None:
    assert says(text, DAY)


@pytest.mark.parametrize(
    "text", ["", "Pick a day", "2026-12-15", "12/14/2027", "11/14/2026", "December 15, 2026", "14"]
)
def test_a_field_that_says_another_day_is_not_filled(text: str) -> None:
    assert not says(text, DAY)
