"""A map on a page of its own: what a heavy map's link leads to, and what pages load afterwards."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.territories.levels import Level
from odd17.publishing import wording

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
    title = wording.level_name(Level(level), language, many=True)
    context = {
        "drawing": drawing,
        "level": title,
        "territory": territory,
        "place": release.cog[within] if within else None,
        "territories": release.cog.get(identifiers),
    }
    return render(request, "odd17/map.html", context)
