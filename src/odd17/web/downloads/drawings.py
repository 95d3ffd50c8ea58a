"""Maps and charts to take away, with title, source, citation and release."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from odd17.core.kernel import UsageError
from odd17.core.territories.levels import Level
from odd17.publishing.drawing import Output
from odd17.web.pages.current import release_of
from odd17.workflows.diagnose import diagnose
from odd17.workflows.draw import distribution, drawn, map_file, over_time, profile, ranks

from .answers import attachment, language

_DRAWINGS = {"svg": (Output.FRAMED, "image/svg+xml"), "png": (Output.PNG, "image/png")}


@require_safe
def map_download(request: HttpRequest, level: str, subject: str, extension: str) -> HttpResponse:
    """A map; ``dans`` is the département of a map of communes, ``ici`` the territory to outline."""
    release = release_of(request)
    output, content_type = output_of(extension)
    within, here = request.GET.get("dans"), request.GET.get("ici")
    if level not in set(Level) or any(name not in release.cog for name in (within, here) if name is not None):
        raise Http404(_("There is no such map."))
    try:
        body = map_file(release, subject, Level(level), language(), output, within=within, here=here)
    except UsageError as error:
        raise Http404(_("There is no such map.")) from error
    return attachment(body, f"odd17-{release.id}-{level}-{subject}.{extension}", content_type)


@require_safe
def profile_download(request: HttpRequest, identifier: str, extension: str) -> HttpResponse:
    """The chart of a territory's domains; ``avec`` names up to three territories beside it."""
    release = release_of(request)
    output, content_type = output_of(extension)
    others = sorted(set(request.GET.getlist("avec")) - {identifier})
    if any(name not in release.cog for name in (identifier, *others)) or len(others) > 3:
        raise Http404(_("There is no such chart."))
    chart = profile(release, diagnose(release, identifier, others), language())
    name = "-".join(("profile", language(), identifier, *others))
    body = drawn(release, name, chart, output)
    return attachment(body, f"odd17-{release.id}-{identifier}.{extension}", content_type)


@require_safe
def ranks_download(request: HttpRequest, identifier: str, extension: str) -> HttpResponse:
    """The chart of the ranks of a territory's domains, with their intervals."""
    release = release_of(request)
    output, content_type = output_of(extension)
    if identifier not in release.cog:
        raise Http404(_("There is no such chart."))
    chart = ranks(diagnose(release, identifier), language())
    if chart is None:
        raise Http404(_("There is no such chart."))
    body = drawn(release, f"ranks-{language()}-{identifier}", chart, output)
    return attachment(body, f"odd17-{release.id}-{identifier}-ranks.{extension}", content_type)


@require_safe
def course_download(request: HttpRequest, identifier: str, indicator: str, extension: str) -> HttpResponse:
    """The chart of a figure over its periods."""
    release = release_of(request)
    output, content_type = output_of(extension)
    if identifier not in release.cog:
        raise Http404(_("There is no such chart."))
    try:
        chart = over_time(diagnose(release, identifier), indicator, language())
    except UsageError as error:
        raise Http404(_("There is no such chart.")) from error
    body = drawn(release, f"course-{language()}-{identifier}-{indicator}", chart, output)
    return attachment(body, f"odd17-{release.id}-{identifier}-{indicator}.{extension}", content_type)


@require_safe
def distribution_download(request: HttpRequest, identifier: str, peer_set: str, extension: str) -> HttpResponse:
    """The chart of an indicator among peers."""
    release = release_of(request)
    output, content_type = output_of(extension)
    try:
        chart = distribution(release, identifier, peer_set, language())
    except UsageError as error:
        raise Http404(_("There is no such chart.")) from error
    body = drawn(release, f"distribution-{language()}-{identifier}-{peer_set}", chart, output)
    return attachment(body, f"odd17-{release.id}-{identifier}-{peer_set}.{extension}", content_type)


def output_of(extension: str) -> tuple[Output, str]:
    """What the ending of an address asks for, and its type; 404 for another."""
    if extension not in _DRAWINGS:
        raise Http404(_("Drawings are given as SVG and PNG."))
    return _DRAWINGS[extension]
