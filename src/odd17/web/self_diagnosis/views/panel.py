"""A group of one organisation: its invitation, and where its people differ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odd17.core.diagnosis.self_diagnosis.profile import spreads

from ..selectors import finished_in, panel_at, profile_of, questionnaire_of

FEWEST = 3
"""People below whom nothing is compared: of two, each would read the other."""


@never_cache
@require_safe
def panel(request: HttpRequest, token: str) -> HttpResponse:
    """Who has answered is a number; nobody's answers are shown as theirs."""
    found = panel_at(token)
    done = finished_in(found)
    shown = {
        "panel": found,
        "questionnaire": questionnaire_of(found),
        "still": found.answerings.filter(finished=None).count(),
        "people": len(done),
        "fewest": FEWEST,
        "spreads": spreads([profile_of(one) for one in done]) if len(done) >= FEWEST else (),
        "link": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "self_diagnosis/panel.html", shown)
