"""The resource of a learning module follows the module: renamed, withdrawn and back; what editors wrote stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from odd17.store.places import shipped
from odd17.workflows.modules import add_module_file, current_modules, ships

ID = "read-fragility"
FILE = shipped() / "modules" / f"{ID}-1.yml"
RENAMED = "Lire un score sans se tromper"


def resources() -> Any:
    return apps.get_model("library", "Resource").objects


def of(id: str, language: str = "fr") -> Any:
    return resources().get(origin=f"module-{id}", locale__language_code=language)


@pytest.fixture(autouse=True)
def _started(author: object, site_home: Path) -> Iterator[None]:
    call_command("library_start")
    yield
    for path in (site_home / "modules").glob("*.yml"):
        path.unlink()
    resources().all().delete()
    apps.get_model("library", "RemovedResource").objects.all().delete()
    call_command("library_index", whole=False)


@pytest.fixture
def add(tmp_path: Path) -> Callable[..., None]:
    """Keeps the next version of a module, with another French title and summary."""

    def added(title: str, summary: str = "", *, id: str = ID, version: int = 2) -> None:
        told = yaml.safe_load(FILE.read_text(encoding="utf-8")) | {"id": id, "version": version}
        told["title"]["fr"] = title
        told["summary"]["fr"] = summary or told["summary"]["fr"]
        path = tmp_path / "module.yml"
        path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
        add_module_file(path)

    return added


def test_each_module_that_ships_is_found(client: Client) -> None:
    assert len(current_modules()) >= 2
    for module in current_modules():
        assert ships(module.id)
        for language, prefix in (("fr", ""), ("en", "/en")):
            made = of(module.id, language)
            assert made.link == f"{prefix}/apprendre/{module.id}/"
            assert (made.producer, made.licence) == ("odd17", "agpl-3.0")
            assert client.get(made.link).status_code == 200
    page = client.get("/ressources/?genre=module").content.decode()
    assert page.count("<li lang=") == 2 * len(current_modules())


def test_a_renamed_module_renames_its_resource_and_search_follows(client: Client, add: Any) -> None:
    english = of(ID, "en").title
    add(RENAMED, "Un autre résumé.")
    call_command("library_start")
    assert (of(ID).title, of(ID).summary, of(ID).live) == (RENAMED, "Un autre résumé.", True)
    assert of(ID, "en").title == english
    revisions = of(ID).revisions.count()
    call_command("library_start")
    assert of(ID).revisions.count() == revisions  # followed once
    assert "Lire un score" in re.sub("</?mark>", "", client.get("/ressources/?q=tromper").content.decode())


def test_what_an_editor_wrote_stays_and_the_rest_follows(add: Any) -> None:
    edited = of(ID)
    edited.title = "Notre titre"
    edited.save_revision().publish()
    drafted = of(ID, "en")
    drafted.summary = "A draft."
    drafted.save_revision()
    add(RENAMED, "Un autre résumé.")
    call_command("library_start")
    assert (of(ID).title, of(ID).summary) == ("Notre titre", "Un autre résumé.")
    assert of(ID, "en").get_latest_revision_as_object().summary == "A draft."


def test_a_withdrawn_module_withdraws_its_resource_which_comes_back_with_it(
    client: Client, add: Any, site_home: Path
) -> None:
    add("Un module à nous", id="our-own", version=1)
    call_command("library_start")
    ours = of("our-own")
    assert (ours.title, ours.producer, ours.licence) == ("Un module à nous", "", "")
    assert client.get(ours.get_absolute_url()).status_code == 200
    file = site_home / "modules" / "our-own-1.yml"
    text = file.read_bytes()
    file.unlink()
    call_command("library_start")
    assert client.get(ours.get_absolute_url()).status_code == 404
    assert "Un module à nous" not in client.get("/ressources/?genre=module").content.decode()
    file.write_bytes(text)
    call_command("library_start")
    assert client.get(ours.get_absolute_url()).status_code == 200


def test_a_resource_that_an_editor_withdrew_stays_so(add: Any, with_role: Any) -> None:
    editor = with_role("editor")
    editor.post(f"/admin/snippets/library/resource/unpublish/{of(ID).pk}/")
    assert not of(ID).live
    add(RENAMED)
    call_command("library_start")
    assert not of(ID).live
