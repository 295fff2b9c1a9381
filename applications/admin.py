"""Applications, for staff: to look at, and to put back what failed."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from applications import services
from applications.models import Application, Event
from jobswipe.problems import Problem
from jobswipe.read_only_admin import ReadOnlyAdmin, ReadOnlyInline


class EventInline(ReadOnlyInline):
    model = Event
    fields = ["seq", "at", "type", "data"]


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "user",
        "job",
        "status",
        "lane",
        "failure_kind",
        "review_kind",
        "tries",
        "message",
        "available_at",
        "updated_at",
    ]
    list_filter = ["status", "lane", "failure_kind", "review_kind"]
    list_select_related = ["user", "job__company"]
    search_fields = ["user__email", "job__title", "job__company__name"]
    inlines = [EventInline]
    actions = ["put_back"]

    @admin.action(description="Put the failed ones back into the queue", permissions=["view"])
    def put_back(self, request: HttpRequest, applications: "QuerySet[Application]") -> None:
        """Queue failed applications once more, each in a transaction of its own."""
        if not request.user.has_perm("applications.change_application"):
            self.message_user(request, "You may look at applications, but not put them back.", messages.ERROR)
            return
        done = sum(self._put_back(request, pk) for pk in applications.values_list("pk", flat=True))
        self.message_user(request, f"{done} put back.", messages.SUCCESS if done else messages.WARNING)

    def _put_back(self, request: HttpRequest, pk: int) -> bool:
        try:
            with transaction.atomic():
                services.put_back_failed(pk)
        except Problem as problem:
            self.message_user(request, f"Application {pk} stays where it is: {problem}", messages.WARNING)
            return False
        return True
