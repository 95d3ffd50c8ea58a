"""A territory's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.core.territories import FormerCommune
from odd17.core.territories.cog import Cog
from odd17.core.territories.territory import Territory
from odd17.web.catalysts.version import directory_version
from odd17.web.practices.following import pages_version
from odd17.workflows.former_communes import former_named

from ..addresses import address_of, identifier_in
from ..current import release_of
from ..page_cache import page_of_release
from ..territory_page import territory_page


def shown_version() -> tuple[object, ...]:
    """What a territory's page depends on beside the release: the practices and the catalysts of this day."""
    return pages_version(), directory_version()


@page_of_release(also=shown_version)
def territory(request: HttpRequest, reference: str) -> HttpResponse:
    """The diagnosis of a territory.

    An address with another name than the territory's leads to the right one; a bare code that several levels use
    gets the choice; anything else a 404 with the nearest names. ``acteur`` says whose quadrants are drawn.
    """
    release = release_of(request)
    try:
        found = _resolve(reference, release.cog)
    except AmbiguousTerritory as error:
        candidates = [release.cog[identifier] for identifier in error.candidates]
        context = {"query": error.query, "found": candidates, "cog": release.cog}
        return render(request, "odd17/choose.html", context, status=300)
    except UnknownTerritory:
        asked = reference[:100]
        context = {
            "query": asked,
            "found": _near(asked, release.cog),
            "former": _former(asked, release.cog),
            "cog": release.cog,
        }
        return render(request, "odd17/failures/no_territory.html", context, status=404)
    right = address_of(found)
    if request.path != right:
        return redirect(right, permanent=True)
    view = territory_page(release, found, request.GET.get("acteur", ""))
    return render(request, "odd17/territory.html", {"view": view})


def _resolve(reference: str, cog: Cog) -> Territory:
    identifier = identifier_in(reference)
    return cog.resolve(identifier or reference)


def _former(reference: str, cog: Cog) -> list[tuple[FormerCommune, Territory]]:
    """The former commune whose code stands in the address, else those whose name does."""
    code, _dash, named = reference.removeprefix("COM-").partition("-")
    of_code = [found for found in former_named(cog, code) if found[0].code == code]
    return of_code or former_named(cog, (named or reference).replace("-", " "), limit=3)


def _near(reference: str, cog: Cog) -> list[Territory]:
    """What the address may mean: by the name that follows its level and code, where it has them, then as a whole."""
    identifier = identifier_in(reference)
    named = reference.removeprefix(identifier or "").strip("-").replace("-", " ")
    whole = reference.replace("-", " ")
    return cog.search(named, limit=8) or cog.suggest(named) or cog.search(whole, limit=8) or cog.suggest(reference)
