"""Eyes and figures over the country, and what each group of respondents sees."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.core.kernel import actors as all_actors

from ..actor_page import actor_page
from ..current import release_of
from ..page_cache import page_of_release
from ..regards_page import regards_page


@page_of_release
def regards(request: HttpRequest) -> HttpResponse:
    """The systemic view; ``vue`` says whose."""
    view = regards_page(release_of(request), request.GET.get("vue", ""))
    return render(request, "odd17/regards.html", {"view": view, "actors": all_actors()})


@page_of_release
def actors(request: HttpRequest) -> HttpResponse:
    """Those who are asked."""
    return render(request, "odd17/actors.html", {"actors": all_actors(), "release": release_of(request)})


@page_of_release
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """What one group sees; ``territoire`` narrows it to a territory."""
    found = next((one for one in all_actors() if one.slug == slug), None)
    if found is None:
        raise Http404(_("No group of respondents has this address."))
    territory = request.GET.get("territoire") or None
    try:
        view = actor_page(release_of(request), found, territory)
    except (UnknownTerritory, AmbiguousTerritory) as error:
        raise Http404(_("No single territory is called so: choose one on the page of this group.")) from error
    return render(request, "odd17/actor.html", {"view": view})
