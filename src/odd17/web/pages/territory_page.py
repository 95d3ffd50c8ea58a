"""What the page of a territory shows, gathered from the workflows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.core.diagnosis.reading import Diagnosis, DomainReading, Score
from odd17.core.diagnosis.twins import Twins
from odd17.core.kernel import Dimension, Provenance, Reason, ReasonCode, dimensions
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing import wording
from odd17.publishing.charts.readings import all_sources, sources_of
from odd17.workflows.diagnose import diagnose
from odd17.workflows.draw import course_svgs, profile_chart, ranks_chart
from odd17.workflows.map_figures import LOCATOR, subject_name, telling_subject
from odd17.workflows.releases import Release
from odd17.workflows.ties import tied_territories
from odd17.workflows.twins import twins

from .crossed_section import CrossedSection, crossed_section, elsewhere
from .drawings import HEAVY, Drawing, File, MapElsewhere, map_drawing, map_elsewhere, on_page, place_of, table_files
from .language import language


@dataclass(frozen=True, slots=True)
class Reading:
    """A domain on the page. ``tone`` is fragile, strong, middle or none (no score); ``tied`` share its rank."""

    domain: DomainReading
    tone: str
    tied: tuple[Territory, ...]


@dataclass(frozen=True, slots=True)
class DimensionGroup:
    """The domains of a dimension, and its own score."""

    dimension: Dimension
    score: Score
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The territories of a lower level inside this one."""

    level: Level
    territories: tuple[Territory, ...]


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    """All that the template needs."""

    diagnosis: Diagnosis
    message: tuple[str, ...]
    groups: tuple[DimensionGroup, ...]
    parts: tuple[Parts, ...]
    sources: tuple[Provenance, ...]
    cited: tuple[Provenance, ...]
    scored: int
    trail: tuple[Territory, ...]
    flags: tuple[Reason, ...]
    map: Drawing | MapElsewhere | None
    chart: Drawing | None
    ranks: Drawing | None
    courses: Mapping[str, Drawing]
    twins: Twins | None
    files: tuple[File, ...]
    fragile: tuple[DomainReading, ...]
    strong: tuple[DomainReading, ...]
    crossed: CrossedSection | None
    elsewhere: str | None


def territory_page(release: Release, territory: Territory, actor: str = "") -> TerritoryPage:
    """Gather the diagnosis of ``territory`` as its page tells it; ``actor`` is the slug of whose quadrants it draws."""
    diagnosis = diagnose(release, territory.id)
    return TerritoryPage(
        diagnosis=diagnosis,
        message=wording.key_message(diagnosis, language()),
        groups=_groups(diagnosis, release),
        parts=_parts(territory, release),
        sources=sources_of(diagnosis),
        cited=all_sources(diagnosis),
        scored=sum(reading.score.estimate.value is not None for reading in diagnosis.domains),
        trail=tuple(parent for parent in reversed(diagnosis.parents) if parent.level is not Level.METROPOLITAN),
        flags=_flags(diagnosis),
        map=_map(diagnosis, release),
        chart=_chart(diagnosis, release),
        ranks=_ranks(diagnosis),
        courses=_courses(diagnosis),
        twins=_twins(territory, release),
        files=table_files("diagnosis_table", territory.id),
        fragile=_named(diagnosis, diagnosis.fragilities),
        strong=_named(diagnosis, diagnosis.strengths),
        crossed=crossed_section(release, territory, actor),
        elsewhere=elsewhere(release, territory),
    )


def _groups(diagnosis: Diagnosis, release: Release) -> tuple[DimensionGroup, ...]:
    scores = {score.node: score for score in diagnosis.dimensions}
    tied = tied_territories(release, diagnosis)
    return tuple(
        DimensionGroup(
            dimension,
            scores[dimension.id],
            tuple(
                Reading(reading, _tone(reading, diagnosis), tied.get(reading.domain.id, ()))
                for reading in diagnosis.domains
                if reading.domain.dimension == dimension.id
            ),
        )
        for dimension in dimensions()
    )


def _tone(reading: DomainReading, diagnosis: Diagnosis) -> str:
    if reading.score.estimate.value is None:
        return "none"
    if reading.domain.id in diagnosis.fragilities:
        return "fragile"
    return "strong" if reading.domain.id in diagnosis.strengths else "middle"


def _parts(territory: Territory, release: Release) -> tuple[Parts, ...]:
    below = {
        Level.COUNTRY: (Level.REGION,),
        Level.METROPOLITAN: (Level.REGION,),
        Level.REGION: (Level.DEPARTEMENT, Level.EPCI),
        Level.DEPARTEMENT: (Level.EPCI, Level.COMMUNE),
        Level.EPCI: (Level.COMMUNE,),
        Level.COMMUNE: (),
        Level.OWN: (Level.COMMUNE,),
    }
    return tuple(
        Parts(level, tuple(release.cog[identifier] for identifier in release.cog.children(territory.id, level)))
        for level in below[territory.level]
    )


def _flags(diagnosis: Diagnosis) -> tuple[Reason, ...]:
    """Every kind of flag that a figure of the page carries, once."""
    found: dict[ReasonCode, Reason] = {}
    for reading in diagnosis.domains:
        for figure in reading.figures:
            for flag in figure.flags:
                # each old figure has its own age, told beside it
                found.setdefault(flag.code, Reason(flag.code) if flag.code is ReasonCode.OUT_OF_DATE else flag)
    return tuple(found.values())


def _map(diagnosis: Diagnosis, release: Release) -> Drawing | MapElsewhere | None:
    """The map of the most marked fragility (else the greatest strength, else of where the territory is)."""
    level, within, here = place_of(diagnosis.territory)
    name = wording.territory_name(diagnosis.territory, language())
    subject = LOCATOR
    caption = _("{name} is highlighted.").format(name=name) if here else _("The regions.")
    if within == diagnosis.territory.id:
        subject = telling_subject(release, diagnosis.territory.id)
        shown = subject_name(release, subject, language())
        caption = _("{shown}: the communes that make it up.").format(shown=wording.sentence_case(shown))
        if subject == LOCATOR:
            caption = _("The communes that make it up.")
    if diagnosis.fragilities or diagnosis.strengths:
        subject = (*diagnosis.fragilities, *diagnosis.strengths)[0]
        domain = wording.node_name(subject, language())
        if diagnosis.fragilities:
            caption = _("Its most marked fragility: {domain}. {name} is highlighted.").format(domain=domain, name=name)
        else:
            caption = _("Its greatest strength: {domain}. {name} is highlighted.").format(domain=domain, name=name)
    if level in HEAVY:
        return map_elsewhere(subject, level, caption, within, here)
    return map_drawing(release, subject, level, language(), caption, within=within, here=here)


def _chart(diagnosis: Diagnosis, release: Release) -> Drawing | None:
    """The domains on one scale; None where no domain has a score."""
    if all(reading.score.estimate.value is None for reading in diagnosis.domains):
        return None
    svg = profile_chart(release, diagnosis, language())
    files = tuple(
        File(label, reverse("profile_file", args=[diagnosis.territory.id, kind]))
        for label, kind in ((_("Chart (SVG)"), "svg"), (_("Chart (PNG)"), "png"))
    )
    caption = _("The grey band holds the middle half of the peers; 100 is the most fragile of them.")
    return Drawing("chart", "after-profile", on_page(svg), caption, files)


def _ranks(diagnosis: Diagnosis) -> Drawing | None:
    """The ranks with their intervals; None where no choice of ours could move one."""
    svg = ranks_chart(diagnosis, language())
    if svg is None:
        return None
    caption = _("A dot is the rank; its bar says where other weights, scales and means would put it.")
    files = (
        File(_("Chart (SVG)"), reverse("ranks_file", args=[diagnosis.territory.id, "svg"])),
        File(_("Chart (PNG)"), reverse("ranks_file", args=[diagnosis.territory.id, "png"])),
        *table_files("ranks_table", diagnosis.territory.id),
    )
    return Drawing("chart", "after-ranks", on_page(svg), caption, files)


def _courses(diagnosis: Diagnosis) -> Mapping[str, Drawing]:
    """Each figure with several periods, drawn over them."""
    here = diagnosis.territory.id
    return {
        indicator: Drawing(
            "chart",
            f"after-course-{indicator}",
            on_page(svg),
            _("A line is cut where a figure is missing and where the series begins anew."),
            (
                File(_("Chart (SVG)"), reverse("course_file", args=[here, indicator, "svg"])),
                File(_("Chart (PNG)"), reverse("course_file", args=[here, indicator, "png"])),
                *table_files("course_table", here, indicator),
            ),
        )
        for indicator, svg in course_svgs(diagnosis, language()).items()
    }


def _twins(territory: Territory, release: Release) -> Twins | None:
    """The nearest in profile; None where nothing else is of its level, or nothing is known of it."""
    if territory.level.is_single or territory.level is Level.OWN:
        return None
    found = twins(release, territory.id)
    return found if found.twins else None


def _named(diagnosis: Diagnosis, names: Sequence[str]) -> tuple[DomainReading, ...]:
    """The readings of these domains, in this order."""
    found = {reading.domain.id: reading for reading in diagnosis.domains}
    return tuple(found[name] for name in names)
