"""The directory: who accompanies, for which trade, near which territory; and what is not known."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory, trades
from odd17.core.resources.catalysts import freshness
from odd17.web.pages.current import release_of
from odd17.workflows.catalysts import catalyst_named, catalysts, coverage_of, near


@never_cache
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The list (``metier`` keeps one trade, ``territoire`` puts the nearest first), then who does what by region."""
    cog, day = release_of(request).cog, timezone.localdate()
    asked, named = request.GET.get("metier", ""), request.GET.get("territoire", "").strip()[:200]
    trade = next((one for one in trades() if one.slug == asked), None)
    territory, problem = None, ""
    if named:
        try:
            territory = cog.widest(named)[0]
        except (UnknownTerritory, AmbiguousTerritory):
            problem = _("No single territory is called so: write a code or an identifier.")
    rows = near(territory.id, cog, day) if territory else tuple((one, None) for one in catalysts(day))
    kept = [
        (one, reach)
        for one, reach in rows
        if trade is None or trade.id in one.trades or trade.id in one.doubtful_trades
    ]
    matrix = coverage_of(cog, day)
    regions = [cog[id] for id in matrix.territories]
    context = {
        "trades": trades(),
        "trade": trade,
        "named": territory.id if territory else named,
        "territory": territory,
        "problem": problem,
        "rows": kept,
        "matrix": [(region, [matrix.cells[one.id, region.id] for one in trades()]) for region in regions],
    }
    return render(request, "catalysts/directory.html", context, status=422 if problem else 200)


@never_cache
@require_safe
def entry(request: HttpRequest, id: str) -> HttpResponse:
    """One entry: what its source says, and nothing more."""
    day = timezone.localdate()
    found = catalyst_named(id, day)
    if found is None:
        raise Http404(_("There is no such catalyst."))
    cog = release_of(request).cog
    places = [cog[one] for one in found.territories if one in cog]
    context = {"catalyst": found, "places": places, "freshness": freshness(found, day)}
    return render(request, "catalysts/entry.html", context)
