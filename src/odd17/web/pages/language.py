"""The language of the page being drawn."""

from __future__ import annotations

from django.utils.translation import get_language


def language() -> str:
    """The language of the page being drawn."""
    return get_language() or "fr"
