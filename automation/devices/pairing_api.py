"""REST: pairing a device, and the device's word about itself (docs/devices.md)."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import FormParser, JSONParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from automation.devices import pairing
from automation.devices import services as devices
from automation.devices.views import DeviceView
from automation.models import Device
from jobswipe.api import ProblemSerializer
from jobswipe.limits import address_of

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"


class PublicView(APIView):
    """Open to everybody; a token or cookie that comes along is not looked at."""

    authentication_classes = []
    permission_classes = [AllowAny]
    parser_classes = [JSONParser, FormParser]


class AboutDeviceSerializer(serializers.Serializer[dict[str, str]]):
    name = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    platform = serializers.CharField(max_length=50, required=False, allow_blank=True, default="")
    version = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")


class CodesSerializer(serializers.Serializer[dict[str, Any]]):
    device_code = serializers.CharField()
    user_code = serializers.CharField()
    verification_uri = serializers.URLField()
    verification_uri_complete = serializers.URLField()
    expires_in = serializers.IntegerField(help_text="Seconds")
    interval = serializers.IntegerField(help_text="Seconds between two polls")


class CodeView(PublicView):
    """The beginning of a pairing."""

    @extend_schema(
        request=AboutDeviceSerializer, responses={200: CodesSerializer, 400: ProblemSerializer, 429: ProblemSerializer}
    )
    def post(self, request: Request) -> Response:
        """Ask for the codes of RFC 8628: one to show to the person, one to poll with."""
        about = AboutDeviceSerializer(data=request.data)
        about.is_valid(raise_exception=True)
        codes = pairing.request_codes(**about.validated_data, address=address_of(request))
        page = settings.SITE_URL + reverse("automation:devices")
        complete = {"verification_uri": page, "verification_uri_complete": f"{page}?code={codes.user_code}"}
        return Response({**asdict(codes), **complete}, headers={"Cache-Control": "no-store"})


class GrantSerializer(serializers.Serializer[dict[str, str]]):
    grant_type = serializers.CharField(default=GRANT_TYPE)
    device_code = serializers.CharField(max_length=200)


class DeviceNameSerializer(serializers.ModelSerializer[Device]):
    class Meta:
        model = Device
        fields = ["id", "name"]


class TokenSerializer(serializers.Serializer[dict[str, Any]]):
    access_token = serializers.CharField()
    token_type = serializers.CharField(default="Bearer")
    scope = serializers.CharField(default="device")
    device = DeviceNameSerializer()


class TokenView(PublicView):
    """The end of a pairing."""

    def handle_exception(self, exc: Exception) -> Response:
        """Answer as everywhere; but that its person has not decided yet is asked each five seconds, and no fault."""
        answer = super().handle_exception(exc)
        if isinstance(exc, pairing.Refused) and exc.code == "authorization_pending":
            answer._has_been_logged = True  # type: ignore[attr-defined]  # what django.utils.log.log_response asks for
        return answer

    @extend_schema(
        request=GrantSerializer, responses={200: TokenSerializer, 400: ProblemSerializer, 429: ProblemSerializer}
    )
    def post(self, request: Request) -> Response:
        """Poll for the token; `error` says why there is none yet, as RFC 8628, 3.5, names it."""
        grant = GrantSerializer(data=request.data)
        if not grant.is_valid():
            raise pairing.Refused("invalid_request", "Some fields need another value.", errors=grant.errors)
        if grant.validated_data["grant_type"] != GRANT_TYPE:
            raise pairing.Refused("unsupported_grant_type", f"Only {GRANT_TYPE} is known here.")
        device, secret = pairing.redeem(device_code=grant.validated_data["device_code"], address=address_of(request))
        token = {"access_token": secret, "token_type": "Bearer", "scope": "device", "device": device}
        return Response(TokenSerializer(token).data, headers={"Cache-Control": "no-store"})


class MeSerializer(serializers.ModelSerializer[Device]):
    person = serializers.EmailField(source="user.email")
    person_id = serializers.IntegerField(source="user_id", help_text="What both logs call the person")
    heartbeat = serializers.SerializerMethodField(help_text="Seconds between two heartbeats")
    lease = serializers.SerializerMethodField(help_text="Seconds that a lease lasts without one")
    min_version = serializers.SerializerMethodField(help_text="The oldest version that may claim")
    waiting = serializers.SerializerMethodField(help_text="Applications that may be claimed now")
    needs_you = serializers.SerializerMethodField(help_text="The person's applications that wait for them")

    class Meta:
        model = Device
        fields = [
            "id", "name", "platform", "version", "created_at", "person", "person_id", "heartbeat", "lease",
            "min_version", "waiting", "needs_you",
        ]  # fmt: skip

    def get_heartbeat(self, device: Device) -> float:
        return settings.DEVICE_HEARTBEAT

    def get_lease(self, device: Device) -> float:
        return settings.DEVICE_LEASE

    def get_min_version(self, device: Device) -> str:
        return settings.AGENT_MIN_VERSION

    def get_waiting(self, device: Device) -> int:
        return devices.news(device)[0]

    def get_needs_you(self, device: Device) -> int:
        return devices.needs_you(device.user_id)


class MeView(DeviceView):
    """The device that asks."""

    @extend_schema(responses={200: MeSerializer, 401: ProblemSerializer})
    def get(self, request: Request) -> Response:
        """Say whose it is, how often it has to be heard from, and how much waits."""
        return Response(MeSerializer(self.device).data)

    @extend_schema(responses={204: None, 401: ProblemSerializer})
    def delete(self, request: Request) -> Response:
        """Sign out: the token is void, and what the device holds is taken back."""
        devices.revoke(actor=self.device.user, device_id=self.device.pk)
        return Response(status=status.HTTP_204_NO_CONTENT)
