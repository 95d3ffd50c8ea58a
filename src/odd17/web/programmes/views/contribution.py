"""Figures of a territory before and since a measure, and after all its effects were due: chosen in the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory, in_language
from odd17.core.programmes.evidence import linked_indicators
from odd17.core.programmes.programme import Measure, full_effects
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.web.downloads.answers import attachment
from odd17.web.downloads.tables import asked_format
from odd17.web.pages.contribution import MOST, choice_groups, contribution_shown
from odd17.web.pages.current import release_of
from odd17.web.pages.drawings import table_files
from odd17.web.pages.language import language
from odd17.workflows.contribution import contribution_readings, export_contribution
from odd17.workflows.programmes import Followed
from odd17.workflows.releases import Release

from ..selectors import programme_for
from .public import context_of


@never_cache
@require_safe
def measure_contribution(request: HttpRequest, id: str, number: int) -> HttpResponse:
    """A territory (``territoire``) and indicators (``indicateur``, else those that the measure's evidence names)."""
    found, measure, release = *_measure(request, id, number), release_of(request)
    asked = request.GET.get("territoire", "").strip()
    chosen = _chosen(request, found, measure)
    begun, ended = found.programme.published, full_effects(found.programme, measure)
    context: dict[str, Any] = {
        **context_of(found),
        "measure": measure,
        "asked": asked,
        "begun": begun,
        "ended": ended,
        "most": MOST,
        "places": _places(release, request.GET.getlist("indicateur")),
    }
    if not asked:
        return render(request, "programmes/contribution.html", context)
    territory, near = _territory(release, asked)
    if territory is None:
        return render(request, "programmes/contribution.html", {**context, "unknown": True, "near": near}, status=422)
    kept = chosen[:MOST]
    query = urlencode([("territoire", territory.id), *(("indicateur", one) for one in kept)])
    context |= {
        "territory": territory,
        "too_many": len(chosen) > MOST,
        "shown": contribution_shown(release, territory, begun, ended, kept),
        "groups": choice_groups(release, territory, (), kept),
        "files": table_files("measure_contribution_file", id, str(number), query=f"?{query}"),
    }
    return render(request, "programmes/contribution.html", context)


@never_cache
@require_safe
def measure_contribution_file(request: HttpRequest, id: str, number: int, format: str) -> HttpResponse:
    """The same as a table."""
    found, measure, release = *_measure(request, id, number), release_of(request)
    chosen = asked_format(format)
    territory, _near = _territory(release, request.GET.get("territoire", ""))
    indicators = _chosen(request, found, measure)[:MOST]
    begun, ended = found.programme.published, full_effects(found.programme, measure)
    readings = () if territory is None else contribution_readings(release, territory, begun, ended, indicators)
    if not readings:
        raise Http404(_("There is no such table."))
    title = f"{measure.number}. {in_language(measure.label, language())}"
    body = export_contribution(readings, title, chosen, language())
    return attachment(body, f"odd17-{id}-{number}-{readings[0].territory.id}.{chosen.extension}", chosen.media_type)


def _measure(request: HttpRequest, id: str, number: int) -> tuple[Followed, Measure]:
    found = programme_for(request, id)
    try:
        return found, found.programme.measure(number)
    except KeyError as error:
        raise Http404(_("The programme has no such measure.")) from error


def _chosen(request: HttpRequest, found: Followed, measure: Measure) -> list[str]:
    """What the address asks for; else what the evidence of the measure and of its reviews names."""
    if "indicateur" in request.GET:
        return list(dict.fromkeys(request.GET.getlist("indicateur")))
    said = [text for one in found.reviews if measure.number in one.marks for text in one.marks[measure.number].evidence]
    return list(linked_indicators([*measure.evidence, *said]))


def _places(release: Release, indicators: list[str]) -> list[tuple[Territory, str, list[tuple[Territory, str]]]]:
    """Regions and their départements to pick from, each with its address; smaller ones are typed."""

    def there(territory: Territory) -> tuple[Territory, str]:
        chosen = [("territoire", territory.id), *(("indicateur", one) for one in indicators)]
        return territory, f"?{urlencode(chosen)}"

    regions = release.cog.get(release.cog.at(Level.REGION))
    inside = {one.id: release.cog.get(release.cog.children(one.id, Level.DEPARTEMENT)) for one in regions}
    return [(*there(one), [there(part) for part in inside[one.id]]) for one in regions]


def _territory(release: Release, asked: str) -> tuple[Territory | None, tuple[Territory, ...]]:
    """The territory that is meant; else None, and those that could be."""
    try:
        return release.cog.widest(asked)[0], ()
    except AmbiguousTerritory as error:
        return None, tuple(release.cog.get(error.candidates[:6]))
    except UnknownTerritory:
        return None, tuple(release.cog.search(asked, 6))
