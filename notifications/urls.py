"""Addresses of the notifications page."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications", views.notifications, name="page"),
    path("notifications/subscribe", views.subscribe, name="subscribe"),
    path("notifications/unsubscribe", views.unsubscribe, name="unsubscribe"),
    path("notifications/decline", views.decline, name="decline"),
    path("notifications/browsers/<int:pk>/remove", views.remove, name="remove"),
]
