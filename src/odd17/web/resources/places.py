"""The places of the platform that an orientation or a step of the thread leads to, and their addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from odd17.core.territories.territory import Territory
from odd17.web.pages.addresses import address_of


@dataclass(frozen=True, slots=True)
class Place:
    """A link: what it is called, and where it leads."""

    name: str | Promise
    address: str


def _page(name: str, *arguments: str, anchor: str = "") -> Callable[[Territory | None], str]:
    return lambda _territory: reverse(name, args=arguments) + anchor


def _of_territory(anchor: str = "") -> Callable[[Territory | None], str]:
    return lambda territory: reverse("home") if territory is None else address_of(territory) + anchor


_PLACES: Final[Mapping[str, tuple[str | Promise, Callable[[Territory | None], str]]]] = {
    "domains": (_("The 16 domains"), _page("domains")),
    "territory": (_("The territory’s diagnosis"), _of_territory()),
    "crossing": (_("How people see it"), _of_territory("#crossing")),
    "propose": (_("Propose a practice"), _page("propose")),
    "programme": (_("The programme of 21 measures, on any date"), _page("programme", "odd17-2020")),
    "catalysts": (_("Territorial catalysts"), _page("catalysts")),
    "alliances": (_("The workspace of your alliances"), _page("alliances")),
    "self_diagnosis": (_("The self-diagnosis"), _page("self_diagnosis")),
    "access": (_("What you may ask for"), _page("access")),
    "story": (_("The reading thread"), _page("thread")),
    "data": (_("The data, by level"), _page("data")),
    "orientation": (_("Where to start?"), _page("orientation")),
}


def place(id: str, territory: Territory | None = None) -> Place | None:
    """The place of this name, for ``territory`` where it depends on one; None where the platform has none yet."""
    known = _PLACES.get(id)
    return None if known is None else Place(known[0], known[1](territory))
