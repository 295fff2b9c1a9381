"""The addresses of REST, version 1."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from applications.api import ApplicationViewSet, SwipeViewSet
from applications.transports import long_poll
from automation.api import EvidenceFileView, EvidenceView, LogView
from automation.devices import attempts_api
from automation.devices.line import work
from automation.devices.pairing_api import CodeView, MeView, TokenView
from jobs.api import DeckView, JobViewSet
from jobswipe.breakdown import no_address

router = SimpleRouter(use_regex_path=False)
router.register("jobs", JobViewSet, basename="job")
router.register("swipes", SwipeViewSet, basename="swipe")
router.register("applications", ApplicationViewSet, basename="application")

urlpatterns = [
    path("", include(router.urls)),
    path("deck/", DeckView.as_view(), name="deck"),
    path("applications/<int:pk>/log/", LogView.as_view(), name="application-log"),
    path("applications/<int:pk>/evidence/", EvidenceView.as_view(), name="application-evidence"),
    path("evidence/<int:pk>/", EvidenceFileView.as_view(), name="evidence"),
    path("events/", long_poll, name="events"),
    path("devices/code/", CodeView.as_view(), name="device-code"),
    path("devices/token/", TokenView.as_view(), name="device-token"),
    path("devices/me/", MeView.as_view(), name="device-me"),
    path("devices/work/", work, name="device-work"),
    path("claims/", attempts_api.ClaimsView.as_view(), name="claims"),
    path("attempts/", attempts_api.HeldView.as_view(), name="attempts"),
    path("attempts/<int:pk>/heartbeat/", attempts_api.HeartbeatView.as_view(), name="attempt-heartbeat"),
    path("attempts/<int:pk>/log/", attempts_api.LogWriteView.as_view(), name="attempt-log"),
    path("attempts/<int:pk>/evidence/", attempts_api.EvidenceWriteView.as_view(), name="attempt-evidence"),
    path("attempts/<int:pk>/begin-submit/", attempts_api.BeginSubmitView.as_view(), name="attempt-begin-submit"),
    path("attempts/<int:pk>/give-back/", attempts_api.GiveBackView.as_view(), name="attempt-give-back"),
    path("attempts/<int:pk>/finish/", attempts_api.FinishView.as_view(), name="attempt-finish"),
    re_path(r"^resumes/(?P<sha256>[0-9a-f]{64})/$", attempts_api.ResumeView.as_view(), name="device-resume"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    re_path(r"^(?:.*/)?$", no_address),
]
