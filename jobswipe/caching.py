"""Who may keep an answer: what nobody has thought about is personal, and kept by nobody.

public      the same for all, whoever asks: by `same_for_all`, and the static files. A CDN may keep it
private     everything else: pages, REST, files of people
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag

PERSONAL = "private, no-store"
WEEK = 7 * 86_400  # seconds for which a CDN may show what it has while it fetches what is new
View = Callable[..., HttpResponse]


def same_for_all(seconds: int) -> Callable[[View], View]:
    """Have an answer kept by anybody for so long, and after that asked for by its ETag."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            answer = view(request, *args, **kwargs)
            patch_cache_control(answer, public=True, max_age=seconds, stale_while_revalidate=WEEK)
            set_response_etag(answer)
            kept: HttpResponse | None = get_conditional_response(request, etag=answer["ETag"], response=answer)
            return kept or answer

        return answered

    return decorate


def by_class(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say of every answer who may keep it. Outside of whatever sets a cookie or names what an answer varies by."""

    def respond(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        is_public = "public" in answer.get("Cache-Control", "")
        if is_public and answer.cookies:
            answer["Cache-Control"] = PERSONAL
        elif is_public:
            _is_one(answer)
        elif "Cache-Control" not in answer:
            answer["Cache-Control"] = PERSONAL
        return answer

    return respond


def _is_one(answer: HttpResponse) -> None:
    """Let a cache keep one for all people and languages: what is public differs by its compression at most."""
    varies = [name for name in answer.get("Vary", "").split(", ") if name == "Accept-Encoding"]
    del answer["Vary"]
    if varies:
        answer["Vary"] = varies[0]
