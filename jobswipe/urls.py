"""All addresses of the site, app by app."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog

from applications.transports import event_stream
from jobswipe import installable
from jobswipe.crawlers import robots
from jobswipe.health import alive, ready
from jobswipe.metrics import metrics

handler404 = "jobswipe.breakdown.not_found"
handler500 = "jobswipe.breakdown.server_error"
urlpatterns = [
    path("api/v1/", include(("jobswipe.api_urls", "api"))),
    path("", include("accounts.urls")),
    path("", include("jobs.urls")),
    path("", include("applications.urls")),
    path("", include("notifications.urls")),
    path("", include("automation.urls")),
    path("events/", event_stream, name="event-stream"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("service-worker.js", installable.service_worker, name="service-worker"),
    path("robots.txt", robots, name="robots"),
    path("words.js", cache_control(private=True, max_age=3600)(JavaScriptCatalog.as_view()), name="words"),
    path("offline", installable.offline, name="offline"),
    path("healthz", alive, name="alive"),
    path("readyz", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
]
