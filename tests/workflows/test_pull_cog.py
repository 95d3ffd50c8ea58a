"""The published code officiel géographique, as recorded: installed, and compared with the one that is shipped."""

from __future__ import annotations

import gzip
import json
import random

import polars as pl
import pytest

from odd17.store.connectors.http import Client
from odd17.store.movements import load_movements
from odd17.store.territories import load_shipped_cog
from odd17.workflows.pull import Happened, pull
from odd17.workflows.pull_choice import Choice
from odd17.workflows.pull_cog import cog_sources

INSEE = "www.insee.fr/fr/statistiques/fichier/8740222"


@pytest.fixture
def published(web, reply, shared):
    """INSEE's two files, and an answer of geo.api.gouv.fr composed from the shipped communes, one of them changed."""
    samples = shared / "sources/samples/cog"
    web.put(
        f"{INSEE}/v_mvt_commune_2026.csv",
        reply(gzip.decompress((samples / "v_mvt_commune_2025_cogiter.csv.gz").read_bytes())),
    )
    web.put(f"{INSEE}/v_commune_2026.csv", reply(gzip.decompress((samples / "v_commune_2026.csv.gz").read_bytes())))
    rows = load_shipped_cog().memberships.with_columns(
        epci=pl.when(pl.col("commune") == "35238").then(pl.lit("200000000")).otherwise("epci")
    )
    answer = [
        {"code": commune, "codeEpci": epci, "codeDepartement": departement, "codeRegion": region}
        for commune, epci, departement, region in rows.select("commune", "epci", "departement", "region").iter_rows()
    ]
    web.put("geo.api.gouv.fr/communes", reply(json.dumps(answer).encode()))


@pytest.mark.shared
def test_movements_are_installed_and_lists_compared(web, published, tmp_path):
    client = Client(mirror=web.address, sleep=lambda seconds: None, chance=random.Random(1))
    done = pull(Choice(), home=tmp_path, cog=load_shipped_cog(), client=client)
    outcomes = {item.source.id: item for item in done.outcomes}
    assert load_movements(tmp_path).through == 2026
    assert "movements between communes, up to the COG of 2026" in outcomes["insee-cog-movements"].notes[0]
    assert outcomes["insee-cog-communes"].notes == ("34,875 communes, the same as here",)
    assert (
        outcomes["geo-api-communes"]
        .notes[0]
        .startswith("1 communes have another epci there: 35238 (200000000, here 243500139)")
    )


@pytest.mark.shared
def test_a_damaged_file_of_movements_is_refused(web, reply, published, tmp_path):
    web.put(f"{INSEE}/v_mvt_commune_2026.csv", reply(b"MOD,DATE_EFF\n10,2024-01-01\n"))
    client = Client(mirror=web.address, sleep=lambda seconds: None)
    done = pull(Choice(indicators=("apl_nurses",)), home=tmp_path, cog=load_shipped_cog(), client=client)
    assert done.outcomes[0].happened is Happened.FAILED
    assert "TYPECOM_AV" in done.outcomes[0].why
    assert not (tmp_path / "cog").exists()


def test_a_choice_of_indicators_asks_for_the_movements_alone():
    assert [item.id for item in cog_sources(Choice(domains=("health",)))] == ["insee-cog-movements"]
    assert {item.id for item in cog_sources(Choice())} == {
        "insee-cog-movements",
        "insee-cog-communes",
        "geo-api-communes",
    }
    assert "geo-api-communes" not in {item.id for item in cog_sources(Choice(starter=True))}
