"""Employers, boards and jobs: added, imported and kept by staff."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import PROTECT, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_sameorigin
from import_export.admin import ImportExportModelAdmin
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.forms.widgets import WysiwygWidget
from unfold.contrib.import_export.forms import ExportForm, ImportForm
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from jobs import services
from jobs.derived import location_of
from jobs.importing import schedule, upsert
from jobs.importing.spec import board_named
from jobs.logos import check_logo
from jobs.models import Board, Company, ImportRun, Job
from jobs.normalize.pay import currency_of
from jobs.normalize.places import where
from jobs.normalize.problems import BadRow
from jobs.normalize.text import clean_html, web_address
from jobs.resources import COLUMNS, MOST_SHOWN, NEEDED, JobResource, JobsAsJson, changes
from jobs.tasks import read_due_boards
from jobswipe.problems import InvalidInput
from jobswipe.read_only_admin import ReadOnlyAdmin
from jobswipe.spreadsheets import Csv, Unreadable, Xlsx

MOST_NAMED = 20  # of the rows that are deleted together


class BoardForm(forms.ModelForm[Board]):
    """A board by its address, which stays what it is."""

    spec = forms.CharField(
        label="Board",
        help_text="The address of its page, as in https://jobs.lever.co/leverdemo; or greenhouse:stripe",
        widget=UnfoldAdminTextInputWidget,
    )

    class Meta:
        model = Board
        fields = ["company", "is_active", "every"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["spec"], self.fields["spec"].disabled = str(self.instance), True

    def clean_spec(self) -> str:
        spec = str(self.cleaned_data["spec"])
        if self.instance.pk:
            return spec
        try:
            self.instance.kind, self.instance.token = board_named(spec)
        except InvalidInput as problem:
            raise forms.ValidationError(problem.sentence) from problem
        if Board.objects.filter(kind=self.instance.kind, token=self.instance.token).exists():
            raise forms.ValidationError("This board is there already.")
        return spec


class DeletionInNumbers(ModelAdmin):
    """Says how many rows go with what is deleted, and how many forbid it: an employer has thousands of jobs."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[Any]]:
        named = [str(one) for one in objs[:MOST_NAMED]]
        gone, kept = {str(self.opts.verbose_name_plural): len(objs)}, []
        for relation in self.opts.related_objects:
            found = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": objs}).count()
            name = str(relation.related_model._meta.verbose_name_plural)
            if found and relation.on_delete is PROTECT:
                kept.append(f"{found:,} {name}")
            elif found:
                gone[name] = found
        return named, gone, set(), kept


class BoardInline(TabularInline):
    model = Board
    form = BoardForm
    extra = 0
    can_delete = False  # on its own page, which says what goes with it
    fields = ["spec", "is_active", "every", "complete_at", "failures"]
    readonly_fields = ["complete_at", "failures"]
    show_change_link = True


class CompanyForm(forms.ModelForm[Company]):
    class Meta:
        labels: ClassVar[dict[str, str]] = {"slug": "Name in addresses"}
        help_texts: ClassVar[dict[str, str]] = {"slug": "Made of the name by itself"}

    def clean_logo(self) -> Any:
        logo = self.cleaned_data.get("logo")
        if logo and "logo" in self.changed_data:
            check_logo(logo)
        return logo


@admin.register(Company)
class CompanyAdmin(DeletionInNumbers):
    form = CompanyForm
    list_display = ["name", "domain", "open_jobs"]
    search_fields = ["name", "domain"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [BoardInline]
    actions_detail = ["import_boards"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Company]":
        found: QuerySet[Company] = super().get_queryset(request)
        return found.annotate(open_count=Count("jobs", filter=Q(jobs__status=Job.Status.OPEN)))

    @admin.display(ordering="open_count")
    def open_jobs(self, company: Any) -> int:
        return int(company.open_count)

    def save_model(self, request: HttpRequest, obj: Company, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            services.refresh_search(obj)

    @action(description="Import its boards now", url_path="import-boards", permissions=["change"])  # type: ignore[untyped-decorator]
    def import_boards(self, request: HttpRequest, object_id: int) -> HttpResponseRedirect:
        boards = Board.objects.filter(company=object_id)
        if not boards.exclude(kind=Board.Kind.FILE):
            self.message_user(request, "It has no board yet. Add one below, and save.", messages.WARNING)
            return redirect("admin:jobs_company_change", object_id)
        return _read_now(request, self, boards)


def _read_now(request: HttpRequest, page: Any, wanted: "QuerySet[Board]") -> HttpResponseRedirect:
    """Ask for the boards and show how it goes. Beat asks as well, so a hint that is lost costs a minute."""
    boards = list(wanted.exclude(kind=Board.Kind.FILE))
    if not boards:
        page.message_user(request, "A file is not read again: import it on the page of jobs.", messages.WARNING)
        return redirect("admin:jobs_board_changelist")
    for board in boards:
        schedule.ask_for(board)
    with suppress(OSError):
        read_due_boards.delay()
    page.message_user(
        request, f"{len(boards)} board{'s are' if len(boards) > 1 else ' is'} read now. This page shows how it goes."
    )
    return redirect(
        f"{reverse('admin:jobs_importrun_changelist')}?board__id__in={','.join(str(one.pk) for one in boards)}"
    )


@admin.register(Board)
class BoardAdmin(DeletionInNumbers):
    list_display = ["__str__", "company", "is_active", "every", "next_at", "complete_at", "failures", "why"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["company"]
    search_fields = ["token", "company__name"]
    autocomplete_fields = ["company"]
    form = BoardForm
    fields = ["spec", "company", "is_active", "every", "next_at", "complete_at", "failures", "why"]
    readonly_fields = ["next_at", "complete_at", "failures", "why"]
    actions = ["read_now"]
    actions_detail = ["read_this"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else self.fields[:4]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Board]":
        told = ImportRun.objects.filter(board=OuterRef("pk")).exclude(message="").order_by("-id").values("message")
        found: QuerySet[Board] = super().get_queryset(request)
        return found.annotate(told=Subquery(told[:1]))

    @admin.display(description="why it fails")
    def why(self, board: Any) -> str:
        return (board.told or "") if board.failures else ""

    @admin.action(description="Read the selected boards now", permissions=["change"])
    def read_now(self, request: HttpRequest, boards: "QuerySet[Board]") -> HttpResponseRedirect:
        return _read_now(request, self, boards)

    @action(description="Read it now", url_path="read", permissions=["change"])  # type: ignore[untyped-decorator]
    def read_this(self, request: HttpRequest, object_id: int) -> HttpResponseRedirect:
        return _read_now(request, self, Board.objects.filter(pk=object_id))


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["source", "status", "progress", "added", "changed", "reopened", "closed", "refused", "started_at"]
    list_filter = ["status", "board__kind"]
    list_select_related = ["board"]
    search_fields = ["source", "message"]
    fields = ["source", "board", "status", "message", "started_at", "finished_at", "progress", "added", "changed",
    "reopened",
              "closed", "refused", "what_was_wrong"]  # fmt: skip
    readonly_fields = fields
    list_before_template = "admin/jobs/live.html"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "board__id__in" or super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        waiting = Board.objects.filter(requested_at__isnull=False).count()  # first: one that waits runs next
        is_live = waiting > 0 or ImportRun.objects.filter(status=ImportRun.Status.RUNNING).exists()
        return super().changelist_view(request, {**(extra_context or {}), "is_live": is_live, "waiting": waiting})

    @admin.display(description="seen")
    def progress(self, run: ImportRun) -> str:
        done = run.seen + run.refused
        return f"{done:,} of {run.expected:,}" if run.expected else f"{done:,}"

    @admin.display(description="what was wrong")
    def what_was_wrong(self, run: ImportRun) -> SafeString | str:
        rows = ((one["row"], f", {one['title']}" if one["title"] else "", one["problem"]) for one in run.problems)
        return format_html_join("", "<p>Row {}{}: {}</p>", rows) or "Nothing"


class RichText(WysiwygWidget):
    """An editor for texts written here. It knows one kind of heading, which we keep as the third.

    Its paragraphs are divisions: it runs neighbouring ones of `<p>` together, and a text would come back as one lump.
    """

    def format_value(self, value: Any) -> Any:
        divided = re.sub(r"<(/?)p>", r"<\1div>", value or "")
        return re.sub(r"<(/?)h[2-6]>", r"<\1h1>", divided)


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = UnfoldAdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [one.strip() for one in str(value or "").splitlines() if one.strip()]


class JobForm(forms.ModelForm[Job]):
    benefits = LinesField(required=False, help_text="One a line")

    class Meta:
        labels: ClassVar[dict[str, str]] = {
            "pay_min": "At least", "pay_max": "At most", "pay_currency": "Currency", "pay_period": "For",
            "pay_source": "Source",
        }  # fmt: skip
        help_texts: ClassVar[dict[str, str]] = {
            "location": "Several places: with a semicolon in between",
            "pay_currency": "Three letters, as in USD",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields and self.instance.board_id is None:
            # What a board wrote stays as it is; the editor would lose some of it.
            self.fields["description"].widget = RichText()
            self.fields["description"].help_text = ""

    def clean_description(self) -> str:
        return _as_read(clean_html, self.cleaned_data["description"])

    def clean_pay_currency(self) -> str:
        return _as_read(currency_of, self.cleaned_data["pay_currency"])

    def clean_apply_url(self) -> str:
        return _as_read(web_address, self.cleaned_data["apply_url"])

    def clean_location(self) -> str:
        """Write the places as cards do; what is none that we know stays as it is."""
        location = str(self.cleaned_data["location"])
        return location_of(where(location).places) or location


def _as_read(read: Callable[[str], str], value: str) -> str:
    """Return what a posting from outside would have of a value; what is wrong with it stands beside the field."""
    try:
        return read(value)
    except BadRow as problem:
        raise forms.ValidationError(str(problem)) from problem


@admin.register(Job)
class JobAdmin(DeletionInNumbers, ImportExportModelAdmin):
    form = JobForm
    resource_classes = [JobResource]
    import_form_class = ImportForm
    export_form_class = ExportForm
    formats = [Csv, Xlsx, JobsAsJson]
    import_template_name = "admin/jobs/import.html"
    list_display = ["title", "company", "location", "work_mode", "status", "posted_at", "created_at"]
    list_filter = ["status", "work_mode", "employment_type", "seniority", "board__kind"]
    list_select_related = ["company"]
    search_fields = ["title", "company__name"]
    autocomplete_fields = ["company"]
    ordering = ["-id"]
    show_full_result_count = False  # counting a million takes longer than the page
    readonly_fields = ["preview", "status", "closed_reason", "closed_at", "version", "changed_at", "reopened_at"]
    actions = ["close", "reopen"]
    fieldsets = [
        ("As a card", {"fields": ["preview"]}),
        (None, {"fields": ["company", "title", "apply_url"]}),
        (
            "Where and how",
            {"fields": ["location", "work_mode", "employment_type", "seniority", "department", "posted_at"]},
        ),
        ("What it is", {"fields": ["description", "benefits"]}),
        ("Pay", {"fields": ["pay_min", "pay_max", "pay_currency", "pay_period", "pay_source"]}),
        (
            "For the robot",
            {"fields": ["other_urls", "company_script", "external_id", "questions"], "classes": ["collapse"]},
        ),
        ("State", {"fields": ["status", "closed_reason", "closed_at", "version", "changed_at", "reopened_at"]}),
    ]

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        """Say what is wrong with a file that cannot be read; the library would name the exception."""
        problem = (
            str(e)
            if isinstance(e, BadRow | Unreadable)
            else "This file cannot be read. Is it of the format that is chosen?"
        )
        form.add_error("import_file", problem)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> Any:
        page = super().import_action(request, **kwargs)
        others = [name for name in COLUMNS if name not in NEEDED]
        page.context_data |= {"needed": NEEDED, "others": others, "most": MOST_SHOWN}
        if result := page.context_data.get("result"):
            page.context_data["rows"] = changes(result)
        return page

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        """Tell what a file did, here and among what came in."""
        told = result.totals
        messages.success(request, f"{told['new']} new, {told['update']} changed, {told['skip']} as they were.")
        ImportRun.objects.create(
            source=request.POST.get("original_file_name", "")[:450], status=ImportRun.Status.COMPLETE,
            seen=result.total_rows, added=told["new"], changed=told["update"], finished_at=Now(),
        )  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[1:-1]  # a new one has neither a card nor a state

    @admin.display(description="")
    def preview(self, job: Job) -> str:
        """Show the job as its card, in a frame of its own so that the admin's styles stay out."""
        card = reverse("admin:jobs_job_card", args=[job.pk])
        return format_html('<iframe class="card-preview" title="The card" src="{}"></iframe>', card)

    def get_urls(self) -> Any:
        view: Any = self.card
        framed = csp_replace({"frame-ancestors": [SELF], "script-src": [NONE]})(xframe_options_sameorigin(view))
        card = self.admin_site.admin_view(framed)
        return [path("<int:pk>/card/", card, name="jobs_job_card"), *super().get_urls()]

    def card(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = get_object_or_404(Job.objects.select_related("company"), pk=pk)
        if not self.has_view_permission(request, job):
            raise PermissionDenied
        return render(request, "admin/jobs/card.html", {"job": job})

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["css/admin.css"]}

    @admin.action(description="Close the selected jobs", permissions=["change"])
    def close(self, request: HttpRequest, jobs: "QuerySet[Job]") -> None:
        closed = services.close_jobs(list(jobs.values_list("pk", flat=True)), reason=upsert.CLOSED_BY_STAFF)
        messages.success(request, f"{closed} closed.")

    @admin.action(description="Open the selected jobs again", permissions=["change"])
    def reopen(self, request: HttpRequest, jobs: "QuerySet[Job]") -> None:
        opened = services.reopen_jobs(list(jobs.values_list("pk", flat=True)))
        messages.success(request, f"{opened} open again.")
