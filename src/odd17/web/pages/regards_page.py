"""What the national page of eyes and figures shows: every domain in every metropolitan region, one sight at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from odd17.core.diagnosis.crossing_reading import CrossedDomain, PeerCrossing
from odd17.core.kernel import Actor, Domain, ObsStatus, Provenance, actors, domains
from odd17.core.perceptions.study import StudyDescription
from odd17.core.territories.territory import Territory
from odd17.publishing.charts.crossing_drawings import HeatCell
from odd17.publishing.charts.readings import sources_of_ranks
from odd17.publishing.charts.systemic import Sight, cell, why_empty
from odd17.publishing.format import number
from odd17.workflows.crossing import METROPOLITAN, peer_crossing
from odd17.workflows.releases import Release

from .demonstration import PREFIX
from .drawings import File, table_files
from .language import language

FIGURES = "chiffres"
GAP = "ecart-"


@dataclass(frozen=True, slots=True)
class SightChoice:
    """A sight that can be chosen: its value in the address, the sight, and whose it is."""

    slug: str
    sight: Sight
    actor: Actor | None


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the table: what it says, why it is empty, how many were ``asked`` (``few``: with care)."""

    territory: Territory
    cell: HeatCell
    why: str
    asked: str
    few: bool


@dataclass(frozen=True, slots=True)
class RegardsPage:
    """The systemic view: ``choices`` of sights, the ``chosen`` one, territories across, domains down."""

    choices: tuple[SightChoice, ...]
    chosen: SightChoice
    territories: tuple[Territory, ...]
    rows: tuple[tuple[Domain, tuple[ShownCell, ...]], ...]
    studies: tuple[StudyDescription, ...]
    cited: tuple[Provenance, ...]
    files: tuple[File, ...]
    elsewhere: str | None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why cells are empty, each reason once."""
        return tuple(dict.fromkeys(cell.why for _domain, cells in self.rows for cell in cells if cell.why))

    @property
    def has_few(self) -> bool:
        """Whether a cell is of few respondents."""
        return any(cell.few for _domain, cells in self.rows for cell in cells)


def regards_page(release: Release, asked: str) -> RegardsPage:
    """The page for the sight ``asked`` (that of the figures where it is not known)."""
    found = peer_crossing(release, METROPOLITAN)
    choices = sights(found)
    chosen = next((one for one in choices if one.slug == asked), choices[0])
    cells = {(row.domain.id, row.territory.id): row for row in found.rows}
    territories = tuple(dict.fromkeys(row.territory for row in found.rows))
    rows = tuple(
        (domain, tuple(_shown(cells[domain.id, one.id], chosen) for one in territories)) for domain in domains()
    )
    who = None if chosen.actor is None else chosen.actor.id
    drawn = tuple(
        File(label, reverse("systemic_file", args=[chosen.slug, kind]))
        for label, kind in ((_("Chart (SVG)"), "svg"), (_("Chart (PNG)"), "png"))
    )
    tables = () if found.reason else table_files("peer_crossing_table", "tous", METROPOLITAN)
    return RegardsPage(
        choices,
        chosen,
        territories,
        rows,
        tuple(study for study in found.studies.values() if who is None or study.actor == who),
        () if chosen.sight is Sight.SEEN else _figures(found),
        (*drawn, *tables),
        in_demonstration(release, reverse("views")),
    )


def _figures(found: PeerCrossing) -> tuple[Provenance, ...]:
    """The sources of the figures by which territories are ranked."""
    return tuple(sources_of_ranks(found.rows))


def sights(found: PeerCrossing) -> tuple[SightChoice, ...]:
    """What can be looked at: the figures, then what each actor asked sees, then each one's gap."""
    asked = [actor for actor in actors() if actor.id in found.actors]
    return (
        SightChoice(FIGURES, Sight.FIGURES, None),
        *(SightChoice(actor.slug, Sight.SEEN, actor) for actor in asked),
        *(SightChoice(f"{GAP}{actor.slug}", Sight.GAP, actor) for actor in asked),
    )


def in_demonstration(release: Release, path: str) -> str | None:
    """Where the demonstration shows the page at ``path``, where this release has no study; None inside it."""
    if release.fictitious or release.studies:
        return None
    prefix = get_script_prefix()
    return f"{prefix}{PREFIX}/{path.removeprefix(prefix)}"


def _shown(row: CrossedDomain, chosen: SightChoice) -> ShownCell:
    who = None if chosen.actor is None else chosen.actor.id
    made = cell(row, chosen.sight, who, language())
    why = "" if made.shade is not None else why_empty(row, chosen.sight, who, language())
    view = None if who is None or made.shade is None else row.view(who)
    if view is None:
        return ShownCell(row.territory, made, why, "", False)
    few = view.share.obs_status is ObsStatus.LOW_RELIABILITY
    asked = f"n = {number(view.share.n or 0, language(), decimals=0)}{'*' if few else ''}"
    return ShownCell(row.territory, made, why, asked, few)
