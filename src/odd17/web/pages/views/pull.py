"""How published figures come in: read from the pull's own file at each demand, never kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odd17.workflows.pull_status import State, read_status
from odd17.workflows.releases import home


@never_cache
@require_safe
def pull_progress(request: HttpRequest) -> HttpResponse:
    """The page, or the part of it that the home page shows (``morceau``), which asks again while a pull runs."""
    status = read_status(home())
    facts = {"pull": status, "running": status is not None and status.state is State.RUNNING}
    part = "morceau" in request.GET
    return render(request, "odd17/parts/pull.html" if part else "odd17/pull.html", facts | {"part": part})
