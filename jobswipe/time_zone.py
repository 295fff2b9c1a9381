"""Times in the zone of whoever looks: the browser names it in a cookie (`static/js/app.js`)."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

COOKIE = "zone"
ZONES = frozenset(available_timezones())


def in_the_persons_zone(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Have pages show times in the zone that the browser named; UTC, as on the first page, without one."""

    def respond(request: HttpRequest) -> HttpResponse:
        name = request.COOKIES.get(COOKIE, "")
        with timezone.override(ZoneInfo(name) if name in ZONES else None):
            return get_response(request)

    return respond
