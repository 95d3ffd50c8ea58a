"""The editors' desk: practices with their drafts, moderation and history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from odd17.web.contributions.panels import ProposalPanel

from .models import Practice

_STORY = [
    ProposalPanel(heading=_("Proposal")),
    FieldPanel("title"),
    FieldPanel("summary"),
    FieldPanel("story"),
    FieldPanel("picture"),
    InlinePanel("partners", label=_("Partner"), heading=_("Partners")),
    InlinePanel("impacts", label=_("Impact"), heading=_("Impacts and their proof")),
]
_CLASSED = [
    FieldPanel("domains"),
    FieldPanel("goals"),
    FieldPanel("territories"),
    FieldRowPanel([FieldPanel("scale"), FieldPanel("stage")]),
    FieldRowPanel([FieldPanel("alliance_type"), FieldPanel("trade")]),
    FieldPanel("lever"),
]
_FACTS = [
    FieldRowPanel([FieldPanel("begun"), FieldPanel("ended")], heading=_("Dates")),
    MultiFieldPanel([FieldPanel("money"), FieldPanel("time"), FieldPanel("skills")], heading=_("Means")),
    FieldPanel("sources"),
    FieldRowPanel([FieldPanel("licence"), FieldPanel("checked")]),
    FieldPanel("cited"),
    FieldPanel("private"),
]


class Practices(SnippetViewSet):
    """The list and the form of practices."""

    model = Practice
    menu_label = _("Practices")
    icon = "doc-full-inverse"
    add_to_admin_menu = True
    menu_order = 100
    list_display = ("title", "cited", "checked", "last_published_at")
    list_filter = ("live", "cited", "private", "alliance_type", "stage")
    search_fields = ("title", "summary")
    edit_handler = TabbedInterface(
        [
            ObjectList(_STORY, heading=_("Story")),
            ObjectList(_CLASSED, heading=_("Classification")),
            ObjectList(_FACTS, heading=_("Facts")),
        ]
    )


register_snippet(Practices)
