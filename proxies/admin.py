"""Proxies, kept by staff."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from proxies.models import Proxy


@admin.register(Proxy)
class ProxyAdmin(ModelAdmin):
    list_display = ["url", "country", "is_enabled"]
    list_filter = ["is_enabled", "scheme", "country"]
    list_editable = ["is_enabled"]
    search_fields = ["host"]
