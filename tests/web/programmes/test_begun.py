"""A programme begun from files and changed: what they may hold, every fault told, its own levels, taken away again."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from odd17.web.accounts.signals import account_erased

Runner = Any  # the class of the fixture ``runner``
AMOUNTS = "montant;devise;année;étape;financeur;dispositif;source\n1000,50;EUR;2024;versé;Région;Fonds;budget 2024\n"


def kept(name: str) -> Any:
    return apps.get_model("programmes", name).objects


def totals(page: str) -> list[int]:
    told = page.split('<dl class="profile">')[1].split("</dl>")[0]
    return [int(part.split("</dd>")[0]) for part in told.split("<dd>")[1:]]


def test_of_two_who_change_the_programme_the_second_is_told(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    told = {"day": "2024-01-31", "mention": "La ville", "two": "on", "version": "1"}
    owner.post(f"{path}gerer/modifier/", **told, title="Plan A")
    page = html.unescape(other.post(f"{path}gerer/modifier/", 409, **told, title="Plan B").content.decode())
    assert "Plan A" in page
    assert "Plan B" in page
    other.post(f"{path}gerer/modifier/", **told | {"version": "2"}, title="Plan B")
    assert kept("Programme").get().title == "Plan B"
    assert len(kept("Programme").get().definition["measures"]) == 3


def test_what_is_rewritten_once_readers_know_it_is_told_for_good(
    two: tuple[str, Runner, Runner], client: Client
) -> None:
    path, owner, other = two

    def rewrite(person: Runner, title: str, text: str) -> None:
        version = str(kept("Programme").get().version)
        file = SimpleUploadedFile("plan.csv", f"numéro;mesure;dimension\n{text}".encode())
        about = {"title": title, "day": "2024-01-31", "mention": "La ville", "two": "on", "version": version}
        person.post(f"{path}gerer/modifier/", **about, file=file)

    rewrite(owner, "Plan climat", "1;Planter;Vert\n2;Compter;Vert\n3;Parler;Bleu\n")
    assert not kept("ProgrammeRewriting").exists()  # nobody knew it
    owner.post(f"{path}gerer/publier/")
    rewrite(other, "Plan", "1;Planter moins;Vert\n2;Compter;Vert\n4;Chanter;Bleu\n")
    page = html.unescape(client.get(path).content.decode()).replace("\u202f", " ").replace("\xa0", " ")
    for words in (
        "titre : « Plan climat », désormais « Plan »", "mesure 1 : « Planter », désormais « Planter moins »",
        "mesure 3 retirée : « Parler »", "mesure 4 ajoutée : « Chanter »",
    ):  # fmt: skip
        assert words in page, words
    rewrite(other, "Plan", "1;Planter moins;Vert\n2;Compter;Vert\n4;Chanter;Bleu\n")
    assert kept("ProgrammeRewriting").count() == 1  # the same again rewrites nothing

    def send(text: str) -> None:
        version = str(kept("Programme").get().version)
        owner.post(
            f"{path}gerer/montants/", amounts=SimpleUploadedFile("m.csv", text.encode()), version=version
        )  # fmt: skip

    send(AMOUNTS)
    assert kept("ProgrammeRewriting").count() == 1
    send(AMOUNTS + "5;EUR;2025;promis;Ville;Fonds;budget\n")
    page = html.unescape(client.get(path).content.decode()).replace("\u202f", " ")
    assert "montants remplacés : il y en avait 1, désormais 2" in page
    account_erased.send(None, account=other.account)
    assert kept("ProgrammeRewriting").first().by is None


def test_measures_that_reviews_speak_of_are_not_taken_away(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    other.publish(owner.draft(path, level_3="satisfactory"))
    fewer = SimpleUploadedFile("plan.csv", b"number,measure,dimension\n1,Planter,Vert\n")
    told = {"title": "Plan", "day": "2024-01-31", "two": "on", "version": "1", "file": fewer}
    page = html.unescape(owner.post(f"{path}gerer/modifier/", 422, **told).content.decode())
    assert "mesure 3" in page
    assert len(kept("Programme").get().definition["measures"]) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("numéro;mesure;dimension\n1;a;d\n1;b;d\n", "ligne 3"),
        ("numéro;mesur;dimension\n1;a;d\n", "« mesur »"),
        ("numéro;mesure;dimension\n", "aucune ligne"),
        ("", "vide"),
        ('numéro;mesure;dimension\n1;"a;d\n', "guillemet"),
    ],
)
def test_a_file_of_measures_with_a_fault_is_refused_with_its_place(
    runner: Callable[[str], Runner], text: str, words: str
) -> None:
    page = html.unescape(runner("clumsy").begin(text, 422).content.decode()).replace("\u202f", " ").replace("\xa0", " ")
    assert words in page
    assert "Plan climat" in page
    assert not kept("Programme").exists()


def test_every_fault_of_a_file_is_told_at_once_and_nothing_is_kept(runner: Callable[[str], Runner]) -> None:
    text = "numéro;mesure;dimension;preuves\n1;a;d;/pratiques/999999-x/\n1;;d;\nx;b;;/alliances/3/\n"
    page = html.unescape(runner("clumsy").begin(text, 422).content.decode()).replace("\u202f", " ").replace("\xa0", " ")
    told = page.split('class="problems"')[1].split("</div>")[0]
    assert told.count("<li>") == 6
    for words in (
        "ligne 2, colonne « preuves »", "ligne 3, colonne « numéro »", "ligne 3, colonne « mesure »",
        "ligne 4, colonne « numéro »", "ligne 4, colonne « dimension »", "ligne 4, colonne « preuves »",
    ):  # fmt: skip
        assert words in told, words
    assert not kept("Programme").exists()


def test_of_very_many_faults_the_first_are_told_and_the_others_counted(runner: Callable[[str], Runner]) -> None:
    rows = "".join(f"{number};;d\n" for number in range(1, 61))
    page = html.unescape(runner("clumsy").begin("numéro;mesure;dimension\n" + rows, 422).content.decode())
    told = page.split('class="problems"')[1].split("</div>")[0]
    assert told.count("<li>") == 51
    assert "et 10 de plus" in told


def test_a_programme_states_its_own_levels_and_everything_follows(runner: Callable[[str], Runner]) -> None:
    alone = runner("alone")
    levels = "Achevé ; terminé\nEn cours\nÀ l’arrêt ; raison"
    path = alone.begin(two="", levels=levels).headers["Location"].removesuffix("gerer/")
    form = alone.get(f"{path}gerer/bilans/nouveau/")
    assert form.count('<option value="a-l-arret">') == 3
    assert "Très satisfaisant" not in form
    page = alone.draft(path, status=422, level_1="a-l-arret")
    assert "sans raison" in page
    alone.publish(alone.draft(path, level_1="acheve", level_2="a-l-arret", reason_2="plus d’argent"))
    page = alone.get(path)
    assert totals(page) == [1, 0, 1, 1]
    assert "Mesures terminées\u202f: 1 sur 3" in page
    told = alone.client.get(f"{path}bilan.json").json()
    assert (told["done"], [one["id"] for one in told["levels"]]) == (1, ["acheve", "en-cours", "a-l-arret"])
    assert [one["done"] for one in told["measures"]] == [True, False, None]
    rows = list(csv.DictReader(io.StringIO(alone.client.get(f"{path}bilan.csv").content.decode("utf-8-sig"))))
    assert [(row["level_name"], row["done"]) for row in rows][:2] == [("Achevé", "1"), ("À l’arrêt", "0")]
    about = {"title": "Plan", "day": "2024-01-31", "version": "1"}
    refused = alone.post(f"{path}gerer/modifier/", 422, **about, levels="Fini ; terminé\nEn cours\nÀ l’arrêt ; raison")
    assert "acheve" in html.unescape(refused.content.decode())  # a published review speaks of it
    alone.post(f"{path}gerer/modifier/", **about, levels=f"{levels}\nAbandonné ; raison")
    assert len(kept("Programme").get().definition["levels"]) == 4


def test_without_lines_the_levels_are_the_reports_and_a_line_that_is_none_is_refused(
    runner: Callable[[str], Runner],
) -> None:
    alone = runner("alone")
    assert "Retard expliqué ; raison" in alone.get("/programmes/nouveau/")
    page = html.unescape(alone.begin(status=422, levels="Fait\nfait\nEn cours ; rouge").content.decode())
    assert "deux niveaux portent ce nom" in page
    assert "après le nom vient" in page
    alone.begin(levels="")
    assert kept("Programme").get().definition["levels"][0]["id"] == "very_satisfactory"


@pytest.mark.parametrize("format", ["csv", "tableur-fr", "xlsx"])
def test_measures_that_are_taken_away_come_in_again(runner: Callable[[str], Runner], format: str) -> None:
    alone = runner("alone")
    path = alone.begin().headers["Location"].removesuffix("gerer/")
    before = kept("Programme").get().definition
    before["measures"][2]["evidence"] = ["javascript:alert(1)"]
    body = alone.client.get(f"{path}mesures/fichier/{format}/").content
    file = SimpleUploadedFile("plan.xlsx" if format == "xlsx" else "plan.csv", body)
    about = {"title": "Plan climat", "day": "2024-01-31", "mention": "La ville", "two": "on", "version": "1"}
    alone.post(f"{path}gerer/modifier/", **about, file=file)
    assert kept("Programme").get().definition == before
    runner("stranger").get(f"{path}mesures/fichier/{format}/", 404)


def test_there_are_files_to_fill_in_that_are_read_back(runner: Callable[[str], Runner], client: Client) -> None:
    assert "/programmes/modele/mesures/xlsx/" in runner("alone").get("/programmes/nouveau/")
    for what, heading in (("mesures", "numéro"), ("montants", "montant")):
        text = client.get(f"/programmes/modele/{what}/tableur-fr/").content.decode("utf-8-sig")
        assert text.split(";")[0].strip('"') == heading
        assert client.get(f"/programmes/modele/{what}/xlsx/").content.startswith(b"PK")
    blank = client.get("/programmes/modele/mesures/tableur-fr/").content.decode("utf-8-sig")
    assert runner("fills").begin(f"{blank}1;Planter;Vert;;;;;\n").status_code == 302
    assert client.get("/programmes/modele/autre/csv/").status_code == 404
    assert client.get("/programmes/modele/mesures/exe/").status_code == 404


def test_measures_come_from_a_workbook_too(runner: Callable[[str], Runner]) -> None:
    book = openpyxl.Workbook()
    for row in (["Number", "Measure", "Dimension", "First effects (months)"], [1, "Plant", "Green", 29]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    person = runner("sheet")
    file = SimpleUploadedFile("plan.xlsx", stream.getvalue())
    reply = person.post("/programmes/nouveau/", title="Plan", day="2020-02-29", two="on", file=file)
    path = reply.headers["Location"].removesuffix("gerer/")
    assert "29 juillet 2022" in person.get(f"{path}mesures/1/")


def test_amounts_are_kept_added_up_and_refused_with_their_row(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    owner.get(f"{path}argent/", 404)

    def send(person: Runner, text: str, version: str, status: int = 302) -> str:
        file = SimpleUploadedFile("money.csv", text.encode())
        reply = person.post(f"{path}gerer/montants/", status, amounts=file, version=version)
        return html.unescape(reply.content.decode())

    for value in ("1e15", "-5"):
        refused = send(owner, AMOUNTS + f"{value};EUR;2024;versé;Région;Fonds;budget\n", "1", 422)
        assert "ligne 3" in refused.replace("\xa0", " ")
    assert "source" in send(owner, AMOUNTS + "5;EUR;2024;versé;Région;Fonds;\n", "1", 422)
    assert kept("Programme").get().amounts == []
    send(owner, AMOUNTS + "2000;EUR;2025;promis;Région;Fonds;budget 2025\n", "1")
    send(other, AMOUNTS, "1", 409)
    page = owner.get(f"{path}argent/").replace("\u202f", " ")
    assert "1 000,50" in page
    assert "budget 2025" in page
