"""Is this process fit to serve, and is everything there that the product needs?"""

import logging
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from automation.models import Pulse
from automation.operations import pulses
from jobswipe.checks import database_answers, roles

logger = logging.getLogger(__name__)

OK, AWAY, SILENT, UNKNOWN = "ok", "away", "silent", "unknown"


def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers; without it there is nothing to serve."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when all parts are there, else 503: `{"database": "ok", "broker": "away", "beat": "silent", …}`.

    For who watches over the whole. A balancer asks `/healthz`: a web process serves without Redis and without workers.
    """
    has_database = not database_answers()
    parts = {"database": OK if has_database else AWAY} | {
        role: AWAY if error else OK for role, error in roles().items()
    }
    parts |= _processes() if has_database else {kind.value: UNKNOWN for kind in Pulse.Kind}
    is_whole = set(parts.values()) == {OK}
    if not is_whole:
        logger.info("Not ready: %s", ", ".join(f"{name} {state}" for name, state in parts.items() if state != OK))
    return JsonResponse(parts, status=HTTPStatus.OK if is_whole else HTTPStatus.SERVICE_UNAVAILABLE)


def _processes() -> dict[str, str]:
    alive_now = pulses.alive()
    return {kind.value: OK if kind in alive_now else SILENT for kind in Pulse.Kind}
