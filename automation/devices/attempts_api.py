"""REST: a device's work, from the claim to the outcome (docs/devices.md). Every write names its fencing token."""

from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from structlog.contextvars import bind_contextvars

from applications.models import Application, Lane
from automation import leases, outcomes, reports
from automation.devices import services as devices
from automation.devices.views import DeviceView
from automation.engine.result import FailureKind, Outcome, Source, Why
from automation.leases import LeaseLost
from automation.models import Attempt, Evidence
from jobswipe.api import ProblemSerializer
from jobswipe.pages import private_file

REFUSALS = {400: ProblemSerializer, 401: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer}


# ---------------------------------------------------------------- claims


class MaxSerializer(serializers.Serializer[dict[str, int]]):
    max = serializers.IntegerField(min_value=1, max_value=10, default=1)


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    application = serializers.IntegerField(source="application_id")
    token = serializers.IntegerField(source="lease", help_text="The fencing token: every later write names it")

    class Meta:
        model = Attempt
        fields = ["id", "application", "token", "lease_expires_at", "packet", "packet_sha256"]


class AttemptsSerializer(serializers.Serializer[dict[str, Any]]):
    attempts = AttemptSerializer(many=True)


class ClaimsView(DeviceView):
    @extend_schema(request=MaxSerializer, responses={200: AttemptsSerializer, 403: ProblemSerializer, **REFUSALS})
    def post(self, request: Request) -> Response:
        """Take up to `max` of the person's applications that wait in the device lane."""
        devices.refuse_too_old(self.version)
        given = MaxSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        claimed = leases.claim(
            lane=Lane.DEVICE,
            runner=self.device.name,
            limit=given.validated_data["max"],
            user=self.device.user,
            device=self.device,
        )
        return Response(AttemptsSerializer({"attempts": claimed}).data)


class HeldView(DeviceView):
    @extend_schema(responses={200: AttemptsSerializer, 401: ProblemSerializer})
    def get(self, request: Request) -> Response:
        """Return what this device holds, as its claim gave it: the answer to a claim may have been lost."""
        return Response(AttemptsSerializer({"attempts": devices.held_by(self.device)}).data)


class ResumeView(DeviceView):
    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, 404: ProblemSerializer})
    def get(self, request: Request, sha256: str) -> HttpResponse:
        """Return a resume that an open attempt of this device names."""
        get_object_or_404(devices.held_by(self.device).filter(packet__resume__sha256=sha256)[:1])
        resume = self.device.user.resumes.filter(sha256=sha256)[0]
        return private_file(resume.file, content_type=resume.content_type, name=resume.name, as_attachment=True)


# ---------------------------------------------------------------- under a lease


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class AttemptView(DeviceView):
    """A write about one attempt of this device; another's is not found."""

    def attempts(self) -> QuerySet[Attempt]:
        return Attempt.objects.filter(user=self.device.user_id, device=self.device)

    def attempt_of(self, pk: int) -> Attempt:
        bind_contextvars(attempt=pk)
        return get_object_or_404(self.attempts(), pk=pk)


class LeaseSerializer(serializers.Serializer[Any]):
    lease_expires_at = serializers.DateTimeField()


class HeartbeatSerializer(TokenSerializer):
    step = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    percent = serializers.IntegerField(min_value=0, max_value=100, required=False, default=0)


class HeartbeatView(AttemptView):
    @extend_schema(request=HeartbeatSerializer, responses={200: LeaseSerializer, **REFUSALS})
    def post(self, request: Request, pk: int) -> Response:
        """Renew the lease. With a step the attempt counts as begun."""
        attempt = self.attempt_of(pk)
        given = HeartbeatSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        if said["step"]:
            leases.start(attempt_id=pk, lease=said["token"])
        leases.heartbeat(attempt_id=pk, lease=said["token"], step=said["step"], percent=said["percent"])
        attempt.refresh_from_db(fields=["lease_expires_at"], from_queryset=self.attempts())
        return Response(LeaseSerializer(attempt).data)


class EntrySerializer(serializers.Serializer[Any]):
    seq = serializers.IntegerField(min_value=1, max_value=100_000)
    step = serializers.CharField(max_length=20)
    message = serializers.CharField(max_length=2_000, allow_blank=True)
    percent = serializers.IntegerField(min_value=0, max_value=100, default=0)


class EntriesSerializer(TokenSerializer):
    entries = EntrySerializer(many=True, max_length=200)  # type: ignore[call-arg]  # goes to the list


class LastSeqSerializer(serializers.Serializer[dict[str, int]]):
    last_seq = serializers.IntegerField(help_text="The highest number that the site has")


class LogWriteView(AttemptView):
    @extend_schema(request=EntriesSerializer, responses={200: LastSeqSerializer, **REFUSALS})
    def post(self, request: Request, pk: int) -> Response:
        """Append lines to the log and to the person's page; a number that is known is passed over."""
        attempt = self.attempt_of(pk)
        given = EntriesSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        token = given.validated_data["token"]
        by_seq = {entry["seq"]: entry for entry in reversed(given.validated_data["entries"])}
        steps = [
            reports.Step(seq, entry["step"], entry["message"], entry["percent"])
            for seq, entry in sorted(by_seq.items())
        ]
        leases.start(attempt_id=pk, lease=token)
        reports.report_steps(attempt_id=pk, lease=token, steps=steps)
        log = attempt.log.filter(user=attempt.user_id)
        return Response({"last_seq": log.aggregate(last=Max("seq", default=0))["last"]})


class EvidenceUploadSerializer(TokenSerializer):
    name = serializers.RegexField(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")
    kind = serializers.RegexField(r"^[a-z0-9-]{1,30}\Z")
    file = serializers.FileField(max_length=300)


class EvidenceTakenSerializer(serializers.ModelSerializer[Evidence]):
    class Meta:
        model = Evidence
        fields = ["id", "name", "content_type", "size", "sha256"]


class EvidenceWriteView(AttemptView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        request=EvidenceUploadSerializer,
        responses={200: EvidenceTakenSerializer, 201: EvidenceTakenSerializer, 413: ProblemSerializer,
                   415: ProblemSerializer, **REFUSALS},
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        """Keep a file that shows what was seen or sent; also after the lease is lost."""
        attempt = self.attempt_of(pk)
        given = EvidenceUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        if given.validated_data["token"] != attempt.lease:
            raise LeaseLost("token")
        file = given.validated_data["file"]
        if file.size > settings.EVIDENCE_MAX_BYTES:
            raise reports.TooLarge(f"Evidence is at most {settings.EVIDENCE_MAX_BYTES // 2**20} MB a file.")
        name = given.validated_data["name"]
        is_new = not attempt.evidence.filter(user=attempt.user_id, name=name).exists()
        evidence = reports.add_evidence(
            attempt=attempt, name=name, kind=given.validated_data["kind"], content=file.read()
        )
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(EvidenceTakenSerializer(evidence).data, code)


class GrantedSerializer(LeaseSerializer):
    granted = serializers.BooleanField()


class BeginSubmitView(AttemptView):
    @extend_schema(request=TokenSerializer, responses={200: GrantedSerializer, **REFUSALS})
    def post(self, request: Request, pk: int) -> Response:
        """The submit barrier: without this answer there is no click."""
        attempt = self.attempt_of(pk)
        given = TokenSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        leases.start(attempt_id=pk, lease=given.validated_data["token"])
        leases.begin_submit(attempt_id=pk, lease=given.validated_data["token"])
        attempt.refresh_from_db(fields=["lease_expires_at"], from_queryset=self.attempts())
        return Response({"granted": True, **LeaseSerializer(attempt).data})


class StandingSerializer(serializers.Serializer[dict[str, Any]]):
    application = serializers.IntegerField()
    status = serializers.CharField()


class GiveBackSerializer(TokenSerializer):
    message = serializers.CharField(max_length=500, required=False, default="Your computer gave it back.")


class GiveBackView(AttemptView):
    @extend_schema(request=GiveBackSerializer, responses={200: StandingSerializer, **REFUSALS})
    def post(self, request: Request, pk: int) -> Response:
        """Return the application to the queue untried; not after the grant."""
        attempt = self.attempt_of(pk)
        given = GiveBackSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        leases.give_back(attempt_id=pk, lease=given.validated_data["token"], message=given.validated_data["message"])
        return Response({"application": attempt.application_id, "status": "QUEUED"})


class CutField(serializers.CharField):
    """A text that a page wrote. What is longer than is kept is cut: an outcome is not refused for it."""

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(data)[: self.max_length]


class FieldReportSerializer(serializers.Serializer[Any]):
    label = CutField(max_length=5_000, allow_blank=True)  # type: ignore[assignment]  # as the engine names it
    kind = serializers.CharField(max_length=30)
    required = serializers.BooleanField()  # type: ignore[assignment]
    value = CutField(max_length=20_000, allow_blank=True, trim_whitespace=False)
    source = serializers.ChoiceField([str(one) for one in Source])  # type: ignore[assignment]


class QuestionSerializer(serializers.Serializer[Any]):
    label = CutField(max_length=5_000, allow_blank=True)  # type: ignore[assignment]
    kind = serializers.CharField(max_length=30)
    options = serializers.ListField(child=CutField(max_length=1_000, allow_blank=True), max_length=20_000)
    required = serializers.BooleanField()  # type: ignore[assignment]
    why = serializers.ChoiceField([str(one) for one in Why])


class ResultSerializer(TokenSerializer):
    """The engine's result: `automation.engine.result.Result.to_json`."""

    outcome = serializers.ChoiceField([str(one) for one in Outcome if one is not Outcome.DRY_RUN])
    message = CutField(max_length=2_000, required=False, allow_blank=True, default="")
    confirmation = serializers.ChoiceField(["response", "page", "none"], default="none")
    failure_kind = serializers.ChoiceField([str(one) for one in FailureKind], required=False, allow_null=True)
    company_script = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    url = CutField(max_length=4_000, required=False, allow_blank=True, default="")
    final_url = CutField(max_length=4_000, required=False, allow_blank=True, default="")
    fields = FieldReportSerializer(many=True, required=False, max_length=1_000)  # type: ignore[assignment,call-arg]
    questions = QuestionSerializer(many=True, required=False, max_length=500)  # type: ignore[call-arg]
    evidence = serializers.ListField(child=serializers.CharField(max_length=100), required=False, max_length=100)
    seconds = serializers.FloatField(min_value=0, required=False, default=0)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["outcome"] == Outcome.SUBMITTED and attrs["confirmation"] == "none":
            attrs["outcome"] = str(Outcome.UNCONFIRMED)  # nothing is claimed without proof
        return attrs


class FinishView(AttemptView):
    @extend_schema(request=ResultSerializer, responses={200: StandingSerializer, **REFUSALS})
    def post(self, request: Request, pk: int) -> Response:
        """Close the attempt with what the engine found. The same outcome again changes nothing."""
        self.attempt_of(pk)
        given = ResultSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        result = {name: value for name, value in given.validated_data.items() if name != "token"}
        application = outcomes.finish(attempt_id=pk, lease=given.validated_data["token"], result=result)
        standing = Application.objects.only("status").get(user=application.user_id, pk=application.pk).status
        return Response({"application": application.pk, "status": standing})
