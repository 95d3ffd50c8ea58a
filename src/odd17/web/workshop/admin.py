"""Where administrators read the trail."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from .models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    """The trail is read: nobody adds to it, changes it or erases from it by hand."""

    list_display = ("at", "who", "what", "about", "release")
    list_filter = ("what", "at")
    search_fields = ("who", "about", "release")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Lines come from what is done."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """A line stays as it was written."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """A line stays."""
        return False
