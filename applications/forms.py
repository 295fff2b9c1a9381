"""Forms of the deck."""

from django import forms

from applications.models import Swipe


class SwipeForm(forms.Form):
    """A decision as the card's buttons send it."""

    job = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    direction = forms.ChoiceField(choices=Swipe.Direction.choices)
    key = forms.UUIDField()
    again = forms.BooleanField(required=False)
    resume = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    cover_letter = forms.CharField(required=False, max_length=20_000)
    review = forms.BooleanField(required=False)
