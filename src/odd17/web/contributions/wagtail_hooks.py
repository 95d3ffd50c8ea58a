"""Proposals at the desk: read there, and the files beside them shown or not; what authors wrote is not rewritten."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import Attachment, Contribution


class _Read(ModelPermissionPolicy):
    """Proposals come from their authors, who alone change or erase them."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


class _Shown(ModelPermissionPolicy):
    """A file comes with a proposal: here it is shown or not, and described."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action in ("view", "change") and super().user_has_permission(user, action)


class Proposals(ModelViewSet):
    """The list of proposals, whatever their state."""

    model = Contribution
    name = "proposals"
    menu_label = _("Proposals")
    icon = "mail"
    exclude_form_fields = ()
    inspect_view_enabled = True
    inspect_view_fields = ("state", "email", "confirmed", "begun", "touched", "agreed", "reply")
    list_display = ("__str__", "state", "touched")
    list_filter = ("state", "language")
    copy_view_enabled = False


class Attachments(ModelViewSet):
    """The files that came with proposals."""

    model = Attachment
    name = "attachments"
    menu_label = _("Attached files")
    icon = "doc-full"
    form_fields = ("caption", "shown")
    list_display = ("name", "practice", "shown", "sent")
    list_filter = ("shown",)
    copy_view_enabled = False


class Taking(ViewSetGroup):
    """What people send."""

    menu_label = _("Proposals")
    menu_icon = "mail"
    menu_order = 200
    items = (Proposals("proposals"), Attachments("attachments"))


register_permission_policy(Contribution, _Read(Contribution))
register_permission_policy(Attachment, _Shown(Attachment))


@hooks.register("register_admin_viewset")
def proposals() -> Taking:
    """Show proposals among the editors' pages."""
    return Taking()
