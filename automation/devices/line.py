"""How a device hears what is new: `/ws/device/`, and the long poll for those whom no WebSocket reaches.

Both carry hints. What is true is read from PostgreSQL when the device asks, and claiming is always the POST.
"""

import asyncio
import json
from contextlib import aclosing, suppress
from typing import Any, cast

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from structlog.contextvars import bind_contextvars, clear_contextvars

from accounts.authentication import token_of
from applications.feed import looks
from applications.listening import notices
from applications.live import UNREACHABLE, devices_of
from automation.devices import services as devices
from automation.devices.views import DeviceView, agent_of
from automation.models import Device
from jobswipe.api import ProblemSerializer
from jobswipe.measures import open_line

SIGNED_OUT = 4401  # close codes: the siblings of HTTP's 401 and 400 (RFC 6455, 7.4.2)
NO_MESSAGE = 4400
MOST_HELD = 100  # attempts that a device may name at once


# ---------------------------------------------------------------- what both say


class SaidSerializer(serializers.Serializer[dict[str, Any]]):
    """What a device says of itself on the WebSocket."""

    type = serializers.ChoiceField(["hello", "heartbeat"])
    room = serializers.IntegerField(min_value=0, max_value=100, default=1)
    holding = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=MOST_HELD, default=list
    )
    state = serializers.ChoiceField(["idle", "working", "paused"], required=False)


class StopSerializer(serializers.Serializer[dict[str, Any]]):
    attempt = serializers.IntegerField()
    reason = serializers.CharField()


class NewsSerializer(serializers.Serializer[dict[str, Any]]):
    waiting = serializers.IntegerField(help_text="Applications that may be claimed now")
    held = serializers.ListField(child=serializers.IntegerField(), help_text="The open attempts of this device")
    stop = StopSerializer(many=True, help_text="Those of `holding` that are no longer its own")


def news_for(device: Device, holding: list[int]) -> dict[str, Any]:
    """Return what is new for a device that works on the attempts `holding`."""
    waiting, held = devices.news(device)
    stop = [{"attempt": pk, "reason": why} for pk, why in devices.no_longer(device, holding, held).items()]
    return {"waiting": waiting, "held": held, "stop": stop}


# ---------------------------------------------------------------- long poll


class WorkQuery(serializers.Serializer[dict[str, Any]]):
    room = serializers.IntegerField(min_value=0, max_value=100, default=1)
    holding = serializers.RegexField(r"^(\d{1,18}(,\d{1,18}){0,99})?\Z", default="", allow_blank=True)
    wait = serializers.FloatField(default=0, min_value=0, max_value=25)


class WorkView(DeviceView):
    """What is new for a device."""

    @extend_schema(
        parameters=[
            OpenApiParameter("room", OpenApiTypes.INT, description="How many more the device could take now"),
            OpenApiParameter("holding", OpenApiTypes.STR, description="The attempts it works on: 12,13"),
            OpenApiParameter("wait", OpenApiTypes.NUMBER, description="Seconds to wait for news, at most 25"),
        ],
        responses={200: NewsSerializer, 400: ProblemSerializer, 401: ProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        """Say what waits, what the device holds, and what it has to stop."""
        query = WorkQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        holding = [int(pk) for pk in query.validated_data["holding"].split(",") if pk]
        self.is_news = False
        news = news_for(self.device, holding)
        self.is_news = bool(news["stop"] or (news["waiting"] and query.validated_data["room"]))
        return Response(news)


@csrf_exempt  # the view behind it takes bearer tokens alone, and only reads
async def work(request: HttpRequest) -> HttpResponseBase:
    """`GET devices/work/?wait=S`: answer as the plain poll does, once there is news or S seconds are over."""
    ask = sync_to_async(WorkView.as_view())
    response: Any = await ask(request)
    is_asked = request.method == "GET" and response.status_code == 200
    seconds = float(request.GET.get("wait", 0)) if is_asked else 0
    if not seconds or _is_news(response):
        return cast(HttpResponseBase, response)
    until = asyncio.get_running_loop().time() + seconds
    async with aclosing(looks(devices_of(response.renderer_context["view"].device.user_id))) as times:
        with suppress(TimeoutError, StopAsyncIteration):  # the process stops
            while response.status_code == 200 and not _is_news(response):
                async with asyncio.timeout_at(until):
                    await anext(times)
                response = await ask(request)
    return cast(HttpResponseBase, response)


def _is_news(response: Any) -> bool:
    """Ask the view behind the response, which knows for how much the device has room."""
    return bool(response.renderer_context["view"].is_news)


# What the OpenAPI document says of this address is what WorkView says.
work.cls = WorkView  # type: ignore[attr-defined]
work.initkwargs = {}  # type: ignore[attr-defined]


# ---------------------------------------------------------------- WebSocket


class DeviceConsumer(AsyncJsonWebsocketConsumer):
    """`/ws/device/`: tells a device "there is work" and "stop", and hears that it is there."""

    channel_layer_alias = ""  # none: it listens by itself, so that the line opens without Redis too

    async def connect(self) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in self.scope["headers"]}
        self.authorization = headers.get("authorization", "")
        self.version, self.platform = agent_of(headers.get("user-agent", ""))
        device = await database_sync_to_async(self._device)()
        if device:
            clear_contextvars()
            bind_contextvars(person=device.user_id, device=device.pk)
            self.subscribed = asyncio.Event()
            self.listener = asyncio.create_task(self._listen(device))
            await self.subscribed.wait()
        await self.accept()
        if device is None:
            await self.close(SIGNED_OUT)

    async def disconnect(self, code: int) -> None:
        if listener := getattr(self, "listener", None):
            listener.cancel()

    def _device(self) -> Device | None:
        """Return the device whose token this is, as long as it may come in."""
        token = token_of(self.authorization)
        return devices.device_of(token) if token else None

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        try:
            said = SaidSerializer(data=json.loads(text_data or ""))
        except (ValueError, RecursionError):
            said = SaidSerializer(data={})
        if not said.is_valid():
            await self.close(NO_MESSAGE)
            return
        news = await database_sync_to_async(self._hear)(said.validated_data)
        if news is None:
            await self.close(SIGNED_OUT)
        else:
            await self.send_json({"type": "state", **news})

    def _hear(self, said: dict[str, Any]) -> dict[str, Any] | None:
        """Note the sign of life and return what is new; None for a device that is no longer let in."""
        device = self._device()
        if device is None:
            return None
        devices.hear_from(device, version=self.version, platform=self.platform, said=said)
        return news_for(device, said["holding"])

    async def _listen(self, device: Device) -> None:
        """Pass on what is told to the person's devices."""
        with open_line("device", whose=device.user_id, again=devices.was_heard_lately(device)):
            while True:
                try:
                    async with notices(devices_of(device.user_id)) as heard:
                        self.subscribed.set()
                        while True:
                            await self._pass_on(await heard.get(), device)
                except UNREACHABLE:  # the heartbeat's answer carries it until Redis is back
                    self.subscribed.set()
                    await asyncio.sleep(settings.FEED_POLL)

    async def _pass_on(self, notice: dict[str, Any], device: Device) -> None:
        kind = notice["notice"]
        if kind == "work":
            await self.send_json({"type": "work"})
        elif kind == "stop":
            await self.send_json({"type": "stop", "attempt": notice["attempt"], "reason": notice["reason"]})
        elif kind == "revoked" and notice["device"] == device.pk:
            await self.close(SIGNED_OUT)
