"""The icon that browsers ask for on pages that name none: the administration, and errors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where the mark is."""
    return redirect(static("odd17/mark.svg"))
