"""WebSocket addresses."""

from django.urls import path

from applications.transports import EventsConsumer

websocket_urlpatterns = [path("ws/events/", EventsConsumer.as_asgi())]
