"""A real file of respondents, brought in through a study file, beside another estimator and sums worked apart."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from odd17.store.territories import load_shipped_cog
from odd17.workflows.import_study import StudyFindings, check_study, import_study

TOTAL = 11_071_226.338
PASTIMES = ["hard.rock", "lecture.bd", "peche.chasse", "cuisine", "bricol", "cinema", "sport"]
WORDS = {"fr": "Pratiquez-vous… ?", "en": "Do you practise…?"}
STUDY: dict[str, Any] = {
    "id": "histoire-de-vie-2003",
    "title": {"fr": "Histoire de vie", "en": "Life stories"},
    "actor": "citizens",
    "makers": ["Insee"],
    "mention": "Insee, enquête Histoire de vie 2003, extrait du paquet questionr",
    "licence": "GPL-2.0-or-later",
    "field": {"start": "2003-01-01", "end": "2003-12-31"},
    "population": {"fr": "Personnes de 18 ans ou plus", "en": "People aged 18 or over"},
    "mode": {"fr": "face à face", "en": "face to face"},
    "design": {"weights": "poids"},
    "territory": {"level": "FRM"},
    "questions": [
        {
            "measure": "own",
            "wording": WORDS,
            "items": {name: name for name in PASTIMES},
            "labels": {name: {"fr": name, "en": name} for name in PASTIMES},
        },
        {
            "measure": "own",
            "wording": {"fr": "Appartenir à une classe sociale ?", "en": "Belong to a social class?"},
            "item": "class",
            "column": "clso",
            "labels": {"class": {"fr": "classe sociale", "en": "social class"}},
            "yes": ["Oui"],
            "no": ["Non"],
            "dont_know": ["Ne sait pas"],
        },
        {
            "measure": "own",
            "wording": {"fr": "Satisfait du travail ?", "en": "Satisfied with work?"},
            "item": "work",
            "column": "trav.satisf",
            "labels": {"work": {"fr": "travail", "en": "work"}},
            "yes": ["Satisfaction"],
            "no": ["Equilibre", "Insatisfaction"],
            "base": {
                "said": {"fr": "ceux qui travaillent", "en": "those who work"},
                "where": {"occup": ["Exerce une profession"]},
            },
        },
    ],
}


@pytest.fixture(scope="module")
def source(shared: Path) -> Path:
    return shared / "data" / "questionr" / "hdv2003.csv"


def found(source: Path, folder: Path, **changes: Any) -> StudyFindings:
    path = folder / "study.yml"
    path.write_text(yaml.safe_dump(STUDY | changes, allow_unicode=True), encoding="utf-8")
    return check_study(path, source, home=folder / "home", cog=load_shipped_cog())


def by_hand(
    source: Path, column: str, yes: str, asked: dict[str, str | None] | None = None
) -> tuple[float, float, int]:
    """A share, its linearised error and how many answered, in plain sums over the rows of the file.

    The variance of a ratio with replacement: n / (n - 1) times the sum of squares of w (y - share) / W over the whole
    sample, where those without an answer count as zero (Särndal, Swensson & Wretman 1992, 5.7).
    """
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    inside = [row for row in rows if row[column] and all(row[name] == value for name, value in (asked or {}).items())]
    whole = math.fsum(float(row["poids"]) for row in inside)
    share = math.fsum(float(row["poids"]) for row in inside if row[column] == yes) / whole
    squares = math.fsum((float(row["poids"]) * ((row[column] == yes) - share) / whole) ** 2 for row in inside)
    return share, math.sqrt(squares * len(rows) / (len(rows) - 1)), len(inside)


def test_weights_sum_to_what_the_file_says(source: Path, tmp_path: Path) -> None:
    done = import_study(_written(tmp_path), source, home=tmp_path / "home", cog=load_shipped_cog())
    people = pl.read_parquet(done.kept.path / "respondents.parquet")
    assert people.height == 2000
    assert people["poids"].sum() == pytest.approx(TOTAL, abs=5e-4)


def _written(folder: Path) -> Path:
    path = folder / "study.yml"
    path.write_text(yaml.safe_dump(STUDY, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", PASTIMES)
def test_shares_are_those_of_plain_sums(source: Path, tmp_path: Path, name: str) -> None:
    row = found(source, tmp_path).estimates.row(by_predicate=pl.col("item") == name, named=True)
    share, error, n = by_hand(source, name, "Oui")
    assert (row["estimate"], row["se"], row["n"]) == (pytest.approx(share, rel=1e-9), pytest.approx(error, rel=1e-8), n)
    assert row["low"] < share < row["high"]
    assert row["period"] == "2003-01/2003-12"


def test_who_does_not_know_is_out_of_the_share_unless_counted(source: Path, tmp_path: Path) -> None:
    row = found(source, tmp_path).estimates.row(by_predicate=pl.col("item") == "class", named=True)
    assert row["n"] == 936 + 1037
    questions = [one | ({"count_dont_know": True} if one.get("item") == "class" else {}) for one in STUDY["questions"]]
    counted = found(source, tmp_path, questions=questions).estimates.row(
        by_predicate=pl.col("item") == "class", named=True
    )
    share, error, n = by_hand(source, "clso", "Oui")
    assert n == 2000
    assert (counted["estimate"], counted["se"], counted["n"]) == (
        pytest.approx(share, rel=1e-9), pytest.approx(error, rel=1e-8), n,
    )  # fmt: skip
    assert row["estimate"] > counted["estimate"]


def test_a_base_is_a_domain_of_the_whole_sample(source: Path, tmp_path: Path) -> None:
    row = found(source, tmp_path).estimates.row(by_predicate=pl.col("item") == "work", named=True)
    share, error, n = by_hand(source, "trav.satisf", "Satisfaction", {"occup": "Exerce une profession"})
    assert n == 1048
    assert (row["estimate"], row["se"], row["n"]) == (pytest.approx(share, rel=1e-9), pytest.approx(error, rel=1e-8), n)


def test_the_interval_is_that_of_another_estimator(source: Path, tmp_path: Path) -> None:
    svy = pytest.importorskip("svy")
    people = pl.read_csv(source).select("poids", pl.col("sport"))
    theirs = svy.Sample(people, svy.Design(wgt="poids")).estimation.prop("sport", ci_method="logit").to_polars()
    other = theirs.filter(pl.col("sport") == "Oui").row(0, named=True)
    row = found(source, tmp_path).estimates.row(by_predicate=pl.col("item") == "sport", named=True)
    ours = [row[name] for name in ("estimate", "se", "low", "high")]
    assert ours == pytest.approx([other[name] for name in ("est", "se", "lci", "uci")], rel=1e-8)


def test_raking_to_a_margin_gives_its_shares(source: Path, tmp_path: Path) -> None:
    """Of a population half women, half men: the share is the mean of the shares among each."""
    raked = found(source, tmp_path, margins={"sexe": {"Femme": 6e6, "Homme": 6e6}})
    row = raked.estimates.row(by_predicate=pl.col("item") == "sport", named=True)
    each = [by_hand(source, "sport", "Oui", {"sexe": sex})[0] for sex in ("Femme", "Homme")]
    assert row["estimate"] == pytest.approx(sum(each) / 2, rel=1e-8)
    assert tuple(raked.description.design.margins) == ("sexe",)
