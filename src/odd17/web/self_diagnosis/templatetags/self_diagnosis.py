"""Words and drawings of self-diagnosis."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.kernel import partner_kinds
from odd17.publishing.format import number
from odd17.workflows.releases import current_release

from ..models import Answering

register = template.Library()


@register.filter
def own_drawing(svg: str) -> SafeString:
    """A drawing that this code wrote, with every text in it escaped by the XML writer."""
    return mark_safe(svg)  # noqa: S308 - written by ElementTree, never by a reader


@register.filter
def points(moved: float) -> str:
    """A difference of scores, with its sign."""
    shown = number(abs(moved), get_language() or "fr", decimals=0)
    return shown if shown == "0" else f"{'+' if moved > 0 else '−'}{shown}"


@register.filter
def criterion(name: str) -> str:
    """By what peers are chosen."""
    names = {
        "kind": _("Kind of actor"),
        "size": _("Size"),
        "territory": _("Territory"),
        "year": _("Year of the answers"),
    }
    return names[name]


@register.filter
def criterion_value(name: str, value: str) -> str:
    """A person's own value of a criterion."""
    return criterion_word(value, name)


@register.filter
def criterion_word(value: str, name: str) -> str:
    """The words of a value."""
    language = get_language() or "fr"
    if name == "kind":
        return next((word.name.in_language(language) for word in partner_kinds() if word.id == value), value)
    if name == "size":
        return str(dict(Answering.Size.choices).get(value, value))
    if name == "territory":
        cog = current_release().cog
        return cog[value].name if value in cog else value
    return value
