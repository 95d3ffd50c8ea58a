"""A map on a page of its own: what a heavy map's link leads to, and what pages load afterwards."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.territories.levels import Level
from odd17.publishing import wording
from odd17.workflows.map_figures import LOCATOR, map_table, subject_name, subjects_within
from odd17.workflows.releases import Release

from ..current import release_of
from ..drawings import map_drawing
from ..page_cache import page_of_release


@page_of_release
def one_map(request: HttpRequest, level: str, subject: str) -> HttpResponse:
    """The map of ``subject`` at ``level``; ``dans`` is the département of a map of communes, ``ici`` what to outline.

    With ``morceau``, only the drawing, for the page that loads it.
    """
    release = release_of(request)
    within, here = request.GET.get("dans"), request.GET.get("ici")
    if level not in set(Level) or any(name not in release.cog for name in (within, here) if name is not None):
        raise Http404(_("There is no such map."))
    territory = release.cog[here] if here else None
    caption = _("Choose a territory on the map.")
    if territory is not None:
        caption = _("{name} is highlighted.").format(name=territory.name)
    language = get_language() or "fr"
    drawing = map_drawing(release, subject, Level(level), language, caption, within=within, here=here)
    if drawing is None:
        raise Http404(_("There is no such map."))
    if "morceau" in request.GET:
        query = request.GET.copy()
        del query["morceau"]
        table = f"{reverse('map', args=[level, subject])}?{query.urlencode()}#list"
        return render(request, "odd17/parts/drawing.html", {"drawing": drawing, "table": table})
    identifiers = release.cog.children(within, level) if within else release.cog.at(level)
    territories = release.cog.get(identifiers)
    context = {
        "drawing": drawing,
        "level": wording.level_name(Level(level), language, many=True),
        "territory": territory,
        "place": release.cog[within] if within else None,
        "territories": territories,
        "table": map_table(release, subject, Level(level), territories, language),
        "others": _others(release, subject, within, here, language) if within else (),
    }
    return render(request, "odd17/map.html", context)


def _others(release: Release, subject: str, within: str, here: str | None, language: str) -> list[tuple[str, str]]:
    """The other maps of the communes of ``within``: name and address."""
    asked = urlencode({key: value for key, value in (("dans", within), ("ici", here)) if value})
    return [
        (subject_name(release, other, language), f"{reverse('map', args=[Level.COMMUNE.value, other])}?{asked}")
        for other in (LOCATOR, *subjects_within(release, within))
        if other != subject
    ]
