"""Print the EPCI that are none any more, for data/cog/2026/former_areas.yml, from packages of older lists.

::

    for version in 0.7.0 1.1.1 2.3.1 3.1.1 4.1.0; do
        npm pack @etalab/decoupage-administratif@$version && mkdir $version
        tar -xf etalab-decoupage-administratif-$version.tgz -C $version
    done
    python scripts/build_former_epci.py --packages .

A commune that is none any more counts as the one that holds it today. An EPCI of which a commune is not found is left
out. Its ground is that of the EPCI of today that hold its communes: exactly, or they cover more.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import polars as pl

COG = Path(__file__).resolve().parent.parent / "data" / "cog" / "2026"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, required=True, help="the folder with one folder a version")
    known: dict[str, tuple[str, list[str]]] = {}
    for path in sorted(parser.parse_args().packages.glob("*/package/data/epci.json")):
        for group in json.loads(path.read_bytes()):
            known[group["code"]] = (group["nom"], [member["code"] for member in group["membres"]])
    epci = dict(pl.read_parquet(COG / "memberships.parquet").select("commune", "epci").iter_rows())
    holder = dict(pl.read_parquet(COG / "former_communes.parquet").select("code", "commune").iter_rows())
    for code in sorted(known.keys() - set(epci.values())):
        name, members = known[code]
        communes = {member if member in epci else holder.get(member) for member in members}
        today = sorted({epci[commune] for commune in communes if commune is not None and epci[commune] is not None})
        if None in communes or not today:
            continue
        exact = communes == {commune for commune, group in epci.items() if group in today}
        print(
            f"  - {{id: EPCI-{code}, name: {json.dumps(name, ensure_ascii=False)}, "
            f"today: [{', '.join(f'EPCI-{one}' for one in today)}], exact: {str(exact).lower()}}}"
        )


if __name__ == "__main__":
    main()
