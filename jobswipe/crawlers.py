"""What search engines are told: the pages for everybody may be found, those of people are none of their business."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from jobswipe.caching import same_for_all

OPEN = ("/$", "/download$", "/static/")


@require_GET
@same_for_all(86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """The rules for crawlers (RFC 9309): the longest rule that matches a path decides; `$` is the path's end."""
    rules = ["User-agent: *", "Disallow: /", *(f"Allow: {path}" for path in OPEN)]
    return HttpResponse("\n".join(rules) + "\n", content_type="text/plain; charset=utf-8")
