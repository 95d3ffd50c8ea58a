"""Reads the tables of territories, from the shipped data or from a release."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from odd17.core.kernel import DataError, Message
from odd17.core.territories.centres import CENTRES, Centres
from odd17.core.territories.cog import CURRENT_VINTAGE, Cog
from odd17.core.territories.tables import EPCI_SPANS, FORMER_COMMUNES, MEMBERSHIPS, OWN_MEMBERSHIPS, TERRITORIES

from .places import shipped


def load_cog(folder: Path) -> Cog:
    """The ``Cog`` of a folder that holds ``territories``, ``memberships`` and ``epci_spans`` (Parquet).

    Where it also holds ``own_memberships``, territories of one's own are in the table beside the others.

    A column without which a territory is still one stands empty where it lacks: an older release may not have it.
    Raises DataError naming the file and column where a table is absent, unreadable or lacks another column.
    """
    own = folder / "own_memberships.parquet"
    return Cog(
        _read(folder / "territories.parquet", TERRITORIES),
        _read(folder / "memberships.parquet", MEMBERSHIPS),
        _read(folder / "epci_spans.parquet", EPCI_SPANS),
        own_memberships=_read(own, OWN_MEMBERSHIPS) if own.is_file() else None,
    )


def load_shipped_cog() -> Cog:
    """The ``Cog`` that odd17 ships, with the areas of the shipped geometry where it is there.

    Areas are measured on the contours, which are built after the table of territories: they stand in a file of their
    own (``id``, ``area_km2``, ``has_true_contour``) and join here, so that neither build waits for the other.
    """
    bare = load_cog(shipped() / "cog" / str(CURRENT_VINTAGE))
    path = shipped() / "geometry" / str(CURRENT_VINTAGE) / "areas.parquet"
    if not path.exists():
        return bare
    areas = _read(path, {name: TERRITORIES[name] for name in ("id", "area_km2", "has_true_contour")})
    table = bare.table.drop("area_km2", "has_true_contour").join(areas, on="id", how="left", maintain_order="left")
    completed = table.with_columns(pl.col("has_true_contour").fill_null(False)).select(list(TERRITORIES))
    return Cog(completed, bare.memberships, bare.epci_spans)


def former_communes() -> pl.DataFrame:
    """The shipped communes that are none any more, and which one holds each today: columns ``FORMER_COMMUNES``."""
    return _read(shipped() / "cog" / str(CURRENT_VINTAGE) / "former_communes.parquet", FORMER_COMMUNES)


def load_centres() -> Centres:
    """The centres of the territories that odd17 ships, measured on their contours."""
    return Centres(_read(shipped() / "geometry" / str(CURRENT_VINTAGE) / "centres.parquet", CENTRES))


def _read(path: Path, columns: Mapping[str, type[pl.DataType] | pl.DataType]) -> pl.DataFrame:
    remedy = Message("install odd17 again, or build the release again")
    try:
        table = pl.read_parquet(path)
    except FileNotFoundError as error:
        raise DataError("the file is absent", file=path.name, remedy=remedy) from error
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataError("the file cannot be read", file=path.name, remedy=remedy) from error
    for name in columns:
        if name not in table.columns and name not in _LATER:
            raise DataError("the column is missing", file=path.name, column=name, remedy=remedy)
    lacking = [pl.lit(_LATER[name]).alias(name) for name in columns if name not in table.columns]
    return table.with_columns(lacking).select(pl.col(name).cast(dtype) for name, dtype in columns.items())


_LATER: dict[str, object] = {
    "population": None,
    "area_km2": None,
    "is_overseas": False,
    "has_true_contour": False,
    "other_parents": [],
}
"""Columns that an older release may lack, and what stands for each there."""
