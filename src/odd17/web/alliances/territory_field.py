"""A territory in a form: shown by its name, read by name, code or identifier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.core.territories import Cog, Level, Territory
from odd17.publishing.wording import territory_name
from odd17.workflows.releases import current_release


def territory_typed(cog: Cog, id: str) -> str:
    """What somebody would type for a territory: its name, after its identifier where others are called so too.

    ``id`` itself where ``cog`` does not have it.
    """
    if id not in cog:
        return id
    name = cog[id].name
    try:
        is_enough = territory_named(cog, name).id == id
    except forms.ValidationError:
        is_enough = False
    return name if is_enough else f"{id} {name}"


def territory_named(cog: Cog, typed: str) -> Territory:
    """The territory that somebody typed: its name, its code, or its identifier with anything after it.

    Raises ValidationError, which names those that share a name.
    """
    first = typed.split(maxsplit=1)[:1]
    if first and first[0] in cog:
        return cog[first[0]]
    try:
        return cog.widest(typed)[0]
    except UnknownTerritory as error:
        raise forms.ValidationError(_("No territory is called so.")) from error
    except AmbiguousTerritory as error:
        near = " · ".join(f"{one.id} {territory_placed(cog, one)}" for one in cog.get(error.candidates[:6]))
        raise forms.ValidationError(
            _("Several territories are called so. Write one of these: %(near)s"), params={"near": near}
        ) from error


def territory_placed(cog: Cog, territory: Territory) -> str:
    """Its name, and for what is smaller than a département the one that holds it: a name may be that of several."""
    name = territory_name(territory, get_language() or "fr")
    if territory.level in (Level.DEPARTEMENT, Level.REGION) or territory.level.is_single:
        return name
    holder = next((one.name for one in cog.parents(territory.id) if one.level is Level.DEPARTEMENT), "")
    return f"{name} ({holder})" if holder and holder != name else name


class TerritoryField(forms.CharField):
    """A territory, read into its identifier and shown by its name."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"label": _("Territory"), "help_text": _("A name, a code or an identifier."), "max_length": 200}
        super().__init__(**told | kwargs)

    def prepare_value(self, value: Any) -> Any:
        """An identifier shown as its name; what was typed, as it was typed."""
        return territory_typed(current_release().cog, value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """The identifier of the territory that is named."""
        name = super().clean(value)
        return territory_named(current_release().cog, name).id if name else ""
