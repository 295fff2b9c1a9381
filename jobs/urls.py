"""Addresses of jobs."""

from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/<int:pk>", views.job, name="job"),
    path("jobs/counts", views.counts, name="counts"),
    path("companies/<slug:slug>/logo", views.logo, name="logo"),
]
