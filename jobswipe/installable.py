"""What makes the site an application on a phone: its manifest, its service worker, and the page for no connection."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from jobswipe.caching import same_for_all

PAPER, ACCENT = "#f6f5f1", "#3b46c9"
ICONS = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-maskable-512", 512, "maskable"))


@require_GET
@same_for_all(3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web application manifest (w3.org/TR/appmanifest)."""
    icons = [
        {"src": static(f"img/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in ICONS
    ]
    shortcuts = [{"name": name, "url": url} for name, url in (("Jobs", "/jobs"), ("Applications", "/applications"))]
    document = {
        "id": "/",
        "name": "JobSwipe",
        "short_name": "JobSwipe",
        "description": "Swipe right, and your application is filled in and sent: once, truthfully, with proof.",
        "lang": "en",
        "start_url": "/jobs",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": icons,
        "shortcuts": shortcuts,
    }
    return JsonResponse(document, content_type="application/manifest+json")


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root so that its scope is the whole site. It names the assets of this release."""
    context = {
        "version": _version(),
        "assets": [static(str(path)) for path in _assets()],
        "static": static(""),
        "hashed": settings.STATIC_ROOT is not None,
    }
    answer = render(request, "service-worker.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a connection. The service worker keeps it, so it is nobody's page, whoever asks."""
    return render(request, "offline.html", {"user": AnonymousUser(), "messages": [], "needs_you": 0})


@cache
def _assets() -> tuple[Path, ...]:
    """Our own scripts, styles and pictures, by their names within `static/`."""
    root = settings.BASE_DIR / "static"
    return tuple(sorted(path.relative_to(root) for path in root.rglob("*.*") if path.is_file()))


@cache
def _version() -> str:
    """A digest of all assets and of the worker itself: another release is another cache."""
    digest = hashlib.sha256()
    for path in (*(settings.BASE_DIR / "static" / one for one in _assets()), *_TEMPLATES):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


_TEMPLATES = tuple(
    settings.BASE_DIR / "templates" / name for name in ("service-worker.js", "offline.html", "base.html")
)
