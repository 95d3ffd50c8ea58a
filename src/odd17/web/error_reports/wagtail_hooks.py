"""Where staff read reported errors: what readers wrote is read, not rewritten; only its state changes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import ErrorReport


class _Read(ModelPermissionPolicy):
    """Reports come from readers: nobody adds one here."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


class ErrorReports(ModelViewSet):
    """The list of reports, and the form that says what became of one."""

    model = ErrorReport
    name = "error_reports"
    menu_label = _("Reported errors")
    icon = "warning"
    add_to_admin_menu = True
    menu_order = 300
    form_fields = ("state",)
    inspect_view_enabled = True
    inspect_view_fields = ("created", "page", "figure", "message", "email", "consent", "state")
    list_display = ("__str__", "state", "figure", "page", "email")
    list_filter = ("state", "created")
    search_fields = ("page", "figure", "message")
    copy_view_enabled = False


register_permission_policy(ErrorReport, _Read(ErrorReport))


@hooks.register("register_admin_viewset")
def error_reports() -> ErrorReports:
    """Show reports among the editors' pages."""
    return ErrorReports()
