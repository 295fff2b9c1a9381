"""Addresses of an application's page and its evidence."""

from django.urls import path

from automation import views

app_name = "automation"
urlpatterns = [
    path("needs-you", views.needs_you, name="needs-you"),
    path("applications/<int:pk>", views.application, name="application"),
    path("applications/<int:pk>/live", views.live, name="live"),
    path("applications/<int:pk>/archive", views.archive, name="archive"),
    path("evidence/<int:pk>", views.evidence, name="evidence"),
]
