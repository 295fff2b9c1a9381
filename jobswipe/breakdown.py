"""What a request is answered that no view could answer: Django's `handler404` and `handler500`."""

import sys
from http import HTTPStatus

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from psycopg_pool import PoolTimeout

from jobswipe.problems import body_of

RETRY_AFTER = 5  # seconds


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.NOT_FOUND, "not_found", gettext("There is nothing here."))


@csrf_exempt  # it does nothing
def no_address(request: HttpRequest) -> HttpResponse:
    """Answer for an address under REST that is none: with DEBUG Django would show a page of those that are."""
    return not_found(request, Http404())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 with Retry-After where every connection to the database was taken, else 500; the log has the cause."""
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
