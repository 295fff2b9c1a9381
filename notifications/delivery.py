"""How news gets out: planned from the feed in one transaction, then sent outside of any, until it has arrived.

Each person's `Wishes.seen_seq` says how far their feed was looked at; moving it and writing the deliveries is one
transaction. So a lost hint, a crash or a restart of Redis loses nothing: the next look finds what is due. A crash
right after a message has left sends it once more, and its tag lets the second replace the first on the screen.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from http import HTTPStatus
from smtplib import SMTPException

import requests
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from pywebpush import WebPushException, webpush

from applications.models import Event, EventCounter
from applications.states import Status
from jobswipe import rows
from notifications import vapid
from notifications.models import Delivery, Kind, Subscription, Wishes
from notifications.news import kind_of, message_of
from notifications.services import is_push_service

logger = logging.getLogger(__name__)

PEOPLE = 200  # looked at in one go
EVENTS = 200  # of one person in one go
BATCH = 50  # deliveries in one go
STALE = timedelta(hours=24)  # older news is none: nobody is called at night for last week
CLAIM = timedelta(seconds=60)  # how long a sender may take
WAITS = (60, 300, 1500, 3600)  # seconds after the first, second, … failure; after the last one it is given up
PATIENCE = 5  # seconds for a push service to answer
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def deliver() -> int:
    """Plan what is new and send what is due; return how much has arrived. Safe to run anywhere, at any time, twice."""
    plan()
    return send_due()


# ---------------------------------------------------------------- planning


def plan(limit: int = PEOPLE) -> None:
    """Write down what has to reach whom, for the people whose feeds have grown: all of them at once."""
    _begin_with_new_people(limit)
    with transaction.atomic():
        _look_at(_behind(limit))
    # Later, and of those alone whom nobody writes of now: their next swipe waits for nothing here.
    rows.run(LOOKED_AT, [limit])


def find_unmarked() -> None:
    """Mark the counters that have news and do not say so: processes of a version that marks none write some."""
    unseen = EventCounter.objects.filter(has_news=False, last_seq__gt=F("user__notification_wishes__seen_seq"))
    unseen.update(has_news=True)


SEEN = """
UPDATE notifications_wishes AS wishes SET seen_seq = seen.seq
FROM unnest(%b::bigint[], %b::bigint[]) AS seen (user_id, seq) WHERE wishes.user_id = seen.user_id
"""
LOOKED_AT = """
UPDATE applications_eventcounter AS counter SET has_news = false
FROM (
    SELECT user_id FROM applications_eventcounter counter JOIN notifications_wishes USING (user_id)
    WHERE has_news AND last_seq <= seen_seq ORDER BY user_id LIMIT %b FOR UPDATE OF counter SKIP LOCKED
) AS seen
WHERE counter.user_id = seen.user_id
"""


def _begin_with_new_people(limit: int) -> None:
    """Give people with a feed the wishes that everybody has at first."""
    new = EventCounter.objects.filter(has_news=True, user__notification_wishes=None).values_list("user_id", flat=True)
    Wishes.objects.bulk_create([Wishes(user_id=user_id) for user_id in new[:limit]], ignore_conflicts=True)


def _behind(limit: int) -> list[tuple[Wishes, int]]:
    """Lock the wishes of people whose feeds have grown, each with the number up to which it is looked at now.

    Those that another process is at are left to it.
    """
    numbered = Wishes.objects.annotate(newest=F("user__event_counter__last_seq"))
    grown = numbered.filter(user__event_counter__has_news=True, newest__gt=F("seen_seq"))
    free = grown.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    return [(wishes, min(wishes.newest, wishes.seen_seq + EVENTS)) for wishes in free[:limit]]


def _look_at(behind: Sequence[tuple[Wishes, int]]) -> None:
    wishes_of = {wishes.pk: wishes for wishes, _ in behind}
    seen = {wishes.pk: seq for wishes, seq in behind}
    if not seen:
        return
    browsers_of = _browsers(list(seen))
    due = [
        delivery
        for event in _unseen(list(seen))
        if event.seq <= seen[event.user_id] and (kind := kind_of(event))
        for delivery in _deliveries(
            wishes_of[event.user_id],
            browsers_of[event.user_id],
            Delivery(user_id=event.user_id, event=event, kind=kind),
        )
    ]
    Delivery.objects.bulk_create(due, ignore_conflicts=True)
    rows.run(SEEN, [list(seen), list(seen.values())])


def _browsers(people: list[int]) -> dict[int, list[Subscription]]:
    browsers: dict[int, list[Subscription]] = defaultdict(list)
    for browser in Subscription.objects.filter(user__in=people) if vapid.public_key() else []:
        browsers[browser.user_id].append(browser)
    return browsers


def _unseen(people: list[int]) -> QuerySet[Event]:
    """Return the next events of each that nobody has looked at, and that are not too old to be told."""
    since = F("user__notification_wishes__seen_seq")
    unseen = Event.objects.filter(user__in=people, seq__gt=since, seq__lte=since + EVENTS)
    return unseen.filter(at__gt=timezone.now() - STALE).order_by("user_id", "seq")


def _deliveries(wishes: Wishes, browsers: Sequence[Subscription], one: Delivery) -> Iterable[Delivery]:
    """By push to each browser if this kind is wished for; what needs the person goes by e-mail if no browser hears."""
    if getattr(wishes, one.kind) and browsers:
        yield from (Delivery(user_id=one.user_id, event=one.event, kind=one.kind, subscription=it) for it in browsers)
    elif one.kind == Kind.NEEDS_YOU and wishes.email_needs_you:
        yield one


# ---------------------------------------------------------------- sending


def send_due(limit: int = BATCH) -> int:
    """Send what is due. No transaction is open while anything is sent."""
    claimed = _claim(limit)
    mails: dict[int, list[Delivery]] = defaultdict(list)
    arrived = 0
    for delivery in claimed:
        if _is_stale(delivery):
            delivery.delete()
        elif delivery.subscription is None:
            mails[delivery.user_id].append(delivery)
        else:
            arrived += _push(delivery, delivery.subscription)
    return arrived + sum(_mail(deliveries) for deliveries in mails.values())


def _claim(limit: int) -> list[Delivery]:
    """Take due deliveries for a minute, raising their tries: a sender that dies leaves them to the next look."""
    with transaction.atomic():
        due = Delivery.objects.select_for_update(skip_locked=True).filter(due_at__lte=Now()).order_by("due_at", "id")
        taken = list(due.values_list("pk", flat=True)[:limit])
        Delivery.objects.filter(pk__in=taken).update(due_at=Now() + CLAIM, tries=F("tries") + 1)
    wanted = Delivery.objects.filter(pk__in=taken).order_by("event_id", "id")
    return list(wanted.select_related("user", "subscription", "event__application__snapshot"))


def _needs_them_still(event: Event) -> bool:
    application = event.application
    if event.type == Event.Type.STEP:  # a device waits for its person, and says so on the application
        return application.status == Status.PROCESSING and application.message == event.data["message"]
    return application.status == Status.REVIEW


def _is_stale(delivery: Delivery) -> bool:
    """Say whether it is too late: a day has gone, or what needed the person does not any more."""
    over = delivery.kind == Kind.NEEDS_YOU and not _needs_them_still(delivery.event)
    return over or delivery.event.at < timezone.now() - STALE


def _push(delivery: Delivery, subscription: Subscription) -> bool:
    """Send one message to one browser; a browser that is gone is forgotten."""
    if not is_push_service(subscription.endpoint):
        subscription.delete()
        return False
    try:
        _post(subscription, message_of(delivery.event, Kind(delivery.kind)))
    except WebPushException as error:
        status = getattr(error.response, "status_code", None)
        if status in GONE:
            subscription.delete()
            logger.info("Subscription %s is gone and forgotten", subscription.pk)
        else:
            _put_off(delivery, f"the push service answered {status}")
        return False
    except (requests.RequestException, ValueError) as error:  # ValueError: keys that are none
        _put_off(delivery, str(error))
        return False
    delivery.delete()
    return True


def _post(subscription: Subscription, message: dict[str, object]) -> None:
    with requests.Session() as session:
        session.max_redirects = 0  # it was the address that was checked
        webpush(
            {"endpoint": subscription.endpoint, "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth}},
            json.dumps(message),
            vapid_private_key=vapid.signer(),
            vapid_claims={"sub": settings.VAPID_SUBJECT},
            ttl=int(STALE.total_seconds()),
            timeout=PATIENCE,
            headers={"Urgency": "high" if message["title"].startswith("Needs") else "normal"},  # type: ignore[attr-defined]
            requests_session=session,
        )


def _mail(deliveries: Sequence[Delivery]) -> int:
    """Write one e-mail of all that needs the person; return how many deliveries have arrived by it."""
    user = deliveries[0].user
    lines = [message_of(one.event, Kind.NEEDS_YOU) for one in deliveries]
    subject = lines[0]["title"] if len(lines) == 1 else f"{len(lines)} applications need you"
    told = "\n\n".join(f"{one['title']}\n{one['body']}\n{settings.SITE_URL}{one['url']}" for one in lines)
    ways = (
        f"All that waits for you: {settings.SITE_URL}/needs-you\nWhat you hear of: {settings.SITE_URL}/notifications\n"
    )
    try:
        if user.is_active:
            send_mail(subject, f"{told}\n\n{ways}", None, [user.email])
    except (SMTPException, OSError) as error:
        for one in deliveries:
            _put_off(one, str(error))
        return 0
    Delivery.objects.filter(pk__in=[one.pk for one in deliveries]).delete()
    return len(deliveries)


def _put_off(delivery: Delivery, reason: str) -> None:
    """Try again later, or not at all after the last try."""
    if delivery.tries > len(WAITS):
        logger.warning("Delivery %s to user %s is given up: %s", delivery.pk, delivery.user_id, reason)
        delivery.delete()
        return
    logger.info("Delivery %s is put off: %s", delivery.pk, reason)
    wait = timedelta(seconds=WAITS[delivery.tries - 1])
    Delivery.objects.filter(Q(pk=delivery.pk)).update(due_at=Now() + wait)
