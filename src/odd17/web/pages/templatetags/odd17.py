"""Everything a page says and counts, under the one name that templates load: words, numbers, ranks and lines."""

from __future__ import annotations

from django import template

from ..language import language
from . import lines, numbers, ranks, words

__all__ = ["language", "register"]

register = template.Library()
for part in (words, numbers, ranks, lines):
    register.filters.update(part.register.filters)
    register.tags.update(part.register.tags)
