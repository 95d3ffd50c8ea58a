"""What a dataset file declares: where a published file keeps its codes, periods and figures, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import ConfStatus, ObsStatus, Provenance
from odd17.core.territories.levels import Level


@dataclass(frozen=True, slots=True)
class FileForm:
    """How the file is written; None means: find out. Rows are counted from 1, as a spreadsheet shows them.

    ``header_rows`` is how many rows name the columns (0: none do, and columns are called by their letters). ``until``
    is the beginning of the first cell of the row that follows the data (a footnote). ``ignored`` are columns that look
    like a period and say nothing of the figures' own.
    """

    sheet: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    decimal: str | None = None
    header_row: int | None = None
    header_rows: int = 1
    until: str | None = None
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One of several tables stacked in a sheet: it begins below the row that has ``title`` in a cell."""

    title: str
    level: Level


@dataclass(frozen=True, slots=True)
class TerritoryColumn:
    """Where the territories stand. ``level`` is constant, or read from ``level_column`` through ``levels``, or given by
    ``sections``, or, where all are empty, by the form of each code.

    ``codes`` says what the file's own codes mean: an identifier, or None for a row to leave out. ``vintage`` is the
    year of the COG that the codes belong to, None where nobody knows. ``pad`` gives codes back their leading zeros.
    """

    column: str
    level: Level | None = None
    level_column: str | None = None
    levels: Mapping[str, Level] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    codes: Mapping[str, str | None] = field(default_factory=dict)
    vintage: int | None = None
    pad: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of values and the indicator that it holds. Its period is constant or stands in a column.

    Values are multiplied by ``scale`` to get the indicator's unit. ``bounded`` is False for a percentage that may leave
    0 to 100, or a count that may be negative (a change). ``numerator`` and ``denominator`` are columns.
    """

    value: str
    indicator: str
    period: str | None = None
    period_column: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    scale: float = 1.0
    bounded: bool = True


@dataclass(frozen=True, slots=True)
class LongLayout:
    """A file with one row a figure: ``indicator`` is the column that names it, ``measure`` says where the rest stands.

    ``names`` says which indicator a cell of that column means (None: leave the row out); a cell that is the id of an
    indicator needs no entry. ``others_left_out`` leaves out the rows of every other cell. The statuses are SDMX codes.
    """

    indicator: str
    measure: Measure
    names: Mapping[str, str | None] = field(default_factory=dict)
    others_left_out: bool = False
    obs_status: str | None = None
    conf_status: str | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset file, checked: ``measures`` of a wide file, or ``long``.

    ``missing`` says what each mark of missing means; an empty cell is MISSING unless it says otherwise (key ``""``).
    ``status`` is that of every value that is there. ``indicators`` are those that the file defines itself, by id.
    ``schema`` is the file of the Table Schema that the data must fit, if any.
    """

    id: str
    source: Provenance
    territories: TerritoryColumn
    measures: tuple[Measure, ...] = ()
    long: LongLayout | None = None
    form: FileForm = field(default_factory=FileForm)
    missing: Mapping[str, tuple[ObsStatus, ConfStatus]] = field(default_factory=dict)
    status: ObsStatus = ObsStatus.NORMAL
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    schema: str | None = None

    @property
    def all_measures(self) -> tuple[Measure, ...]:
        """The measures, the one of a long file included."""
        return self.measures if self.long is None else (self.long.measure,)

    @property
    def columns(self) -> dict[str, str]:
        """Every column of the file that the dataset needs, and what for (the key of the dataset file)."""
        needed = {self.territories.column: "territories/column"}
        if self.territories.level_column is not None:
            needed[self.territories.level_column] = "territories/level"
        if self.long is not None:
            for name, key in (
                (self.long.indicator, "long/indicator"),
                (self.long.obs_status, "long/obs_status"),
                (self.long.conf_status, "long/conf_status"),
            ):
                if name is not None:
                    needed[name] = key
        for measure in self.all_measures:
            for name in (measure.value, measure.period_column, measure.numerator, measure.denominator):
                if name is not None:
                    needed.setdefault(name, "columns" if self.long is None else "long")
        return needed
