"""A first meeting prepared from the priority of a territory: public, and of no alliance yet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.core.kernel import domains as all_domains
from odd17.publishing.dialogue_document import dialogue_document
from odd17.web.downloads.answers import attachment
from odd17.web.pages.current import release_of
from odd17.web.pages.language import language
from odd17.workflows.crossing import crossing_at
from odd17.workflows.diagnose import diagnosis_of
from odd17.workflows.documents import DocumentFormat, make_document


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
