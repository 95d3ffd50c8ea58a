"""The report's programme on its pages: as of any date, and never saying more than its source."""

from __future__ import annotations

import csv
import html
import io

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

ADDRESS = "/programmes/odd17-2020/"
REVIEW = "2020-10-17"


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return html.unescape(str(response.content.decode())).split("<main")[1].split("</main>")[0]


def test_on_17_october_2020_the_review_is_totals_and_no_level(client: Client) -> None:
    page = body(client, f"{ADDRESS}?au={REVIEW}")
    totals = page.split('<dl class="profile">')[1].split("</dl>")[0]
    assert [int(part.split("</dd>")[0]) for part in totals.split("<dd>")[1:]] == [6, 9, 6, 0]
    assert page.count("niveau non publié</td>") == 21 + 3  # each measure, and each dimension of the matrix
    assert "Il n’a publié que des totaux" in page


def test_the_matrix_says_that_no_level_was_published_and_keeps_the_totals_apart(client: Client) -> None:
    page = body(client, f"{ADDRESS}?au={REVIEW}")
    matrix = page.split('id="matrix-levels"')[1].split("</table>")[0]
    assert matrix.count("niveau non publié</td>") == 3
    assert matrix.split("<tbody>")[1].split("</tbody>")[0].count(">7</a>") == 3
    numbers = matrix.split("<tfoot>")[1].split('class="number">')[1:]
    assert [int(cell.split("<")[0]) for cell in numbers] == [6, 9, 6, 0, 21]
    found = body(client, f"{ADDRESS}mesures/?dimension=operational&au={REVIEW}")
    assert found.count('scope="row"') == 7
    assert 'id="matrix"' not in body(client, f"{ADDRESS}?au=2020-10-16")


def test_seven_operational_measures_and_no_other_should_show_effects_then(client: Client) -> None:
    page = body(client, f"{ADDRESS}?au={REVIEW}")
    expected = page.split('id="expected"')[1].split("</section>")[0]
    assert expected.count("<li>") == 7
    assert page.count(">oui</td>") == 7
    assert body(client, f"{ADDRESS}?au=2020-11-07").count(">oui</td>") == 14


def test_before_the_review_nothing_is_known(client: Client) -> None:
    page = body(client, f"{ADDRESS}?au=2020-10-16")
    assert "Aucun bilan n’était publié" in page
    assert page.count("pas encore de bilan</td>") == 21


def test_what_changed_is_that_a_review_counted_them(client: Client) -> None:
    page = body(client, f"{ADDRESS}changements/?de=2020-10-16&a={REVIEW}")
    assert page.count("dans un bilan, niveau non publié") == 21
    assert "Rien que l’on sache" in body(client, f"{ADDRESS}changements/?de={REVIEW}&a=2026-01-01")


def test_a_measure_has_its_dates_and_its_history(client: Client) -> None:
    page = body(client, f"{ADDRESS}mesures/8/")
    assert "7 novembre 2020" in page
    assert "17 octobre 2020" in page
    assert client.get(f"{ADDRESS}mesures/22/").status_code == 404


def test_the_money_is_shown_with_its_disagreements(client: Client) -> None:
    page = body(client, f"{ADDRESS}argent/")
    assert "70 millions d’euros mobilisés" in page
    assert "100 millions d’euros mobilisés" in page
    assert "Une valeur sous deux noms" in page
    assert page.count("<svg") == 2  # wide and narrow; its words and numbers are tested where it is drawn
    assert "[" not in page.split("Où ils se contredisent")[1].split("<footer")[0]  # words, no list of the code
    assert "185" not in page  # figures are added up with nothing that they are no part of


@pytest.mark.parametrize("query", ["au=hier", "au=2020-13-40", "au=9999-01-01", "au=<script>"])
def test_what_is_no_day_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"{ADDRESS}?{query}").status_code == 404
    assert client.get(f"{ADDRESS}bilan.csv?{query}").status_code == 404


def test_a_programme_that_is_not_there_is_not_found(client: Client) -> None:
    for path in ("", "argent/", "changements/", "mesures/1/", "bilan.pdf"):
        assert client.get(f"/programmes/nothing/{path}").status_code == 404


def test_its_files_say_the_same_with_the_mention(client: Client) -> None:
    told = client.get(f"{ADDRESS}bilan.json?au={REVIEW}").json()
    assert list(told["totals"].values()) == [6, 9, 6, 0]
    assert {one["level"] for one in told["measures"]} == {None}
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ADDRESS}bilan.csv?au={REVIEW}").content.decode("utf-8-sig"))))
    assert len(rows) == 21
    assert all("Le RAMEAU" in row["mention"] for row in rows)
    letter = PdfReader(io.BytesIO(client.get(f"{ADDRESS}bilan.pdf?au={REVIEW}&de=2020-05-07").content))
    text = " ".join(page.extract_text() for page in letter.pages)
    assert "niveau non publié" in " ".join(text.split())
    written = docx.Document(io.BytesIO(client.get(f"{ADDRESS}bilan.docx?au={REVIEW}").content))
    assert [cell.text for cell in written.tables[0].rows[1].cells] == ["Très satisfaisant", "6"]
    assert client.get(f"{ADDRESS}bilan.exe").status_code == 404


def test_it_stands_in_english_too(client: Client) -> None:
    assert "level not published" in body(client, f"/en{ADDRESS}?au={REVIEW}")
    assert "Very satisfactory" in body(client, f"/en{ADDRESS}?au={REVIEW}")
    assert "Programmes" in body(client, "/en/programmes/")


def test_the_api_tells_the_same_as_of_a_day(client: Client) -> None:
    assert [one["id"] for one in client.get("/api/v1/programmes").json()] == ["odd17-2020"]
    told = client.get(f"/api/v1/programmes/odd17-2020?on={REVIEW}&lang=en").json()
    assert list(told["totals"].values()) == [6, 9, 6, 0]
    assert told["expected"] == [1, 2, 3, 4, 5, 6, 7]
    assert {one["level_name"] for one in told["measures"]} == {"level not published"}
    assert client.get("/api/v1/programmes/odd17-2020?on=2020-05-06").json()["reviews"] == []
    assert client.get("/api/v1/programmes/nothing").status_code == 404
    assert client.get("/api/v1/programmes/odd17-2020?on=hier").status_code == 422
