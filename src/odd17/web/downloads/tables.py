"""Tables to take away: a diagnosis, a ranking, an indicator, in two CSVs and a workbook, each with its citation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from odd17.core.diagnosis.peers import PEER_SETS
from odd17.core.kernel import UsageError
from odd17.core.territories.levels import Level
from odd17.web.pages.current import release_of
from odd17.web.pages.what_if_page import asked_choices
from odd17.workflows.export import (
    FileFormat,
    export_course,
    export_diagnosis,
    export_indicator,
    export_ranking,
    export_ranks,
    export_what_if,
)

from .answers import attachment, language


@require_safe
def diagnosis_table(request: HttpRequest, identifier: str, format: str) -> HttpResponse:
    """A territory's diagnosis, one row a figure; ``avec`` names up to three territories beside it."""
    release = release_of(request)
    chosen = asked_format(format)
    others = sorted(set(request.GET.getlist("avec")) - {identifier})
    if any(name not in release.cog for name in (identifier, *others)) or len(others) > 3:
        raise Http404(_("There is no such table."))
    body = export_diagnosis(release, identifier, chosen, language(), others)
    return attachment(body, file_name(release.id, "-".join((identifier, *others)), chosen), chosen.media_type)


@require_safe
def ranks_table(request: HttpRequest, identifier: str, format: str) -> HttpResponse:
    """The ranks of a territory's domains, with their intervals."""
    release = release_of(request)
    chosen = asked_format(format)
    if identifier not in release.cog:
        raise Http404(_("There is no such table."))
    body = export_ranks(release, identifier, chosen, language())
    return attachment(body, file_name(release.id, f"{identifier}-ranks", chosen), chosen.media_type)


@require_safe
def course_table(request: HttpRequest, identifier: str, indicator: str, format: str) -> HttpResponse:
    """A figure over its periods, here and beside."""
    release = release_of(request)
    chosen = asked_format(format)
    if identifier not in release.cog:
        raise Http404(_("There is no such table."))
    try:
        body = export_course(release, identifier, indicator, chosen, language())
    except UsageError as error:
        raise Http404(_("There is no such table.")) from error
    return attachment(body, file_name(release.id, f"{identifier}-{indicator}", chosen), chosen.media_type)


@require_safe
def ranking_table(request: HttpRequest, node: str, peer_set: str, format: str) -> HttpResponse:
    """All the peers on a domain."""
    release = release_of(request)
    chosen = asked_format(format)
    if peer_set not in PEER_SETS:
        raise Http404(_("There is no such table."))
    try:
        body = export_ranking(release, node, peer_set, chosen, language())
    except UsageError as error:
        raise Http404(_("There is no such table.")) from error
    return attachment(body, file_name(release.id, f"{node}-{peer_set}", chosen), chosen.media_type)


@require_safe
def indicator_table(request: HttpRequest, identifier: str, level: str, format: str) -> HttpResponse:
    """An indicator's figures at a level."""
    release = release_of(request)
    chosen = asked_format(format)
    if level not in set(Level):
        raise Http404(_("There is no such table."))
    try:
        body = export_indicator(release, identifier, Level(level), chosen, language())
    except UsageError as error:
        raise Http404(_("There is no such table.")) from error
    return attachment(body, file_name(release.id, f"{identifier}-{level}", chosen), chosen.media_type)


@require_safe
def what_if_table(request: HttpRequest, format: str) -> HttpResponse:
    """Every rank under a reader's choices: those of the page's own address."""
    release = release_of(request)
    chosen = asked_format(format)
    asked = asked_choices(release, {name: value[:200] for name, value in request.GET.items()})
    if asked.choices is None or asked.peer_set is None:
        raise Http404(_("There is no such table."))
    address = request.build_absolute_uri(f"{reverse('what_if')}?{request.GET.urlencode()}")
    try:
        body = export_what_if(release, asked.peer_set, asked.choices, address, chosen, language())
    except UsageError as error:
        raise Http404(_("There is no such table.")) from error
    return attachment(body, file_name(release.id, f"et-si-{asked.peer_set}", chosen), chosen.media_type)


def asked_format(name: str) -> FileFormat:
    """The format that an address names; 404 with those there are."""
    if name not in set(FileFormat):
        raise Http404(_("Tables are given as csv, tableur-fr and xlsx."))
    return FileFormat(name)


def file_name(release: str, subject: str, format: FileFormat) -> str:
    """The name under which a table is saved."""
    mark = "-tableur-fr" if format is FileFormat.FRENCH_CSV else ""
    return f"odd17-{release}-{subject}{mark}.{format.extension}"
