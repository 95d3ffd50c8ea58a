"""What an alliance shows outside: its card, once all agree; a meeting to prepare; a practice to draft."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.core.kernel import domains as all_domains
from odd17.publishing.alliance_documents import dialogue_document
from odd17.web.contributions.services import answers_save, contribution_begin
from odd17.web.downloads.answers import attachment
from odd17.web.pages.current import release_of
from odd17.web.pages.language import language
from odd17.workflows.crossing import crossing_at
from odd17.workflows.diagnose import diagnosis_of
from odd17.workflows.documents import DocumentFormat, make_document

from ..drafted import drafted_practice
from ..models import Alliance, Person
from ..selectors import card_stands
from ..workspace_page import card_page
from .asked import for_members


@never_cache
@require_safe
def card(request: HttpRequest, number: int) -> HttpResponse:
    """The public card: it exists while every partner who is there agrees, and says what they agreed to."""
    found = get_object_or_404(Alliance, pk=number)
    if not card_stands(found):
        raise Http404
    return render(request, "alliances/card.html", {"alliance": found, "view": card_page(found)})


@require_safe
def prepare(request: HttpRequest, format: str) -> HttpResponse:
    """A first meeting prepared from a territory's priority: who, figures with their sources, questions, agenda."""
    release = release_of(request)
    domain = next((one for one in all_domains() if request.GET.get("domaine") in (one.id, one.slug)), None)
    try:
        territory, _others = release.cog.widest(request.GET.get("territoire", ""))
    except (UnknownTerritory, AmbiguousTerritory) as error:
        raise Http404 from error
    if domain is None:
        raise Http404
    crossed = crossing_at(release, territory) if release.studies else None
    made = dialogue_document(diagnosis_of(release, territory), crossed, domain, language())
    kind = DocumentFormat(format)
    name = f"odd17-dialogue-{territory.id}-{domain.slug}.{kind.value}"
    return attachment(make_document(made, kind), name, kind.media_type)


@for_members
@require_POST
def draft(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Draft a practice with what is known of the alliance; its author goes on from there."""
    begun = contribution_begin(
        once=f"alliance-{alliance.pk}-{place.pk}", language=language(), email=request.user.email, account=request.user
    )
    if begun.is_open and not begun.answers:
        for part, typed in drafted_practice(alliance).items():
            answers_save(contribution=begun, part=part, typed=typed)
    return redirect(reverse("proposal", args=[begun.pk]))
