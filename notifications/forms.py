"""What a person wants to hear of, and a browser's subscription as the page sends it."""

from django import forms

from notifications.models import Wishes

BASE64URL = r"^[\w-]+={0,2}$"


class WishesForm(forms.ModelForm[Wishes]):
    class Meta:
        model = Wishes
        fields = ["queued", "needs_you", "applied", "failed", "email_needs_you"]


class SubscriptionForm(forms.Form):
    """A PushSubscription: 65 bytes of key and 16 of secret, base64url."""

    endpoint = forms.CharField(max_length=2000)
    p256dh = forms.RegexField(BASE64URL, min_length=86, max_length=90)
    auth = forms.RegexField(BASE64URL, min_length=20, max_length=28)
