"""What is known of a published file or service answer: where it is, how it is written, what its codes are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from odd17.core.kernel import ObsStatus, Provenance, Text
from odd17.core.territories.levels import Level, split_id

from .series_break import SeriesBreak


class Evidence(StrEnum):
    """What stands behind a fact about a source."""

    RECORDED = "rec"  # a recorded answer of the service
    CODE = "code"  # read in public code that runs against the service
    GENERAL_KNOWLEDGE = "gk"  # not seen anywhere: to be checked before it is relied on


class Arrondissements(StrEnum):
    """What becomes of the municipal arrondissements of Paris, Lyon and Marseille."""

    FOLD = "fold"  # the source has them instead of the communes: they are summed
    DROP = "drop"  # the source has both: keeping them would count twice
    NONE = "none"  # the source has the communes only


@dataclass(frozen=True, slots=True)
class Geography:
    """Where codes stand and what they are codes of.

    The level of a row is ``level``, or what ``levels`` says of its cell in ``level_column``, alone or with its code
    (``FRANCE-FM``), or, where ``level_in_code``, of the letters that its code begins with (``D01``, ``R84``), which are
    no part of it; what ``levels`` lacks is of no level that odd17 has. Codes of another nomenclature (NUTS) stand in
    ``codes`` with the identifier of the very same territory; others are left out. ``vintage`` is the year of the COG of
    the codes, None where nobody knows. ``outside`` are the départements that the source does not cover, and the status
    of what it would say of them: CANNOT_EXIST (not applicable) or NOT_COLLECTED (not available).
    """

    code: str
    level: Level | None = None
    level_column: str | None = None
    level_in_code: bool = False
    levels: Mapping[str, Level] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    arrondissements: Arrondissements = Arrondissements.NONE
    vintage: int | None = None
    outside: Mapping[str, ObsStatus] = field(default_factory=dict)

    @property
    def published(self) -> frozenset[Level]:
        """The levels that the source publishes."""
        of_codes = [split_id(identifier)[0] for identifier in self.codes.values()]
        return frozenset([self.level] if self.level is not None else [*self.levels.values(), *of_codes])


@dataclass(frozen=True, slots=True)
class Verification:
    """What stands behind the address and behind the format; ``note`` says what is still to be seen."""

    address: Evidence
    format: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """One published file, or the answer of one service, that a connector can fetch.

    ``access`` and ``format`` are the connector's and the reader's own keys. ``period`` is that of every row, unless
    ``period_column`` has it; where both are None it stands in the name of the file, sheet or resource, and
    ``period_pattern`` says where. ``value_column`` is the column of figures of a long file. ``marks`` are cells that
    stand for an absence. ``absent_is_zero``: a commune without row has none of what is counted;
    ``empty_is_zero``: so does one whose cell is empty. ``keep`` are, of a file that holds personal data, the only
    columns that stay on disk; empty for a file that is kept as published.
    """

    id: str
    title: Text
    producer: str
    citation: str
    licence: Text | str
    page: str
    periodicity: str
    size_mb: float
    starter: bool
    connector: str
    access: Mapping[str, Any]
    format: Mapping[str, Any]
    geography: Geography
    verification: Verification
    period: str | None = None
    period_column: str | None = None
    period_pattern: str | None = None
    value_column: str | None = None
    obs_status: str | None = None
    conf_status: str | None = None
    marks: Mapping[str, ObsStatus] = field(default_factory=dict)
    absent_is_zero: bool = False
    empty_is_zero: bool = False
    known_breaks: tuple[SeriesBreak, ...] = ()
    keep: tuple[str, ...] = ()

    @property
    def provenance(self) -> Provenance:
        """The source as the origin of figures, without the dates and the fingerprint that a fetch adds."""
        return Provenance(
            id=self.id,
            title=self.title,
            producer=self.producer,
            citation=self.citation,
            licence=self.licence,
            url=self.page,
        )
