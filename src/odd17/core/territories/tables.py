"""The tables that a ``Cog`` is built from: column names and types, in the order in which they are written."""

from __future__ import annotations

import polars as pl

TERRITORIES: dict[str, type[pl.DataType] | pl.DataType] = {
    "id": pl.String,  # REG-53
    "level": pl.String,  # its prefix
    "code": pl.String,
    "name": pl.String,
    "slug": pl.String,
    "parents": pl.List(pl.String),  # identifiers, the nearest first, the country last
    "population": pl.Int64,
    "area_km2": pl.Float64,  # null where the contour is not a true one
    "is_overseas": pl.Boolean,
    "has_true_contour": pl.Boolean,
    "other_parents": pl.List(pl.String),  # of an EPCI: the départements and regions that hold less of its people
}

MEMBERSHIPS: dict[str, type[pl.DataType] | pl.DataType] = {
    "commune": pl.String,  # codes, not identifiers
    "arrondissement": pl.String,  # of the département; null in Mayotte
    "epci": pl.String,  # null for the four islands that have none
    "departement": pl.String,
    "region": pl.String,
}

EPCI_SPANS: dict[str, type[pl.DataType] | pl.DataType] = {
    "epci": pl.String,  # only those across several départements
    "departement": pl.String,
    "region": pl.String,
    "population": pl.Int64,
    "share": pl.Float64,  # of the EPCI's people, 0 to 1
}

OWN_MEMBERSHIPS: dict[str, type[pl.DataType] | pl.DataType] = {
    "territory": pl.String,  # identifier: TER-pays-de-x
    "commune": pl.String,  # code
}

FORMER_COMMUNES: dict[str, type[pl.DataType] | pl.DataType] = {
    "code": pl.String,  # of a commune that is none any more, or is one only in part (delegated, associated)
    "name": pl.String,
    "commune": pl.String,  # code of the one that holds it
}

POPULATIONS: dict[str, type[pl.DataType] | pl.DataType] = {
    "territory": pl.String,  # identifier, of the current vintage
    "period": pl.String,  # year of the census
    "population": pl.Int64,  # null where it cannot be carried to the current vintage
    "obs_status": pl.String,
    "note": pl.String,  # a ReasonCode, or null
}
