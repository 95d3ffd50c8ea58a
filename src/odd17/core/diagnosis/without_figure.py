"""Which territories of a level have no figure of an indicator, and why."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from odd17.core.kernel import Absence, ConfStatus, ObsStatus, Reason, ReasonCode, absence_of
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level

from .selection import newest


@dataclass(frozen=True, slots=True)
class WithoutFigure:
    """Territories without a figure for one and the same reason, by identifier. ``note`` says more, where it is known.

    ``stated``: the source has a row for them, which says that there is no figure; else it has none.
    """

    absence: Absence
    stated: bool
    note: Reason | None
    territories: tuple[str, ...]


def without_figure(rows: pl.DataFrame, level: Level, cog: Cog) -> tuple[str, tuple[WithoutFigure, ...]] | None:
    """The newest period with a value at ``level`` and the territories that have none in it; None without any value.

    ``rows`` are the observations of one indicator at that level. The largest group comes first.
    """
    period = newest(rows.filter(pl.col("value").is_not_null())["period"].unique().to_list())
    if period is None:
        return None
    current = {row["territory"]: row for row in rows.filter(pl.col("period") == period).iter_rows(named=True)}
    groups: dict[tuple[Absence, bool, str | None], list[str]] = {}
    for territory in cog.at(level):
        row = current.get(territory)
        if row is None:
            groups.setdefault((Absence.NOT_AVAILABLE, False, None), []).append(territory)
        elif row["value"] is None:
            kind = absence_of(ObsStatus(row["obs_status"]), ConfStatus(row["conf_status"] or "F"))
            groups.setdefault((kind, True, row["note"]), []).append(territory)
    found = (
        WithoutFigure(kind, stated, None if note is None else Reason(ReasonCode(note)), tuple(sorted(names)))
        for (kind, stated, note), names in groups.items()
    )
    return period, tuple(sorted(found, key=lambda group: -len(group.territories)))
