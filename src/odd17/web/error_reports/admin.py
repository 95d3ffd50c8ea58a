"""Where staff read reported errors."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from .models import ErrorReport


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    """What readers wrote is read, not rewritten; only its state changes, and it can be erased."""

    list_display = ("created", "state", "figure", "page", "email")
    list_filter = ("state", "created")
    search_fields = ("page", "figure", "message")
    readonly_fields = ("created", "page", "figure", "message", "email", "consent")
    date_hierarchy = "created"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Reports come from readers."""
        return False
