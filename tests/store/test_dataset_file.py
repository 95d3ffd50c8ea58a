"""Dataset files: the least that one needs, and an error with line, key and near name for anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from odd17.core.kernel import ConfStatus, DataError, ObsStatus
from odd17.core.territories import Level
from odd17.store.dataset_file import MAX_BYTES, parse_dataset, read_dataset_file

LEAST = """\
id: unemployment
title: Unemployment
source: {producer: Insee, citation: "Insee, 2019", licence: Licence Ouverte, published: 2019-06-01}
territories: {column: codgeo, level: DEP, vintage: 2026}
period: 2019
columns:
  taux: unemployment_rate
"""


def test_seven_lines_are_enough() -> None:
    dataset = parse_dataset(LEAST.encode(), "d.yml")
    assert (dataset.id, dataset.source.title) == ("unemployment", "Unemployment")
    assert str(dataset.source.published) == "2019-06-01"
    assert dataset.territories.level is Level.DEPARTEMENT
    (measure,) = dataset.measures
    assert (measure.value, measure.indicator, measure.period) == ("taux", "unemployment_rate", "2019")


def test_codes_marks_and_names_stay_text() -> None:
    text = LEAST.replace("vintage: 2026}", "vintage: unknown, codes: {01: DEP-01, 2e3: ~, no: FR}}")
    text += "missing: {-: O, 9999: M, N/A - secret statistique: [Q, C]}\n"
    dataset = parse_dataset(text.encode(), "d.yml")
    assert dataset.territories.codes == {"01": "DEP-01", "2e3": None, "no": "FR"}
    assert dataset.territories.vintage is None
    assert dataset.missing == {
        "-": (ObsStatus.MISSING, ConfStatus.FREE),
        "9999": (ObsStatus.CANNOT_EXIST, ConfStatus.FREE),
        "N/A - secret statistique": (ObsStatus.SUPPRESSED, ConfStatus.CONFIDENTIAL),
    }


def wrong(old: str, new: str) -> DataError:
    assert old in LEAST
    with pytest.raises(DataError) as caught:
        parse_dataset(LEAST.replace(old, new).encode(), "d.yml")
    assert caught.value.file == "d.yml"
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "row", "near"),
    [
        ("columns:", "colums:", 6, "'columns'"),
        ("vintage: 2026", "vintge: 2026", 4, "'vintage'"),
        ("licence:", "license:", 3, "'licence'"),
        ("taux: unemployment_rate", "taux: {indicator: x, perid: 2019}", 7, "'period'"),
        ("level: DEP", "level: {colum: niveau}", 4, "'column'"),
    ],
)
def test_a_wrong_key_gets_its_line_and_the_near_name(old: str, new: str, row: int, near: str) -> None:
    error = wrong(old, new)
    assert (error.row, error.message) == (row, "no such key")
    assert f"did you mean {near}" in str(error.remedy)


def test_a_level_that_odd17_lacks_gets_the_list() -> None:
    error = wrong("level: DEP", "level: IRIS")
    assert (error.row, error.column, error.value) == (4, "territories/level", "IRIS")
    assert "EPCI" in str(error.remedy)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("period: 2019\n", "", "no period is stated"),
        ("period: 2019", "period: juin 2019", "not a period"),
        ("columns:\n  taux: unemployment_rate\n", "", "must have `columns`"),
        ("title: Unemployment\n", "", "'title' is a required property"),
        (", published: 2019-06-01", "", "the source has no date"),
        ("published: 2019-06-01", "published: 1er juin 2019", "is not a 'date'"),
        ("vintage: 2026", "vintage: '2026'", "not accepted here"),
        ("vintage: 2026", "vintage: 2026, codes: {F: France}", "not an identifier of a territory"),
        ("vintage: 2026", "vintage: 2026, sections: [{title: A, level: REG}]", "both tell the level"),
        ("id: unemployment", "id: ../escape", "does not match"),
        ("  taux: unemployment_rate", "  taux: unemployment_rate\n  t2: unemployment_rate", "two columns give"),
        ("period: 2019", "period: 2019\nperiod: 2020", "the key 'period' stands twice"),
        ("period: 2019", "period: &a 2019\nstatus: *a", "references"),
        ("period: 2019", "period: [2019", "not YAML"),
        ("period: 2019", "period: !!python/object:os.system 2019", "not YAML"),
        ("period: 2019", "missing: {nd: Z}\nperiod: 2019", "not accepted here"),
    ],
)
def test_what_does_not_fit(old: str, new: str, message: str) -> None:
    assert message in wrong(old, new).message


def test_a_value_that_does_not_fit_gets_what_is_meant() -> None:
    error = wrong("vintage: 2026", "vintage: now")
    assert (error.row, error.column) == (4, "territories/vintage")
    assert "such as 2026; or unknown" in str(error.remedy)
    assert "2024-09-27" in str(wrong("published: 2019-06-01", "published: 2019").remedy)


def test_a_definition_that_does_not_fit_names_the_indicator() -> None:
    text = LEAST + "indicators:\n  unemployment_rate:\n    name: {fr: T, en: R}\n    unit: percents\n"
    with pytest.raises(DataError) as caught:
        parse_dataset(text.encode(), "d.yml")
    assert str(caught.value.column).startswith("indicators/unemployment_rate")


@pytest.mark.parametrize("content", [b"", b"- a\n- b\n", b"just text", b"\xff\xfe\x00", b"[" * 5000])
def test_what_is_no_dataset_file_at_all(content: bytes) -> None:
    with pytest.raises(DataError):
        parse_dataset(content, "d.yml")


def test_files(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file"):
        read_dataset_file(tmp_path / "absent.yml")
    path = tmp_path / "d.yml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(DataError, match="larger than a dataset file"):
        read_dataset_file(path)
    path.write_text(LEAST + "schema: contract.json\n")
    with pytest.raises(DataError, match=r"contract\.json"):
        read_dataset_file(path)
    (tmp_path / "contract.json").write_text("{}")
    assert read_dataset_file(path).schema == b"{}"
