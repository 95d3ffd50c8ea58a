"""The catalogue inside a release, ``catalogue.json``: written from the shipped one, read back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odd17.core.indicators.described import Described, DescribedCatalogue, DescribedDomain, DescribedSource
from odd17.core.indicators.recipe import Gap
from odd17.core.indicators.source import Evidence
from odd17.core.kernel import Text
from odd17.core.territories.levels import Level

from .series_breaks import series_break, series_break_to_json


def catalogue_to_json(catalogue: DescribedCatalogue) -> dict[str, Any]:
    """``catalogue`` as plain values."""
    return {
        "domains": [
            {
                "domain": item.domain,
                "why": _plain(item.why),
                "misses": _plain(item.misses),
                "coverage": [
                    {"level": gap.level.value, "status": gap.status, "why": _plain(gap.why)} for gap in item.gaps
                ],
            }
            for item in catalogue.domains.values()
        ],
        "indicators": [_indicator_to_json(item) for item in catalogue.indicators.values()],
        "sources": [
            {
                "id": item.id,
                "title": _plain(item.title),
                "producer": item.producer,
                "page": item.page,
                "periodicity": item.periodicity,
                "size_mb": item.size_mb,
                "starter": item.starter,
                "verification": {"address": item.address.value, "format": item.format.value, "note": item.note},
            }
            for item in catalogue.sources.values()
        ],
    }


def catalogue_from_json(document: Mapping[str, Any]) -> DescribedCatalogue:
    """The catalogue that :func:`catalogue_to_json` wrote."""
    return DescribedCatalogue(
        domains={
            item["domain"]: DescribedDomain(
                item["domain"],
                Text(**item["why"]),
                Text(**item["misses"]),
                tuple(Gap(Level(gap["level"]), gap["status"], Text(**gap["why"])) for gap in item["coverage"]),
            )
            for item in document["domains"]
        },
        indicators={item["id"]: _indicator_from_json(item) for item in document["indicators"]},
        sources={
            item["id"]: DescribedSource(
                id=item["id"],
                title=Text(**item["title"]),
                producer=item["producer"],
                page=item["page"],
                periodicity=item["periodicity"],
                size_mb=item["size_mb"],
                starter=item["starter"],
                address=Evidence(item["verification"]["address"]),
                format=Evidence(item["verification"]["format"]),
                note=item["verification"]["note"],
            )
            for item in document["sources"]
        },
    )


def _indicator_to_json(item: Described) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": _plain(item.name),
        "domain": item.domain,
        "levels": [level.value for level in item.levels],
        "periodicity": item.periodicity,
        "confidence": item.confidence,
        "why": _plain(item.why),
        "misses": _plain(item.misses),
        "sources": list(item.sources),
        "breaks": [series_break_to_json(known) for known in item.breaks],
        "suppression": None if item.suppression is None else _plain(item.suppression),
        "out_of_frame": None if item.out_of_frame is None else _plain(item.out_of_frame),
    }


def _indicator_from_json(item: Mapping[str, Any]) -> Described:
    return Described(
        id=item["id"],
        name=Text(**item["name"]),
        domain=item["domain"],
        levels=tuple(Level(level) for level in item["levels"]),
        periodicity=item["periodicity"],
        confidence=item["confidence"],
        why=Text(**item["why"]),
        misses=Text(**item["misses"]),
        sources=tuple(item["sources"]),
        breaks=tuple(series_break(known) for known in item["breaks"]),
        suppression=None if item["suppression"] is None else Text(**item["suppression"]),
        out_of_frame=None if item["out_of_frame"] is None else Text(**item["out_of_frame"]),
    )


def _plain(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}
