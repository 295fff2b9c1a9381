"""What the REST views of devices share: who asks, and what is said about a device."""

import re
from typing import cast

from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.authentication import BearerAuthentication, IsDevice
from accounts.models import ApiToken
from automation import devices
from jobswipe.api import person

AGENT = re.compile(r"jobswipe-agent/(?P<version>[\w.+-]{1,20})(?: \((?P<platform>[^)]{0,50})\))?")


class IsPairedDevice(IsDevice):
    """A token that belongs to a paired device."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and hasattr(request.auth, "device")


class DeviceView(APIView):
    """A view for paired devices alone; each request is a sign of life."""

    authentication_classes = [BearerAuthentication]
    permission_classes = [IsPairedDevice]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        self.device = cast(ApiToken, request.auth).device
        self.device.user = person(request)  # read already, with the token
        self.version, platform = agent_of(request.headers.get("User-Agent", ""))
        devices.hear_from(self.device, version=self.version, platform=platform)


def agent_of(user_agent: str) -> tuple[str, str]:
    """Return version and system that the desktop program names; both empty for another client."""
    named = AGENT.match(user_agent)
    return (named["version"], named["platform"] or "") if named else ("", "")
