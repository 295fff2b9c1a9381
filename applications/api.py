"""REST: swipes, applications, the feed."""

from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from applications import feed, selectors, services
from applications.models import Application, Lane, Swipe
from applications.states import ReviewKind
from jobs.api import CompanySerializer
from jobswipe.api import ProblemSerializer, choice_or_none, person


class SwipeSerializer(serializers.ModelSerializer[Swipe]):
    job = serializers.IntegerField(source="job_id", min_value=1, max_value=2**63 - 1)
    application = serializers.SerializerMethodField()
    lane = serializers.SerializerMethodField(help_text="Who carries it out")
    resume = serializers.IntegerField(
        required=False, allow_null=True, write_only=True, min_value=1, max_value=2**63 - 1
    )
    cover_letter = serializers.CharField(required=False, allow_blank=True, write_only=True, max_length=20_000)
    again = serializers.BooleanField(
        default=False, write_only=True, help_text="Apply although the same posting is on another board (`same_posting`)"
    )
    review = serializers.BooleanField(
        default=False, write_only=True, help_text="Wait until the person has looked at it and releases it"
    )

    class Meta:
        model = Swipe
        fields = [
            "key",
            "job",
            "direction",
            "created_at",
            "application",
            "lane",
            "resume",
            "cover_letter",
            "again",
            "review",
        ]
        read_only_fields = ["created_at"]

    @extend_schema_field(OpenApiTypes.INT)
    def get_application(self, swipe: Swipe) -> int | None:
        application = getattr(swipe, "application", None)
        return application and application.pk

    @extend_schema_field(OpenApiTypes.STR)
    def get_lane(self, swipe: Swipe) -> str | None:
        application = getattr(swipe, "application", None)
        return application and application.lane


@cache
def _swipe_serializer() -> SwipeSerializer:
    """Return one for all requests: it keeps nothing of any, and takes longer to make than to use."""
    return SwipeSerializer()


class SwipeViewSet(viewsets.GenericViewSet[Swipe]):
    """The person's decisions on jobs."""

    serializer_class = SwipeSerializer
    queryset = Swipe.objects.none()
    lookup_field = "key"
    lookup_value_converter = "uuid"

    @extend_schema(
        responses={201: SwipeSerializer, 200: SwipeSerializer, 404: ProblemSerializer, 409: ProblemSerializer}
    )
    def create(self, request: Request) -> Response:
        """Decide on a job. The same `key` again changes nothing and answers 200 with the same body."""
        given = _swipe_serializer().run_validation(request.data)
        swipe, is_new = services.swipe(
            actor=person(request),
            job_id=given["job_id"],
            direction=Swipe.Direction(given["direction"]),
            key=given["key"],
            resume_id=given.get("resume"),
            cover_letter=given.get("cover_letter", ""),
            again=given["again"],
            review=given["review"],
        )
        told = _swipe_serializer().to_representation(swipe)
        return Response(told, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    @extend_schema(responses={204: None, 404: ProblemSerializer, 409: ProblemSerializer})
    def destroy(self, request: Request, key: UUID) -> Response:
        """Take a swipe back, while its application is PENDING or QUEUED."""
        services.undo(actor=person(request), key=key)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    company = CompanySerializer(source="job.company", read_only=True)
    title = serializers.CharField(source="snapshot.content.title", read_only=True)
    swipe = serializers.UUIDField(source="swipe.key", read_only=True)
    review_kind = choice_or_none(ReviewKind)

    class Meta:
        model = Application
        fields = [
            "id", "job", "title", "company", "swipe", "resume", "cover_letter", "status", "lane", "review_kind",
            "failure_kind", "confirmation", "message", "questions", "available_at", "submitted_at", "created_at",
            "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class AnswerSerializer(serializers.Serializer[dict[str, str]]):
    question = serializers.CharField(max_length=5_000)
    answer = serializers.CharField(max_length=20_000)


class AnswersSerializer(serializers.Serializer[dict[str, Any]]):
    answers = AnswerSerializer(many=True, allow_empty=False)


class ConfirmSerializer(serializers.Serializer[dict[str, bool]]):
    went_through = serializers.BooleanField()


class LaneSerializer(serializers.Serializer[dict[str, str]]):
    lane = serializers.ChoiceField(Lane.choices)


ACTED = {200: ApplicationSerializer, 400: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer}


class ApplicationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Application]):
    """The person's applications, and what they say about them."""

    serializer_class = ApplicationSerializer
    queryset = Application.objects.none()  # for the schema: it names the type of `id`
    lookup_value_converter = "int"

    def get_queryset(self) -> "QuerySet[Application]":
        return selectors.applications_of(person(self.request)).select_related("swipe")

    @extend_schema(request=None, responses=ACTED)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: int) -> Response:
        """Cancel it before it is sent."""
        services.withdraw(actor=person(request), application_id=pk)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses=ACTED)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: int) -> Response:
        """Queue a failed one, or one whose challenge is passed, once more."""
        services.retry(actor=person(request), application_id=pk)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=AnswersSerializer, responses=ACTED)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: int) -> Response:
        """Answer what the form asked; with the last answer it is queued again."""
        given = AnswersSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        answers = [(line["question"], line["answer"]) for line in given.validated_data["answers"]]
        services.answer(actor=person(request), application_id=pk, answers=answers)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=ConfirmSerializer, responses=ACTED)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: int) -> Response:
        """Settle an unconfirmed one: it went through, or it is sent once more. True also: "I did it myself"."""
        given = ConfirmSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        services.confirm(actor=person(request), application_id=pk, **given.validated_data)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=LaneSerializer, responses=ACTED)
    @action(detail=True, methods=["post"])
    def lane(self, request: Request, pk: int) -> Response:
        """Let the other lane carry it out, while nobody holds it."""
        given = LaneSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        services.change_lane(actor=person(request), application_id=pk, lane=Lane(given.validated_data["lane"]))
        return self.retrieve(request, pk=pk)


class LineSerializer(serializers.Serializer[feed.Line]):
    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    type = serializers.CharField()
    application = serializers.IntegerField()
    data = serializers.DictField()  # type: ignore[assignment]  # a field that is named as the contract says


class FeedSerializer(serializers.Serializer[dict[str, Any]]):
    events = LineSerializer(many=True)
    last_seq = serializers.IntegerField(help_text="Ask with `after` = this the next time")


class FeedQuery(serializers.Serializer[dict[str, int]]):
    after = serializers.IntegerField(default=0, min_value=0, max_value=2**63 - 1)
    wait = serializers.FloatField(default=0, min_value=0, max_value=25)


class FeedView(APIView):
    """What has happened since."""

    @extend_schema(
        parameters=[
            OpenApiParameter("after", OpenApiTypes.INT, description="The last number you have"),
            OpenApiParameter("wait", OpenApiTypes.NUMBER, description="Seconds to wait for news, at most 25"),
        ],
        responses={200: FeedSerializer, 400: ProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        """Return the events above `after`, in order, at most 200."""
        query = FeedQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        after = query.validated_data["after"]
        events = feed.events_after(person(request).pk, after)
        return Response({"events": events, "last_seq": events[-1]["seq"] if events else after})
