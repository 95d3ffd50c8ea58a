"""An editor puts a resource or a practice into the other language: a draft first, then one page leads to the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client


def model(app: str, name: str) -> Any:
    return apps.get_model(app, name)


def locale(language: str) -> Any:
    return model("wagtailcore", "Locale").objects.get_or_create(language_code=language)[0]


@pytest.fixture(autouse=True)
def _none_left(author: object) -> Iterator[None]:
    yield
    for app, name in (("library", "Resource"), ("library", "RemovedResource"), ("practices", "Practice")):
        model(app, name).objects.all().delete()
    model("practices", "RemovedPractice").objects.all().delete()
    call_command("library_index", whole=False)
    call_command("practices_index", whole=False)


@pytest.mark.parametrize(
    ("app", "name", "values"),
    [
        ("library", "Resource", {"origin": "report-2020"}),
        ("practices", "Practice", {"origin": "rameau", "origin_id": "7", "origin_digest": "a"}),
    ],
)
def test_a_translation_begins_as_a_draft_and_is_joined_once_public(
    client: Client, with_role: Any, app: str, name: str, values: dict[str, str]
) -> None:
    made = model(app, name).objects.create(title="Un guide", locale=locale("fr"), live=False, **values)
    made.save_revision().publish()
    address = f"/admin/translation/submit/snippet/{app}/{name.lower()}/{made.pk}/"
    for role in ("moderator", ""):
        assert with_role(role, f"{role or 'lectrice'}-{app}").get(address).status_code in (302, 403)
    answer = with_role("editor", f"editeur-{app}").post(address, {"locales": [locale("en").pk]})
    assert answer.status_code == 302
    english = model(app, name).objects.get(locale=locale("en"))
    assert (english.live, english.translation_key) == (False, made.translation_key)
    assert english.get_absolute_url() not in client.get(made.get_absolute_url()).content.decode()
    assert client.get(english.get_absolute_url()).status_code == 404
    english.title = "A guide"
    english.save_revision().publish()
    if app == "library":
        assert english.get_absolute_url() in client.get(made.get_absolute_url()).content.decode()
    assert client.get(english.get_absolute_url()).status_code == 200
