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


def choice_or_none(choices: Any) -> serializers.ChoiceField:
    """Return a field that shows one of the choices, or "" where nothing is known.

    The framework leaves the "" out of the document when a field is only read.
    """
    return serializers.ChoiceField(choices, allow_blank=True, read_only=True)


def say_what_all_refuse(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say in the OpenAPI document how any operation may be refused: a hook of drf-spectacular."""
    for path, operations in result["paths"].items():
        for operation in operations.values():
            responses = operation["responses"]
            for status, response in _refusals(path, operation).items():
                responses.setdefault(status, response)
            for status, response in responses.items():
                if status >= "400":
                    response["content"] = PROBLEM
    return result


PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
LATER = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}


def _refusals(path: str, operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return responses by status."""
    refusals: dict[str, dict[str, Any]] = {
        "429": {"description": "Too many requests in a minute", "headers": LATER},
        "503": {"description": "More people ask than can be answered", "headers": LATER},
    }
    if {} not in operation.get("security", [{}]):
        refusals |= {"401": {"description": "Nobody has signed in"}, "403": {"description": "Not with this token"}}
    if "{" in path or any(one["name"] == "cursor" for one in operation.get("parameters", ())):
        refusals["404"] = {"description": "There is none, or it is somebody else's"}
    if "requestBody" in operation:
        refusals |= {"400": {"description": "Some fields need another value"}}
        refusals |= {"413": {"description": "Too large"}, "415": {"description": "Not a type that is read here"}}
    return refusals
