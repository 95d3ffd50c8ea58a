"""Where an alliance stands, to print for its next dialogue or to go on writing in; for its members alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from odd17.core.alliances.engagements import follow_up as days_of_stock
from odd17.core.alliances.path import stage_at
from odd17.core.kernel import domains
from odd17.publishing.follow_up_document import Followed, Held, Member, follow_up_document
from odd17.publishing.wording import territory_name
from odd17.web.downloads.answers import attachment
from odd17.web.pages.language import language
from odd17.workflows.documents import DocumentFormat, make_document

from ..days import today
from ..forms import words_of
from ..models import Alliance, Person
from ..selectors import path_of, promises_of
from ..workspace_page import territory_of
from .asked import for_members


@for_members
@require_safe
def follow_up(request: HttpRequest, alliance: Alliance, place: Person, format: str) -> HttpResponse:
    """The document of today."""
    made = follow_up_document(_followed(alliance), today(), language())
    kind = DocumentFormat(format)
    return attachment(make_document(made, kind), f"odd17-alliance-{today()}.{kind.value}", kind.media_type)


def _followed(alliance: Alliance) -> Followed:
    territory = territory_of(alliance)
    facts = [(_("Domains"), ", ".join(words_of(domains(), alliance.domains)))]
    if territory is not None:
        facts.insert(0, (_("Territory"), territory_name(territory, language())))
    return Followed(
        alliance.title,
        alliance.need,
        alliance.begun,
        tuple(Member(one.name, one.kind, one.role) for one in alliance.partners.filter(left=None)),
        stage_at(path_of(alliance)),
        tuple(engagement for _promise, engagement in promises_of(alliance)),
        tuple(Held(one.day, one.present, one.decisions) for one in alliance.dialogues.all()),
        days_of_stock(alliance.begun),
        tuple(facts),
    )
