"""A file as an answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import get_language


def language() -> str:
    """The language in which the file speaks: that of the address."""
    return get_language() or "fr"


def attachment(body: bytes, name: str, content_type: str) -> HttpResponse:
    """The file, to be saved under ``name``."""
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
