"""What the HTML views of all apps share."""

from collections.abc import AsyncIterator, Callable
from functools import wraps
from http import HTTPStatus
from typing import IO, Any, cast

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme

from accounts.models import User
from jobswipe.problems import Problem

View = Callable[..., HttpResponseBase]
PIECE = 256 * 1024  # bytes of a stream at a time


def person(request: HttpRequest) -> User:
    """Return who looks at the page; `personal` views let nobody else in."""
    return cast(User, request.user)


def personal(view: View) -> View:
    """Let signed-in people in, and turn a Problem into its sentence on the page they came from."""

    @login_required
    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Problem as problem:
            if problem.status == HTTPStatus.NOT_FOUND:
                raise Http404(problem.sentence) from problem
            messages.error(request, problem.sentence)
            return back(request)

    return told


def private_file(file: FieldFile, *, content_type: str, name: str, as_attachment: bool) -> HttpResponse:
    """Send a person's file: kept by no cache, guessed at by no browser, and powerless if it is opened as a page.

    Read whole: these files are a few megabytes at most, and under ASGI a file is no asynchronous iterator.
    """
    with file.open() as content:
        return private_bytes(content.read(), content_type=content_type, name=name, as_attachment=as_attachment)


def private_bytes(body: bytes, *, content_type: str, name: str, as_attachment: bool) -> HttpResponse:
    """Send what was made for one person, with the same care."""
    return HttpResponse(
        body,
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment, name) or "inline",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


def private_stream(content: IO[bytes], *, content_type: str, name: str) -> StreamingHttpResponse:
    """Send a large file that was made for one person, piece by piece, and close it."""
    return StreamingHttpResponse(
        _pieces(content),
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "Cache-Control": "private, no-store",
        },
    )


async def _pieces(content: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while piece := await sync_to_async(content.read)(PIECE):
            yield piece
    finally:
        content.close()


def back(request: HttpRequest, otherwise: str = "applications:deck") -> HttpResponseRedirect:
    """Return to the page that sent this form, if it is one of ours."""
    origin = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(origin, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(origin)
    return redirect(otherwise)
