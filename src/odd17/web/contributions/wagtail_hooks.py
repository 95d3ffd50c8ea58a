"""Proposals at the desk: read there, and the files beside them shown or not; what authors wrote is not rewritten."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import IndexView
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


class _List(IndexView):
    """Each title leads to the practice that was made of the proposal, where it is read and answered."""

    def get_edit_url(self, instance: Contribution) -> str | None:
        if instance.practice_id and self.request.user.has_perm("practices.change_practice"):
            return reverse("wagtailsnippets_practices_practice:edit", args=[instance.practice_id])
        return None


class Proposals(ModelViewSet):
    """The list of proposals, whatever their state."""

    model = Contribution
    name = "proposals"
    menu_label = _("Proposals")
    icon = "mail"
    exclude_form_fields = ()
    inspect_view_enabled = True
    inspect_view_fields = ("state", "email", "confirmed", "begun", "touched", "agreed", "reply")
    index_view_class = _List
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
