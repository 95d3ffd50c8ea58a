"""The 16 domains, and the page of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from odd17.core.diagnosis.peers import PEER_SETS
from odd17.core.kernel import domains as all_domains
from odd17.web.practices.following import pages_version

from ..current import release_of
from ..domain_page import domain_page
from ..overview import overview
from ..page_cache import page_of_release


@page_of_release
def domains(request: HttpRequest) -> HttpResponse:
    """The list of domains."""
    return render(request, "odd17/domains.html", {"overview": overview(release_of(request))})


@page_of_release(also=pages_version)
def domain(request: HttpRequest, slug: str) -> HttpResponse:
    """Map and ranking of the peers named by ``pairs`` (the first that has figures, else); gaps of ``acteur``."""
    found = next((domain for domain in all_domains() if domain.slug == slug), None)
    if found is None:
        raise Http404(_("No domain has this address."))
    peer_set = request.GET.get("pairs")
    if peer_set is not None and peer_set not in PEER_SETS:
        raise Http404(_("These peers are unknown: choose one of {choices}.").format(choices=", ".join(PEER_SETS)))
    view = domain_page(release_of(request), found, peer_set, request.GET.get("acteur", ""))
    return render(request, "odd17/domain.html", {"view": view})
