"""Where the desk offers what practices may be the same, and how its histories say that two were merged."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from . import merging_urls
from .history import MERGE_ACTION
from .merging import MERGED_AWAY_ACTION


class _ForEditors(MenuItem):
    """Shown to who may publish."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the visitor may decide of pairs."""
        return bool(request.user.has_perm("practices.publish_practice"))


@hooks.register("register_admin_urls")
def merging_addresses() -> list[URLPattern]:
    """The pages, which the desk opens to its people alone."""
    return merging_urls.urlpatterns


@hooks.register("register_admin_menu_item")
def merging_entry() -> MenuItem:
    """An entry of the menu, after the practices."""
    return _ForEditors(gettext_lazy("Likely duplicates"), reverse("practice_duplicates"), icon_name="copy", order=110)


@hooks.register("register_log_actions")
def merging_actions(actions: LogActionRegistry) -> None:
    """What histories say."""

    @actions.register_action(MERGE_ACTION)
    class Merge(LogFormatter):  # the registry keeps it
        """A practice into which another was merged."""

        label = gettext_lazy("Merge")

        def format_message(self, log_entry: object) -> str:
            """Which."""
            return _("“%(title)s” was merged into this practice") % {"title": log_entry.data.get("other", "")}

    @actions.register_action(MERGED_AWAY_ACTION)
    class MergedAway(LogFormatter):
        """A practice that was merged into another."""

        label = gettext_lazy("Merge")

        def format_message(self, log_entry: object) -> str:
            """Into which."""
            return _("Merged into “%(title)s”, to which this address leads") % {
                "title": log_entry.data.get("other", "")
            }
