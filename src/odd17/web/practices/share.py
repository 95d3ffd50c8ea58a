"""How a practice looks where its page is shared: the tags of its page, and their picture."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from odd17.core.kernel import alliance_types, families
from odd17.workflows.share_picture import share_picture

from .models import Practice
from .practice_page import territories_of
from .selectors import published

_MOST_PLACES = 3


def share_tags(practice: Practice) -> dict[str, Any]:
    """What the page says of itself to those who show a preview of it (https://ogp.me)."""
    version = hashlib.sha256("\0".join(_said(practice)).encode("utf-8", "replace")).hexdigest()[:12]
    return {
        "type": "article",
        "card": "summary_large_image",
        "url": f"{settings.ADDRESS}{practice.get_absolute_url()}",
        "image": f"{settings.ADDRESS}{reverse('practice_share', args=[practice.pk])}?v={version}",
        "locale": {"fr": "fr_FR", "en": "en_GB"}.get(practice.locale.language_code, "fr_FR"),
    }


@require_safe
def practice_share(request: HttpRequest, number: int) -> HttpResponse:
    """The picture of a public practice."""
    practice = get_object_or_404(published().select_related("locale"), pk=number)
    answer = HttpResponse(share_picture(*_said(practice)), content_type="image/png")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _said(practice: Practice) -> tuple[str, str, str]:
    """Title, type and places."""
    language = get_language() or "fr"
    kind = next((item for item in alliance_types() if item.id == practice.alliance_type), None)
    family = next((item for item in families() if kind is not None and item.id == kind.family), None)
    words = [word.name.in_language(language) for word in (family, kind) if word is not None]
    places = [item.name for item in territories_of(practice)]
    more = "…" if len(places) > _MOST_PLACES else ""
    return practice.title, " · ".join(words), ", ".join(places[:_MOST_PLACES]) + more
