"""WebSocket addresses of devices."""

from typing import Any

from django.urls import path

from automation.devices.line import DeviceConsumer

# As in applications/routing.py: Django's `path` is typed for views.
websocket_urlpatterns: list[Any] = [path("ws/device/", DeviceConsumer.as_asgi())]  # type: ignore[arg-type]
