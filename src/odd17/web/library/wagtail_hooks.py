"""The editors' desk: resources with their drafts, moderation and history; their files are given out by their pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from odd17.core.resources.library import kinds

from . import fields
from .models import Resource


def kinds_explained() -> SafeString:
    """What each kind is, in the language of the desk."""
    language = get_language() or "fr"
    told = ((kind.name.in_language(language), kind.explained.in_language(language)) for kind in kinds())
    return format_html_join(mark_safe("<br>"), "<b>{}</b> {}", told)


_TOLD = [
    FieldPanel("title"),
    FieldPanel("kind", help_text=lazy(kinds_explained, SafeString)()),
    FieldPanel("summary"),
    FieldPanel("text"),
    FieldPanel("link"),
    FieldPanel("file"),
]
_KIT = [FieldPanel("kit")]
_CLASSED = [
    FieldPanel("audiences"),
    FieldPanel("domains"),
    FieldPanel("goals"),
    FieldPanel("stage"),
]
_FACTS = [
    FieldRowPanel([FieldPanel("producer"), FieldPanel("collection")]),
    FieldRowPanel([FieldPanel("day"), FieldPanel("years")], heading=_("Dates")),
    FieldPanel("licence"),
    FieldPanel("sources"),
    FieldPanel("cited"),
    FieldPanel("private"),
]


class Narrowed(WagtailFilterSet):
    """What narrows the list of resources."""

    kind = ChoiceFilter(choices=fields.KINDS, label=_("Kind of resource"))

    class Meta:
        model = Resource
        fields = ("live", "kind", "cited", "private")


def kind_said(resource: Resource) -> str:
    """The kind of a resource, in the language of the desk."""
    return dict(fields.KINDS()).get(resource.kind, resource.kind)


class Library(SnippetViewSet):
    """The list and the form of resources."""

    model = Resource
    menu_label = _("Library")
    icon = "folder-open-inverse"
    add_to_admin_menu = True
    menu_order = 110
    list_display = (
        "title",
        Column("kind", label=_("Kind of resource"), accessor=kind_said, sort_key="kind"),
        "producer",
        LocaleColumn(),
        LiveStatusTagColumn(),
        "last_published_at",
    )
    filterset_class = Narrowed
    search_fields = ("title", "summary", "producer", "collection")
    edit_handler = TabbedInterface(
        [
            ObjectList(_TOLD, heading=_("Content")),
            ObjectList(_KIT, heading=_("Axes of a kit")),
            ObjectList(_CLASSED, heading=_("Classification")),
            ObjectList(_FACTS, heading=_("Facts")),
        ]
    )


register_snippet(Library)


@hooks.register("before_serve_document")
def for_editors_alone(document: Any, request: HttpRequest) -> None:
    """A document under its own address is the desk's: readers have it from the page of a public resource."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
