"""What a release is built from: the data that odd17 ships, and the datasets that were imported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.indicators.population_change import POPULATION_CHANGE, population_change
from odd17.core.kernel import ConfStatus, DataError, ObsStatus, Provenance, ReasonCode
from odd17.core.territories.cog import CURRENT_VINTAGE

from . import places
from .catalogue import indicator_from_json, read_catalogue
from .checksum import sha256_of
from .datasets import PARTS
from .documents import check_document, read_document
from .provenance import provenance_from_json

CENSUSES = ("2019", "2023")
"""The first and the last census year of the shipped populations: the change is from one to the other."""


@dataclass(frozen=True, slots=True)
class Input:
    """One source of observations: what it holds, what its figures mean, and the fingerprints of its files.

    ``kind`` is ``shipped`` or ``imported``. ``observations`` has the columns of ``OBSERVATIONS``, not yet read; None
    for an input without figures (the COG). ``parts`` has the same columns: parts of communes that are no figures to
    show, but what perimeters of one's own are put together from; None where there are none.
    ``about`` is what the provenance file states beyond provenance (rows left out, counts).
    """

    id: str
    kind: str
    provenance: Provenance
    files: Mapping[str, str]
    indicators: Mapping[str, Indicator]
    observations: pl.LazyFrame | None
    about: Mapping[str, Any]
    parts: pl.LazyFrame | None = None


def shipped_inputs() -> list[Input]:
    """The COG, the populations by census, the contours with areas and densities, and the report's regional table."""
    data = places.shipped()
    return [_cog(data), _populations(data), _contours(data), _regional_table(data)]


def imported_inputs(home: Path | None = None) -> list[Input]:
    """The current snapshot of every imported dataset, by id.

    Raises DataError naming the file where a snapshot is damaged.
    """
    folder = (places.home() if home is None else home) / "datasets"
    if not folder.is_dir():
        return []
    pointers = sorted(folder.glob("*/CURRENT"))
    return [_snapshot(pointer.parent / pointer.read_text(encoding="utf-8").strip()) for pointer in pointers]


def _cog(data: Path) -> Input:
    folder = data / "cog" / str(CURRENT_VINTAGE)
    names = ("territories.parquet", "memberships.parquet", "epci_spans.parquet")
    meta = read_document(folder / "cog.meta.yml", "provenance")
    files = {name: sha256_of(folder / name) for name in names}
    provenance = provenance_from_json(meta)
    return Input(provenance.id, "shipped", provenance, files, {}, None, _beyond(meta))


def _populations(data: Path) -> Input:
    folder = data / "cog" / str(CURRENT_VINTAGE)
    name = "populations.parquet"
    names = (name, "former_communes.parquet")
    meta = read_document(folder / "populations.meta.yml", "provenance")
    provenance = provenance_from_json(meta)
    table = pl.scan_parquet(folder / name)
    counts = table.select(
        "territory", "period", "obs_status", "note", value=pl.col("population").cast(pl.Float64),
        indicator=pl.lit("population"),
    )  # fmt: skip
    change = population_change(table, *CENSUSES).with_columns(indicator=pl.lit(POPULATION_CHANGE))
    return Input(
        provenance.id,
        "shipped",
        provenance,
        {each: sha256_of(folder / each) for each in names},
        read_catalogue(data / "catalogue" / "profile.yml"),
        _described(pl.concat([counts, change], how="diagonal"), provenance.id),
        _beyond(meta),
    )


def _contours(data: Path) -> Input:
    folder = data / "geometry" / str(CURRENT_VINTAGE)
    meta = read_document(folder / "geometry.meta.yml", "provenance")
    provenance = provenance_from_json(meta)
    files = {name: sha256_of(folder / name) for name in sorted(meta["files"])}
    counts = pl.scan_parquet(data / "cog" / str(CURRENT_VINTAGE) / "populations.parquet")
    newest = counts.filter(pl.col("period") == pl.col("period").max().over("territory"))
    areas = (
        pl.scan_parquet(folder / "areas.parquet")
        .select(territory="id", area="area_km2")
        .with_columns(
            obs_status=pl.when(pl.col("area").is_null())
            .then(pl.lit(ObsStatus.MISSING.value))
            .otherwise(pl.lit(ObsStatus.NORMAL.value)),
            note=pl.when(pl.col("area").is_null()).then(pl.lit(ReasonCode.NO_TRUE_CONTOUR.value)),
        )
    )
    surfaces = areas.select(
        "territory", "obs_status", "note", indicator=pl.lit("area"), period=pl.lit(str(CURRENT_VINTAGE)), value="area"
    )
    # where the area is absent, so are both parts: people without their ground would not add up
    people = pl.when(pl.col("area").is_not_null()).then(pl.col("population").cast(pl.Float64))
    densities = areas.join(newest.select("territory", "period", "population"), on="territory").select(
        "territory",
        "period",
        "obs_status",
        "note",
        indicator=pl.lit("density"),
        value=people / pl.col("area"),
        numerator=people,
        denominator="area",
    )
    return Input(
        provenance.id,
        "shipped",
        provenance,
        files,
        read_catalogue(data / "catalogue" / "contours.yml"),
        _described(pl.concat([surfaces, densities], how="diagonal"), provenance.id),
        _beyond(meta),
    )


def _described(rows: pl.LazyFrame, source: str) -> pl.LazyFrame:
    """Rows of the current vintage as observations, with what the territory and the source say of all of them."""
    return rows.with_columns(
        level=pl.col("territory").str.split("-").list.first(),
        vintage=pl.lit(CURRENT_VINTAGE, pl.Int16),
        conf_status=pl.lit(ConfStatus.FREE.value),
        source=pl.lit(source),
    ).select(list(OBSERVATIONS))


def _regional_table(data: Path) -> Input:
    folder = data / "report-2019"
    meta = read_document(folder / "regional_table.meta.yml", "provenance")
    provenance = provenance_from_json(meta)
    columns = {"indicator": pl.String, "territory": pl.String, "period": pl.String, "value": pl.Float64}
    rows = pl.scan_csv(folder / "regional_table.csv", schema=columns).with_columns(
        level=pl.col("territory").str.split("-").list.first(), vintage=pl.lit(meta["vintage"], pl.Int16)
    )
    return Input(
        provenance.id,
        "shipped",
        provenance,
        {"regional_table.csv": sha256_of(folder / "regional_table.csv")},
        read_catalogue(data / "catalogue" / "report-2019.yml"),
        _completed(rows, provenance.id, ObsStatus.UNVALIDATED, meta["flag"]),
        _beyond(meta),
    )


def _completed(rows: pl.LazyFrame, source: str, status: ObsStatus, note: str | None) -> pl.LazyFrame:
    return rows.with_columns(
        numerator=pl.lit(None, pl.Float64),
        denominator=pl.lit(None, pl.Float64),
        obs_status=pl.lit(status.value),
        conf_status=pl.lit("F"),
        source=pl.lit(source),
        note=pl.lit(note, pl.String),
    ).select(list(OBSERVATIONS))


def _snapshot(folder: Path) -> Input:
    provenance = _json(folder / "provenance.json")
    check_document(provenance, "provenance", file=str(folder / "provenance.json"))
    definitions = _json(folder / "indicators.json")
    source = provenance_from_json(provenance)
    indicators = [indicator_from_json(item, file=str(folder / "indicators.json")) for item in definitions]
    tables, files = {}, {}
    for path in (folder / "observations.parquet", folder / PARTS):
        if path.name == PARTS and not path.exists():
            continue
        try:
            tables[path.name] = pl.scan_parquet(path).select(list(OBSERVATIONS))
            tables[path.name].collect_schema()
            files[path.name] = sha256_of(path)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise DataError("the snapshot cannot be read", file=str(path), remedy="import the dataset again") from error
    return Input(
        folder.parent.name,
        "imported",
        source,
        files | {name: sha256_of(folder / name) for name in ("indicators.json", "provenance.json")},
        {indicator.id: indicator for indicator in indicators},
        tables["observations.parquet"],
        _beyond(provenance),
        tables.get(PARTS),
    )


def _beyond(meta: Mapping[str, Any]) -> dict[str, Any]:
    """What a provenance file states beyond provenance and fingerprints."""
    return {key: value for key, value in meta.items() if key not in Provenance.__dataclass_fields__ and key != "files"}


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError("the snapshot cannot be read", file=str(path), remedy="import the dataset again") from error
