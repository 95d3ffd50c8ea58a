"""Filters of the pages of proposals."""

from __future__ import annotations

from django import forms, template

from odd17.web.contributions.step_forms import PartnersStep, Step

register = template.Library()


@register.filter
def said(step: Step) -> list[tuple[str, str]]:
    """What was answered in a step, each with its question, in words; nothing of what was left out."""
    hidden = {"rows", "caption", "file"}
    numbered = isinstance(step, PartnersStep)
    found = []
    for field in step:
        if field.name in hidden:
            continue
        text = _words(field)
        if text:
            row = field.name.rpartition("_")[2]
            label = f"{field.label} ({int(row) + 1})" if numbered and row.isdigit() else str(field.label)
            found.append((label, text))
    return found


def _words(field: forms.BoundField) -> str:
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return "✓" if value else ""
    if isinstance(value, list):
        names = dict(field.field.choices)
        return "\n".join(str(names.get(one, one)) for one in value)
    if isinstance(field.field, forms.ChoiceField):
        return str(dict(field.field.choices).get(value, value)) if value else ""
    return str(value or "")
