"""The partnerships that the report cites, as cases to be completed: they come with odd17."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from odd17.core.practices.case import Case, Partner

from .documents import read_document
from .places import shipped


@dataclass(frozen=True, slots=True)
class CitedPractices:
    """Cases of one ``origin``; the ``id`` of each is its own there."""

    origin: str
    cases: tuple[Case, ...]


def read_cited_practices(path: Path | None = None) -> CitedPractices:
    """Those in the file at ``path`` (None: the report's); raises DataError where the file is damaged."""
    document = read_document(path or shipped() / "practices" / "report-2020.yml", "cited-practices")
    return CitedPractices(document["origin"], tuple(_cases(document)))


def _cases(document: Mapping[str, Any]) -> Iterator[Case]:
    for table in document["tables"]:
        for given in table["cases"]:
            yield Case(
                id=given["id"],
                title=given["title"],
                language=document["language"],
                summary=given.get("summary", ""),
                partners=tuple(
                    Partner(item["name"], item.get("kind"), doubtful=item.get("doubtful", False))
                    for item in given.get("partners", ())
                ),
                domains=tuple(given.get("domains", ())),
                territories=tuple(given.get("territories", ())),
                alliance_type=given.get("alliance_type"),
                trade=given.get("trade"),
                sources=(table["source"],),
                licence=document["licence"],
                cited=True,
            )
