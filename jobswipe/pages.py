"""What the HTML views of all apps share."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from jobswipe.problems import Problem

View = Callable[..., HttpResponse]


def person(request: HttpRequest) -> User:
    """Return who looks at the page; `personal` views let nobody else in."""
    return cast(User, request.user)


def personal(view: View) -> View:
    """Let signed-in people in, and turn a Problem into its sentence on the page they came from."""

    @login_required
    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Problem as problem:
            if problem.status == HTTPStatus.NOT_FOUND:
                raise Http404(problem.sentence) from problem
            messages.error(request, problem.sentence)
            return back(request)

    return told


def back(request: HttpRequest, otherwise: str = "applications:deck") -> HttpResponseRedirect:
    """Return to the page that sent this form, if it is one of ours."""
    origin = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(origin, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(origin)
    return redirect(otherwise)
