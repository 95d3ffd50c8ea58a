"""Words of alliances."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.translation import gettext as _

from odd17.core.alliances.engagements import Fate
from odd17.core.alliances.path import Stage
from odd17.core.kernel import impacts, proofs, stages
from odd17.publishing.format import number
from odd17.web.pages.language import language

register = template.Library()


@register.filter
def stage_called(id: str) -> str:
    """The name of a stage."""
    return next((word.name.in_language(language()) for word in stages() if word.id == id), id)


@register.filter
def stage_name(stage: Stage) -> str:
    """The name of a stage."""
    return stage_called(stage.id)


@register.filter
def recogniser(kind: str) -> str:
    """Who recognises that a stage is passed."""
    return {
        "practitioners": _("practitioners"),
        "academics": _("academics"),
        "institutions": _("institutions"),
    }[kind]


@register.filter
def fate_name(fate: Fate) -> str:
    """What became of an engagement."""
    return {
        Fate.AWAITED: _("awaited"),
        Fate.LATE: _("late"),
        Fate.KEPT: _("kept"),
        Fate.CHANGED: _("changed by agreement"),
        Fate.ENDED: _("ended"),
    }[fate]


@register.filter
def impact_called(id: str) -> str:
    """The name of an impact."""
    return next(word.name.in_language(language()) for word in impacts() if word.id == id)


@register.filter
def proof_called(id: str) -> str:
    """The name of a kind of proof."""
    return next(word.name.in_language(language()) for word in proofs() if word.id == id)


@register.filter
def somebody(account: object) -> str:
    """Who recorded something; nobody's name once they left the platform."""
    return str(account) if account is not None else _("somebody who left")


@register.filter
def at(people: Mapping[str, str], key: str) -> str:
    """The name of a partner."""
    return people.get(key, key)


@register.filter
def signed(value: float) -> str:
    """A change of marks, with its sign."""
    shown = number(abs(value), language(), decimals=1)
    return shown if value == 0 else f"{'+' if value > 0 else '−'}{shown}"


@register.filter
def iso(day: object) -> str:
    """A day as a field of dates takes it."""
    return day.isoformat() if isinstance(day, date) else str(day)


@register.filter
def typed_proof(typed: Mapping[str, str], id: str) -> str:
    """What was typed for a proof."""
    return typed.get(f"proof_{id}", "")
