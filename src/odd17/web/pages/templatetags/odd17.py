"""Everything a page says and counts, under the one name that templates load: words, numbers, ranks and lines."""

from __future__ import annotations

from django import template

from . import lines, numbers, ranks, words

register = template.Library()
for part in (words, numbers, ranks, lines):
    register.filters.update(part.register.filters)
    register.tags.update(part.register.tags)
