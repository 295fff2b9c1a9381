"""Attempts with their logs and evidence, for staff."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from automation.models import Attempt, Device, Evidence, LogEntry
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


@admin.register(Device)
class DeviceAdmin(ReadOnlyAdmin):
    list_display = ["name", "user", "platform", "version", "last_seen_at", "revoked_at"]
    list_select_related = ["user"]
