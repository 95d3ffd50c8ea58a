"""What every page shows around its content: release, addresses to cite and to switch language, place in the menu."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from odd17.core.kernel import FICTITIOUS_DATA, ReleaseError
from odd17.workflows.releases import current_release

from .current import home_of
from .demonstration import PREFIX

SECTIONS = {
    "domains": "domains",
    "domain": "domains",
    "indicators": "domains",
    "indicator": "domains",
    "practices": "practices",
    "practice": "practices",
    "practices_for": "practices",
    "practices_for_territory": "practices",
    "practices_for_domain": "practices",
    "alliance_types": "practices",
    "alliances": "act",
    "alliance": "act",
    "alliance_begin": "act",
    "calls": "act",
    "call": "act",
    "call_answer_make": "act",
    "catalyst_trades": "practices",
    "catalysts": "act",
    "catalyst": "act",
    "catalyst_begin": "act",
    "catalyst_claim": "act",
    "catalyst_write": "act",
    "catalyst_lost": "act",
    "catalyst_mine": "act",
    "catalyst_change": "act",
    "innovation_path": "practices",
    "orientation": "act",
    "thread": "act",
    "thread_step": "act",
    "access": "act",
    "request_make": "act",
    "self_diagnosis": "act",
    "self_diagnosis_origin": "act",
    "self_diagnosis_panel": "act",
    "self_diagnosis_answer": "act",
    "self_diagnosis_result": "act",
    "self_diagnosis_mirror": "act",
    "access_request": "act",
    "library": "act",
    "resource": "act",
    "learning": "act",
    "learning_module": "act",
    "learning_step": "act",
    "learning_progress": "act",
    "learning_progress_step": "act",
    "learning_quiz": "act",
    "learning_certificate": "act",
    "newsletter": "act",
    "newsletter_letter": "act",
    "views": "views",
    "actors": "views",
    "actor": "views",
    "compare": "compare",
    "method": "method",
    "what_if": "method",
    "data": "data",
    "releases": "data",
    "coverage": "data",
    "pull_progress": "data",
    "schemas": "data",
    "without_figure": "domains",
    "workshop": "data",
    "workshop_upload": "data",
    "about": "about",
}
"""The entry of the menu that is lit for each named address."""


LONGEST_QUERY = 500
"""A longer query is nobody's: it is left out of the page's own addresses."""

_SECRETS = ("token", "link", "key")
"""Parts of addresses that open what is private to whoever knows them."""


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Addresses and release of a page; paths are of this site, ``canonical`` and ``citation_url`` are whole.

    ``watermark`` are the words that mark a page of the demonstration, ``real_path`` the same page with real studies.
    """

    release: str | None
    older: bool
    section: str | None
    current_path: str
    other_path: str
    other_language: str
    canonical: str
    other_canonical: str
    citation_path: str
    citation_url: str
    report_path: str
    root: str
    language_prefix: str
    watermark: str | None
    real_path: str


def frame_of_page(request: HttpRequest) -> dict[str, PageFrame]:
    """The context processor: ``page``."""
    named, demonstration = getattr(request, "release_id", None), getattr(request, "demonstration", False)
    try:
        current = current_release(home_of(request)).id
    except ReleaseError:  # an error page must render even where there is no release
        current = None
    release = named or current
    match = getattr(request, "resolver_match", None)
    asked = request.META.get("QUERY_STRING", "")
    query = f"?{asked}" if 0 < len(asked) <= LONGEST_QUERY else ""
    here = request.path_info + query
    there = _in_other_language(request.path_info) + query
    root = get_script_prefix() if named is None else get_script_prefix().removesuffix(f"r/{named}/")
    inside = get_script_prefix().removesuffix("/")
    citation = f"{root}r/{release}{here}" if release else here
    outer = root.removesuffix("/")
    return {
        "page": PageFrame(
            release=release,
            older=named is not None and named != current,
            section=SECTIONS.get(match.url_name) if match and match.url_name else None,
            current_path=outer + here,
            other_path=inside + there,
            other_language="fr" if get_language() == "en" else "en",
            canonical=request.build_absolute_uri(outer + here),
            other_canonical=request.build_absolute_uri(outer + there),
            citation_path=citation,
            citation_url=request.build_absolute_uri(citation),
            report_path=f"{reverse('report_error')}?{urlencode({'page': _to_be_told(request, inside + here)})}",
            root=outer,
            language_prefix="/en" if get_language() == "en" else "",
            watermark=FICTITIOUS_DATA.in_language(get_language() or "fr") if demonstration else None,
            real_path=root.removesuffix(f"{PREFIX}/").removesuffix("/") + here,
        )
    }


def _to_be_told(request: HttpRequest, path: str) -> str:
    """``path`` as those who read reports may know it: without what would open the page to them."""
    match = getattr(request, "resolver_match", None)
    for name in _SECRETS:
        if match and (secret := match.kwargs.get(name)):
            path = path.replace(str(secret), "…")
    return path


def _in_other_language(path: str) -> str:
    """The same page's path in the other language: French has no prefix, English has ``/en``."""
    return path[3:] if path.startswith("/en/") else f"/en{path}"
