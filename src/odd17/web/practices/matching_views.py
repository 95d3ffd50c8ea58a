"""The practices that could work in a territory, for a domain or a need in words, and why."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.core.kernel import AmbiguousTerritory, Domain, UnknownTerritory, domains, partner_kinds
from odd17.core.territories import Cog
from odd17.core.territories.territory import Territory
from odd17.web.pages.addresses import identifier_in
from odd17.web.pages.current import release_of
from odd17.web.pages.page_cache import page_of_release

from .following import pages_version
from .matching import LONGEST_NEED, suggested

_NEAR = 6
_EVERYWHERE = "partout"


@page_of_release(also=pages_version)
def practices_for(request: HttpRequest, reference: str = "", domain: str = "") -> HttpResponse:
    """Practices for a territory and a domain, both in the address, and a need in words (``besoin``, ``acteur``).

    What the form sends leads to that address. A name that is not that of one territory gets the near ones.
    """
    release = release_of(request)
    asked = _asked(request)
    if "territoire" in request.GET or "domaine" in request.GET:
        return _to_address(request, release.cog, asked)
    territory = None
    if reference and reference != _EVERYWHERE:
        try:
            territory = release.cog.resolve(identifier_in(reference) or reference)
        except (AmbiguousTerritory, UnknownTerritory) as error:
            raise Http404(_("No territory has this address.")) from error
    chosen = _domain(domain)
    right = practices_address(territory, chosen)
    if request.path != right:
        return redirect(f"{right}?{urlencode(asked)}" if asked else right)
    words, kind = asked.get("besoin", ""), asked.get("acteur", "")
    is_asked = territory is not None or chosen is not None or words
    found = suggested(
        release=release, territory=territory, domain=chosen, words=words, partners=(kind,) if kind else ()
    )
    context = {
        "territory": territory,
        "domain": chosen,
        "domains": domains(),
        "kinds": partner_kinds(),
        "words": words,
        "kind": kind,
        "typed": territory.name if territory else "",
        "longest": LONGEST_NEED,
        "found": found if is_asked else None,
    }
    answer = render(request, "practices/for.html", context, status=503 if is_asked and found.unavailable else 200)
    if answer.status_code == 503:
        answer.headers["Retry-After"] = "30"
    return answer


def practices_address(territory: Territory | None, domain: Domain | None) -> str:
    """The address of the practices for a territory and a domain, either of which may be left open."""
    place = f"{territory.id}-{territory.slug}" if territory else ""
    if domain is None:
        return reverse("practices_for_territory", args=[place]) if place else reverse("practices_for")
    return reverse("practices_for_domain", args=[place or _EVERYWHERE, domain.slug])


def _asked(request: HttpRequest) -> dict[str, str]:
    kinds = {item.id for item in partner_kinds()}
    words = " ".join(request.GET.get("besoin", "")[:LONGEST_NEED].split())
    kind = request.GET.get("acteur", "")
    return {name: value for name, value in (("besoin", words), ("acteur", kind if kind in kinds else "")) if value}


def _domain(slug: str) -> Domain | None:
    if not slug:
        return None
    found = next((item for item in domains() if item.slug == slug), None)
    if found is None:
        raise Http404(_("No domain has this address."))
    return found


def _to_address(request: HttpRequest, cog: Cog, asked: dict[str, str]) -> HttpResponse:
    """Where the form leads; back to the form where what was typed is not one territory."""
    typed = request.GET.get("territoire", "").strip()[:200]
    slug = request.GET.get("domaine", "")
    domain = next((item for item in domains() if slug and item.slug == slug), None)
    territory = None
    if typed:
        try:
            territory = cog.resolve(identifier_in(typed) or typed)
        except AmbiguousTerritory as error:
            return _again(request, typed, domain, asked, cog.get(error.candidates))
        except UnknownTerritory:
            return _again(request, typed, domain, asked, cog.search(typed, limit=_NEAR) or cog.suggest(typed))
    address = practices_address(territory, domain)
    return redirect(f"{address}?{urlencode(asked)}" if asked else address)


def _again(
    request: HttpRequest, typed: str, domain: Domain | None, asked: dict[str, str], near: object
) -> HttpResponse:
    choices = [(item, practices_address(item, domain) + (f"?{urlencode(asked)}" if asked else "")) for item in near]
    context = {
        "domain": domain,
        "domains": domains(),
        "kinds": partner_kinds(),
        "words": asked.get("besoin", ""),
        "kind": asked.get("acteur", ""),
        "typed": typed,
        "longest": LONGEST_NEED,
        "near": choices,
        "not_found": True,
    }
    return render(request, "practices/for.html", context, status=404)
