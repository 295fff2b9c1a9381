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


class PlaceSerializer(serializers.Serializer[dict[str, str]]):
    """Where the work is, or from where it may be done: what is not known is left out."""

    city = serializers.CharField(required=False)
    region = serializers.CharField(
        required=False, help_text="State or province: its letters in the US, Canada and Australia"
    )
    country = serializers.CharField(required=False, help_text="Two letters (ISO 3166)")
    area = serializers.CharField(required=False, help_text="Larger than a country: Europe")


class JobSerializer(serializers.ModelSerializer[Job]):
    company = CompanySerializer()
    places = PlaceSerializer(many=True)
    pay_min = serializers.FloatField(allow_null=True)
    pay_max = serializers.FloatField(allow_null=True)
    keywords = serializers.ListField(child=serializers.CharField(), help_text="Skills that the posting names")

    class Meta:
        model = Job
        fields = [
            "id", "company", "title", "location", "places", "work_mode", "employment_type", "seniority", "department",
            "description", "keywords",
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
