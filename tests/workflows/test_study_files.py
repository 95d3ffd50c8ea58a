"""What a study file can say and a respondents' file can hold: several answers in a cell, bases, labels, waves."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest
import yaml

from odd17.core.kernel import DataError
from odd17.core.territories import Cog
from odd17.store.territories import load_shipped_cog
from odd17.workflows.import_study import ImportedStudy, import_study

QUESTION: dict[str, Any] = {
    "measure": "fragile",
    "domain": "employment",
    "wording": {"fr": "L’emploi est-il fragile ?", "en": "Is employment fragile?"},
    "column": "emploi",
    "yes": [1],
    "no": [2],
}
STUDY: dict[str, Any] = {
    "id": "regards",
    "title": {"fr": "Regards", "en": "Views"},
    "actor": "citizens",
    "makers": ["Institut d’essai"],
    "mention": "Étude d’essai",
    "licence": "CC0-1.0",
    "field": {"start": "2019-10-03", "end": "2019-10-21"},
    "population": {"fr": "Habitants", "en": "Inhabitants"},
    "mode": {"fr": "téléphone", "en": "telephone"},
    "territory": {"column": "region", "level": "REG", "vintage": 2026, "estimates": ["REG"]},
}


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


def imported(
    folder: Path, cog: Cog, people: Path | pl.DataFrame, *questions: dict[str, Any], **study: Any
) -> ImportedStudy:
    """The study of these questions, brought in; respondents of a frame are written as CSV."""
    if isinstance(people, pl.DataFrame):
        file = folder / f"{study.get('id', 'people')}.csv"
        people.write_csv(file)
    else:
        file = people
    path = folder / "study.yml"
    whole = copy.deepcopy(STUDY) | {"questions": list(questions)} | study
    path.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    return import_study(path, file, home=folder / "home", cog=cog)


def told(done: ImportedStudy, name: str, value: str) -> dict[str, Any]:
    found: dict[str, Any] = done.findings.estimates.row(by_predicate=pl.col(name) == value, named=True)
    return found


# several answers in a cell

SEVERAL: dict[str, Any] = {
    "measure": "fragile",
    "wording": {"fr": "Quels domaines sont fragiles ?", "en": "Which domains are fragile?"},
    "multiple": {"column": "domaines", "separator": ";", "codes": {"E": "employment", "L": "housing", "S": "health"}},
    "no": ["aucun"],
    "dont_know": ["nsp"],
}
CELLS = ["E;L"] * 12 + ["E"] * 8 + ["L; S"] * 5 + ["aucun"] * 10 + ["nsp"] * 3 + [None] * 2


def chosen(cells: list[str | None]) -> pl.DataFrame:
    return pl.DataFrame({"region": ["Bretagne"] * len(cells), "sexe": ["F"] * len(cells), "domaines": cells})


def test_several_answers_in_a_cell_are_a_share_of_each(tmp_path: Path, cog: Cog) -> None:
    done = imported(tmp_path, cog, chosen(CELLS), SEVERAL)
    assert {row["domain"]: (row["n"], row["estimate"]) for row in done.findings.estimates.iter_rows(named=True)} == {
        "employment": (35, pytest.approx(20 / 35)),
        "housing": (35, pytest.approx(17 / 35)),
        "health": (35, pytest.approx(5 / 35)),
    }


def test_who_does_not_know_may_count_among_those_who_named_none(tmp_path: Path, cog: Cog) -> None:
    done = imported(tmp_path, cog, chosen(CELLS), SEVERAL | {"count_dont_know": True})
    assert (told(done, "domain", "employment")["n"], told(done, "domain", "employment")["estimate"]) == (
        38,
        pytest.approx(20 / 38),
    )


def test_an_answer_that_no_code_explains_names_its_row(tmp_path: Path, cog: Cog) -> None:
    with pytest.raises(DataError, match="nothing explains") as caught:
        imported(tmp_path, cog, chosen([*CELLS[:20], "E;X", *CELLS[20:]]), SEVERAL)
    assert (caught.value.row, caught.value.column, caught.value.value) == (22, "domaines", "X")


# bases


def test_a_base_leaves_out_who_was_not_asked(tmp_path: Path, cog: Cog) -> None:
    people = pl.DataFrame(
        {
            "region": ["Bretagne"] * 60,
            "actif": ["oui"] * 40 + ["non"] * 20,
            "emploi": [1] * 10 + [2] * 30 + [1] * 20,
        }
    )
    base = {"said": {"fr": "les actifs", "en": "those who work"}, "where": {"actif": ["oui"]}}
    done = imported(tmp_path, cog, people, QUESTION | {"base": base})
    row = told(done, "domain", "employment")
    assert (row["n"], row["estimate"]) == (40, 0.25)
    assert done.findings.description.questions[0].base is not None
    with pytest.raises(DataError, match="nobody gave this answer"):
        imported(tmp_path, cog, people, QUESTION | {"base": base | {"where": {"actif": ["ouii"]}}})


# labels and codes of missing


def labelled(folder: Path, suffix: str, **options: Any) -> Path:
    """40 people of Bretagne: 10 say yes (1), 20 no (2), 6 do not know (8), 4 refused (9)."""
    people = pl.DataFrame(
        {"region": [53.0] * 40, "emploi": [1.0] * 10 + [2.0] * 20 + [8.0] * 6 + [9.0] * 4, "sexe": [1.0, 2.0] * 20}
    )
    labels = {
        "region": {53.0: "Bretagne"},
        "emploi": {1.0: "Oui", 2.0: "Non", 8.0: "Ne sait pas", 9.0: "Refus"},
        "sexe": {1.0: "Femme", 2.0: "Homme"},
    }
    if suffix == ".dta":  # Stata's labels are of whole numbers
        people = people.cast(pl.Int32)
        labels = {name: {int(code): label for code, label in given.items()} for name, given in labels.items()}
    path = folder / f"people{suffix}"
    write = pyreadstat.write_sav if suffix == ".sav" else pyreadstat.write_dta
    write(people, str(path), variable_value_labels=labels, **options)
    return path


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_answers_may_be_told_by_their_labels(tmp_path: Path, cog: Cog, suffix: str) -> None:
    question = QUESTION | {"yes": ["Oui"], "no": ["Non"], "dont_know": ["Ne sait pas"], "skipped": ["Refus"]}
    row = told(imported(tmp_path, cog, labelled(tmp_path, suffix), question), "domain", "employment")
    assert (row["territory"], row["n"], row["estimate"]) == ("REG-53", 30, pytest.approx(1 / 3))


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_margins_are_of_labels(tmp_path: Path, cog: Cog, suffix: str) -> None:
    question = QUESTION | {"dont_know": [8], "skipped": [9]}
    done = imported(
        tmp_path, cog, labelled(tmp_path, suffix), question, margins={"sexe": {"Femme": 30.0, "Homme": 10.0}}
    )
    assert tuple(done.findings.description.design.margins) == ("sexe",)


def test_codes_that_the_file_declares_missing_are_no_answer(tmp_path: Path, cog: Cog) -> None:
    path = labelled(tmp_path, ".sav", missing_ranges={"emploi": [{"lo": 8.0, "hi": 9.0}]})
    row = told(imported(tmp_path, cog, path, QUESTION), "domain", "employment")
    assert (row["n"], row["estimate"]) == (30, pytest.approx(1 / 3))


def test_a_code_of_missing_that_the_file_does_not_declare_is_asked_for(tmp_path: Path, cog: Cog) -> None:
    with pytest.raises(DataError, match="a code that nothing explains") as caught:
        imported(tmp_path, cog, labelled(tmp_path, ".sav"), QUESTION)
    assert caught.value.value in ("8", "9")


def test_a_label_of_no_opinion_is_never_taken_for_a_no(tmp_path: Path, cog: Cog) -> None:
    with pytest.raises(DataError, match="would count as a no"):
        imported(tmp_path, cog, labelled(tmp_path, ".sav"), QUESTION | {"yes": ["Oui"], "no": []})


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
@pytest.mark.parametrize("kept", [0, 3, 100, 400, -40, -1])
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, cog: Cog, suffix: str, kept: int) -> None:
    question = QUESTION | {"dont_know": [8], "skipped": [9]}
    path = labelled(tmp_path, suffix)
    content = path.read_bytes()
    path.write_bytes(content[:kept])
    with pytest.raises(DataError) as caught:
        imported(tmp_path, cog, path, question)
    assert path.name in str(caught.value)
    assert not list((tmp_path / "home").rglob("*.parquet"))


# waves


def wave(number: int, **others: Any) -> dict[str, Any]:
    return {"programme": "regards", "number": number, **others}


def test_a_panel_through_files_is_more_certain_than_two_samples(tmp_path: Path, cog: Cog) -> None:
    first = pl.DataFrame(
        {
            "region": ["Bretagne"] * 100,
            "qui": [f"p{number}" for number in range(100)],
            "sexe": ["F", "H"] * 50,
            "emploi": [1] * 40 + [2] * 60,
        }
    )
    second = first.with_columns(pl.Series("emploi", [1] * 50 + [2] * 50))  # ten changed their mind, ninety did not
    field = {"start": "2021-10-03", "end": "2021-10-21"}
    for kind, given in (
        ("panel", {"design": "panel", "respondent": "qui"}),
        ("independent", {"design": "independent"}),
    ):
        folder = tmp_path / kind
        folder.mkdir()
        names = first.columns if kind == "panel" else ["region", "sexe", "emploi"]  # a pseudonym is of a panel alone
        imported(folder, cog, first.select(names), QUESTION, id="regards-1", wave=wave(1, **given))
        done = imported(
            folder,
            cog,
            second.select(names),
            QUESTION,
            id="regards-2",
            field=field,
            wave=wave(2, previous="regards-1", **given),
        )
        row = told(done, "domain", "employment")
        assert row["since"] == "regards-1"
        assert row["change"] == pytest.approx(0.1)
        if kind == "panel":  # the variance of a mean of differences: 100 of them, ten of 1
            assert row["change_linked"] == 100
            assert row["change_se"] == pytest.approx((0.1 * 0.9 / 99) ** 0.5)
        else:
            assert row["change_linked"] is None
            assert row["change_se"] == pytest.approx((0.4 * 0.6 / 99 + 0.5 * 0.5 / 99) ** 0.5)
    assert "qui" not in pl.read_parquet_schema(done.kept.path / "estimates.parquet")


def test_a_wave_before_that_is_not_kept_is_named(tmp_path: Path, cog: Cog) -> None:
    people = pl.DataFrame({"region": ["Bretagne"] * 40, "emploi": [1, 2] * 20})
    with pytest.raises(DataError, match="previous wave is not kept"):
        imported(tmp_path, cog, people, QUESTION, wave=wave(2, previous="regards-0", design="independent"))


def test_other_words_are_another_question(tmp_path: Path, cog: Cog) -> None:
    people = pl.DataFrame({"region": ["Bretagne"] * 40, "emploi": [1, 2] * 20})
    imported(tmp_path, cog, people, QUESTION, id="regards-1", wave=wave(1, design="independent"))
    other = QUESTION | {"wording": {"fr": "L’emploi vous inquiète-t-il ?", "en": "Does employment worry you?"}}
    field = {"start": "2021-10-03", "end": "2021-10-21"}
    done = imported(
        tmp_path, cog, people, other, id="regards-2", field=field,
        wave=wave(2, previous="regards-1", design="independent"),
    )  # fmt: skip
    assert told(done, "domain", "employment")["change"] is None
