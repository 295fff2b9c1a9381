"""Forms about devices."""

from django import forms


class DeviceNameForm(forms.Form):
    name = forms.CharField(max_length=100)
