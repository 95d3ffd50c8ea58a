"""Editors add a version of a questionnaire at the desk; what is wrong in its file is said, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from odd17.workflows.questionnaires import questionnaire_schema

DESK = "/auto-diagnostic/questionnaires/"
TEXT = f"{DESK}organisations-1.yml"


@pytest.fixture(autouse=True)
def _empty(site_home: Path) -> Iterator[None]:
    yield
    for path in (site_home / "questionnaires").glob("*.yml"):
        path.unlink()
    apps.get_model("self_diagnosis", "Answering").objects.all().delete()
    get_user_model().objects.filter(username__startswith="versions-").delete()


def signed_in(role: str) -> Client:
    user = get_user_model().objects.create_user(f"versions-{role}", f"{role}@example.org", "x")
    if role != "nobody":
        user.groups.add(apps.get_model("auth", "Group").objects.get(name=role))
    browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
    browser.force_login(user)
    return browser


def send(browser: Client, text: str, name: str = "la-suite.yml") -> HttpResponse:
    return browser.post(DESK, {"file": SimpleUploadedFile(name, text.encode())})


@pytest.fixture
def first(client: Client) -> str:
    """The file of version 1, as anybody may read it."""
    reply = client.get(TEXT)
    assert reply.status_code == 200
    return reply.content.decode()


def test_an_editor_adds_the_next_version_and_the_older_one_is_still_explained(first: str, client: Client) -> None:
    editor = signed_in("editor")
    page = editor.get(DESK).content.decode()
    assert page.count("on y répond aujourd’hui") == 4
    begun = client.post("/auto-diagnostic/organisations/commencer/").headers["Location"]
    assert "version 1" in client.get("/auto-diagnostic/organisations/").content.decode()
    new = first.replace("version: 1\n", "version: 2\n", 1).replace("minutes: 10", "minutes: 12", 1)
    assert send(editor, new).status_code == 302
    page = editor.get(DESK).content.decode()
    assert "remplacée" in page
    assert page.count("on y répond aujourd’hui") == 4
    assert "12 minutes" in client.get("/auto-diagnostic/").content.decode()
    origin = client.get("/auto-diagnostic/organisations/").content.decode()
    assert "version 2" in origin  # not the page that was kept
    assert "?version=1" in origin
    assert "version 1" in client.get("/auto-diagnostic/organisations/?version=1").content.decode()
    assert client.get(begun).status_code == 200
    assert client.get(f"{DESK}organisations-2.yml").content.decode() == new


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("version: 1\n", "version: 1\n", "écrivez `version: 2`"),
        ("version: 1\n", "version: 2\nversion: 3\n", "ligne 6"),
        ("above: 35", "above: 80", "trou"),
        ('only_if: {stage: ["process"]}', 'only_if: {stage: ["finished"]}', "aucune réponse"),
        ("id: organisations\n", "id: <script>\n", "id"),
        ("id: organisations\n", ": : :", "la-suite.yml"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_and_nothing_is_kept(
    first: str, site_home: Path, old: str, new: str, words: str
) -> None:
    changed = first.replace("version: 1\n", "version: 2\n", 1) if not old.startswith("version") else first
    reply = send(signed_in("editor"), changed.replace(old, new, 1))
    page = reply.content.decode()
    assert reply.status_code == 422
    alert = page.split('role="alert"')[1].split("</div>")[0]
    assert words in alert
    assert "la-suite.yml" in alert
    assert "questionnaire.yml" not in alert  # where it was laid for a moment
    assert "<script>" not in page.split("<main")[1]
    assert not list((site_home / "questionnaires").glob("*.yml"))


def test_no_file_and_too_large_a_file_are_refused() -> None:
    editor = signed_in("editor")
    assert editor.post(DESK).status_code == 422
    assert "dépasse" in send(editor, "#" * 1_000_001).content.decode()


@pytest.mark.parametrize("role", ["nobody", "moderator"])
def test_those_without_the_right_add_nothing(first: str, site_home: Path, role: str) -> None:
    assert send(signed_in(role), first.replace("version: 1\n", "version: 2\n", 1)).status_code == 403
    assert Client(SERVER_NAME="localhost").get(DESK).status_code == 302
    assert not list((site_home / "questionnaires").glob("*.yml"))


def test_the_desk_leads_editors_there() -> None:
    assert DESK in signed_in("editor").get("/admin/").content.decode()


def test_files_and_their_schema_are_public(client: Client) -> None:
    assert client.get(f"{DESK}schema.json").json() == questionnaire_schema()
    for path in ("organisations-9.yml", "nothing-1.yml", "organisations-0.yml", "..-1.yml"):
        assert client.get(f"{DESK}{path}").status_code == 404
    for version in ("9", "x", "-1", "99999999", "%00"):
        assert client.get(f"/auto-diagnostic/organisations/?version={version}").status_code == 404
