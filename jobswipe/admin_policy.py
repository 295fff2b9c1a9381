"""The content security policy of the admin, whose pages are a library's and use scripts that are written into them."""

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = {"script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE], "font-src": [SELF]}


class AdminPolicyMiddleware:
    """Lets the admin's own scripts and styles run, for staff and under /admin/ alone."""

    sync_capable = async_capable = True

    def __init__(self, get_response):  # type: ignore[no-untyped-def]  # both kinds of callables
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest):  # type: ignore[no-untyped-def]
        if iscoroutinefunction(self.get_response):
            return self._later(request)
        return self._relaxed(request, self.get_response(request))

    async def _later(self, request: HttpRequest) -> HttpResponseBase:
        return self._relaxed(request, await self.get_response(request))

    def _relaxed(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            own = getattr(response, "_csp_replace", None) or {}  # django-csp's way
            response._csp_replace = POLICY | own  # type: ignore[attr-defined]
        return response
