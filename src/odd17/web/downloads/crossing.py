"""Tables of the crossing to take away, in two CSVs and a workbook, each row with its study's full mention."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from odd17.core.diagnosis.peers import PEER_SETS
from odd17.core.kernel import UsageError
from odd17.web.pages.current import release_of
from odd17.workflows.crossing import crossing_of, domain_crossing, peer_crossing
from odd17.workflows.export_crossing import export_crossing, export_peer_crossing, export_perceptions

from .answers import attachment, language
from .tables import asked_format, file_name

ALL = "tous"
"""In the place of a domain: all of them."""


@require_safe
def crossing_table(request: HttpRequest, identifier: str, format: str) -> HttpResponse:
    """The crossing of a territory, one row a measure of an actor; 404 where nobody was asked of it."""
    release, chosen = release_of(request), asked_format(format)
    views = crossing_of(release, identifier) if identifier in release.cog else None
    if views is None or views.reason is not None:
        raise Http404(_("There is no such table."))
    body = export_crossing(views, chosen, language())
    return attachment(body, file_name(release.id, f"{identifier}-crossing", chosen), chosen.media_type)


@require_safe
def peer_crossing_table(request: HttpRequest, node: str, peer_set: str, format: str) -> HttpResponse:
    """The crossing of a domain (``tous``: of all) over the peers; 404 where nobody was asked of them."""
    release, chosen = release_of(request), asked_format(format)
    if peer_set not in PEER_SETS:
        raise Http404(_("There is no such table."))
    try:
        found = peer_crossing(release, peer_set) if node == ALL else domain_crossing(release, node, peer_set)
    except UsageError as error:
        raise Http404(_("There is no such table.")) from error
    if found.reason is not None:
        raise Http404(_("There is no such table."))
    body = export_peer_crossing(found, chosen, language())
    return attachment(body, file_name(release.id, f"{node}-{peer_set}-crossing", chosen), chosen.media_type)


@require_safe
def perceptions_table(request: HttpRequest, format: str) -> HttpResponse:
    """All that the studies of the release tell; 404 where it has none."""
    release, chosen = release_of(request), asked_format(format)
    if not release.studies:
        raise Http404(_("There is no such table."))
    body = export_perceptions(release, chosen, language())
    return attachment(body, file_name(release.id, "perceptions", chosen), chosen.media_type)
