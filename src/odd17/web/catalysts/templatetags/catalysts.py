"""Words of catalysts."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from odd17.core.kernel import domains, trades
from odd17.core.resources.catalysts import Coverage, Presence
from odd17.core.resources.catalysts_near import Reach
from odd17.web.pages.language import language

register = template.Library()


@register.filter
def trade_called(id: str) -> str:
    """The name of a trade."""
    return next((word.name.in_language(language()) for word in trades() if word.id == id), id)


@register.filter
def domain_called(id: str) -> str:
    """The name of a domain."""
    return next((one.name.in_language(language()) for one in domains() if one.id == id), id)


@register.filter
def presence(cell: Coverage) -> str:
    """What is known of a trade on a territory."""
    return {
        Presence.SOMEONE: ", ".join(one.name for one in cell.catalysts),
        Presence.DOUBTFUL: _("perhaps: {names}").format(names=", ".join(one.name for one in cell.doubtful)),
        Presence.NO_ONE_KNOWN: _("no one known"),
        Presence.NO_ONE: _("no one"),
    }[cell.presence]


@register.filter
def reach_said(reach: Reach) -> str:
    """How near an entry is to the territory asked."""
    return {
        Reach.HERE: _("on this territory"),
        Reach.WIDER: _("on a wider territory"),
        Reach.PART: _("on a part of it"),
    }[reach]
