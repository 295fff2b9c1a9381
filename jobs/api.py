"""REST: jobs and the deck."""

from django.db.models import QuerySet
from rest_framework import serializers, viewsets
from rest_framework.generics import ListAPIView

from jobs import selectors
from jobs.models import Company, Job
from jobswipe.api import person


class CompanySerializer(serializers.ModelSerializer[Company]):
    class Meta:
        model = Company
        fields = ["id", "name", "slug", "domain"]


class JobSerializer(serializers.ModelSerializer[Job]):
    company = CompanySerializer()

    class Meta:
        model = Job
        fields = [
            "id", "company", "title", "location", "work_mode", "employment_type", "department", "description",
            "benefits", "pay_min", "pay_max", "pay_currency", "pay_period", "pay_source", "apply_url", "questions",
            "status", "posted_at",
        ]  # fmt: skip
        read_only_fields = fields


class JobViewSet(viewsets.ReadOnlyModelViewSet[Job]):
    """Postings. The list holds the open ones; a closed one can still be read by its id."""

    serializer_class = JobSerializer
    queryset = Job.objects.select_related("company")

    def get_queryset(self) -> "QuerySet[Job]":
        return selectors.open_jobs() if self.action == "list" else super().get_queryset()


class DeckView(ListAPIView[Job]):
    """The open jobs on which the person has not decided."""

    serializer_class = JobSerializer
    queryset = Job.objects.none()  # for the schema: it names the type of `id`

    def get_queryset(self) -> "QuerySet[Job]":
        return selectors.deck(person(self.request))
