"""Attempts with their logs and evidence, dead letters and alarms, for staff."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from applications import presence
from applications.admin import ApplicationAdmin
from applications.models import Application
from applications.states import Status
from automation.models import Alarm, Attempt, DeadLetter, Device, Evidence, LogEntry
from automation.operations import deadletters
from jobswipe.problems import Problem
from jobswipe.read_only_admin import ReadOnlyAdmin, ReadOnlyInline


class LogEntryInline(ReadOnlyInline):
    model = LogEntry
    fields = ["seq", "at", "step", "percent", "message"]
    show_change_link = False


class EvidenceInline(ReadOnlyInline):
    model = Evidence
    fields = ("link", "kind", "size", "sha256", "created_at")
    show_change_link = False

    @admin.display(description="file")
    def link(self, evidence: Evidence) -> str:
        return format_html('<a href="{}">{}</a>', reverse("automation:evidence", args=[evidence.pk]), evidence.name)


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "application",
        "lease",
        "lane",
        "runner",
        "step",
        "outcome",
        "failure_kind",
        "claimed_at",
        "finished_at",
    ]
    list_filter = ["lane", "outcome", "failure_kind"]
    list_select_related = ["application"]
    search_fields = ["application__id", "application__user__email", "runner"]
    inlines = [LogEntryInline, EvidenceInline]
    readonly_fields = ("whole_story",)

    @admin.display(description="the whole story")
    def whole_story(self, attempt: Attempt) -> str:
        return _link_to_archive(attempt.application_id)


class AttemptInline(ReadOnlyInline):
    model = Attempt
    fields = ("lease", "lane", "runner", "claimed_at", "submit_started_at", "finished_at", "outcome", "failure_kind")


@admin.display(description="the whole story")
def whole_story(application: Application) -> str:
    """Link to the archive, on an application's page."""
    return _link_to_archive(application.pk)


def _link_to_archive(application_id: int) -> str:
    address = reverse("automation:archive", args=[application_id])
    return format_html('<a href="{}">Every attempt with its evidence, as one file</a>', address)


# An application's page belongs to the lower app, which does not know of attempts.
ApplicationAdmin.inlines = [AttemptInline, *ApplicationAdmin.inlines]
ApplicationAdmin.readonly_fields = (whole_story,)


@admin.register(Device)
class DeviceAdmin(ReadOnlyAdmin):
    list_display = ["name", "user", "person_is_here", "platform", "version", "state", "last_seen_at", "revoked_at"]
    list_select_related = ["user"]
    search_fields = ["name", "user__email"]

    @admin.display(boolean=True, description="person has a page open")
    def person_is_here(self, device: Device) -> bool:
        return bool(presence.signs("user:status", {device.user_id: device.user_id}))

    @admin.display(description="does now")
    def state(self, device: Device) -> str:
        sign = presence.signs("desktop:heartbeat", {device.pk: device.user_id}).get(device.pk)
        return (sign["state"] or "there") if sign else "away"


class Waiting(admin.SimpleListFilter):
    """Shows at first the dead letters about which nothing has been done."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("all", "All, also those that went on")]

    def choices(self, changelist: Any) -> Any:
        for value, title in [(None, "Waiting for staff"), *self.lookup_choices]:
            query = changelist.get_query_string({"state": value} if value else {}, [] if value else ["state"])
            yield {"selected": self.value() == value, "query_string": query, "display": title}

    def queryset(self, request: HttpRequest, letters: "QuerySet[DeadLetter]") -> "QuerySet[DeadLetter]":
        if self.value() == "all":
            return letters
        return letters.filter(put_back_at__isnull=True, application__status=Status.FAILED)


@admin.register(DeadLetter)
class DeadLetterAdmin(ReadOnlyAdmin):
    list_display = ["id", "application", "person", "failure_kind", "reason", "created_at", "told_at", "put_back_at"]
    list_filter = [Waiting, "failure_kind"]
    list_select_related = ["application__user"]
    search_fields = ["application__id", "application__user__email", "reason"]
    actions = ["put_back"]

    @admin.display(ordering="application__user__email")
    def person(self, letter: DeadLetter) -> str:
        return letter.application.user.email

    @admin.action(description="Put the applications back into the queue", permissions=["view"])
    def put_back(self, request: HttpRequest, letters: "QuerySet[DeadLetter]") -> None:
        """Queue the applications once more, each in a transaction of its own."""
        if not isinstance(request.user, User) or not request.user.has_perm("applications.change_application"):
            self.message_user(request, "You may look at dead letters, but not put them back.", messages.ERROR)
            return
        done = 0
        for pk in letters.order_by("id").values_list("pk", flat=True):
            try:
                deadletters.put_back(pk, actor=request.user)
            except Problem as problem:
                self.message_user(request, f"Dead letter {pk} stays where it is: {problem}", messages.WARNING)
            else:
                done += 1
        self.message_user(request, f"{done} put back.", messages.SUCCESS if done else messages.WARNING)


@admin.register(Alarm)
class AlarmAdmin(ReadOnlyAdmin):
    list_display = ["name", "text", "raised_at", "cleared_at"]
    list_filter = ["name"]
