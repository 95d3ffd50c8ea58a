"""Rebuild populations.parquet and former_communes.parquet of data/cog/2026.

They come from versions of the npm package @etalab/decoupage-administratif.

::

    for version in 1.1.1 2.3.1 3.1.1 4.0.0 4.1.0 6.0.0; do
        npm pack @etalab/decoupage-administratif@$version && mkdir $version
        tar -xf etalab-decoupage-administratif-$version.tgz -C $version
    done
    python scripts/build_populations.py --packages .

Each version gives the populations of one census year to the communes of one COG. What became of a commune between two
versions is told by the later one: a code that goes is that of a delegated commune, with the code of its commune. Where
it is not, what the rest shows is used and the sum is marked as estimated (see ``absorbers``); where that shows several
communes, they are marked, and the people count only in the territories above them. A commune that was split is not
carried, but its people count in every territory that holds all its parts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from odd17.core.kernel import ObsStatus, ReasonCode
from odd17.core.territories.tables import FORMER_COMMUNES, POPULATIONS

OUTPUT = Path(__file__).resolve().parent.parent / "data" / "cog" / "2026"
MAYOTTE, MAYOTTE_CENSUS = "976", "2017"
COLLECTIVITIES = ("975", "977", "978", "98")
COUNTS = (
    ("2019", "1.1.1", "1.1.1"),
    ("2020", "2.3.1", "2.3.1"),
    ("2021", "4.0.0", "3.1.1"),  # the populations of 2021 are those of the communes of 2023: 4.0.0 lists those of 2024
    ("2022", "4.1.0", "4.1.0"),
    ("2023", "6.0.0", "6.0.0"),
)
"""Census year, the version that gives its populations, the version that lists the communes that they are those of."""


@dataclass(frozen=True)
class Commune:
    name: str
    departement: str
    epci: str | None
    postal: frozenset[str]
    population: int | None


@dataclass(frozen=True)
class Listing:
    """The communes of one version, and the commune that each delegated or associated commune belongs to."""

    communes: Mapping[str, Commune]
    holder: Mapping[str, str]
    names: Mapping[str, str]  # of delegated and associated communes


@dataclass(frozen=True)
class Fate:
    """The communes that hold what one was; ``told`` is False where the version itself does not say so.

    Where several may be the one that holds it, they are ``candidates``, and there is no successor.
    """

    successors: tuple[str, ...]
    told: bool = True
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """The people of a commune of old: where they live today, and how far the number may be trusted."""

    people: int
    fate: Fate
    commune: Commune
    is_older: bool  # counted a year earlier than the rest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, required=True, help="the folder with one folder a version")
    folder: Path = parser.parse_args().packages
    listings = {version: read(folder / version / "package" / "data") for version in versions()}
    memberships = pl.read_parquet(OUTPUT / "memberships.parquet")
    steps = [fates(listings[a], listings[b]) for (_, _, a), (_, _, b) in pairwise(COUNTS)]
    rows: list[dict[str, Any]] = []
    for place, (period, counted, listed) in enumerate(COUNTS):
        units = units_of(listings[listed], listings[counted], steps[place:])
        rows += sums(period, units, memberships)
    rows = with_mayotte(rows, listings[COUNTS[-1][2]], memberships)
    table = pl.DataFrame(rows, schema=POPULATIONS).sort("territory", "period")
    path = OUTPUT / "populations.parquet"
    table.write_parquet(path, compression="zstd", compression_level=19)
    former = former_communes(listings, steps)
    former.write_parquet(OUTPUT / "former_communes.parquet", compression="zstd", compression_level=19)
    text = yaml.safe_dump(meta_of(folder, path, table, steps), allow_unicode=True, sort_keys=False, width=120)
    (OUTPUT / "populations.meta.yml").write_text(text, encoding="utf-8")


def versions() -> list[str]:
    return sorted({version for _, *pair in COUNTS for version in pair})


def read(folder: Path) -> Listing:
    rows = json.loads((folder / "communes.json").read_bytes())
    groups = json.loads((folder / "epci.json").read_bytes())
    epci = {member["code"]: group["code"] for group in groups for member in group["membres"]}
    communes = {
        row["code"]: Commune(
            row["nom"],
            row["departement"],
            epci.get(row["code"]),
            frozenset(row.get("codesPostaux", ())),
            row.get("population"),
        )
        for row in rows
        if row["type"] == "commune-actuelle" and not row["code"].startswith(COLLECTIVITIES)
    }
    parts = [row for row in rows if row["type"] in ("commune-deleguee", "commune-associee")]
    names = {row["code"]: row["nom"] for row in parts}
    return Listing(communes, {row["code"]: row["chefLieu"] for row in parts}, names)


def former_communes(listings: Mapping[str, Listing], steps: list[dict[str, Fate]]) -> pl.DataFrame:
    """The codes that are those of no commune today, and the commune that holds each, where one surely does."""
    newest = listings[COUNTS[-1][2]]
    found: dict[str, tuple[str, str, str]] = {}
    for place, (_, _, listed) in enumerate(COUNTS):
        listing = listings[listed]
        for code in listing.communes.keys() - newest.communes.keys():
            fate = followed(code, steps[place:])
            if len(fate.successors) == 1:
                found[code] = (code, listing.communes[code].name, fate.successors[0])
        for code, holder in listing.holder.items():
            fate = followed(holder, steps[place:])
            if code not in newest.communes and len(fate.successors) == 1:
                found.setdefault(code, (code, listing.names[code], fate.successors[0]))
    return pl.DataFrame(list(found.values()), schema=FORMER_COMMUNES, orient="row").sort("code")


def fates(old: Listing, new: Listing) -> dict[str, Fate]:
    """What became of each commune of ``old`` that did not simply stay."""
    gone = sorted(old.communes.keys() - new.communes.keys())
    found: dict[str, Fate] = {}
    for code in sorted(new.communes.keys() - old.communes.keys()):
        before = old.holder.get(code) or same_name(code, gone, old, new)
        if before is None:
            raise SystemExit(f"nothing tells what {code} was made of")
        if before in new.communes:  # a part that became a commune again
            parts = found.get(before, Fate((before,))).successors
            found[before] = Fate((*parts, code))
        else:  # the seat of the commune moved, and its code with it
            found[before] = Fate((code,))
    for code in gone:
        if code in found:
            continue
        holder = new.holder.get(code)
        if holder is not None:
            found[code] = Fate((holder,))
        else:
            likely = absorbers(code, old, new)
            if len(likely) == 1:
                found[code] = Fate(likely, told=False)
            else:
                found[code] = Fate((), told=False, candidates=likely or neighbours(code, old, new))
    if any(after not in new.communes for fate in found.values() for after in fate.successors):
        raise SystemExit("a commune belongs to one that the version does not list")
    return found


def same_name(code: str, gone: Iterable[str], old: Listing, new: Listing) -> str | None:
    here = new.communes[code]
    names = [c for c in gone if (old.communes[c].name, old.communes[c].departement) == (here.name, here.departement)]
    return names[0] if len(names) == 1 else None


def absorbers(code: str, old: Listing, new: Listing) -> tuple[str, ...]:
    """The communes that may have taken in ``code``.

    They stand in the same département; they share the EPCI and every postal code, or changed their name on the way; and
    their people rose by half to one and a half times those of ``code``.
    """
    lost = old.communes[code]
    people = lost.population or 0
    near = set(neighbours(code, old, new))

    def shows(other: str) -> bool:
        before, after = old.communes.get(other), new.communes[other]
        if before is None or before.departement != lost.departement:
            return False
        rise = (after.population or 0) - (before.population or 0)
        return (other in near or before.name != after.name) and people / 2 <= rise <= people * 3 / 2

    return tuple(other for other in sorted(new.communes) if shows(other))


def neighbours(code: str, old: Listing, new: Listing) -> tuple[str, ...]:
    """The communes of the same département and EPCI that share, before or after, every postal code of ``code``."""
    lost = old.communes[code]
    return tuple(
        other
        for other, after in sorted(new.communes.items())
        if (before := old.communes.get(other)) is not None
        and before.departement == lost.departement
        and lost.epci in (before.epci, after.epci)
        and lost.postal <= before.postal | after.postal
    )


def units_of(listed: Listing, counted: Listing, steps: list[dict[str, Fate]]) -> list[Unit]:
    """The communes of ``listed`` with their people; those that ``counted`` no longer lists keep their older count."""
    units = []
    for code, commune in listed.communes.items():
        if commune.departement == MAYOTTE:
            continue
        now = counted.communes.get(code)
        people = commune.population if now is None else now.population
        if people is None:
            raise SystemExit(f"{code} has no population")
        units.append(Unit(people, followed(code, steps), commune, now is None))
    return units


def followed(code: str, steps: list[dict[str, Fate]]) -> Fate:
    """Where ``code`` stands after all the ``steps``."""
    here, candidates, told = {code}, set[str](), True
    for step in steps:
        reached = [step.get(each, Fate((each,))) for each in sorted(here)]
        here = {after for fate in reached for after in fate.successors}
        candidates = {after for each in candidates for after in step.get(each, Fate((each,))).successors}
        candidates.update(after for fate in reached for after in fate.candidates)
        told = told and all(fate.told for fate in reached)
    return Fate(tuple(sorted(here)), told, tuple(sorted(candidates)))


def sums(period: str, units: list[Unit], memberships: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of one census year, for every territory."""
    above = {row["commune"]: row for row in memberships.iter_rows(named=True)}
    region_of = {row["departement"]: row["region"] for row in above.values()}
    epci = {row["epci"] for row in above.values()}
    total: dict[str, int] = {}
    marks: dict[str, set[str]] = {}
    for unit in units:
        for code in unit.fate.candidates:
            marks.setdefault(f"COM-{code}", set()).add("untold")
        for reached in levels(unit, above, region_of, epci):
            for territory in reached:
                total[territory] = total.get(territory, 0) + unit.people
                found = marks.setdefault(territory, set())
                found |= {"split"} if len(reached) > 1 else set()
                found |= {"older"} if unit.is_older else set()
                is_large = territory.startswith(("DEP-", "REG-", "FR"))
                found |= {"untold"} if not unit.fate.told and not is_large else set()
    return [row_of(territory, period, people, marks[territory]) for territory, people in total.items()]


def with_mayotte(rows: list[dict[str, Any]], newest: Listing, memberships: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows with Mayotte's: one of its last census for each of its territories, and its people in the country."""
    there = memberships.filter(pl.col("departement") == MAYOTTE)
    total: dict[str, int] = {}
    for commune, _, epci, departement, region in there.iter_rows():
        people = newest.communes[commune].population or 0
        for territory in (f"COM-{commune}", f"EPCI-{epci}", f"DEP-{departement}", f"REG-{region}"):
            total[territory] = total.get(territory, 0) + people
    everybody = total[f"DEP-{MAYOTTE}"]
    for row in rows:
        if row["territory"] == "FR":
            row |= {"population": row["population"] + everybody, "note": ReasonCode.SEVERAL_PERIODS.value}
    return rows + [row_of(territory, MAYOTTE_CENSUS, people, set()) for territory, people in total.items()]


def row_of(territory: str, period: str, people: int, marks: set[str]) -> dict[str, Any]:
    if "split" in marks:
        status, note = ObsStatus.MISSING, ReasonCode.NOT_CARRIED
    elif "untold" in marks:
        status, note = ObsStatus.ESTIMATED, ReasonCode.PERIMETER_UNVERIFIED
    elif "older" in marks:
        status, note = ObsStatus.ESTIMATED, ReasonCode.SEVERAL_PERIODS
    else:
        status, note = ObsStatus.NORMAL, None
    return {
        "territory": territory,
        "period": period,
        "population": None if "split" in marks else people,
        "obs_status": status.value,
        "note": None if note is None else note.value,
    }


def levels(
    unit: Unit, above: Mapping[str, Mapping[str, str]], region_of: Mapping[str, str], epci: set[str]
) -> list[set[str]]:
    """At each level, the territories that hold some of the unit's people."""
    now = [above[code] for code in unit.fate.successors]
    departements = {row["departement"] for row in now} or {unit.commune.departement}
    groups = {row["epci"] for row in now} or {unit.commune.epci} & epci
    regions = {region_of[code] for code in departements}
    countries = [{"FR"}] if any(code.startswith("97") for code in departements) else [{"FR"}, {"FRM"}]
    return [
        {f"COM-{code}" for code in unit.fate.successors},
        {f"EPCI-{code}" for code in groups if code is not None},
        {f"DEP-{code}" for code in departements},
        {f"REG-{code}" for code in regions},
        *countries,
    ]


def meta_of(folder: Path, path: Path, table: pl.DataFrame, steps: list[dict[str, Fate]]) -> dict[str, Any]:
    """The provenance, the fingerprints and what could not be told."""
    changed = {code: fate for step in steps for code, fate in step.items()}
    flagged = table.filter(pl.col("obs_status") != ObsStatus.NORMAL.value)
    return {
        "id": "populations-2026",
        "title": {
            "fr": "Populations municipales des communes de 2019 à 2023, dans la géographie de 2026",
            "en": "Municipal populations of communes from 2019 to 2023, in the geography of 2026",
        },
        "producer": "Insee ; préparé par Etalab",
        "citation": (
            "Insee, populations municipales 2019, 2020, 2021, 2022 et 2023 (Mayotte : 2017) ; via "
            "@etalab/decoupage-administratif 1.1.1, 2.3.1, 3.1.1, 4.0.0, 4.1.0 et 6.0.0, Etalab ; calculs odd17"
        ),
        "licence": "Licence Ouverte",
        "url": "https://github.com/etalab/decoupage-administratif",
        "published": "2026-03-09",
        "retrieved": "2026-11-25",
        "note": {
            "fr": "Portées aux communes de 2026 par les listes de communes de chaque version, non par un fichier de "
            "mouvements : ce qui est passé d’une commune à une autre sans que l’une des deux disparaisse n’est pas vu. "
            "En 2021, les communes absorbées au 1er janvier 2024 ont la population de 2020. Mayotte n’a que son "
            "recensement de 2017.",
            "en": "Carried to the communes of 2026 by the lists of communes of each version, not by a file of "
            "movements: what passed from one commune to another without either ending is not seen. In 2021 the "
            "communes absorbed on 1 January 2024 have the count of 2020. Mayotte has its census of 2017 only.",
        },
        "inputs": {
            f"{version}/{name}": sha256(folder / version / "package" / "data" / name)
            for version in versions()
            for name in ("communes.json", "epci.json")
        },
        "files": {name: sha256(OUTPUT / name) for name in (path.name, "former_communes.parquet")},
        "counts": {"rows": table.height, **dict(table.group_by("period").len().sort("period").iter_rows())},
        "inferred_absorbers": {c: f.successors[0] for c, f in sorted(changed.items()) if not f.told and f.successors},
        "absorbers_not_told": {c: list(f.candidates) for c, f in sorted(changed.items()) if not f.successors},
        "split": {code: list(fate.successors) for code, fate in sorted(changed.items()) if len(fate.successors) > 1},
        "marked": dict(flagged.group_by("note").len().sort("note").iter_rows()),
    }


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
