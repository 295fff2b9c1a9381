"""REST: what runners left on an application, for its person."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.views import APIView

from automation.models import Evidence, LogEntry
from jobswipe.api import ProblemSerializer, person
from jobswipe.pages import private_file


class LogEntrySerializer(serializers.ModelSerializer[LogEntry]):
    attempt = serializers.IntegerField(source="attempt.lease", help_text="The number of the attempt")

    class Meta:
        model = LogEntry
        fields = ["id", "attempt", "seq", "at", "step", "message", "percent"]


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    attempt = serializers.IntegerField(source="attempt.lease", help_text="The number of the attempt")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Evidence
        fields = ["id", "attempt", "name", "kind", "content_type", "size", "sha256", "created_at", "url"]

    @extend_schema_field(OpenApiTypes.URI_REF)
    def get_url(self, evidence: Evidence) -> str:
        return reverse("api:evidence", args=[evidence.pk])


class LogView(ListAPIView[LogEntry]):
    """The log of all attempts of one application, newest first."""

    serializer_class = LogEntrySerializer
    queryset = LogEntry.objects.none()

    def get_queryset(self) -> "QuerySet[LogEntry]":
        application = get_object_or_404(person(self.request).applications, pk=self.kwargs["pk"])
        return LogEntry.objects.filter(attempt__application=application).select_related("attempt")


class EvidenceView(ListAPIView[Evidence]):
    """The evidence of all attempts of one application, newest first."""

    serializer_class = EvidenceSerializer
    queryset = Evidence.objects.none()

    def get_queryset(self) -> "QuerySet[Evidence]":
        application = get_object_or_404(person(self.request).applications, pk=self.kwargs["pk"])
        return Evidence.objects.filter(attempt__application=application).select_related("attempt")


class EvidenceFileView(APIView):
    @extend_schema(responses={(200, "*/*"): OpenApiTypes.BINARY, 404: ProblemSerializer})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Return a file that a runner left on one of the person's applications."""
        evidence = get_object_or_404(Evidence, attempt__application__user=person(request), pk=pk)
        return private_file(evidence.file, content_type=evidence.content_type, name=evidence.name, as_attachment=True)
