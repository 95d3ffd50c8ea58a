"""Exports carry the figures of the release, complete and cited."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from odd17.core.kernel import UsageError
from odd17.core.territories.levels import Level
from odd17.store.releases import Release
from odd17.workflows.diagnose import diagnose
from odd17.workflows.export import (
    FileFormat,
    diagnosis_json,
    export_diagnosis,
    export_indicator,
    export_ranking,
)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_a_diagnosis_in_each_format(shipped_release: Release) -> None:
    strict = rows(export_diagnosis(shipped_release, "REG-53", FileFormat.CSV, "fr"))
    rate = next(row for row in strict if row["indicator"] == "unemployment_rate" and row["territory"] == "REG-53")
    assert rate["value"] == "7.2"
    assert "Etude IMPACT" in rate["citation"]
    assert b";7,2;" in export_diagnosis(shipped_release, "REG-53", FileFormat.FRENCH_CSV, "fr")
    book = openpyxl.load_workbook(io.BytesIO(export_diagnosis(shipped_release, "REG-53", FileFormat.XLSX, "en")))
    assert book["Data"].max_row == len(strict) + 1


def test_a_ranking_has_every_peer(shipped_release: Release) -> None:
    found = rows(export_ranking(shipped_release, "employment", "REG-metropolitan", FileFormat.CSV, "fr"))
    assert len(found) == 13
    assert (found[0]["territory_name"], found[0]["score"], found[0]["unemployment_rate"]) == (
        "Hauts-de-France",
        "100.0",
        "10.8",
    )
    assert {row["rank"] for row in found[-2:]} == {"12"}


def test_an_indicator_has_every_territory_of_the_level(shipped_release: Release) -> None:
    found = rows(export_indicator(shipped_release, "unemployment_rate", Level.REGION, FileFormat.CSV, "fr"))
    assert len(found) == 18
    absent = [row for row in found if not row["value"]]
    assert len(absent) == 5
    assert {row["absence"] for row in absent} == {"non disponible"}


def test_json_is_the_payload(shipped_release: Release) -> None:
    found = json.loads(diagnosis_json(diagnose(shipped_release, "REG-53"), "fr"))
    assert found["territory"]["id"] == "REG-53"
    assert len(found["domains"]) == 16


def test_unknown_requests_are_refused(shipped_release: Release) -> None:
    with pytest.raises(UsageError, match="No indicator"):
        export_indicator(shipped_release, "nothing", Level.REGION, FileFormat.CSV, "fr")
    with pytest.raises(UsageError, match="no figure"):
        export_indicator(shipped_release, "unemployment_rate", Level.EPCI, FileFormat.CSV, "fr")


@pytest.mark.parametrize("format", list(FileFormat))
def test_formats_know_their_names(format: FileFormat) -> None:
    assert format.extension in ("csv", "xlsx")
    assert "/" in format.media_type
