"""Errors of the API as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import JsonResponse


def problem(status: int, error: str, message: str, remedy: str, suggestions: Sequence[str] = ()) -> JsonResponse:
    """An error: its code, what was wrong, what to do about it, and what may have been meant."""
    body = {"error": error, "message": message, "remedy": remedy, "suggestions": list(suggestions)}
    return JsonResponse(body, status=status)
