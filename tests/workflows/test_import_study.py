"""Importing a study: what it gives, and each way in which its files can be wrong."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest
import yaml

from odd17 import Survey
from odd17.core.kernel import DataError
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.publishing.studies import design_sentence
from odd17.store.studies import current_studies, erase_study
from odd17.store.study_description import study_from_json, study_to_json
from odd17.store.territories import load_shipped_cog
from odd17.workflows.import_study import ImportedStudy, check_study, import_study

PEOPLE = pl.DataFrame(
    {
        "region": ["Bretagne"] * 40 + ["Normandie"] * 40,
        "sexe": ["F", "H"] * 40,
        "poids": [1.0, 2.0] * 40,
        "emploi": ([1, 2, 2, 9] * 10) + ([2, 2, 1, 2] * 10),
    }
)
STUDY: dict[str, Any] = {
    "id": "regards",
    "title": {"fr": "Regards", "en": "Views"},
    "actor": "citizens",
    "makers": ["Institut d’essai"],
    "mention": "Étude d’essai, octobre 2019",
    "licence": "CC0-1.0",
    "field": {"start": "2019-10-03", "end": "2019-10-21"},
    "population": {"fr": "Habitants", "en": "Inhabitants"},
    "mode": {"fr": "téléphone", "en": "telephone"},
    "design": {"weights": "poids"},
    "territory": {"column": "region", "level": "REG", "vintage": 2026, "estimates": ["REG"]},
    "questions": [
        {
            "measure": "fragile",
            "domain": "employment",
            "wording": {"fr": "L’emploi est-il fragile ?", "en": "Is employment fragile?"},
            "column": "emploi",
            "yes": [1],
            "no": [2],
            "dont_know": [9],
        }
    ],
}


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


def written(folder: Path, study: dict[str, Any] | None = None, people: pl.DataFrame = PEOPLE) -> Path:
    """A study file with its respondents beside it."""
    (folder / "people.csv").write_text(people.write_csv(), encoding="utf-8")
    path = folder / "study.yml"
    path.write_text(yaml.safe_dump({"file": "people.csv"} | (study or STUDY), allow_unicode=True), encoding="utf-8")
    return path


def imported(folder: Path, cog: Cog, **values: Any) -> ImportedStudy:
    return import_study(written(folder, **values), home=folder / "home", cog=cog)


def with_(**changes: Any) -> dict[str, Any]:
    """The study with other entries; None takes one out."""
    whole = copy.deepcopy(STUDY) | changes
    return {key: value for key, value in whole.items() if value is not None}


def test_estimates_are_those_of_the_survey(tmp_path: Path, cog: Cog) -> None:
    table = imported(tmp_path, cog).findings.estimates.sort("territory")
    answered = PEOPLE.filter(pl.col("emploi") != 9).with_columns(yes=pl.col("emploi") == 1)
    expected = Survey(answered, weights="poids").proportion("yes", by=["region"]).sort("region")
    assert table["territory"].to_list() == ["REG-28", "REG-53"]
    assert table["n"].to_list() == [40, 30]
    by_name = dict(zip(expected["region"], expected["estimate"], strict=True))
    assert table["estimate"].to_list() == pytest.approx([by_name["Normandie"], by_name["Bretagne"]])
    assert set(table["period"]) == {"2019-10"}


def test_the_same_study_twice_changes_nothing(tmp_path: Path, cog: Cog) -> None:
    first = imported(tmp_path, cog)
    again = imported(tmp_path, cog)
    assert (first.changed, again.changed) == (True, False)
    assert [study.snapshot for study in current_studies(tmp_path / "home")] == [first.kept.snapshot]


def test_erasing_a_study_leaves_nothing_of_it(tmp_path: Path, cog: Cog) -> None:
    imported(tmp_path, cog)
    erase_study("regards", tmp_path / "home")
    assert current_studies(tmp_path / "home") == []
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file() and "regards" in path.as_posix()]


def test_a_check_writes_nothing(tmp_path: Path, cog: Cog) -> None:
    findings = check_study(written(tmp_path), home=tmp_path / "home", cog=cog)
    assert findings.respondents["n"].to_list() == [40, 40]
    assert not list((tmp_path / "home").rglob("*.parquet"))


def test_few_respondents_are_withheld(tmp_path: Path, cog: Cog) -> None:
    people = pl.concat([PEOPLE, PEOPLE.head(5).with_columns(region=pl.lit("Occitanie"))])
    table = imported(tmp_path, cog, people=people).findings.estimates
    row = table.filter(pl.col("territory") == "REG-76").row(0, named=True)
    assert (row["status"], row["estimate"], row["n"]) == ("Q", None, None)


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_files_of_statistics_programs(tmp_path: Path, cog: Cog, suffix: str) -> None:
    path = tmp_path / f"people{suffix}"
    writer = pyreadstat.write_sav if suffix == ".sav" else pyreadstat.write_dta
    writer(PEOPLE.with_columns(pl.col("emploi").cast(pl.Float64)), str(path))
    plain = imported(tmp_path, cog).findings.estimates
    read = import_study(written(tmp_path), path, home=tmp_path / "other", cog=cog).findings.estimates
    assert read["estimate"].to_list() == pytest.approx(plain["estimate"].to_list())


def test_a_file_cut_short_is_refused(tmp_path: Path, cog: Cog) -> None:
    path = tmp_path / "people.sav"
    pyreadstat.write_sav(PEOPLE, str(path))
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(DataError, match=r"people\.sav"):
        import_study(written(tmp_path), path, home=tmp_path / "home", cog=cog)


RAKED = {"sexe": {"F": 50.0, "H": 50.0}}


@pytest.mark.parametrize(
    ("study", "people", "said"),
    [
        ({}, PEOPLE.with_columns(poids=pl.when(pl.col("sexe") == "F").then(None).otherwise(1.0)), "poids"),
        ({}, PEOPLE.with_columns(poids=pl.lit(-1.0)), "poids"),
        ({}, PEOPLE.with_columns(poids=pl.lit(0.0)), "weight"),
        ({"margins": {"sexe": {"F": 50.0}}}, PEOPLE, "H"),
        ({"margins": RAKED, "margin_names": {"sex": {"fr": "sexe", "en": "sex"}}}, PEOPLE, "sexe"),
        ({"margins": RAKED | {"region": {"Bretagne": 1.0, "Normandie": 2.0}}}, PEOPLE, "margin"),
        ({}, PEOPLE.with_columns(emploi=pl.when(pl.col("emploi") == 9).then(7).otherwise("emploi")), "7"),
        ({}, PEOPLE.with_columns(region=pl.lit("Atlantide")), "Atlantide"),
        ({}, PEOPLE.with_columns(region=pl.lit("Languedoc-Roussillon")), "Languedoc-Roussillon"),
        ({"design": {"weights": "poid"}}, PEOPLE, "poids"),
        ({"questions": [STUDY["questions"][0] | {"column": "emplois"}]}, PEOPLE, "emploi"),
        ({"questions": [STUDY["questions"][0] | {"domain": "emploiment"}]}, PEOPLE, "employment"),
        ({"field": {"start": "2019-10-21", "end": "2019-10-03"}}, PEOPLE, "ends before"),
        ({"actor": "martians"}, PEOPLE, "citizens"),
        ({"mention": None}, PEOPLE, "mention"),
        ({"questons": []}, PEOPLE, "questions"),
    ],
)
def test_what_cannot_be_right_is_refused(
    tmp_path: Path, cog: Cog, study: dict[str, Any], people: pl.DataFrame, said: str
) -> None:
    with pytest.raises(DataError) as caught:
        imported(tmp_path, cog, study=with_(**study), people=people)
    assert said in str(caught.value)
    assert current_studies(tmp_path / "home") == []


def test_margins_have_the_names_that_readers_know(tmp_path: Path, cog: Cog) -> None:
    by_region = dict(PEOPLE.group_by("region").len().iter_rows())
    by_sex = dict(PEOPLE.group_by("sexe").len().iter_rows())
    margins = {"sexe": by_sex, "region": by_region}
    plain = imported(tmp_path, cog, study=with_(margins=margins)).findings.description
    assert set(plain.design.margins) == {"sexe", Level.REGION.label}
    names = {"sexe": {"fr": "sexe", "en": "gender"}}
    named = imported(tmp_path, cog, study=with_(margins=margins, margin_names=names)).findings.description
    assert design_sentence(named, "en").startswith("Weights raked to: region, gender.")
    assert study_from_json(study_to_json(named)) == named


def test_margins_that_no_weights_can_meet_are_named(tmp_path: Path, cog: Cog) -> None:
    people = PEOPLE.with_columns(age=pl.when(pl.col("sexe") == "F").then(pl.lit("jeune")).otherwise(pl.lit("vieux")))
    margins = {"sexe": {"F": 90.0, "H": 10.0}, "age": {"jeune": 10.0, "vieux": 90.0}}
    with pytest.raises(DataError) as caught:
        imported(tmp_path, cog, study=with_(margins=margins), people=people)
    assert "sexe" in str(caught.value) or "age" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("courriel", [f"personne{number}@example.org" for number in range(80)]),
        ("telephone", [f"06 12 34 56 {number:02}" for number in range(80)]),
        ("adresse_ip", [f"192.0.2.{number}" for number in range(80)]),
    ],
)
def test_what_names_a_person_is_refused(tmp_path: Path, cog: Cog, name: str, values: list[str]) -> None:
    with pytest.raises(DataError, match=name):
        imported(tmp_path, cog, people=PEOPLE.with_columns(pl.Series(name, values)))
