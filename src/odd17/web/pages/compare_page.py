"""What the page that sets territories side by side shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.core.diagnosis.side_by_side import SideBySide
from odd17.core.kernel import AmbiguousTerritory, Provenance, UnknownTerritory
from odd17.core.territories.territory import Territory
from odd17.publishing.charts.readings import all_sources
from odd17.workflows.compare import compare
from odd17.workflows.diagnose import diagnose
from odd17.workflows.draw import profile_chart
from odd17.workflows.releases import Release

from .drawings import Drawing, File, on_page, table_files
from .language import language

MOST = 4
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """A name that is not one territory, and those it may mean."""

    sentence: str
    candidates: tuple[Territory, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """``fields`` are the four boxes of the form, as the reader filled them."""

    fields: tuple[str, ...]
    problems: tuple[Problem, ...]
    side: SideBySide | None
    examples: tuple[tuple[Territory, ...], ...]
    chart: Drawing | None
    files: tuple[File, ...]
    cited: tuple[Provenance, ...]


def compare_page(release: Release, asked: Sequence[str]) -> ComparePage:
    """Set side by side the territories that ``asked`` names, or say what is wrong with them."""
    found: list[Territory] = []
    problems: list[Problem] = []
    for name in asked[:MOST]:
        try:
            territory = release.cog.resolve(name)
        except AmbiguousTerritory as error:
            candidates = release.cog.get(error.candidates[:12])
            problems.append(Problem(_("“{name}” may be several territories.").format(name=name), candidates))
        except UnknownTerritory:
            near = tuple(release.cog.search(name, limit=5) or release.cog.suggest(name))
            problems.append(Problem(_("No territory is called “{name}”.").format(name=name), near))
        else:
            if territory not in found:
                found.append(territory)
    if asked and not problems and len(found) < FEWEST:
        problems.append(Problem(_("Choose at least two different territories."), ()))
    filled = [*(territory.id for territory in found), *asked[len(found) :]] if not problems else list(asked)
    boxes = (*filled[:MOST], *([""] * MOST))[:MOST]
    side = compare(release, [territory.id for territory in found]) if found and not problems else None
    chart = _chart(release, side) if side is not None and side.same_peers else None
    files: tuple[File, ...] = ()
    if side is not None:
        first, *others = (territory.id for territory in found)
        query = urlencode([("avec", other) for other in others])
        files = table_files("diagnosis_table", first, query=f"?{query}")
    shown = () if side is None else side.diagnoses
    cited = tuple(dict.fromkeys(source for diagnosis in shown for source in all_sources(diagnosis)))
    return ComparePage(boxes, tuple(problems), side, _examples(release), chart, files, cited)


def _chart(release: Release, side: SideBySide) -> Drawing | None:
    """The domains of all on one scale; None where nobody has a score."""
    first, *others = (diagnosis.territory.id for diagnosis in side.diagnoses)
    together = diagnose(release, first, others)
    if all(score.estimate.value is None for row in side.domains for score in row.scores):
        return None
    asked = urlencode([("avec", other) for other in others])
    files = tuple(
        File(label, f"{reverse('profile_file', args=[first, kind])}?{asked}")
        for label, kind in ((_("Chart (SVG)"), "svg"), (_("Chart (PNG)"), "png"))
    )
    caption = _("The grey band holds the middle half of the peers; 100 is the most fragile of them.")
    return Drawing("chart", "after-profile", on_page(profile_chart(release, together, language())), caption, files)


def _examples(release: Release) -> tuple[tuple[Territory, ...], ...]:
    """Pairs to try: neighbours that everyone can place."""
    pairs = (("REG-53", "REG-52"), ("REG-32", "REG-93"), ("DEP-59", "DEP-62"))
    return tuple(release.cog.get(pair) for pair in pairs if all(identifier in release.cog for identifier in pair))
