"""WebSocket addresses."""

from typing import Any

from django.urls import path

from applications.transports import EventsConsumer

# Django's `path` is typed for views; Channels' router takes consumers by it (channels.readthedocs.io, "Routing").
websocket_urlpatterns: list[Any] = [path("ws/events/", EventsConsumer.as_asgi())]  # type: ignore[arg-type]
