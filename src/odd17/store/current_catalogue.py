"""The catalogue of current indicators: one file a domain, each indicator with the recipe that makes its figures."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.indicators.recipe import CatalogueEntry, DomainCatalogue, Gap, Recipe, Term
from odd17.core.indicators.source import Source
from odd17.core.kernel import DataError, Message, Text, domains
from odd17.core.territories.levels import Level

from . import places
from .documents import read_document
from .series_breaks import series_break
from .sources import read_sources


def read_domain_catalogues(
    folder: Path | None = None, sources: Mapping[str, Source] | None = None
) -> list[DomainCatalogue]:
    """The catalogue of every domain, in the order of the domains (the shipped ones where both arguments are None).

    Raises DataError, with file, line and field, where a file does not fit the schema, a domain or an indicator stands
    twice, or a recipe names a source that is not there (the error names those that are near).
    """
    where = places.shipped() / "catalogue" / "current" if folder is None else folder
    known = read_sources() if sources is None else sources
    found: dict[str, DomainCatalogue] = {}
    ids: dict[str, str] = {}
    for path in sorted(where.glob("*.yml")):
        catalogue = _domain(read_document(path, "domain-catalogue"), known, path)
        if catalogue.domain in found:
            raise DataError(
                "this domain has another file", file=str(path), column="domain", value=catalogue.domain,
                remedy="put its indicators together",
            )  # fmt: skip
        for entry in catalogue.entries:
            if entry.indicator.id in ids:
                raise DataError(
                    Message(
                        "this indicator is defined in {ids} too",
                        ids=ids[entry.indicator.id],
                    ),
                    file=str(path), column="id",
                    value=entry.indicator.id, remedy="give each indicator an id of its own",
                )  # fmt: skip
            ids[entry.indicator.id] = path.name
        found[catalogue.domain] = catalogue
    return [found[item.id] for item in domains() if item.id in found]


def read_current_catalogue(
    folder: Path | None = None, sources: Mapping[str, Source] | None = None
) -> dict[str, CatalogueEntry]:
    """Every indicator of :func:`read_domain_catalogues`, by id."""
    return {entry.indicator.id: entry for domain in read_domain_catalogues(folder, sources) for entry in domain.entries}


def _domain(document: Mapping[str, Any], sources: Mapping[str, Source], path: Path) -> DomainCatalogue:
    return DomainCatalogue(
        domain=document["domain"],
        why=Text(**document["why"]),
        misses=Text(**document["misses"]),
        entries=tuple(_entry(item, document["domain"], sources, path) for item in document["indicators"]),
        coverage=tuple(
            Gap(Level(item["level"]), item["status"], Text(**item["why"])) for item in document.get("coverage", [])
        ),
    )


def _entry(item: Mapping[str, Any], domain: str, sources: Mapping[str, Source], path: Path) -> CatalogueEntry:
    recipe = _recipe(item["recipe"])
    for source in recipe.sources:
        if source not in sources:
            near = difflib.get_close_matches(source, sources, n=3)
            raise DataError(
                Message(
                    "the recipe of {id!r} names a source that is not described",
                    id=item['id'],
                ),
                file=str(path), column="source",
                value=source, remedy=Message(
                    "did you mean {near}?",
                    near=list(near),
                ) if near else "add the file of the source",
            )  # fmt: skip
    if (recipe.denominator != ()) != ("denominator" in item):
        raise DataError(
            Message(
                "{id!r} must say in words what its denominator counts if, and only if, its recipe has one",
                id=item['id'],
            ),
            file=str(path), column="denominator", remedy="write `numerator` and `denominator`, or correct the recipe",
        )  # fmt: skip
    levels = tuple(Level(level) for level in item["levels"])
    first = sources[recipe.sources[0]]
    if recipe.value is not None and not set(levels) <= first.geography.published:
        raise DataError(
            Message(
                "{id!r} is kept at a level that its source does not publish",
                id=item['id'],
            ),
            file=str(path), column="levels",
            value=", ".join(sorted(set(levels) - first.geography.published)), remedy="leave the level out",
        )  # fmt: skip
    return CatalogueEntry(
        indicator=Indicator(
            id=item["id"],
            name=Text(**item["name"]),
            definition=Text(**item["definition"]),
            unit=Unit(item["unit"]),
            direction=Direction(item["direction"]),
            direction_status=item["direction_status"],
            domain=domain,
            source=first.provenance,
            numerator=Text(**item["numerator"]) if "numerator" in item else None,
            denominator=Text(**item["denominator"]) if "denominator" in item else None,
            factor=recipe.factor,
            is_count=item.get("is_count", False),
            decimals=item.get("decimals", 1),
        ),
        recipe=recipe,
        levels=levels,
        periodicity=item["periodicity"],
        confidence=item["confidence"],
        why=Text(**item["why"]),
        misses=Text(**item["misses"]),
        breaks=tuple(series_break(told) for told in item.get("breaks", [])) + first.known_breaks,
        suppression=Text(**item["suppression"]) if "suppression" in item else None,
        out_of_frame=Text(**item["out_of_frame"]) if "out_of_frame" in item else None,
    )


def _recipe(document: Mapping[str, Any]) -> Recipe:
    source = document["source"]
    return Recipe(
        numerator=_part(document.get("numerator", []), source),
        denominator=_part(document.get("denominator", []), source),
        value=_term(document["value"], source) if "value" in document else None,
        factor=float(document.get("factor", 1)),
        coverage={Level(level): float(share) for level, share in document.get("coverage", {}).items()},
    )


def _part(document: Mapping[str, Any] | Sequence[Mapping[str, Any]], source: str) -> tuple[Term, ...]:
    terms = [document] if isinstance(document, Mapping) else document
    return tuple(_term(term, source) for term in terms)


def _term(document: Mapping[str, Any], source: str) -> Term:
    below = document.get("below")
    return Term(
        source=document.get("source", source),
        where=_condition(document.get("where", {})),
        without=_condition(document.get("without", {})),
        columns=tuple(document.get("columns", ())),
        count=document.get("count", False),
        times=document.get("times"),
        below=None if below is None else (below["column"], float(below["limit"])),
        sums=document.get("sums", False),
        lag=document.get("lag", 0),
        subtract=document.get("subtract", False),
    )


def _condition(document: Mapping[str, str | Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((column, (cells,) if isinstance(cells, str) else tuple(cells)) for column, cells in document.items())
