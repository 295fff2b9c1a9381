"""REST: jobs and the deck."""

from django.utils.decorators import method_decorator
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer, inline_serializer
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from accounts.models import PayPeriod, WorkMode
from jobs.deck import Card, deck
from jobs.filters import CHOICES, POSTED, Filters
from jobs.models import Company, Job
from jobs.search import search
from jobswipe.api import choice_or_none, person
from jobswipe.replicas import may_lag


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
    work_mode = choice_or_none(WorkMode)
    employment_type = choice_or_none(Job.EmploymentType)
    seniority = choice_or_none(Job.Seniority)
    pay_period = choice_or_none(PayPeriod)
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


class ElsewhereSerializer(serializers.ModelSerializer[Job]):
    class Meta:
        model = Job
        fields = ["id", "location"]
        read_only_fields = fields


class CardSerializer(serializers.Serializer[Card]):
    """A posting with why it is in the deck."""

    score = serializers.FloatField()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="What speaks for it, in words")
    elsewhere = ElsewhereSerializer(many=True, help_text="The same opening in other places or on other boards")

    def to_representation(self, card: Card) -> dict[str, object]:
        return {**JobSerializer(card.job).data, **super().to_representation(card)}


CARD = inline_serializer("Card", {**JobSerializer().get_fields(), **CardSerializer().get_fields()}, many=True)
DECK = inline_serializer("Deck", {"results": CARD})
FILTERS = [
    OpenApiParameter(
        "q", str, description="Words; “quotes”, or, and a minus sign are understood, and mistyped words too"
    ),
    OpenApiParameter("place", str, description="A city, a region or a country"),
    *(
        OpenApiParameter(name, str, many=True, enum=list(known), description=f"Any of these: {name}")
        for name, known in CHOICES.items()
    ),
    OpenApiParameter("pay", int, description="At least this much a year, where the employer says what it pays"),
    OpenApiParameter("currency", str, description="Of `pay`: USD"),
    OpenApiParameter("posted", int, enum=list(POSTED), description="Posted in the last so many days"),
    OpenApiParameter("without", int, many=True, description="Employers left out, by id"),
]
LIMIT = OpenApiParameter("limit", int, description="At most this many, up to 200")


def _limit(request: Request, otherwise: int) -> int:
    given = request.query_params.get("limit", "")
    return min(max(int(given), 1), 200) if given.isdecimal() and len(given) < 6 else otherwise


# `many`: what an action called `list` answers is taken for a list otherwise.
@extend_schema_serializer(many=False)
class JobPageSerializer(serializers.Serializer[dict[str, object]]):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True, help_text="Always null: pages go onwards")
    corrected = serializers.CharField(help_text="The words searched for instead of mistyped ones, if any")
    results = JobSerializer(many=True)


@method_decorator(may_lag, name="retrieve")
class JobViewSet(viewsets.ReadOnlyModelViewSet[Job]):
    """Postings. The list holds the open ones; a closed one can still be read by its id."""

    serializer_class = JobSerializer
    queryset = Job.objects.select_related("company")

    @extend_schema(
        parameters=[*FILTERS, LIMIT, OpenApiParameter("cursor", str, description="As `next` gives it")],
        responses=JobPageSerializer,
    )
    @method_decorator(may_lag)
    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Search the open postings: what fits best first, among the newest; then on to older ones."""
        filters = Filters.read(request.query_params)
        page = search(filters, key=request.query_params.get("cursor", ""), limit=_limit(request, 50))
        following = page.next and replace_query_param(request.build_absolute_uri(), "cursor", page.next)
        return Response(
            {
                "next": following or None,
                "previous": None,
                "corrected": page.corrected,
                "results": self.get_serializer(page.jobs, many=True).data,
            }
        )


class DeckView(APIView):
    """The next cards for the person."""

    @extend_schema(
        parameters=[
            *FILTERS,
            LIMIT,
            OpenApiParameter("held", int, many=True, description="Jobs that you have already"),
        ],
        responses=DECK,
    )
    @method_decorator(may_lag)
    def get(self, request: Request) -> Response:
        """Return the open jobs on which the person has not decided, best first, with why. Give `held` for more."""
        held = [int(one) for one in request.query_params.getlist("held")[:500] if one.isdecimal() and len(one) < 19]
        cards = deck(person(request), Filters.read(request.query_params), limit=_limit(request, 6), held=held)
        return Response({"results": [CardSerializer(card).data for card in cards]})
