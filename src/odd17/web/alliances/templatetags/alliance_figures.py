"""The figures of an alliance on its public card."""

from __future__ import annotations

from typing import Any

from django import template

from odd17.web.pages.current import release_of

from ..contribution_page import card_figures
from ..models import Alliance

register = template.Library()


@register.inclusion_tag("alliances/card_figures.html", takes_context=True)
def card_figures_of(context: dict[str, Any], alliance: Alliance) -> dict[str, Any]:
    """The territory before, during and after, where every partner agreed to show it."""
    return {"shown": card_figures(alliance, release_of(context["request"])), "alliance": alliance}
