"""Programmes that people run: private, reviewed by two, never altered once published, read as of any date."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from odd17.web.accounts.signals import account_erased, account_told

MEASURES = (
    "numéro;mesure;dimension;chantiers;premiers effets (mois);preuves\n"
    "1;Planter;Vert;Eau;3;/pratiques/\n2;Compter;Vert;;6;\n3;Parler;Bleu;Eau;;javascript:alert(1)\n"
)
AMOUNTS = "montant;devise;année;étape;financeur;dispositif;source\n1000,50;EUR;2024;versé;Région;Fonds;budget 2024\n"


def kept(name: str) -> Any:
    return apps.get_model("programmes", name).objects


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    yield
    kept("Programme").all().delete()
    get_user_model().objects.filter(username__startswith="runs-").delete()
    caches["default"].clear()


class Runner:
    """Somebody with an account and a browser."""

    def __init__(self, name: str) -> None:
        self.account = get_user_model().objects.create_user(f"runs-{name}", f"{name}@example.org", "x")
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(self.account)

    def get(self, path: str, status: int = 200) -> str:
        reply = self.client.get(path)
        assert reply.status_code == status, (path, reply.status_code)
        return html.unescape(str(reply.content.decode("utf-8", "replace")))

    def post(self, path: str, status: int = 302, **told: Any) -> Any:
        reply = self.client.post(path, told)
        assert reply.status_code == status, (path, reply.status_code, html.unescape(reply.content.decode())[:9000])
        return reply

    def begin(self, text: str = MEASURES, status: int = 302, **told: Any) -> Any:
        file = SimpleUploadedFile("plan.csv", text.encode())
        form = {"title": "Plan climat", "day": "2024-01-31", "mention": "La ville", "two": "on"} | told
        return self.post("/programmes/nouveau/", status, file=file, **form)


@pytest.fixture
def runner() -> Callable[[str], Runner]:
    return Runner


@pytest.fixture
def two(runner: Callable[[str], Runner]) -> tuple[str, Runner, Runner]:
    """A programme with two editors: its public address, its owner, the other."""
    owner, other = runner("owner"), runner("other")
    path = owner.begin().headers["Location"]
    owner.post(f"{path}inviter/")
    link = kept("EditorInvitation").get().token
    assert other.post(f"/programmes/rejoindre/{link}/").headers["Location"] == path
    return path.removesuffix("gerer/"), owner, other


def draft(person: Runner, path: str, status: int = 302, **told: Any) -> str:
    reply = person.post(f"{path}gerer/bilans/nouveau/", status, **{"day": "2024-06-01", "version": "0"} | told)
    return reply.headers.get("Location", "") if status == 302 else html.unescape(reply.content.decode())


def version_of(location: str) -> int:
    return kept("ProgrammeReview").get(pk=location.rstrip("/").rpartition("/")[2]).version


def publish(person: Runner, location: str) -> Any:
    return person.post(f"{location}publier/", version=str(version_of(location)))


def test_a_programme_is_private_until_its_owner_publishes_it(two: tuple[str, Runner, Runner], client: Client) -> None:
    path, owner, other = two
    stranger = Runner("stranger")
    key = path.strip("/").rpartition("/")[2]
    private = ["", "mesures/1/", "changements/", "bilan.csv", "bilan.pdf", "chantiers/w1/"]
    for page in private:
        assert client.get(path + page).status_code == 404, page
        stranger.get(path + page, 404)
        assert owner.client.get(path + page).status_code == 200, page
    stranger.get(f"{path}gerer/", 404)
    stranger.post(f"{path}gerer/publier/", 404)
    stranger.post(f"{path}gerer/bilans/nouveau/", 404, day="2024-06-01", level_1="satisfactory")
    assert client.get(f"{path}gerer/").status_code == 302  # to sign in, whatever is there
    assert client.get("/programmes/nothing/gerer/").status_code == 302
    assert key not in html.unescape(client.get("/programmes/").content.decode())
    assert key not in owner.client.get("/api/v1/programmes").content.decode()
    assert owner.client.get(f"/api/v1/programmes/{key}").status_code == 404
    assert key not in client.get("/robots.txt").content.decode() + client.get("/sitemap.xml").content.decode()
    other.post(f"{path}gerer/publier/")
    assert kept("Programme").get().published is None
    owner.post(f"{path}gerer/publier/")
    assert client.get(path).status_code == 200
    assert "Plan climat" in client.get("/programmes/").content.decode()
    assert client.get(f"/demonstration{path}").status_code == 404
    stranger.get(f"{path}gerer/", 404)


def test_two_reviews_are_read_as_of_three_dates(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    first = draft(owner, path, level_1="satisfactory", level_2="explained_delay", reason_2="La sécheresse")
    publish(other, first)
    second = draft(other, path, day="2024-09-01", level_2="very_satisfactory", evidence_2="/pratiques/")
    publish(owner, second)
    before, between, after = (owner.get(f"{path}?au={day}") for day in ("2024-05-31", "2024-06-01", "2024-09-01"))
    assert "Aucun bilan n’était publié" in before
    assert "La sécheresse" in between
    assert "La sécheresse" not in after
    assert totals(between) == [0, 1, 1, 0, 1]
    assert totals(after) == [1, 1, 0, 0, 1]
    changed = owner.get(f"{path}changements/?de=2024-06-01&a=2024-09-01")
    assert changed.count('mesures/2/"') == 1
    assert 'mesures/1/"' not in changed
    assert 'href="/pratiques/"' in owner.get(f"{path}mesures/2/")
    assert 'href="javascript' not in owner.get(f"{path}mesures/3/")
    stream = owner.get(f"{path}chantiers/w1/?au=2024-06-01").split("<main")[1]
    assert "Planter" in stream
    assert "Compter" not in stream


def totals(page: str) -> list[int]:
    told = page.split('<dl class="profile">')[1].split("</dl>")[0]
    return [int(part.split("</dd>")[0]) for part in told.split("<dd>")[1:]]


def test_who_wrote_a_draft_does_not_publish_it(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = draft(owner, path, level_1="satisfactory")
    publish(owner, location)
    review = kept("ProgrammeReview").get()
    assert review.published is None
    assert "Aucun bilan" in owner.get(path)  # a draft is nobody's state
    publish(other, location)
    publish(other, location)  # twice is once
    review.refresh_from_db()
    assert (review.by, review.published_by) == (owner.account, other.account)


def test_one_person_is_enough_where_the_programme_says_so(runner: Callable[[str], Runner]) -> None:
    alone = runner("alone")
    path = alone.begin(two="").headers["Location"].removesuffix("gerer/")
    publish(alone, draft(alone, path, level_1="satisfactory"))
    assert kept("ProgrammeReview").get().published is not None


def test_a_published_review_is_never_altered_and_a_new_one_corrects_it(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = draft(owner, path, level_1="satisfactory")
    publish(other, location)
    review = kept("ProgrammeReview").get()
    review.note = "autre"
    with pytest.raises(TypeError, match="not altered"):
        review.save()
    with pytest.raises(TypeError, match="not altered"):
        review.delete()
    owner.get(location, 404)
    owner.post(location, 404, day="2024-06-01", level_1="very_satisfactory")
    fixed = draft(
        owner, path, day="2024-07-01", corrects=str(review.pk), level_1="called_into_question", reason_1="erreur"
    )
    publish(other, fixed)
    assert totals(owner.get(f"{path}?au=2024-06-30")) == [0, 1, 0, 0, 2]
    page = owner.get(f"{path}?au=2024-07-01")
    assert totals(page) == [0, 0, 0, 1, 2]
    assert "Il corrige celui du 1 juin 2024" in page.replace("1er", "1")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"level_1": "explained_delay"}, "sans raison"),
        ({"level_1": "called_into_question", "reason_1": "  "}, "sans raison"),
        ({"level_1": "satisfactory", "day": "2199-01-01"}, "futur"),
        ({"level_1": "satisfactory", "day": "2023-12-31"}, "avant"),
        ({"level_1": "satisfactory", "day": "9999-01-01"}, "2020-10-17"),
        ({"level_1": "satisfactory", "day": "hier"}, "date valide"),
        ({}, "ne dit rien"),
        ({"reason_1": "pluie"}, "avec sa raison"),
        ({"level_1": "satisfactory", "evidence_1": "javascript:alert(1)"}, "adresses"),
        ({"level_1": "satisfactory", "evidence_1": "/pratiques/999999-rien/"}, "pas cette page pour tout le monde"),
        ({"level_1": "satisfactory", "evidence_1": "/nulle/part/"}, "pas cette page pour tout le monde"),
        ({"level_1": "satisfactory", "evidence_1": "/indicateurs/aucun/"}, "pas cette page pour tout le monde"),
        ({"level_1": "explained_delay", "level_2": "called_into_question"}, "mesure 2 : ce niveau"),
        ({"level_1": "parfait"}, "choix valide"),
        ({"level_1": "satisfactory", "corrects": "999999"}, "choix valide"),
    ],
)
def test_a_review_that_cannot_stand_is_refused_and_keeps_what_was_typed(
    two: tuple[str, Runner, Runner], told: dict[str, str], words: str
) -> None:
    path, owner, _other = two
    page = draft(owner, path, status=422, note="mes mots", **told)
    assert words in page.replace("\u202f", " ")
    assert "mes mots" in page
    assert not kept("ProgrammeReview").exists()


def test_of_two_who_save_a_draft_the_second_is_told_and_loses_nothing(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = draft(owner, path, level_1="satisfactory")
    told = {"day": "2024-06-01", "version": "1", "level_1": "satisfactory"}
    owner.post(location, **told, note="les mots du premier")
    reply = other.post(location, 409, **told, note="les mots du second")
    page = html.unescape(reply.content.decode())
    assert "les mots du premier" in page
    assert "les mots du second" in page
    assert 'name="version" value="2"' in page
    other.post(location, **told | {"version": "2"}, note="les mots du second")
    assert kept("ProgrammeReview").get().note == "les mots du second"


def test_a_draft_changed_since_it_was_read_is_not_published(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = draft(owner, path, level_1="satisfactory")
    owner.post(location, day="2024-06-01", version="1", level_1="very_satisfactory")
    other.post(f"{location}publier/", version="1")
    assert kept("ProgrammeReview").get().published is None


def test_what_is_typed_on_a_draft_published_meanwhile_becomes_a_new_one(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = draft(owner, path, level_1="satisfactory")
    publish(other, location)
    owner.get(location, 404)
    assert kept("ProgrammeReview").count() == 1


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


def test_measures_that_reviews_speak_of_are_not_taken_away(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    publish(other, draft(owner, path, level_3="satisfactory"))
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
    page = draft(alone, path, status=422, level_1="a-l-arret")
    assert "sans raison" in page
    publish(alone, draft(alone, path, level_1="acheve", level_2="a-l-arret", reason_2="plus d’argent"))
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
    Runner("stranger").get(f"{path}mesures/fichier/{format}/", 404)


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


def test_the_desk_hands_whole_links_and_the_form_says_the_level_before(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    owner.post(f"{path}gerer/inviter/")
    assert ">http://localhost/programmes/rejoindre/" in owner.get(f"{path}gerer/")
    publish(other, draft(owner, path, level_1="satisfactory"))
    form = owner.get(f"{path}gerer/bilans/nouveau/")
    assert "comme avant (Satisfaisant)" in form
    assert "comme avant (pas encore de bilan)" in form
    assert f'href="{path}gerer/"' in owner.get(path)
    owner.post(f"{path}gerer/publier/")
    assert "gerer/" not in Runner("stranger").get(path)


def test_each_count_of_the_matrix_leads_to_its_measures(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    publish(other, draft(owner, path, level_1="satisfactory", level_3="satisfactory"))
    page = owner.get(f"{path}?au=2024-06-01")
    cells = re.findall(rf'href="({path}mesures/\?[^"]+)">(\d+)</a>', page)
    assert cells
    for address, count in cells:
        assert owner.get(address).count('scope="row"') == int(count), address
    assert "Planter" in owner.get(f"{path}mesures/?dimension=d1&niveau=satisfactory&au=2024-06-01")
    assert "Mesures montrées\u202f: 3 sur 3" in owner.get(f"{path}mesures/?niveau=~sans-bilan&au=2024-05-31")
    for query in ("dimension=x", "niveau=x", "chantier=x", "au=hier"):
        owner.get(f"{path}mesures/?{query}", 404)


def test_an_address_given_before_stays_and_is_marked_once_it_leads_nowhere(
    two: tuple[str, Runner, Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, owner, other = two
    location = draft(owner, path, level_1="satisfactory", evidence_1="/pratiques/")
    monkeypatch.setattr("odd17.web.programmes.evidence_shown._is_page", lambda _address: False)
    told = {"day": "2024-06-01", "version": "1", "level_1": "satisfactory"}
    owner.post(location, **told, evidence_1="/pratiques/")
    owner.post(location, 422, **told | {"version": "2"}, evidence_1="/pratiques/ /domaines/")
    publish(other, location)
    page = owner.get(f"{path}mesures/1/")
    assert "une page qui n’est plus là" in page
    assert 'href="/pratiques/" rel="nofollow' not in page


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


def test_the_last_editor_does_not_leave_and_an_owner_hands_over(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    owner.post(f"{path}gerer/quitter/")
    owner.get(f"{path}gerer/", 404)
    assert kept("Editor").get().account == other.account
    assert kept("Editor").get().owner
    other.post(f"{path}gerer/quitter/")
    assert kept("Editor").count() == 1


def test_a_link_lets_one_account_in_once(two: tuple[str, Runner, Runner]) -> None:
    token = kept("EditorInvitation").get().token
    Runner("late").get(f"/programmes/rejoindre/{token}/", 404)


def test_comments_are_for_editors(two: tuple[str, Runner, Runner], client: Client) -> None:
    path, owner, other = two
    owner.post(f"{path}gerer/commenter/", text="<b>Attention</b> au puits", measure="1")
    owner.post(f"{path}gerer/commenter/", 422, text="", measure="77")
    assert "Attention" in other.get(f"{path}gerer/")
    assert b"<b>Attention" not in other.client.get(f"{path}gerer/").content
    owner.post(f"{path}gerer/publier/")
    assert "Attention" not in client.get(path).content.decode() + client.get(f"{path}mesures/1/").content.decode()


def test_who_wrote_a_comment_changes_or_removes_it_and_the_act_stays(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    owner.post(f"{path}gerer/commenter/", text="un mot trop vif")
    here = f"{path}gerer/commentaires/{kept('ProgrammeComment').get().pk}/"
    for stranger in (other, Runner("stranger")):
        stranger.get(here, 404)
        stranger.post(here, 404, text="autre chose")
        stranger.post(f"{here}retirer/", 404)
    assert here in owner.get(f"{path}gerer/")
    assert here not in other.get(f"{path}gerer/")
    owner.post(here, 422, text=" ")
    owner.post(here, text="un mot plus doux")
    page = other.get(f"{path}gerer/")
    assert "un mot plus doux" in page
    assert "trop vif" not in page
    assert "modifié le" in page
    owner.post(f"{here}retirer/")
    page = other.get(f"{path}gerer/")
    assert "plus doux" not in page
    assert "retiré le" in page
    assert kept("ProgrammeComment").get().by == owner.account
    owner.post(here, 404, text="encore")
    owner.post(f"{here}retirer/", 404)


def test_comments_have_a_limit_and_say_who_reads_them(two: tuple[str, Runner, Runner]) -> None:
    path, owner, _other = two
    assert "Ceux qui tiennent ce programme" in owner.get(f"{path}gerer/")
    for number in range(30):
        owner.post(f"{path}gerer/commenter/", text=f"mot {number}")
    page = html.unescape(owner.post(f"{path}gerer/commenter/", 429, text="trois mots à garder").content.decode())
    assert "trois mots à garder" in page
    assert kept("ProgrammeComment").count() == 30


def test_of_an_erased_person_the_name_goes_and_the_act_stays(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    publish(other, draft(owner, path, level_1="satisfactory"))
    owner.post(f"{path}gerer/commenter/", text="un mot")
    told = [reply for _hears, reply in account_told.send(None, account=owner.account) if "programmes" in reply]
    assert told[0]["programmes"][0]["reviews"] == 1
    name = owner.account.username
    account_erased.send(None, account=owner.account)
    owner.account.delete()
    review = kept("ProgrammeReview").get()
    assert review.by is None
    assert review.published is not None
    page = other.get(f"{path}gerer/")
    assert name not in page
    assert "un mot" in page
    assert kept("Editor").get().owner


def test_a_private_programme_goes_with_its_only_editor_and_a_public_one_stays(
    runner: Callable[[str], Runner], client: Client
) -> None:
    alone = runner("alone")
    private = alone.begin().headers["Location"]
    public = alone.begin(two="").headers["Location"].removesuffix("gerer/")
    publish(alone, draft(alone, public, level_1="satisfactory"))
    alone.post(f"{public}gerer/publier/")
    account_erased.send(None, account=alone.account)
    alone.account.delete()
    assert kept("Programme").count() == 1
    assert totals(html.unescape(client.get(public).content.decode()))[1] == 1
    assert private not in client.get("/programmes/").content.decode()


def test_a_day_is_a_day_of_paris(two: tuple[str, Runner, Runner]) -> None:
    path, owner, _other = two
    draft(owner, path, day=str(timezone.localdate()), level_1="satisfactory")
    assert kept("ProgrammeReview").count() == 1
