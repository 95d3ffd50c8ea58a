"""``/demonstration/…``: any public page, with the release of made-up studies, marked as such.

The prefix is taken off the path and made the script prefix, so that every link made on the page stays inside. Pages,
drawings, reports and tables are marked where they are made, by the identifier of their release; JSON answers here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils.translation import gettext as _

PREFIX = "demonstration"
_REAL_ALONE = (
    "django.contrib.",
    "wagtail.",
    "allauth.",
    "odd17.web.accounts.",
    "odd17.web.contributions.",
    "odd17.web.self_diagnosis.",
    "odd17.web.learning.",
    "odd17.web.newsletter.",
    "odd17.web.alliances.views.contribution",
    "odd17.web.alliances.views.documents",
    "odd17.web.alliances.views.evaluations",
    "odd17.web.alliances.views.follow_up",
    "odd17.web.alliances.views.partners",
    "odd17.web.alliances.views.public",
    "odd17.web.alliances.views.reminders",
    "odd17.web.alliances.views.work",
    "odd17.web.alliances.views.workspace",
    "odd17.web.calls.views.answering",
    "odd17.web.calls.views.workspace",
    "odd17.web.catalysts.views.begin",
    "odd17.web.catalysts.views.desk",
    "odd17.web.catalysts.views.mine",
    "odd17.web.catalysts.views.write",
    "odd17.web.programmes.views.desk",
    "odd17.web.programmes.views.people",
    "odd17.web.programmes.views.reviews",
    "odd17.web.resources.desk_views",
    "odd17.web.resources.request_views",
    "odd17.web.workshop.",
)
"""Modules of the views that write real data or know who is there: not shown in the demonstration."""


class Demonstration:
    """Set ``request.demonstration``; mark what is answered, and keep search engines out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.demonstration = request.path_info.startswith(f"/{PREFIX}/")
        if not request.demonstration:
            if request.path_info == f"/{PREFIX}":
                return HttpResponsePermanentRedirect(f"{get_script_prefix()}{PREFIX}/")
            return self.get_response(request)
        outer = get_script_prefix()
        request.path_info = request.path_info.removeprefix(f"/{PREFIX}")
        request.META.pop("HTTP_ACCEPT_ENCODING", None)  # what is added to must not come compressed
        set_script_prefix(f"{outer}{PREFIX}/")
        try:
            response = self.get_response(request)
        finally:
            set_script_prefix(outer)
        response.headers["X-Robots-Tag"] = "noindex"
        return _marked(response)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[object], kwargs: dict[str, object]
    ) -> None:
        """404 for what belongs to the real site alone."""
        module = getattr(view, "view_class", view).__module__
        if request.demonstration and module.startswith(_REAL_ALONE):
            raise Http404(_("This page is not part of the demonstration."))


def _marked(response: HttpResponse) -> HttpResponse:
    """The answer, with ``"fictitious": true`` first in its document, or in each one of a list, if it is JSON."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    if response.content:
        response.content = json.dumps(_with_mark(json.loads(response.content)), ensure_ascii=False).encode()
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _with_mark(document: Any) -> Any:
    if isinstance(document, dict):
        return {"fictitious": True, **document}
    return [_with_mark(item) for item in document] if isinstance(document, list) else document
