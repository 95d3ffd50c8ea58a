"""Modules as anybody reads them, and beginning one to keep how far one is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from odd17.core.kernel import UsageError
from odd17.core.resources.learning import Module
from odd17.web.contributions.limits import may
from odd17.workflows.modules import current_module, current_modules

from ..selectors import Standing, progress_of
from ..services import progress_begin


@never_cache
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The modules, and those that this account began."""
    shown = {"modules": current_modules(), "mine": [Standing(one) for one in progress_of(request)]}
    return render(request, "learning/catalogue.html", shown)


@never_cache
@require_safe
def module(request: HttpRequest, id: str) -> HttpResponse:
    """What a module teaches, and its steps."""
    return render(request, "learning/module.html", {"module": _current(id)})


@never_cache
@require_safe
def module_step(request: HttpRequest, id: str, step: str) -> HttpResponse:
    """A step, read without keeping how far one is."""
    found = _current(id)
    here = next((place for place, one in enumerate(found.steps) if one.id == step), None)
    if here is None:
        raise Http404
    shown = {
        "module": found,
        "step": found.steps[here],
        "place": here + 1,
        "before": found.steps[here - 1] if here else None,
        "following": found.steps[here + 1] if here + 1 < len(found.steps) else None,
    }
    return render(request, "learning/step.html", shown)


@require_POST
def begin(request: HttpRequest, id: str) -> HttpResponse:
    """Begin the version of today."""
    found = _current(id)
    if not may(request, "learning_begin", id):
        return render(request, "learning/too_many.html", status=429)
    return redirect(progress_begin(module=found, account=request.user if request.user.is_authenticated else None))


def _current(id: str) -> Module:
    try:
        return current_module(id)
    except UsageError as error:
        raise Http404 from error
