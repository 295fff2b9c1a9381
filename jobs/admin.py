"""Companies and jobs, added and kept by staff."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from jobs import services
from jobs.models import Company, Job


@admin.register(Company)
class CompanyAdmin(admin.ModelAdmin[Company]):
    list_display = ["name", "domain"]
    search_fields = ["name", "domain"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Job)
class JobAdmin(admin.ModelAdmin[Job]):
    list_display = ["title", "company", "location", "work_mode", "status", "created_at"]
    list_filter = ["status", "work_mode", "employment_type", "company"]
    list_select_related = ["company"]
    search_fields = ["title", "company__name"]
    autocomplete_fields = ["company"]
    readonly_fields = ["status", "closed_reason", "closed_at"]
    actions = ["close", "reopen"]
    fieldsets = [
        (None, {"fields": ["company", "title", "apply_url"]}),
        (
            "Where and how",
            {"fields": ["location", "work_mode", "employment_type", "department", "posted_at"]},
        ),
        ("What it is", {"fields": ["description", "benefits"]}),
        ("Pay", {"fields": ["pay_min", "pay_max", "pay_currency", "pay_period", "pay_source"]}),
        (
            "For the robot",
            {"fields": ["other_urls", "company_script", "external_id", "questions"], "classes": ["collapse"]},
        ),
        ("State", {"fields": ["status", "closed_reason", "closed_at"]}),
    ]

    @admin.action(description="Close the selected jobs", permissions=["change"])
    def close(self, request: HttpRequest, jobs: "QuerySet[Job]") -> None:
        closed = services.close_jobs(list(jobs.values_list("pk", flat=True)), reason="Closed by staff")
        messages.success(request, f"{closed} closed.")

    @admin.action(description="Open the selected jobs again", permissions=["change"])
    def reopen(self, request: HttpRequest, jobs: "QuerySet[Job]") -> None:
        opened = services.reopen_jobs(list(jobs.values_list("pk", flat=True)))
        messages.success(request, f"{opened} open again.")
