"""The workshop: who may enter, what a bad file says, the whole tour, and the second person."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django import conf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from odd17.core.kernel import UsageError
from odd17.web.workshop import quota
from odd17.workflows import candidate
from odd17.workflows.import_dataset import imported
from odd17.workflows.releases import current_release, list_releases

MODEL = files("odd17.web.workshop").joinpath("model")
CSV = MODEL.joinpath("exemple.csv").read_bytes()
DATASET = MODEL.joinpath("dataset.fr.yml").read_bytes()
PASSWORD = "une longue phrase de passe"  # noqa: S105 - of accounts that live as long as a test


def model(name: str) -> Any:
    """A model: they can be imported once the site's settings are there, which a fixture sees to."""
    home = "django.contrib.auth" if name == "User" else "odd17.web.workshop"
    return getattr(import_module(f"{home}.models"), name)


def folder_of(upload: Any) -> Path:
    return import_module("odd17.web.workshop.selectors").folder_of(upload)


def browser(name: str) -> Client:
    found = Client(SERVER_NAME="localhost", raise_request_exception=False)
    found.force_login(model("User").objects.get(username=name))
    return found


@pytest.fixture
def accounts() -> Iterator[None]:
    """Two people of the staff, and one who is not."""
    model("Event").objects.all().delete()
    model("Upload").objects.all().delete()
    model("User").objects.all().delete()
    for name, staff in (("anne", True), ("bilal", True), ("chloe", False)):
        model("User").objects.create_user(name, password=PASSWORD if name == "anne" else None, is_staff=staff)
    yield
    model("Upload").objects.all().delete()
    model("User").objects.all().delete()


@pytest.fixture
def anne(accounts: None) -> Client:
    return browser("anne")


@pytest.fixture
def bilal(accounts: None) -> Client:
    return browser("bilal")


def bring(client: Client, file: bytes = CSV, dataset: bytes = DATASET, name: str = "exemple.csv") -> Any:
    sent = {"file": SimpleUploadedFile(name, file), "dataset": SimpleUploadedFile("dataset.yml", dataset)}
    return client.post("/atelier/", sent)


def brought(client: Client, **given: bytes) -> Any:
    response = bring(client, **given)
    assert response.status_code == 302, response.content.decode()
    return model("Upload").objects.get(key=response.headers["Location"].split("/")[-2])


@pytest.fixture
def built_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds run before the answer, and draw no map."""
    monkeypatch.setattr(candidate, "draw_release_maps", lambda release, progress: ())
    monkeypatch.setattr(candidate, "start", candidate.build)


ADDRESSES = ["/atelier/", "/atelier/modele/dataset.yml", "/atelier/modele/exemple.csv", "/atelier/0/"]
POSTS = [f"/atelier/0/{action}/" for action in ("construire", "publier", "annuler", "ecarter")]


class TestPermissions:
    """Anonymous people are sent to the login page; accounts that are not of the staff are refused."""

    @pytest.mark.parametrize("path", [*ADDRESSES, *POSTS])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_anonymous(self, client: Client, path: str, method: str) -> None:
        response = getattr(client, method)(path)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/comptes/login/?next=")

    @pytest.mark.parametrize("path", [*ADDRESSES, *POSTS])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_not_of_the_staff(self, accounts: None, path: str, method: str) -> None:
        assert getattr(browser("chloe"), method)(path).status_code == 403

    def test_nothing_is_kept_of_what_they_send(self, client: Client, accounts: None) -> None:
        bring(client)
        bring(browser("chloe"))
        assert not model("Upload").objects.exists()

    @pytest.mark.parametrize("path", POSTS)
    def test_acts_are_posts_only(self, anne: Client, path: str) -> None:
        assert anne.get(path).status_code == 405

    def test_forms_need_their_token(self, accounts: None) -> None:
        strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
        strict.login(username="anne", password=PASSWORD)
        assert strict.post("/atelier/", {}).status_code == 403

    def test_signing_in_and_out(self, client: Client, accounts: None) -> None:
        page = client.get("/en/comptes/login/").content.decode()
        assert "csrfmiddlewaretoken" in page
        wrong = client.post("/comptes/login/?next=/atelier/", {"login": "anne", "password": "x"})
        assert 'role="alert"' in wrong.content.decode()
        right = client.post("/comptes/login/?next=/atelier/", {"login": "anne", "password": PASSWORD})
        assert (right.status_code, right.headers["Location"]) == (302, "/atelier/")
        assert client.get("/atelier/").status_code == 200
        client.post("/comptes/logout/")
        assert client.get("/atelier/").status_code == 302

    def test_another_site_is_not_where_one_goes_next(self, client: Client, accounts: None) -> None:
        form = {"login": "anne", "password": PASSWORD, "next": "https://elsewhere.example/"}
        assert client.post("/comptes/login/", form).headers["Location"] == "/comptes/"

    def test_pages_are_private_and_keep_the_policy(self, anne: Client) -> None:
        response = anne.get("/atelier/")
        assert "no-store" in response.headers["Cache-Control"]
        assert "'unsafe" not in response.headers["Content-Security-Policy"]


class TestBringing:
    """What is refused at the door, and what the check says."""

    @pytest.mark.parametrize("language", ["", "/en"])
    def test_the_template_and_its_file_pass(self, anne: Client, language: str) -> None:
        dataset = anne.get(f"{language}/atelier/modele/dataset.yml").content
        file = anne.get(f"{language}/atelier/modele/exemple.csv").content
        upload = brought(anne, file=file, dataset=dataset)
        page = anne.get(f"/atelier/{upload.key}/").content.decode()
        assert "Aucun problème n’a été trouvé." in page
        assert "Construire la publication" in page
        assert "Ille-et-Vilaine" in page  # the first rows
        assert "secret statistique" in page

    def test_a_problem_has_its_row_column_value_and_remedy(self, anne: Client) -> None:
        upload = brought(anne, file=CSV.replace(b"15,0", b"<b>quinze</b>"))
        page = anne.get(f"/atelier/{upload.key}/").content.decode()
        assert "empêche l’import" in page
        assert "&lt;b&gt;quinze&lt;/b&gt;" in page
        assert "<b>quinze" not in page
        assert '<td class="number">2</td><td>taux</td>' in page
        assert "ce n’est pas un nombre" in page
        assert "corrigez la cellule ; si elle marque une absence" in page.replace("\u202f", " ")
        assert 'lang="en"' not in page.split("<main")[1].split("</main>")[0]
        assert "Construire la publication" not in page
        answer = anne.post(f"/atelier/{upload.key}/construire/", follow=True)
        assert "Corrigez d’abord" in answer.content.decode()
        assert candidate.read_build(folder_of(upload)) is None

    def test_a_wrong_dataset_file_is_said_with_its_line(self, anne: Client) -> None:
        upload = brought(anne, dataset=DATASET.replace(b"territories:", b"territoires:"))
        page = anne.get(f"/atelier/{upload.key}/").content.decode()
        assert "Rien ne peut être lu" in page
        assert "cette clé n’existe pas (valeur" in page
        assert "vouliez-vous dire «\u00a0territories\u00a0»" in page

    def test_a_schema_elsewhere_on_the_disk_is_not_read(self, anne: Client) -> None:
        upload = brought(anne, dataset=DATASET + b"schema: ../../../secret_key\n")
        page = anne.get(f"/atelier/{upload.key}/").content.decode()
        assert "Rien ne peut être lu" in page
        assert conf.settings.SECRET_KEY not in page

    def test_neither_table_nor_workbook(self, anne: Client) -> None:
        kept = set((Path(conf.settings.HOME) / "workshop").glob("*"))
        response = bring(anne, file=b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
        assert response.status_code == 422
        assert "À faire\u00a0: apportez du CSV" in response.content.decode()
        assert not model("Upload").objects.exists()
        assert set((Path(conf.settings.HOME) / "workshop").glob("*")) == kept

    def test_nothing_chosen(self, anne: Client) -> None:
        response = anne.post("/atelier/", {})
        assert response.status_code == 422
        assert response.content.decode().count("Choisissez un fichier.") == 2

    def test_too_large_is_cut_while_it_comes_in(self, anne: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(quota, "MOST_BYTES", 1000)
        response = bring(anne, file=CSV * 100)
        assert response.status_code == 413
        assert not model("Upload").objects.exists()

    def test_a_name_stays_inside_its_folder(self, anne: Client) -> None:
        response = bring(anne, name="../../../.odd17 é.csv")
        upload = model("Upload").objects.get(key=response.headers["Location"].split("/")[-2])
        assert "/" not in upload.file
        assert not upload.file.startswith(".")

    def test_discarding_removes_it_and_leaves_its_line(self, anne: Client) -> None:
        upload = brought(anne)
        assert anne.post(f"/atelier/{upload.key}/ecarter/").headers["Location"] == "/atelier/"
        assert not folder_of(upload).exists()
        assert anne.get(f"/atelier/{upload.key}/").status_code == 404
        assert [event.what for event in model("Event").objects.all()] == ["discarded", "brought"]


@pytest.mark.usefixtures("built_at_once")
class TestTour:
    """Bring, build, compare, publish, undo."""

    def test_the_whole_tour_and_back(self, anne: Client, client: Client, site_home: Path) -> None:
        before = current_release().id
        shelf = {release.id for release in list_releases()}
        upload = brought(anne)
        path = f"/atelier/{upload.key}/"
        anne.post(f"{path}construire/")
        built = candidate.read_build(folder_of(upload))
        assert built is not None
        assert (built.state, built.base) == ("done", before)

        page = anne.get(path).content.decode()
        assert "Jeunes sans emploi ni formation" in page  # what it changes
        assert "Publier cette publication" in page
        # readers notice nothing: neither the figures nor the release are anywhere
        assert current_release().id == before
        assert {release.id for release in list_releases()} == shelf
        assert client.get(f"/r/{built.release}/").status_code == 404
        assert imported(site_home) == []

        anne.post(f"{path}publier/")
        assert current_release().id == built.release
        assert client.get("/indicateurs/youth_neet_example/").status_code == 200
        assert [snapshot.dataset for snapshot in imported(site_home)] == ["jeunes-sans-emploi"]

        page = anne.get(path).content.decode()
        assert f"odd17 release use {before}" in page
        anne.post(f"{path}annuler/")
        assert current_release().id == before
        assert client.get("/indicateurs/youth_neet_example/").status_code == 404
        assert imported(site_home) == []
        trail = [(event.who, event.what, event.release) for event in model("Event").objects.all()]
        assert trail == [
            ("anne", "undid", built.release),
            ("anne", "published", built.release),
            ("anne", "built", ""),
            ("anne", "brought", ""),
        ]
        assert "a annulé une publication" in anne.get("/atelier/").content.decode()

    def test_the_frame_is_that_of_the_release_unless_another_is_chosen(self, anne: Client) -> None:
        frame = current_release().frame
        upload = brought(anne)
        path = f"/atelier/{upload.key}/"
        page = anne.get(path).content.decode()
        first = page.split('name="frame">')[1].split("</option>")[0]
        assert (frame.title.fr in first, 'value="release"' in first) == (True, True)
        # the dry run: neither the report's frame nor the current one names this indicator of the example
        told = page.split('id="frames"')[1].split("</table>")[0]
        assert told.count("Jeunes sans emploi ni formation") == 2
        anne.post(f"{path}construire/")
        built = candidate.read_build(folder_of(upload))
        assert built is not None
        assert candidate.candidate_release(folder_of(upload), built.release).frame == frame
        assert "Le cadre (domaines" not in anne.get(path).content.decode()

        anne.post(f"{path}construire/", {"frame": "current"})  # again, in the other one
        built = candidate.read_build(folder_of(upload))
        assert built is not None
        assert built.frame == "current"
        chosen = candidate.candidate_release(folder_of(upload), built.release).frame
        assert chosen.id == "current"
        page = anne.get(path).content.decode()
        assert f"{frame.title.fr} → {chosen.title.fr}" in page
        assert 'value="current" selected' in page

        answer = anne.post(f"{path}construire/", {"frame": "../../etc/passwd"}, follow=True).content.decode()
        assert "il y a\u00a0: release, current" in answer
        assert candidate.read_build(folder_of(upload)) == built

    def test_nothing_is_published_before_it_is_built(self, anne: Client) -> None:
        before = current_release().id
        upload = brought(anne)
        anne.post(f"/atelier/{upload.key}/publier/")
        assert current_release().id == before
        upload.refresh_from_db()
        assert upload.state == model("Upload").State.BROUGHT

    def test_a_release_from_before_another_publication_is_refused(self, anne: Client, bilal: Client) -> None:
        before = current_release().id
        first, second = brought(anne), brought(bilal, file=CSV.replace(b"15,0", b"15,1"))
        for upload in (first, second):
            anne.post(f"/atelier/{upload.key}/construire/")
        anne.post(f"/atelier/{first.key}/publier/")
        published = current_release().id
        answer = bilal.post(f"/atelier/{second.key}/publier/", follow=True).content.decode()
        assert current_release().id == published
        assert "construisez-la de nouveau" in answer
        anne.post(f"/atelier/{first.key}/annuler/")
        assert current_release().id == before

    def test_who_brought_the_file_may_not_publish_where_two_are_needed(
        self, anne: Client, bilal: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(conf.settings, "TWO_PEOPLE", True)
        before = current_release().id
        upload = brought(anne)
        path = f"/atelier/{upload.key}/"
        anne.post(f"{path}construire/")
        assert "Publier cette publication" not in anne.get(path).content.decode()

        answer = anne.post(f"{path}publier/")  # the button is not there, but anybody can send the form
        assert answer.status_code == 403
        assert "une seconde personne" in answer.content.decode()
        assert current_release().id == before
        assert model("Event").objects.first().what == "refused"

        bilal.post(f"{path}publier/")
        assert current_release().id != before
        bilal.post(f"{path}annuler/")
        assert current_release().id == before

    def test_a_build_that_fails_says_why(self, anne: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        upload = brought(anne)

        def broken(**given: object) -> None:
            raise UsageError("This release is not built yet.")

        monkeypatch.setattr(candidate, "build_release", broken)
        page = anne.post(f"/atelier/{upload.key}/construire/", follow=True).content.decode()
        assert "La construction a échoué" in page
        assert "Cette publication n’est pas encore construite." in page  # by way of the file that says how it goes
