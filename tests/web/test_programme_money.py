"""The money of a programme by pillar, device, funder, territory and year; what evidence and effects lead to."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

REPORT = "/programmes/odd17-2020/argent/"
MEASURES = "numéro;mesure;dimension;preuves\n1;Planter;Vert;un compte rendu\n2;Compter;Vert;\n"
HEADER = "montant;devise;année;étape;financeur;dispositif;source;pilier;effets"
AMOUNTS = (
    f'{HEADER}\n1000,50;EUR;2024;versé;Région;Fonds;budget 2024;1;"1 ; /domaines/"\n'
    "2000;EUR;2025;promis;Ville;Fonds;budget 2025;Investir dans la co-construction territoriale;\n"
    "300;CHF;2025;demandé;Ville;Autre;lettre;;\n"
)


def kept(name: str) -> Any:
    return apps.get_model("programmes", name).objects


@pytest.fixture
def editor() -> Iterator[Client]:
    account = get_user_model().objects.create_user("runs-money", "runs-money@example.org", "x")
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    yield client
    kept("Programme").all().delete()
    account.delete()
    caches["default"].clear()


@pytest.fixture
def path(editor: Client) -> str:
    """The address of a programme with amounts."""
    form = {"title": "Plan", "day": "2024-01-31", "mention": "La ville", "two": "on"}
    made = editor.post("/programmes/nouveau/", form | {"file": SimpleUploadedFile("plan.csv", MEASURES.encode())})
    address = str(made.headers["Location"]).removesuffix("gerer/")
    assert send(editor, address, AMOUNTS).status_code == 302
    return address


def send(editor: Client, path: str, text: str) -> Any:
    version = kept("Programme").get().version
    return editor.post(
        f"{path}gerer/montants/", {"amounts": SimpleUploadedFile("money.csv", text.encode()), "version": version}
    )


def seen(client: Client, address: str, status: int = 200) -> str:
    reply = client.get(address)
    assert reply.status_code == status, address
    return html.unescape(reply.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def test_the_report_prints_no_amount_by_pillar_and_its_parts_make_100_and_not_70(client: Client) -> None:
    page = seen(client, REPORT)
    assert "Partager le socle commun de connaissance" in page
    assert "aucun montant par pilier" in page
    assert "Les 5 parts imprimées font 100 millions d’euros" in page
    told = client.get("/api/v1/programmes/odd17-2020/money").json()
    assert (told["amounts"], told["totals"]) == ([], [])
    assert [one["value"] for one in told["parts"]] == [100]
    assert {one["subject"]: one["same_value"] for one in told["disagreements"]}["research"]
    assert client.get("/api/v1/programmes/nothing/money").status_code == 404


def test_money_is_cut_each_way_and_each_line_leads_to_its_amounts(editor: Client, path: str) -> None:
    page = seen(editor, f"{path}argent/")
    for words in ("Pilier", "Dispositif", "Financeur", "Territoire", "Année", "1 000,50", "CHF", "non dit"):
        assert words in page, words
    only = seen(editor, f"{path}argent/?pilier=territories&annee=2025")
    assert "budget 2025" in only
    assert "budget 2024" not in only
    assert "lettre" in seen(editor, f"{path}argent/?pilier=")
    for query in ("pilier=rien", "annee=1789", "financeur=%00", "annee=²"):
        seen(editor, f"{path}argent/?{query}", 404)


def test_amounts_that_are_taken_away_come_in_again(editor: Client, path: str) -> None:
    body = editor.get(f"{path}argent/fichier/csv/").content.decode("utf-8-sig")
    assert [row["source"] for row in csv.DictReader(io.StringIO(body))] == ["budget 2024", "budget 2025", "lettre"]
    before = kept("Programme").get().amounts
    assert send(editor, path, body).status_code == 302
    again = kept("Programme").get().amounts
    assert [one | {"value": Decimal(one["value"])} for one in again] == [
        one | {"value": Decimal(one["value"])} for one in before
    ]
    assert editor.get(f"{path}argent/fichier/xlsx/").content.startswith(b"PK")
    assert len(editor.get(f"{path}argent/fichier/json/?annee=2025").json()["amounts"]) == 2
    assert editor.get(f"{path}argent/fichier/exe/").status_code == 404
    assert Client(SERVER_NAME="localhost").get(f"{path}argent/fichier/csv/").status_code == 404  # private still


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("5;EUR;2024;versé;Région;Fonds;budget;9;", "aucun des piliers"),
        ("5;EUR;2024;versé;Région;Fonds;budget;;77", "n’a pas cette mesure"),
        ("5;EUR;2024;versé;Région;Fonds;budget;;/alliances/1/", "ne peuvent pas ouvrir"),
        ("1e15;EUR;2024;versé;Région;Fonds;budget;;", "ligne 2"),
        ("-1;EUR;2024;versé;Région;Fonds;budget;;", "jamais négatif"),
    ],
)
def test_a_row_of_money_that_cannot_be_is_refused_with_its_reason(
    editor: Client, path: str, cells: str, words: str
) -> None:
    before = kept("Programme").get().amounts
    refused = send(editor, path, f"{HEADER}\n{cells}\n")
    assert refused.status_code == 422
    assert words in html.unescape(refused.content.decode()).replace("\u202f", " ").replace("\xa0", " ")
    assert kept("Programme").get().amounts == before


def test_a_measure_names_its_money_and_never_what_is_not_public(editor: Client, path: str) -> None:
    programme = kept("Programme").get()
    gone = ["/alliances/999999/carte/", "/pratiques/999999-a/"]  # public once, and withdrawn since
    programme.definition["measures"][0]["evidence"] += gone
    programme.save()
    page = seen(editor, f"{path}mesures/1/")
    assert "1 000,50 EUR" in page
    assert "une alliance qui n’a pas de fiche publique" in page
    assert "une pratique qui n’est pas publique" in page
    assert "un compte rendu" in page
    assert "1 000,50 EUR" not in seen(editor, f"{path}mesures/2/")


def test_a_territory_is_read_around_a_measure_with_its_warning(client: Client) -> None:
    address = "/programmes/odd17-2020/mesures/1/territoire/"
    page = seen(client, address)
    assert 'href="?territoire=REG-53"' in page
    assert 'href="?territoire=DEP-35"' in page
    kept_choice = seen(client, f"{address}?territoire=REG-53&indicateur=x")
    assert 'href="?territoire=DEP-35&indicateur=x"' in kept_choice
    seen(client, f"{address}?territoire=nulle+part+du+tout", 422)
    assert "Bretagne" in seen(client, f"{address}?territoire=REG-53")
    seen(client, "/programmes/odd17-2020/mesures/99/territoire/", 404)
    seen(client, f"{address}csv/?territoire=REG-53", 404)  # no indicator was chosen
