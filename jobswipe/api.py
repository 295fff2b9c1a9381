"""What all REST views share."""

from typing import Any, cast

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers
from rest_framework.request import Request

from accounts.models import User


def person(request: Request) -> User:
    """Return who asks; the permission classes have let nobody else in."""
    return cast(User, request.user)


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library is not typed
    """Tells the OpenAPI document of our bearer tokens; being defined registers it."""

    target_class = "accounts.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class ProblemSerializer(serializers.Serializer[dict[str, object]]):
    """A problem document (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="For programs: job_closed, already_decided, lease_lost, …")
    detail = serializers.CharField(help_text="For people: what is wrong, and the way on")


def every_operation_is_limited(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say in the OpenAPI document that each operation may answer 429: a hook of drf-spectacular."""
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    limited = {
        "description": "Too many requests in a minute",
        "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}},
        "content": problem,
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["429"] = limited
    return result
