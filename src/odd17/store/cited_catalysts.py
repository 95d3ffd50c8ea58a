"""The catalysts that the report cites, as entries to be claimed: they come with odd17."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from odd17.core.resources.catalysts import Catalyst

from .documents import read_document
from .places import shipped


@dataclass(frozen=True, slots=True)
class CitedCatalysts:
    """Entries of one ``origin``; the ``id`` of each is its own there, and that of the same cited practice."""

    origin: str
    catalysts: tuple[Catalyst, ...]


def read_cited_catalysts(path: Path | None = None) -> CitedCatalysts:
    """Those in the file at ``path`` (None: the report's); raises DataError where the file is damaged."""
    document = read_document(path or shipped() / "catalysts" / "report-2020.yml", "cited-catalysts")
    return CitedCatalysts(
        document["origin"],
        tuple(
            Catalyst(
                id=given["id"],
                name=given["name"],
                trades=tuple(given.get("trades", ())),
                doubtful_trades=tuple(given.get("doubtful_trades", ())),
                domains=tuple(given.get("domains", ())),
                territories=tuple(given.get("territories", ())),
                languages=(document["language"],),
                summary=given.get("summary", ""),
                sources=(document["source"],),
                cited=True,
                doubtful_name=given.get("doubtful_name", False),
                count=given.get("count", 1),
            )
            for given in document["catalysts"]
        ),
    )
