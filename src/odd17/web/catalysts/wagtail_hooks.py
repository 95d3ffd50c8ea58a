"""The way from the editors' desk to the entries that wait."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .selectors import MODERATE


class EntriesItem(MenuItem):
    """Shown to those who may moderate."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return bool(request.user.has_perm(MODERATE))


@hooks.register("register_admin_menu_item")
def entries() -> Any:
    """Lead to the entries of the directory."""
    return EntriesItem(_("Directory of catalysts"), reverse("catalyst_desk"), icon_name="group", order=210)
