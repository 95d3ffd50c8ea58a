"""Rebuild data/cog/2026 from the npm package @etalab/decoupage-administratif (maintainers only).

::

    npm pack @etalab/decoupage-administratif@6.0.0 && tar -xf etalab-decoupage-administratif-6.0.0.tgz
    python scripts/build_cog.py --inputs package/data
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from odd17.core.territories.levels import Level, territory_id
from odd17.core.territories.municipal_arrondissements import MUNICIPAL_ARRONDISSEMENTS
from odd17.core.territories.normalised import slug
from odd17.core.territories.tables import EPCI_SPANS, MEMBERSHIPS, TERRITORIES

OUTPUT = Path(__file__).resolve().parent.parent / "data" / "cog" / "2026"
INPUTS = ("communes.json", "departements.json", "regions.json", "epci.json")
OVERSEAS_COLLECTIVITY = "com"
Rows = list[dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=Path, required=True, help="the folder data/ of the unpacked package")
    folder: Path = parser.parse_args().inputs
    read: dict[str, Rows] = {name: json.loads((folder / name).read_bytes()) for name in INPUTS}

    kept: dict[str, Rows] = {}
    left_out: dict[str, int] = {}
    for level in ("communes", "departements", "regions"):
        rows = [row for row in read[f"{level}.json"] if row.get("type", "commune-actuelle") == "commune-actuelle"]
        kept[level] = [row for row in rows if row["zone"] != OVERSEAS_COLLECTIVITY]
        left_out[level] = len(rows) - len(kept[level])
    check_arrondissements(read["communes.json"])

    memberships = memberships_of(kept["communes"], read["epci.json"])
    population = {row["code"]: row["population"] for row in kept["communes"]}
    spans = spans_of(memberships, population)
    territories = territories_of(kept, read["epci.json"], memberships, population, spans)

    OUTPUT.mkdir(parents=True, exist_ok=True)
    territories.write_parquet(OUTPUT / "territories.parquet")
    memberships.write_parquet(OUTPUT / "memberships.parquet")
    spans.write_parquet(OUTPUT / "epci_spans.parquet")
    meta = meta_of(folder, territories, memberships, spans, left_out)
    (OUTPUT / "cog.meta.yml").write_text(
        yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8"
    )


def check_arrondissements(communes: Rows) -> None:
    """The municipal arrondissements that odd17 knows by rule are those of the package."""
    found = {row["code"]: row["commune"] for row in communes if row["type"] == "arrondissement-municipal"}
    if found != dict(MUNICIPAL_ARRONDISSEMENTS):
        raise SystemExit("the municipal arrondissements of the package are not those of odd17")


def memberships_of(communes: Rows, epci: Rows) -> pl.DataFrame:
    """One row a commune: the codes of what it belongs to."""
    epci_of = {member["code"]: group["code"] for group in epci for member in group["membres"]}
    rows = [
        {
            "commune": row["code"],
            "arrondissement": row["arrondissement"] or None,  # Mayotte has none
            "epci": epci_of.get(row["code"]),
            "departement": row["departement"],
            "region": row["region"],
        }
        for row in communes
    ]
    return pl.DataFrame(rows, schema=MEMBERSHIPS).sort("commune")


def spans_of(memberships: pl.DataFrame, population: dict[str, int]) -> pl.DataFrame:
    """The EPCI across several départements: who lives in which, the largest part first."""
    return (
        memberships.drop_nulls("epci")
        .with_columns(population=pl.col("commune").replace_strict(population, return_dtype=pl.Int64))
        .group_by("epci", "departement", "region")
        .agg(pl.col("population").sum())
        .with_columns(share=pl.col("population") / pl.col("population").sum().over("epci"))
        .filter(pl.len().over("epci") > 1)
        .select(list(EPCI_SPANS))
        .sort("epci", "population", "departement", descending=[False, True, False])
    )


def territories_of(
    kept: dict[str, Rows], epci: Rows, memberships: pl.DataFrame, population: dict[str, int], spans: pl.DataFrame
) -> pl.DataFrame:
    """Every territory of every level, the country first."""
    total: dict[str, int] = defaultdict(int)  # by identifier
    overseas_regions = {row["code"] for row in kept["regions"] if row["zone"] == "drom"}
    by_departement: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_region: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in memberships.iter_rows(named=True):
        people = population[row["commune"]]
        total["FR"] += people
        total["FRM"] += 0 if row["region"] in overseas_regions else people
        total[f"REG-{row['region']}"] += people
        total[f"DEP-{row['departement']}"] += people
        if row["epci"]:
            total[f"EPCI-{row['epci']}"] += people
            by_departement[row["epci"]][row["departement"]] += people
            by_region[row["epci"]][row["region"]] += people
        total[f"COM-{row['commune']}"] = people

    def line(
        level: Level, code: str, name: str, region: str | None, near: list[str], others: list[str]
    ) -> dict[str, Any]:
        overseas = region in overseas_regions
        above = [] if level is Level.COUNTRY else ["FR"] if level is Level.METROPOLITAN or overseas else ["FRM", "FR"]
        identifier = territory_id(level, code)
        return {
            "id": identifier,
            "level": level.value,
            "code": code,
            "name": name,
            "slug": slug(name),
            "parents": near + above,
            "population": total[identifier],
            "area_km2": None,
            "is_overseas": overseas,
            "has_true_contour": True,
            "other_parents": others,
        }

    rows = [
        line(Level.COUNTRY, "FR", Level.COUNTRY.label.fr, None, [], []),
        line(Level.METROPOLITAN, "FRM", Level.METROPOLITAN.label.fr, None, [], []),
    ]
    rows += [line(Level.REGION, row["code"], row["nom"], row["code"], [], []) for row in by_code(kept["regions"])]
    for row in by_code(kept["departements"]):
        near = [f"REG-{row['region']}"]
        rows.append(line(Level.DEPARTEMENT, row["code"], row["nom"], row["region"], near, []))
    for row in by_code(epci):
        departements = largest_first(by_departement[row["code"]])
        regions = largest_first(by_region[row["code"]])
        near = [f"DEP-{departements[0]}", f"REG-{regions[0]}"]
        others = [f"DEP-{code}" for code in departements[1:]] + [f"REG-{code}" for code in regions[1:]]
        rows.append(line(Level.EPCI, row["code"], row["nom"], regions[0], near, others))
    epci_of = dict(memberships.select("commune", "epci").iter_rows())
    for row in by_code(kept["communes"]):
        group = epci_of[row["code"]]
        near = ([f"EPCI-{group}"] if group else []) + [f"DEP-{row['departement']}", f"REG-{row['region']}"]
        rows.append(line(Level.COMMUNE, row["code"], row["nom"], row["region"], near, []))
    return pl.DataFrame(rows, schema=TERRITORIES)


def by_code(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: str(row["code"]))


def largest_first(people: dict[str, int]) -> list[str]:
    return sorted(people, key=lambda code: (-people[code], code))


def meta_of(
    folder: Path, territories: pl.DataFrame, memberships: pl.DataFrame, spans: pl.DataFrame, left_out: dict[str, int]
) -> dict[str, Any]:
    """The provenance, the fingerprints and the counts that the data page shows."""
    region_spans = spans.group_by("epci").agg(pl.col("region").n_unique()).filter(pl.col("region") > 1)
    return {
        "id": "cog-2026",
        "title": {
            "fr": "Code officiel géographique au 1er janvier 2026, EPCI et populations municipales",
            "en": "Official geographic code on 1 January 2026, EPCIs and municipal populations",
        },
        "producer": "Insee, DGCL ; préparé par Etalab",
        "citation": (
            "Insee, code officiel géographique au 1er janvier 2026 et populations municipales 2023 (Mayotte : 2017) ; "
            "DGCL, composition des EPCI ; via @etalab/decoupage-administratif 6.0.0, Etalab"
        ),
        "licence": "Licence Ouverte",
        "url": "https://github.com/etalab/decoupage-administratif",
        "published": "2026-03-09",
        "retrieved": "2026-11-25",
        "note": {
            "fr": "EPCI : paquet 6.0.0, identiques à ceux de la version 5.3.0 (2025). Les populations des niveaux "
            "au-dessus de la commune sont des sommes de communes. Les arrondissements municipaux de Paris, Lyon et "
            "Marseille ne sont pas comptés à côté de leur commune.",
            "en": "EPCI: package 6.0.0, identical to 5.3.0 (2025). Populations of levels above the commune are sums "
            "over communes. The municipal arrondissements of Paris, Lyon and Marseille are not counted beside their "
            "commune.",
        },
        "inputs": {name: sha256(folder / name) for name in INPUTS},
        "files": {
            name: sha256(OUTPUT / name) for name in ("territories.parquet", "memberships.parquet", "epci_spans.parquet")
        },
        "counts": {
            **{level.value: territories.filter(level=level.value).height for level in Level},
            "metropolitan_regions": territories.filter(level="REG", is_overseas=False).height,
            "communes_without_epci": memberships["epci"].null_count(),
            "epci_across_departements": spans["epci"].n_unique(),
            "epci_across_regions": region_spans.height,
            "municipal_arrondissements": len(MUNICIPAL_ARRONDISSEMENTS),
        },
        "left_out_overseas_collectivities": left_out,
    }


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
