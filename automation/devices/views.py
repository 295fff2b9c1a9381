"""What the REST views of devices share: who asks, and what is said about a device."""

import re
from typing import cast

from rest_framework.request import Request
from rest_framework.views import APIView
from structlog.contextvars import bind_contextvars

from accounts.authentication import BearerAuthentication, IsDevice
from accounts.models import ApiToken
from automation.devices import services as devices

AGENT = re.compile(r"jobswipe-agent/(?P<version>[\w.+-]{1,20})(?: \((?P<platform>[^)]{0,50})\))?")


class DeviceView(APIView):
    """A view for paired devices alone; each request is a sign of life."""

    authentication_classes = [BearerAuthentication]
    permission_classes = [IsDevice]

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        device = devices.device_of(cast(ApiToken, request.auth))
        if device is None:
            self.permission_denied(request)
        self.device = device

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        bind_contextvars(device=self.device.pk)
        self.version, platform = agent_of(request.headers.get("User-Agent", ""))
        devices.hear_from(self.device, version=self.version, platform=platform)


def agent_of(user_agent: str) -> tuple[str, str]:
    """Return version and system that the desktop program names; both empty for another client."""
    named = AGENT.match(user_agent)
    return (named["version"], named["platform"] or "") if named else ("", "")
