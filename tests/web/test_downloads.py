"""Files to take away: the figures of the page, and the citation."""

from __future__ import annotations

import csv
import gzip
import io

import openpyxl
import polars as pl
import pytest
from django.test import Client

from odd17.workflows.releases import current_release

CITATION = "Etude IMPACT - Territoires – Comis-Le RAMEAU pour l'Observatoire des partenariats ; Octobre 2019"


def content(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows(body: bytes, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=separator))


def test_a_diagnosis_as_strict_csv_has_its_figures_and_citation(client: Client) -> None:
    found = rows(content(client, "/fichiers/diagnostics/REG-53/csv"))
    (line,) = [row for row in found if row["indicator"] == "unemployment_rate" and row["territory"] == "REG-53"]
    assert float(line["value"]) == 7.2
    assert CITATION in line["citation"]
    assert line["release"] == current_release().id


def test_a_diagnosis_for_a_french_spreadsheet(client: Client) -> None:
    body = content(client, "/fichiers/diagnostics/REG-53/tableur-fr")
    assert body.startswith(b"\xef\xbb\xbf")
    assert ";7,2;" in body.decode("utf-8-sig")


def test_a_ranking_as_a_workbook(client: Client) -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(content(client, "/fichiers/classements/employment/REG-metropolitan/xlsx"))
    )
    cells = [cell for page in sheet for row in page.iter_rows(values_only=True) for cell in row]
    assert "Hauts-de-France" in cells
    assert any(isinstance(cell, str) and CITATION in cell for cell in cells)


def test_an_indicator_as_csv_has_every_territory_of_the_level(client: Client) -> None:
    found = rows(content(client, "/fichiers/indicateurs/unemployment_rate/REG/csv"))
    assert len(found) == 18
    assert {row["territory"]: row["value"] for row in found}["REG-32"] == "10.8"


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    [
        "/fichiers/cartes/REG/employment",
        "/fichiers/cartes/REG/unemployment_rate",
        "/fichiers/profils/REG-53",
        "/fichiers/repartitions/unemployment_rate/REG-metropolitan",
    ],
)
def test_drawings_carry_source_and_release(client: Client, language: str, path: str) -> None:
    svg = content(client, f"{language}{path}.svg").decode()
    assert svg.startswith("<svg")
    words = " ".join(svg.replace("</text>", " ").split())
    assert "RAMEAU" in words
    assert current_release().id in words
    assert content(client, f"{language}{path}.png").startswith(b"\x89PNG")


def test_whole_levels_are_the_release_s_own_files(client: Client) -> None:
    release = current_release()
    body = content(client, "/fichiers/REG.parquet")
    table = pl.read_parquet(io.BytesIO(body))
    assert release.export_path("REG", "parquet").read_bytes() == body
    assert table.height > 0
    assert b"REG-53" in gzip.decompress(content(client, "/fichiers/REG.csv"))


@pytest.mark.parametrize(
    "path",
    [
        "/fichiers/XXX.csv",
        "/fichiers/REG.exe",
        "/fichiers/cartes/REG/nothing.svg",
        "/fichiers/cartes/REG/employment.gif",
        "/fichiers/cartes/COM/territories.svg",
        "/fichiers/cartes/COM/territories.svg?dans=DEP-999",
        "/fichiers/profils/REG-99.svg",
        "/fichiers/repartitions/unemployment_rate/nobody.svg",
        "/fichiers/diagnostics/REG-53/pdf",
        "/fichiers/classements/employment/nobody/csv",
        "/fichiers/indicateurs/unemployment_rate/DEP/csv",
    ],
)
def test_a_file_that_does_not_exist_is_a_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_every_download_of_a_page_answers(client: Client) -> None:
    for page in (
        "/territoires/REG-53-bretagne/",
        "/domaines/emploi/",
        "/indicateurs/unemployment_rate/",
        "/donnees/",
        "/comparer/?t=REG-53&t=REG-52",
    ):
        text = client.get(page).content.decode()
        found = {
            part.split('"')[0].replace("&amp;", "&")
            for part in text.split('href="')[1:]
            if "/fichiers/" in part.split('"')[0]
        }
        assert found
        for address in sorted(found):
            content(client, address)
