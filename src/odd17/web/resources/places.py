"""The places of the platform that an orientation or a step of the thread leads to, and their addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import trades
from odd17.core.territories.territory import Territory
from odd17.web.pages.addresses import address_of
from odd17.web.practices.matching_views import practices_address


@dataclass(frozen=True, slots=True)
class Place:
    """A link: what it is called, and where it leads."""

    name: str | Promise
    address: str


def _page(name: str, *arguments: str, anchor: str = "") -> Callable[[Territory | None], str]:
    return lambda _territory: reverse(name, args=arguments) + anchor


def _diagnosis(territory: Territory | None) -> str:
    return reverse("home") if territory is None else address_of(territory)


def _perceptions(territory: Territory | None) -> str:
    return reverse("views") if territory is None else f"{address_of(territory)}#crossed"


def _practices(territory: Territory | None) -> str:
    return reverse("practices") if territory is None else practices_address(territory, None)


def _trade(id: str) -> Callable[[Territory | None], str]:
    slug = next(word.slug for word in trades() if word.id == id)
    return lambda _territory: f"{reverse('catalysts')}?{urlencode({'metier': slug})}"


def _catalysts(territory: Territory | None) -> str:
    return reverse("catalysts") + ("" if territory is None else f"?{urlencode({'territoire': territory.id})}")


def _library(**asked: str) -> Callable[[Territory | None], str]:
    return lambda _territory: reverse("library") + (f"?{urlencode(asked)}" if asked else "")


_LIBRARY: Final = _("The library: kits, documents, webinars")
_PLACES: Final[Mapping[str, tuple[str | Promise, Callable[[Territory | None], str]]]] = {
    "domains": (_("The 16 domains"), _page("domains")),
    "territory": (_("The territory’s diagnosis"), _diagnosis),
    "crossing": (_("How people see it"), _perceptions),
    "national_view": (_("Eyes and figures, for the whole country"), _page("views")),
    "elected_officials": (_("What local elected officials say"), _page("actor", "elus-locaux")),
    "practices": (_("Practices: what others tried"), _practices),
    "innovation_path": (_("The innovation path, stage by stage"), _page("innovation_path")),
    "trades": (_("The four trades of catalysts"), _page("catalyst_trades")),
    "propose": (_("Propose a practice"), _page("propose")),
    "programme": (_("The programme of 21 measures, on any date"), _page("programme", "odd17-2020")),
    "catalysts": (_("Territorial catalysts"), _catalysts),
    "dialogue_catalysts": (_("Catalysts of territorial dialogue"), _trade("territorial_dialogue")),
    "experiment_catalysts": (_("Catalysts of collective experiments"), _trade("collective_experiments")),
    "support_catalysts": (_("Catalysts who accompany"), _trade("support")),
    "place_catalysts": (_("Catalysts who run a place"), _trade("running_a_place")),
    "alliances": (_("The workspace of your alliances"), _page("alliances")),
    "calls": (_("Calls for partners"), _page("calls")),
    "self_diagnosis": (_("The self-diagnosis"), _page("self_diagnosis")),
    "mirror": (_("The self-diagnosis, then its mirror"), _page("self_diagnosis")),
    "modules": (_("Learning modules"), _page("learning")),
    "platform": (_("Learning modules"), _page("learning")),
    "newsletter": (_("The newsletter"), _page("newsletter")),
    "library": (_LIBRARY, _library()),
    "news": (_LIBRARY, _library(genre="news")),
    "bulletin": (_LIBRARY, _library(genre="bulletin")),
    "centres": (_LIBRARY, _library(genre="document")),
    "webinars": (_LIBRARY, _library(genre="webinar")),
    "mooc": (_LIBRARY, _library(genre="mooc")),
    "evaluation_centre": (_LIBRARY, _library(q="evaluation")),
    "capitalisation": (_LIBRARY, _library(genre="document")),
    "access": (_("What you may ask for"), _page("access")),
    "story": (_("The reading thread"), _page("thread")),
    "data": (_("The data, by level"), _page("data")),
    "orientation": (_("Where to start?"), _page("orientation")),
}


def place(id: str, territory: Territory | None = None, audience: str = "") -> Place | None:
    """The place of this name, for ``territory`` or ``audience`` where one counts; None where there is none yet."""
    known = (_LIBRARY, _library(public=audience)) if id == "library" and audience else _PLACES.get(id)
    return None if known is None else Place(known[0], known[1](territory))
