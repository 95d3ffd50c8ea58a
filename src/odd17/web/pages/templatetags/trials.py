"""A reader's own choices in templates: the words are publishing's."""

from __future__ import annotations

from django import template

from odd17.core.diagnosis.what_if import WhatIf
from odd17.publishing.exports import beyond_said

from ..language import language

register = template.Library()


@register.filter
def beyond(found: WhatIf) -> str:
    """How many ranks leave their published interval."""
    return beyond_said(found, language())
