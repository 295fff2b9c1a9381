"""Errors of REST as problem documents (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.exceptions import PermissionDenied as ApiPermissionDenied
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from jobswipe.problems import Problem, body_of


class BodyTooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = "This is more than is taken at once."


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Render `error` as a problem document (RFC 9457); None lets Django answer 500."""
    if isinstance(error, Problem):
        set_rollback()
        refusal = document(error.status, error.code, error.sentence, **error.details)
        if wait := error.details.get("retry_after"):
            refusal["Retry-After"] = str(wait)
        return refusal
    if isinstance(error, Http404):
        error = NotFound()
    elif isinstance(error, PermissionDenied):
        error = ApiPermissionDenied()
    elif isinstance(error, RequestDataTooBig):
        error = BodyTooLarge()
    if not isinstance(error, APIException):
        return None
    set_rollback()
    if isinstance(error, ValidationError):
        return document(error.status_code, "invalid", "Some fields need another value.", errors=error.detail)
    response = document(error.status_code, error.default_code, str(error.detail))
    if challenge := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response


class Document(Response):
    """JSON also where a view answers in something else: `schema/` speaks YAML."""

    @property
    def rendered_content(self) -> str:
        self["Content-Type"] = "application/problem+json"
        text: bytes = JSONRenderer().render(self.data)
        return text.decode()


def document(status: int, code: str, sentence: str, **more: Any) -> Document:
    """Return the response with `body_of` these."""
    return Document(body_of(status, code, sentence, **more), status=int(status))
