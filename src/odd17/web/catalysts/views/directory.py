"""The directory: who accompanies, for which trade, near which territory; and what is not known."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory, trades
from odd17.core.resources.access import services, tiers
from odd17.core.resources.catalyst_places import Covered
from odd17.core.resources.catalyst_query import PAGE, CatalystQuery, query_from
from odd17.core.resources.catalysts import freshness
from odd17.core.territories import Cog
from odd17.core.territories.territory import Territory
from odd17.publishing.exports import french_csv, strict_csv, xlsx
from odd17.publishing.exports.catalysts import catalysts_table
from odd17.web.downloads.answers import attachment
from odd17.web.pages.current import release_of
from odd17.workflows.catalysts import covered_place

from ..directory_page import address_of_query, filters_of, map_of, matrix_of, pages_of, wider_of
from ..selectors import absences, catalyst_shown, directory_today, practices_of, reachable

_NEAR = 6
_FORMATS = {
    "csv": (strict_csv, "csv", "text/csv; charset=utf-8"),
    "tableur-fr": (french_csv, "csv", "text/csv; charset=utf-8"),
    "xlsx": (xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@never_cache
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The list, what narrows it, the map, and who does which trade where."""
    release = release_of(request)
    cog = release.cog
    query, territory, candidates = _asked(request, cog)
    everyone = directory_today(cog)
    found = everyone.answering(query)
    first = (query.page - 1) * PAGE
    last = max(1, -(-len(found) // PAGE))
    matrix = matrix_of(everyone, absences(cog), cog, territory)
    context = {
        "query": query,
        "filters": filters_of(query),
        "named": territory.name if territory else request.GET.get("territoire", "").strip()[:200],
        "territory": territory,
        "candidates": None
        if candidates is None
        else [(place, address_of_query(replace(query, territory=place.id))) for place in candidates],
        "total": len(found),
        "wider": () if found or territory is None else wider_of(everyone, query, territory, cog),
        "filtered": replace(query, territory=None).narrows,
        "rows": found[first : first + PAGE],
        "pages": pages_of(query, len(found)),
        "before": address_of_query(replace(query, page=query.page - 1)) if 1 < query.page <= last else None,
        "after": address_of_query(replace(query, page=query.page + 1)) if query.page < last else None,
        "services": [(tier, [one for one in services() if one.tier == tier.id]) for tier in tiers()],
        "trades": trades(),
        "matrix": matrix,
        "parts": territory is not None and any(territory.id in place.parents for place, _cells in matrix),
        "map": map_of(release, query, everyone, [one for one, _reach in found]),
        "files": [
            (name, address_of_query(replace(query, page=1), "catalysts_file", format))
            for format, name in (("csv", "CSV"), ("tableur-fr", _("CSV for a French spreadsheet")), ("xlsx", "XLSX"))
        ],
    }
    status = 200 if candidates is None else 422
    answer = render(request, "catalysts/directory.html", context, status=status)
    if query.narrows:
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@never_cache
@require_safe
def entry(request: HttpRequest, id: str) -> HttpResponse:
    """One entry: what it says, or what its source says and nothing more."""
    cog = release_of(request).cog
    found = catalyst_shown(id, cog)
    if found is None:
        raise Http404(_("There is no such catalyst."))
    context = {
        "catalyst": found,
        "places": cog.get(found.territories),
        "freshness": freshness(found, timezone.localdate()),
        "services": [
            (tier, [one for one in services() if one.tier == tier.id and one.id in found.services])
            for tier in tiers()
            if any(one.tier == tier.id and one.id in found.services for one in services())
        ],
        "practices": practices_of(found),
        "reachable": reachable(id, cog) is not None,
    }
    return render(request, "catalysts/entry.html", context)


@never_cache
@require_safe
def catalysts_file(request: HttpRequest, format: str) -> HttpResponse:
    """The entries found as a file; nobody's address is in it."""
    if format not in _FORMATS:
        raise Http404(_("There is no such format."))
    release = release_of(request)
    query, _territory, candidates = _asked(request, release.cog)
    if candidates is not None:
        raise Http404(_("No single territory is called so: write a code or an identifier."))
    found = [one for one, _reach in directory_today(release.cog).answering(query)]
    table = catalysts_table(
        found,
        get_language() or "fr",
        lambda territory: release.cog[territory].name,
        day=timezone.localdate(),
        address=f"{settings.ADDRESS}{address_of_query(query)}",
        release=release.id,
    )
    write, ending, kind = _FORMATS[format]
    return attachment(write(table), f"odd17-catalyseurs-{timezone.localdate().isoformat()}.{ending}", kind)


def _asked(request: HttpRequest, cog: Cog) -> tuple[CatalystQuery, Territory | None, list[Territory] | None]:
    """The query of an address, its territory, and those it may be where its name is not that of one."""
    query = query_from({name: request.GET.get(name, "") for name in request.GET})
    named = request.GET.get("territoire", "").strip()[:200]
    if not named:
        return query, None, None
    try:
        found = cog.widest(named)[0]
    except AmbiguousTerritory as error:
        return query, None, list(cog.get(error.candidates[:_NEAR]))
    except UnknownTerritory:
        place = covered_place(named, cog)
        if not isinstance(place, Covered):
            return query, None, list(cog.suggest(named, _NEAR))
        if len(place.ids) > 1:
            return query, None, list(cog.get(place.ids))
        found = cog[place.ids[0]]
    return replace(query, territory=found.id), found, None
