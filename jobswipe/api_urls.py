"""The addresses of REST, version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from applications.api import ApplicationViewSet, SwipeViewSet
from applications.transports import long_poll
from automation.api import EvidenceView, LogView
from jobs.api import DeckView, JobViewSet

router = SimpleRouter(use_regex_path=False)
router.register("jobs", JobViewSet, basename="job")
router.register("swipes", SwipeViewSet, basename="swipe")
router.register("applications", ApplicationViewSet, basename="application")

urlpatterns = [
    path("deck/", DeckView.as_view(), name="deck"),
    path("applications/<int:pk>/log/", LogView.as_view(), name="application-log"),
    path("applications/<int:pk>/evidence/", EvidenceView.as_view(), name="application-evidence"),
    path("events/", long_poll, name="events"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include(router.urls)),
]
