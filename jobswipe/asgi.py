"""The web process: HTTP by Django, WebSockets by Channels."""

import gc
import os
from typing import Any

import django
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator, WebsocketDenier
from django.urls import re_path

gc.disable()  # all that is loaded here stays: to look through it for what does not took an eighth of the start
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobswipe.settings")
django.setup(set_prefix=False)

from accounts.sessions import WithPerson  # noqa: E402 needs the apps loaded above
from applications.routing import websocket_urlpatterns as for_pages  # noqa: E402
from automation.routing import websocket_urlpatterns as for_devices  # noqa: E402
from jobswipe import urls as _urls  # noqa: E402, F401 what they load would be loaded by the first request
from jobswipe.handler import InOneThread  # noqa: E402
from jobswipe.limits import LinesByAddress  # noqa: E402
from jobswipe.request_limit import Crowd, RequestLimit  # noqa: E402
from jobswipe.stopping import GracefulStop  # noqa: E402

# An address that is none is refused; Channels would break on it.
nowhere: Any = re_path("", WebsocketDenier.as_asgi())  # type: ignore[arg-type]  # typed for views
# Devices come with a token instead of a cookie, and from no page: there is no origin to check.
pages = AllowedHostsOriginValidator(WithPerson(URLRouter([*for_pages, nowhere])))
lines = URLRouter([*for_devices, re_path("", pages)])  # type: ignore[list-item]  # typed for views
application = GracefulStop(
    ProtocolTypeRouter(
        {
            "http": RequestLimit(Crowd(InOneThread())),
            "websocket": LinesByAddress(lines),
        }
    )
)
gc.freeze()  # what is loaded by now stays: a full collection looked through all of it, and everybody waited
gc.enable()
