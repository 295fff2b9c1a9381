"""What a page may load and run (Content-Security-Policy): ours by the settings, the admin's as its library needs."""

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN = {"script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE], "font-src": [SELF]}


class ContentPolicyMiddleware(CSPMiddleware):
    """Has the scripts and styles run that are written into the admin's pages; says nothing of JSON, which runs none."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_data = response.get("Content-Type", "").endswith("json")
        return response if is_data else super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/admin/") and not report_only:
            parts.replace = ADMIN | (parts.replace or {})
        return parts
