"""The API gives of a public resource what its page shows, and nothing of what is not public."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def model(name: str, app: str = "library") -> Any:
    return apps.get_model(app, name)


def locale(language: str) -> Any:
    return model("Locale", "wagtailcore").objects.get_or_create(language_code=language)[0]


def published(title: str, *, language: str = "fr", **values: Any) -> Any:
    resource = model("Resource").objects.create(title=title, locale=locale(language), live=False, **values)
    resource.save_revision().publish()
    resource.refresh_from_db()
    return resource


def practice(title: str, **values: Any) -> Any:
    return model("Practice", "practices").objects.create(title=title, locale=locale("fr"), **values)


def item(value: object) -> dict[str, object]:
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


@pytest.fixture(autouse=True)
def _none_left(author: object) -> Iterator[None]:
    yield
    model("Resource").objects.all().delete()
    model("RemovedResource").objects.all().delete()
    model("Practice", "practices").objects.all().delete()
    model("Document", "wagtaildocs").objects.all().delete()
    call_command("library_index", whole=False)


def test_all_that_the_page_shows_is_given(client: Client) -> None:
    document = model("Document", "wagtaildocs")(title="guide")
    document.file.save("guide.pdf", ContentFile(PDF))
    guide = published(
        "Un guide",
        summary="Un résumé.",
        text='<p>Lire <a href="https://example.org/lire">ici</a>.</p>',
        producer="Une maison",
        collection="Repères",
        licence="cc-by-4.0",
        day=date(2024, 3, 2),
        link="https://example.org/guide",
        sources="https://example.org/a",
        file=document,
    )
    english = published("A guide", language="en", translation_key=guide.translation_key)
    told = client.get(f"/api/v1/resources/{guide.pk}").json()
    page = client.get(guide.get_absolute_url()).content.decode()
    assert (told["text"], told["language"], told["producer"], told["date"]) == (
        "Lire ici.",
        "fr",
        "Une maison",
        "2024-03-02",
    )
    assert '<a href="https://example.org/lire">ici</a>' in told["text_html"]
    assert told["licence"]["address"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (told["file_name"], told["file_size"]) == (document.filename, len(PDF))
    assert told["translations"] == [{"language": "en", "path": english.get_absolute_url()}]
    assert told["updated"].startswith(str(timezone.now().year))
    assert told["kit"] == []
    shown = (told["text_html"], told["link"], told["licence"]["address"], told["licence"]["name"], told["file_path"],
             told["translations"][0]["path"], told["summary"], told["collection"], told["sources"][0])  # fmt: skip
    assert all(one in page for one in shown)
    file = client.get(told["file_path"])
    assert b"".join(file.streaming_content) == PDF
    file.close()
    assert client.get(f"/api/v1/resources/{guide.pk}?lang=en").json()["path"] == f"/en{guide.get_absolute_url()}"


def test_a_kit_is_given_with_what_its_axes_lead_to_and_only_what_is_public(client: Client) -> None:
    guide, told = published("Un guide"), practice("Une cantine")
    hidden = [
        published("Un secret", private=True),
        published("Une fin passée", expire_at=timezone.now() - timedelta(hours=1)),
        model("Resource").objects.create(title="Un brouillon", locale=locale("fr"), live=False),
    ]
    kept = [practice("Entre membres", private=True), practice("Une ébauche", live=False)]
    axis = {
        "text": '<p>Commencer par <a href="/fil/">le fil</a>.</p>',
        "resources": [item(one.pk) for one in (guide, *hidden)],
        "practices": [item(one.pk) for one in (told, *kept)],
        "links": [item({"label": "Les domaines", "address": "/domaines/"})],
    }
    kit = published("Un kit", kind="kit", kit=json.dumps([{"type": "method", "value": axis}]))
    one = client.get(f"/api/v1/resources/{kit.pk}").json()
    assert one["kit"] == [
        {
            "id": "method",
            "name": "Démarche et méthode",
            "text": "Commencer par le fil.",
            "text_html": '<p>Commencer par <a href="/fil/">le fil</a>.</p>',
            "links": [{"label": "Les domaines", "address": "/domaines/"}],
            "resources": [{"id": str(guide.pk), "title": "Un guide", "path": guide.get_absolute_url()}],
            "practices": [{"id": str(told.pk), "title": "Une cantine", "path": told.get_absolute_url()}],
        }
    ]
    assert one in client.get("/api/v1/resources").json()["resources"]
    for name in ("Un secret", "Une fin passée", "Un brouillon", "Entre membres", "Une ébauche"):
        assert name not in client.get("/api/v1/resources").content.decode()
        assert name not in client.get(kit.get_absolute_url()).content.decode()
    english = client.get(f"/api/v1/resources/{kit.pk}?lang=en").json()["kit"][0]
    assert english["name"] == "Method"
    assert english["practices"][0]["path"] == f"/en{told.get_absolute_url()}"


def test_a_resource_that_is_not_public_is_given_to_nobody(client: Client, with_role: Any) -> None:
    secret = published("Un secret", private=True)
    assert client.get(f"/api/v1/resources/{secret.pk}").status_code == 404
    assert with_role("editor").get(f"/api/v1/resources/{secret.pk}").status_code == 404
