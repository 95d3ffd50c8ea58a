"""The way from the editors' desk to those who ask for the mirror, and to the versions of questionnaires."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .letters import OPEN_MIRROR
from .views.versions import WRITE


class MirrorsItem(MenuItem):
    """Shown to those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return bool(request.user.has_perm(OPEN_MIRROR))


@hooks.register("register_admin_menu_item")
def mirrors() -> Any:
    """Lead to those who ask for the mirror."""
    return MirrorsItem(_("Requests for the mirror"), reverse("self_diagnosis_mirrors"), icon_name="view", order=230)


class VersionsItem(MenuItem):
    """Shown to those who may add some."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return bool(request.user.has_perm(WRITE))


@hooks.register("register_admin_menu_item")
def versions() -> Any:
    """Lead to the versions of questionnaires."""
    return VersionsItem(_("Questionnaires"), reverse("self_diagnosis_versions"), icon_name="list-ul", order=240)
