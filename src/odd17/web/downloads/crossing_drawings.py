"""Charts of the crossing to take away, with title, studies' mentions and release."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from odd17.core.diagnosis.crossing_reading import CrossedViews
from odd17.core.kernel import UsageError, actors
from odd17.publishing.charts.actor_shares import share_charts
from odd17.publishing.charts.crossing import domain_gap_charts, gap_charts, quadrant_chart
from odd17.publishing.charts.systemic import heat_chart
from odd17.web.pages.current import release_of
from odd17.web.pages.regards_page import sights
from odd17.workflows.crossing import METROPOLITAN, actor_crossing, crossing_of, domain_crossing, peer_crossing
from odd17.workflows.draw import drawn
from odd17.workflows.releases import Release

from .answers import attachment, language
from .drawings import output_of


@require_safe
def gaps_download(request: HttpRequest, identifier: str, year: str, extension: str) -> HttpResponse:
    """The gaps of a territory among those asked in a year."""
    release = release_of(request)
    output, content_type = output_of(extension)
    charts = gap_charts(_views(release, identifier), language())
    chart = next((one for one in charts if one.id == f"gaps-{year}"), None)
    if chart is None:
        raise Http404(_("There is no such chart."))
    body = drawn(release, f"gaps-{language()}-{identifier}-{year}", chart, output)
    return attachment(body, f"odd17-{release.id}-{identifier}-{chart.id}.{extension}", content_type)


@require_safe
def quadrants_download(request: HttpRequest, identifier: str, actor: str, extension: str) -> HttpResponse:
    """The quadrants of a territory as an actor sees it."""
    release = release_of(request)
    output, content_type = output_of(extension)
    known = {one.slug: one.id for one in actors()}
    chart = None if actor not in known else quadrant_chart(_views(release, identifier), known[actor], language())
    if chart is None:
        raise Http404(_("There is no such chart."))
    body = drawn(release, f"quadrants-{language()}-{identifier}-{actor}", chart, output)
    return attachment(body, f"odd17-{release.id}-{identifier}-{chart.id}.{extension}", content_type)


@require_safe
def domain_gaps_download(request: HttpRequest, node: str, peer_set: str, year: str, extension: str) -> HttpResponse:
    """The gaps of a domain over its peers among those asked in a year."""
    release = release_of(request)
    output, content_type = output_of(extension)
    try:
        charts = domain_gap_charts(domain_crossing(release, node, peer_set), language())
    except UsageError as error:
        raise Http404(_("There is no such chart.")) from error
    chart = next((one for one in charts if one.id == f"gaps-{year}"), None)
    if chart is None:
        raise Http404(_("There is no such chart."))
    body = drawn(release, f"domain-gaps-{language()}-{node}-{peer_set}-{year}", chart, output)
    return attachment(body, f"odd17-{release.id}-{node}-{peer_set}-{chart.id}.{extension}", content_type)


@require_safe
def shares_download(request: HttpRequest, actor: str, identifier: str, subject: str, extension: str) -> HttpResponse:
    """What an actor judges fragile in a territory, or the levers that it puts first."""
    release = release_of(request)
    output, content_type = output_of(extension)
    known = {one.slug: one.id for one in actors()}
    if actor not in known or identifier not in release.cog:
        raise Http404(_("There is no such chart."))
    charts = share_charts(actor_crossing(release, known[actor], identifier), language())
    chart = next((one for one in charts if one.id == subject), None)
    if chart is None:
        raise Http404(_("There is no such chart."))
    body = drawn(release, f"shares-{language()}-{actor}-{identifier}-{subject}", chart, output)
    return attachment(body, f"odd17-{release.id}-{actor}-{identifier}-{subject}.{extension}", content_type)


@require_safe
def systemic_download(request: HttpRequest, sight: str, extension: str) -> HttpResponse:
    """The systemic view as it was chosen on its page."""
    release = release_of(request)
    output, content_type = output_of(extension)
    found = peer_crossing(release, METROPOLITAN)
    chosen = next((one for one in sights(found) if one.slug == sight), None)
    if chosen is None:
        raise Http404(_("There is no such chart."))
    actor = None if chosen.actor is None else chosen.actor.id
    chart = heat_chart(found, chosen.sight, actor, language())
    body = drawn(release, f"systemic-{language()}-{sight}", chart, output)
    return attachment(body, f"odd17-{release.id}-{sight}.{extension}", content_type)


def _views(release: Release, identifier: str) -> CrossedViews:
    if identifier not in release.cog:
        raise Http404(_("There is no such chart."))
    return crossing_of(release, identifier)
