"""Filters of the pages of practices."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from odd17.core.kernel import Word, impacts, partner_kinds, proofs
from odd17.web.practices.pictures import drawn
from odd17.web.practices.practice_page import practice_page
from odd17.web.practices.selectors import standing_contact
from odd17.web.practices.share import share_tags

register = template.Library()

_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def linked_data(document: dict[str, Any]) -> SafeString:
    """A document for machines, as the content of a script element that nothing in it can close."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return mark_safe(text.translate(_ESCAPED))  # noqa: S308 - no character of it can end the element


register.filter("told", practice_page)
register.inclusion_tag("practices/parts/picture.html", name="picture_of")(drawn)
register.filter("share_tags", share_tags)
register.filter("standing_contact", standing_contact)


@register.filter
def shown_files(practice: Any) -> Any:
    """The files beside a practice that its page shows."""
    return practice.attachments.filter(shown=True) if practice.pk else ()


@register.filter
def kind_name(id: str) -> str:
    """The name of a kind of partner."""
    return _named(partner_kinds(), id)


@register.filter
def impact_name(id: str) -> str:
    """The name of an impact."""
    return _named(impacts(), id)


@register.filter
def proof_name(id: str) -> str:
    """The name of a kind of proof."""
    return _named(proofs(), id)


def _named(words: tuple[Word, ...], id: str) -> str:
    return next((word.name.in_language(get_language() or "fr") for word in words if word.id == id), "")
