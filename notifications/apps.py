"""The app, and the one signal it listens to."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        user_logged_out.connect(forget_browser, dispatch_uid="notifications.forget_browser")


def forget_browser(*, request: Any, user: Any, **_: Any) -> None:
    """Whoever sits at this browser next does not hear of the last person's news, with or without JavaScript."""
    from notifications import services
    from notifications.views import SESSION_KEY

    endpoint = request.session.get(SESSION_KEY, "") if request is not None else ""
    if user and endpoint:
        services.unsubscribe(user=user, endpoint=endpoint)
