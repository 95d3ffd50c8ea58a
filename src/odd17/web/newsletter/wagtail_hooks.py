"""Letters at the desk: written there, sent from their own page; one that was sent is not changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.widgets import ListingButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Letter
from .selectors import SEND


class _Unsent(ModelPermissionPolicy):
    """A letter is changed and removed as long as it was sent to nobody."""

    def user_has_permission_for_instance(self, user: object, action: str, instance: Letter) -> bool:
        open_to_it = action not in ("change", "delete") or instance.queued is None
        return open_to_it and super().user_has_permission_for_instance(user, action, instance)


class Letters(SnippetViewSet):
    """The list and the form of letters."""

    model = Letter
    menu_label = gettext_lazy("Newsletter")
    icon = "mail"
    add_to_admin_menu = True
    menu_order = 210
    list_display = ("title_fr", "written", "queued", "ended")
    copy_view_enabled = True
    panels = (
        HelpPanel(
            content=gettext_lazy(
                "Plain text: leave an empty line between paragraphs, and write the addresses of pages in full. The end "
                "of the letter, with the link to leave, is added by itself. Save, then send from the list."
            )
        ),
        MultiFieldPanel([FieldPanel("title_fr"), FieldPanel("text_fr")], heading=gettext_lazy("In French")),
        MultiFieldPanel(
            [FieldPanel("title_en"), FieldPanel("text_en")],
            heading=gettext_lazy("In English (left empty, English readers get the French letter)"),
        ),
    )


register_permission_policy(Letter, _Unsent(Letter))
register_snippet(Letters)


@hooks.register("register_snippet_listing_buttons")
def send_button(snippet: object, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    """Where a letter is sent from."""
    if isinstance(snippet, Letter) and user.has_perm(SEND):
        label = _("How it was sent") if snippet.queued else _("Read again and send")
        yield ListingButton(label, reverse("newsletter_sending", args=[snippet.pk]), priority=5)


@hooks.register("before_edit_snippet")
def sent_is_not_changed(request: HttpRequest, instance: object) -> HttpResponse | None:
    """Lead from the form of a letter that was sent to the page that shows it."""
    return _to_its_page(request, instance)


@hooks.register("before_delete_snippet")
def sent_is_not_removed(request: HttpRequest, instances: list[object]) -> HttpResponse | None:
    """Keep letters that were sent: others hold them in their mailbox."""
    return next((answer for one in instances if (answer := _to_its_page(request, one))), None)


def _to_its_page(request: HttpRequest, letter: object) -> HttpResponse | None:
    if not isinstance(letter, Letter) or letter.queued is None:
        return None
    messages.error(request, _("This letter was sent: it is not changed any more. Copy it to write another."))
    return redirect("newsletter_sending", letter.pk)
