"""Every write that a person makes: which browsers hear of news, and of which."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.functions import Now
from django.utils.translation import gettext

from accounts.models import User
from jobswipe.problems import InvalidInput
from notifications.models import Subscription, Wishes

MOST_BROWSERS = 20


def wishes_of(user: User) -> Wishes:
    """Return what the person wants to hear of."""
    return Wishes.objects.get_or_create(user=user)[0]


def subscribe(*, user: User, endpoint: str, p256dh: str, auth: str, name: str) -> Subscription:
    """Let a browser hear of this person's news, and of nobody else's any more.

    Raises InvalidInput for an address that is no push service's: we would send requests to it.
    """
    if not is_push_service(endpoint):
        raise InvalidInput(gettext("Your browser's push service is not one that we know. E-mail works all the same."))
    subscription, _ = Subscription.objects.update_or_create(
        endpoint=endpoint, defaults={"user": user, "p256dh": p256dh, "auth": auth, "name": name[:100]}
    )
    kept = user.push_subscriptions.order_by("-id").values_list("pk", flat=True)[:MOST_BROWSERS]
    user.push_subscriptions.exclude(pk__in=list(kept)).delete()
    return subscription


def is_push_service(endpoint: str) -> bool:
    """Say whether an address belongs to one of the push services in PUSH_SERVICES; https but for our own machine."""
    try:
        address = urlsplit(endpoint)
        host = address.hostname or ""
        local = host == "127.0.0.1" and address.scheme == "http"
    except ValueError:
        return False
    known = any(host == one.lstrip(".") or (one[0] == "." and host.endswith(one)) for one in settings.PUSH_SERVICES)
    return known and (local or (address.scheme == "https" and address.port in {None, 443})) and not address.username


def unsubscribe(*, user: User, endpoint: str = "", pk: int | None = None) -> int:
    """Send no more to a browser, known by its address or its number; return how many that were."""
    which = {"pk": pk} if pk is not None else {"endpoint": endpoint}
    return user.push_subscriptions.filter(**which).delete()[1].get("notifications.Subscription", 0)


def decline_offer(*, user: User) -> None:
    """Note that the person does not want to be asked again."""
    wishes_of(user)
    Wishes.objects.filter(user=user).update(declined_at=Now())
