"""Proxies, kept by staff: pasted in, switched on and off, tested, and looked at."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from unfold.admin import ModelAdmin

from jobswipe.read_only_admin import ReadOnlyAdmin, ReadOnlyInline
from proxies import probes, services
from proxies.crypto import WrongKey
from proxies.models import Check, HostHealth, Proxy, ProxyLease, Site
from proxies.parsing import Unreadable, clean_host
from proxies.providers import PROVIDERS

MOST_TESTED = 20  # at once, while staff wait


class ProxyForm(forms.ModelForm[Proxy]):
    """An entry; the password is never shown, and kept when its field is left empty."""

    provider = forms.ChoiceField(choices=[(name, name) for name in PROVIDERS])
    user = forms.CharField(required=False, help_text="A gateway's may hold {session} and {country}.")
    password = forms.CharField(required=False, widget=forms.PasswordInput, help_text="Empty: as it is.")

    class Meta:
        model = Proxy
        fields = [
            "scheme", "host", "port", "country", "provider", "kind", "tags",
            "parallel", "host_parallel", "host_per_hour", "is_enabled",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            self.fields["user"].initial = self.instance.user
        except WrongKey as error:
            self.fields["user"].help_text = str(error)

    def clean_host(self) -> str:
        try:
            return clean_host(self.cleaned_data["host"])
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.instance.user = given.get("user", "")
        if given.get("password"):
            self.instance.password = given["password"]
        known = Proxy(scheme=given.get("scheme", ""), host=given.get("host", ""), port=given.get("port") or 0)
        known.user = given.get("user", "")
        if Proxy.objects.filter(identity=known.make_identity()).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("This proxy is in the list already.")
        return given


class PasteForm(forms.Form):
    lines = forms.CharField(
        label="Proxies, one a line",
        widget=forms.Textarea(attrs={"rows": 16, "cols": 100, "spellcheck": "false", "autocomplete": "off"}),
        help_text="scheme://user:password@host:port, or host:port:user:password, then perhaps country=DE kind=isp "
        "provider=gateway tags=a;b. Or CSV whose first line names the columns.",
    )


class CheckInline(ReadOnlyInline):
    model = Check
    fields = ("at", "is_ok", "finding", "latency_ms", "exit_address")
    show_change_link = False


class HostHealthInline(ReadOnlyInline):
    model = HostHealth
    fields = ("host", "failures", "cool_until", "reached", "refused", "challenged", "timed_out", "updated_at")
    show_change_link = False


@admin.register(Proxy)
class ProxyAdmin(ModelAdmin):
    form = ProxyForm
    list_display = ["url", "country", "kind", "state", "latency_ms", "exit_address", "people", "is_enabled"]
    list_filter = ["is_enabled", "scheme", "provider", "kind", "country"]
    search_fields = ["host", "tags", "exit_address"]
    readonly_fields = [
        "state", "failures", "cool_until", "latency_ms", "exit_address", "checked_at", "people", "retired_reason",
    ]  # fmt: skip
    actions = ["test_now", "switch_on", "switch_off", "put_back"]
    inlines = [CheckInline, HostHealthInline]
    change_list_template = "proxies/admin_list.html"

    @admin.display(description="health")
    def state(self, proxy: Proxy) -> str:
        """Say in words how it is."""
        if proxy.retired_at:
            return f"Retired: {proxy.retired_reason}"
        if not proxy.is_enabled:
            return "Off"
        if proxy.cool_until and proxy.cool_until > timezone.now():
            return f"Resting until {proxy.cool_until:%H:%M:%S} UTC"
        return "On probation" if proxy.failures else "Well"

    def get_urls(self) -> list[URLPattern]:
        return [path("paste/", self.admin_site.admin_view(self.paste), name="proxies_paste"), *super().get_urls()]

    def paste(self, request: HttpRequest) -> HttpResponse:
        """Take a pasted list, and name each line that was left out."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PasteForm(request.POST or None)
        added = services.add_pasted(form.cleaned_data["lines"]) if form.is_valid() else None
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Add proxies",
            "form": PasteForm() if added and not added.bad else form,
            "added": added,
        }
        return TemplateResponse(request, "proxies/admin_paste.html", shown)

    @admin.action(description="Test now", permissions=["change"])
    def test_now(self, request: HttpRequest, proxies: "QuerySet[Proxy]") -> None:
        for proxy in proxies[:MOST_TESTED]:
            found = probes.check(proxy)
            took = f", {found.latency_ms} ms" if found.latency_ms is not None else ""
            level = messages.SUCCESS if found.is_ok else messages.ERROR
            self.message_user(request, f"{proxy.url}: {found.finding}{took}", level)
        if proxies.count() > MOST_TESTED:
            self.message_user(request, f"Only the first {MOST_TESTED} were tested.", messages.WARNING)

    @admin.action(description="Switch on", permissions=["change"])
    def switch_on(self, request: HttpRequest, proxies: "QuerySet[Proxy]") -> None:
        services.switch(proxies, on=True)

    @admin.action(description="Switch off", permissions=["change"])
    def switch_off(self, request: HttpRequest, proxies: "QuerySet[Proxy]") -> None:
        services.switch(proxies, on=False)

    @admin.action(description="Put retired ones back, on probation", permissions=["change"])
    def put_back(self, request: HttpRequest, proxies: "QuerySet[Proxy]") -> None:
        for proxy in proxies.filter(retired_at__isnull=False):
            services.put_back(proxy)


@admin.register(Site)
class SiteAdmin(ModelAdmin):
    list_display = ["name", "kind", "parallel", "per_hour", "per_person_day", "gap", "closed_until", "closed_reason"]
    list_filter = ["kind", "closed_reason"]
    search_fields = ["name"]
    readonly_fields = ["closed_until", "closed_reason", "trips"]
    actions = ["open_again"]

    @admin.action(description="Open again now", permissions=["change"])
    def open_again(self, request: HttpRequest, sites: "QuerySet[Site]") -> None:
        sites.update(closed_until=None, closed_reason="", trips=0)


@admin.register(ProxyLease)
class ProxyLeaseAdmin(ReadOnlyAdmin):
    list_display = ["id", "proxy", "person", "host", "employer", "taken_at", "released_at", "verdict"]
    list_filter = ["verdict"]
    list_select_related = ["proxy"]
    search_fields = ["host", "employer", "holder"]
