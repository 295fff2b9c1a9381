"""What a request is answered when its view broke down: Django's `handler500`. The cause is in the log by then."""

import sys
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from psycopg_pool import PoolTimeout

from jobswipe.problems import body_of

RETRY_AFTER = 5  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 with Retry-After where every connection to the database was taken, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError) and isinstance(error.__cause__, PoolTimeout):
        sentence = gettext("More people ask than we can answer just now. Try again in a moment.")
        response = _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, "busy", sentence)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    sentence = gettext("Something broke on our side. It has been noted; try again later.")
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "server_error", sentence)


def _answer(request: HttpRequest, status: HTTPStatus, code: str, sentence: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = body_of(status, code, sentence)
        return JsonResponse(body, status=status, content_type="application/problem+json")
    return HttpResponse(render_to_string(f"{status:d}.html"), status=status)
