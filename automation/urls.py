"""Addresses of an application's page and its evidence."""

from django.urls import path

from automation import answer_pages, question_pages, views
from automation.devices import pages as device_pages
from automation.privacy import pages as privacy_pages

app_name = "automation"
urlpatterns = [
    path("jobs/<int:pk>/questions", question_pages.questions, name="questions"),
    path("needs-you", views.needs_you, name="needs-you"),
    path("needs-you/go-on", views.go_on, name="go-on"),
    path("applications/<int:pk>", views.application, name="application"),
    path("applications/<int:pk>/live", views.live, name="live"),
    path("applications/<int:pk>/archive", views.archive, name="archive"),
    path("download", device_pages.download, name="download"),
    path("download/<str:name>", device_pages.wheel, name="wheel"),
    path("devices", device_pages.devices, name="devices"),
    path("devices/decide", device_pages.decide, name="decide-device"),
    path("devices/<int:pk>/rename", device_pages.rename, name="rename-device"),
    path("devices/<int:pk>/revoke", device_pages.revoke, name="revoke-device"),
    path("answers", answer_pages.answers, name="answers"),
    path("privacy", privacy_pages.privacy, name="privacy"),
    path("privacy/everything", privacy_pages.everything, name="everything"),
    path("privacy/delete", privacy_pages.delete_account, name="delete-account"),
    path("evidence/<int:pk>", views.evidence, name="evidence"),
]
