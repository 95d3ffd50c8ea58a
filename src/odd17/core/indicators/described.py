"""The catalogue as a release carries it: what stands behind each indicator, whether or not it has a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from odd17.core.kernel import Text
from odd17.core.territories.levels import Level

from .indicator import Indicator
from .recipe import DomainCatalogue, Gap
from .series_break import SeriesBreak
from .source import Evidence, Source


@dataclass(frozen=True, slots=True)
class DescribedSource:
    """A source: its landing page, how often it is renewed, and what stands behind the facts of its access."""

    id: str
    title: Text
    producer: str
    page: str
    periodicity: str
    size_mb: float
    starter: bool
    address: Evidence
    format: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Described:
    """What the catalogue says of an indicator beyond its definition; ``sources`` are ids, the numerator's first.

    ``out_of_frame`` says why the current frame leaves it out, None where it is in.
    """

    id: str
    name: Text
    domain: str
    levels: tuple[Level, ...]
    periodicity: str
    confidence: str
    why: Text
    misses: Text
    sources: tuple[str, ...]
    breaks: tuple[SeriesBreak, ...] = ()
    suppression: Text | None = None
    out_of_frame: Text | None = None


@dataclass(frozen=True, slots=True)
class DescribedDomain:
    """Why these indicators for a domain, what they miss together, and where there is none."""

    domain: str
    why: Text
    misses: Text
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class DescribedCatalogue:
    """Domains, indicators and sources by id. A release built before it carried its catalogue has an empty one."""

    domains: Mapping[str, DescribedDomain] = field(default_factory=dict)
    indicators: Mapping[str, Described] = field(default_factory=dict)
    sources: Mapping[str, DescribedSource] = field(default_factory=dict)

    def of_domain(self, domain: str) -> tuple[Described, ...]:
        """The indicators that the catalogue has for a domain, in its order."""
        return tuple(item for item in self.indicators.values() if item.domain == domain)

    def periodicity(self, indicator: Indicator) -> str | None:
        """How often the figures of ``indicator`` are renewed, by its definition or the catalogue; None: nobody says."""
        found = self.indicators.get(indicator.id)
        return indicator.periodicity or (None if found is None else found.periodicity)


def described(catalogues: list[DomainCatalogue], sources: Mapping[str, Source]) -> DescribedCatalogue:
    """The parts of ``catalogues`` and ``sources`` that readers are shown."""
    entries = [entry for catalogue in catalogues for entry in catalogue.entries]
    return DescribedCatalogue(
        domains={
            item.domain: DescribedDomain(item.domain, item.why, item.misses, item.coverage) for item in catalogues
        },
        indicators={
            entry.indicator.id: Described(
                id=entry.indicator.id,
                name=entry.indicator.name,
                domain=catalogue.domain,
                levels=entry.levels,
                periodicity=entry.periodicity,
                confidence=entry.confidence,
                why=entry.why,
                misses=entry.misses,
                sources=entry.recipe.sources,
                breaks=entry.breaks,
                suppression=entry.suppression,
                out_of_frame=entry.out_of_frame,
            )
            for catalogue in catalogues
            for entry in catalogue.entries
        },
        sources={
            id: DescribedSource(
                id=id,
                title=source.title,
                producer=source.producer,
                page=source.page,
                periodicity=source.periodicity,
                size_mb=source.size_mb,
                starter=source.starter,
                address=source.verification.address,
                format=source.verification.format,
                note=source.verification.note,
            )
            for id in dict.fromkeys(id for entry in entries for id in entry.recipe.sources)
            for source in (sources[id],)
        },
    )
