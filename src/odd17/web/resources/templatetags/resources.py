"""Words of the pages of orientation."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.kernel import Text, in_language
from odd17.core.resources.orientation import Kind, Placed
from odd17.publishing import wording
from odd17.workflows.releases import current_release

from ..orientation_page import Choice

register = template.Library()


@register.filter
def question(choice: Choice) -> str:
    """The question of the form that a choice answers."""
    return {
        "profil": _("Who are you?"),
        "but": _("What do you want?"),
        "etape": _("How far along are you?"),
    }[choice.parameter]


@register.filter
def kind_of_help(kind: Kind) -> str:
    """What an answer is made of."""
    return {
        Kind.DATA: _("Data to found your choices"),
        Kind.TOOLS: _("Tools to act today"),
        Kind.SKILLS: _("People to accompany you"),
    }[kind]


@register.filter
def why_there(placed: Placed) -> str:
    """Why an answer stands where it does; empty where nothing put it forward."""
    language = get_language() or "fr"
    reasons = [aim.name.in_language(language) for aim in (placed.objective, placed.maturity) if aim is not None]
    if not reasons:
        return ""
    told = _("”").join((_("“") + _("” and “").join(reasons), ""))
    if placed.place == 1:
        return _("First, since you said: {reasons}.").format(reasons=told)
    return _("Next, since you said: {reasons}.").format(reasons=told)


@register.filter
def territory_name(id: str) -> str:
    """The name of the territory of an identifier, with the identifier where no release knows it any more."""
    cog = current_release().cog
    return wording.territory_name(cog[id], get_language() or "fr") if id in cog else id


@register.filter
def either(text: Text | str) -> str:
    """A name in the page's language, or as it is."""
    return in_language(text, get_language() or "fr")
