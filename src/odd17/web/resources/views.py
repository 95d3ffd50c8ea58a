"""Pages of orientation: where to start, and the reading thread. They depend on the release and the address alone."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from odd17.core.resources.access import tiers
from odd17.core.resources.spine import goal_17_levers, relations, spine
from odd17.web.library.version import library_version
from odd17.web.pages.current import release_of
from odd17.web.pages.page_cache import page_of_release

from .access_page import matrix
from .cases import cases_of
from .known_here import known_version
from .orientation_page import orientation_page
from .places import place
from .thread_page import figures_of, thread_version

_CASES = 3


@page_of_release(also=known_version)
def where_to_start(request: HttpRequest) -> HttpResponse:
    """« Par où commencer ? »: the address keeps the answer."""
    view = orientation_page(release_of(request), request.GET.dict())
    return render(request, "resources/orientation.html", {"view": view}, status=422 if view.problem else 200)


@page_of_release
def thread(request: HttpRequest) -> HttpResponse:
    """The eight steps at a glance, with what SDG 17 is made of."""
    context = {"steps": spine(), "levers": goal_17_levers(), "relations": relations()}
    return render(request, "resources/thread.html", context)


@page_of_release(also=thread_version)
def thread_step(request: HttpRequest, slug: str) -> HttpResponse:
    """One step: its figures and cases, its readings, the steps before and after, where it leads on the platform."""
    steps = spine()
    here = next((step for step in steps if step.slug == slug), None)
    if here is None:
        raise Http404(_("The thread has no such step."))
    places = [found for id in here.leads_to if (found := place(id)) is not None]
    context = {
        "step": here,
        "steps": steps,
        "before": steps[here.place - 2] if here.place > 1 else None,
        "after": steps[here.place] if here.place < len(steps) else None,
        "places": places,
        "figures": figures_of(here, release_of(request)),
        "cases": cases_of(here.cases, _CASES),
    }
    return render(request, "resources/thread_step.html", context)


@page_of_release(also=library_version)
def access(request: HttpRequest) -> HttpResponse:
    """What is open, what is asked for, what is made to measure, and by when we answer."""
    return render(
        request, "resources/access.html", {"matrix": matrix(), "tiers": tiers(), "days": settings.ANSWER_DAYS}
    )
