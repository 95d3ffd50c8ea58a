"""The way from the editors' desk to the requests that wait."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .selectors import HANDLE


class RequestsItem(MenuItem):
    """Shown to those who may answer them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return bool(request.user.has_perm(HANDLE))


@hooks.register("register_admin_menu_item")
def requests() -> Any:
    """Lead to the requests that wait."""
    return RequestsItem(_("Requests for services"), reverse("request_desk"), icon_name="mail", order=220)
