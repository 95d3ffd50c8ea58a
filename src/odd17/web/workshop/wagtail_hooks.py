"""Where administrators read the trail of figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import Event


class _Kept(ModelPermissionPolicy):
    """A line comes from what is done, and stays as it was written: it is read, and nothing else."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


class Trail(ModelViewSet):
    """The trail of who did what in the workshop."""

    model = Event
    name = "trail"
    menu_label = _("Trail of figures")
    icon = "history"
    add_to_admin_menu = True
    menu_order = 310
    exclude_form_fields = ()
    inspect_view_enabled = True
    list_display = ("at", "who", "what", "about", "release")
    list_filter = ("what", "at")
    search_fields = ("who", "about", "release")
    copy_view_enabled = False


register_permission_policy(Event, _Kept(Event))


@hooks.register("register_admin_viewset")
def trail() -> Trail:
    """Show the trail among the editors' pages."""
    return Trail()
