"""The API and the files of studies and crossings: nothing, said so, in a real release; all in the demonstration."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from django.test import Client

from odd17.store.releases import Release
from odd17.workflows.demonstration import build_demonstration


@pytest.fixture(scope="module")
def demonstration(site_home: Path) -> Iterator[Release]:
    """The demonstration beside the real release."""
    yield build_demonstration(site_home)
    shutil.rmtree(site_home / "demonstration")


def test_without_a_study_the_answers_are_empty_and_say_so(client: Client) -> None:
    answer = client.get("/api/v1/territories/REG-53/crossing?lang=en").json()
    assert answer["reason"]["code"] == "no_study"
    assert len(answer["domains"]) == 16
    assert client.get("/api/v1/studies").json() == []
    told = client.get("/api/v1/perceptions").json()
    assert (told["total"], told["rows"], told["studies"]) == (0, [], [])


def test_a_crossing_has_every_number_with_its_interval(client: Client, demonstration: Release) -> None:
    answer = client.get("/demonstration/api/v1/territories/REG-53/crossing?lang=fr").json()
    assert answer["fictitious"] is True
    assert answer["actors"] == ["citizens", "elected_officials", "companies", "associations"]
    culture = next(row for row in answer["domains"] if row["domain"] == "culture")
    view = culture["views"][0]
    assert view["gap"]["value"] == view["objective"]["value"] - view["rank"]["value"]
    assert sum(view["probabilities"].values()) == pytest.approx(1)
    assert view["share"]["n"]
    assert view["text"].startswith("Culture")
    assert culture["priority"]["reasons"]
    assert {study["id"] for study in answer["studies"]} == {
        view["study"] for row in answer["domains"] for view in row["views"]
    }


def test_perceptions_are_filtered_and_paged(client: Client, demonstration: Release) -> None:
    address = "/demonstration/api/v1/perceptions?territory=REG-53&measure=fragile&domain=emploi"
    answer = client.get(address).json()
    assert answer["total"] == 8  # four actors, two waves
    assert {row["domain"] for row in answer["rows"]} == {"employment"}
    one = client.get(f"{address}&actor=citoyens&study=demo-citizens-2025").json()
    assert one["total"] == 1
    assert one["studies"][0]["citation"] == demonstration.studies["demo-citizens-2025"].mention
    part = client.get(f"{address}&start=6&limit=5").json()
    assert len(part["rows"]) == 2


def test_studies_say_who_was_asked(client: Client, demonstration: Release) -> None:
    answer = client.get("/demonstration/api/v1/studies?lang=en").json()
    assert [study["id"] for study in answer] == sorted(demonstration.studies)
    assert all(study["asked"] and study["design"] and study["citation"] and study["questions"] for study in answer)


@pytest.mark.parametrize("query", ["actor=nobody", "domain=nothing", "study=none"])
def test_what_is_unknown_is_refused(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/perceptions?{query}")
    assert response.status_code == 400
    assert response.json()["error"] == "bad_request"


def test_an_unknown_measure_is_refused(client: Client) -> None:
    assert client.get("/api/v1/perceptions?measure=mood").status_code == 422


FILES = (
    "/fichiers/croisements/REG-53/csv", "/fichiers/croisements/REG-53/xlsx",
    "/fichiers/croisements/emploi/REG-metropolitan/tableur-fr", "/fichiers/croisements/tous/REG-metropolitan/csv",
    "/fichiers/regards/csv",
)  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_files_are_marked_dated_and_cited(client: Client, demonstration: Release, path: str) -> None:
    response = client.get(f"/demonstration{path}")
    assert response.status_code == 200
    assert "-fictitious-" in response.headers["Content-Disposition"]
    if not path.endswith("xlsx"):
        text = response.content.decode()
        assert "Données fictives / Fictitious data" in text
        assert demonstration.studies["demo-citizens-2025"].mention in text
        assert "2025-10" in text


@pytest.mark.parametrize("path", FILES)
def test_a_release_without_a_study_has_no_such_file(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/fichiers/croisements/REG-99/csv",
        "/fichiers/croisements/nothing/REG-metropolitan/csv",
        "/fichiers/croisements/tous/nobody/csv",
        "/fichiers/croisements/DEP-35/csv",
        "/fichiers/regards/ods",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, demonstration: Release, path: str) -> None:
    assert client.get(f"/demonstration{path}").status_code == 404


# what is withheld stays so, wherever it could be read

FIGURES = ("estimate", "se", "low", "high", "df", "deff", "n")
CHANGES = ("change", "change_se", "change_low", "change_high", "change_linked")


def test_no_withheld_cell_is_left_by_the_sums_of_a_release(demonstration: Release) -> None:
    """The reader's subtraction: all of FRM less the regions told leaves nobody, or a group that could be told."""
    told = demonstration.perceptions()
    withheld = told.filter(status="Q")
    assert withheld.height > 50
    assert withheld.select(pl.all_horizontal(pl.col(*FIGURES, *CHANGES).is_null()).all()).item()
    question = ["study", "measure", "domain", "item"]
    whole = told.filter(pl.col("territory") == "FRM").select(*question, all="n")
    parts = told.filter(pl.col("level") == "REG").group_by(question).agg(
        pl.col("n").sum(), hidden=(pl.col("status") == "Q").sum()
    )  # fmt: skip
    left = whole.join(parts, on=question, nulls_equal=True, validate="1:1").with_columns(
        rest=pl.col("all") - pl.col("n")
    )
    assert left.filter((pl.col("hidden") == 0) & (pl.col("rest") != 0)).is_empty()
    hiding = left.filter(pl.col("hidden") > 0)
    assert hiding.height > 10
    assert hiding.filter((pl.col("hidden") < 2) | (pl.col("rest") < 10)).is_empty()


def test_a_change_gives_no_withheld_wave_back(demonstration: Release) -> None:
    told = demonstration.perceptions()
    on = ["measure", "domain", "item", "territory"]
    before = told.filter(status="Q").select(*on, since="study")
    assert not before.is_empty()
    later = told.filter(pl.col("change").is_not_null())
    assert not later.is_empty()
    assert later.join(before, on=[*on, "since"], how="semi", nulls_equal=True).is_empty()


def test_no_file_nor_answer_tells_a_withheld_figure(client: Client, demonstration: Release) -> None:
    withheld = demonstration.perceptions(measure="fragile", domains=["employment"]).filter(status="Q")
    address = "/demonstration/api/v1/perceptions?measure=fragile&domain=emploi&limit=1000"
    rows = [row for row in client.get(address).json()["rows"] if row["status"] == "Q"]
    assert len(rows) == withheld.height > 0
    assert all(row[name] is None for row in rows for name in (*FIGURES, *CHANGES))
    crossings = demonstration.crossings()
    hidden = crossings.filter(status="Q")
    assert hidden.height > 0
    assert hidden.select(
        pl.all_horizontal(pl.col("share", "share_low", "share_high", "n", "rank", "gap", "quadrant").is_null()).all()
    ).item()
    silent = hidden.select("peer_set", "territory", "domain", "actor")
    gaps = demonstration.gaps().filter(pl.col("gap").is_not_null())
    for side in ("actor", "other"):
        told = gaps.select("peer_set", "territory", "domain", actor=side)
        assert told.join(silent, on=silent.columns, how="semi").is_empty()
    content = client.get("/demonstration/fichiers/regards/csv?lang=en").content.decode().lstrip("\ufeff")
    table = list(csv.DictReader(io.StringIO(content)))
    empty = [row for row in table if row["status"] == "Q"]
    assert len(empty) > 50
    assert all(row[name] == "" for row in empty for name in (*FIGURES, *CHANGES) if name in row)
