"""A practice kept for members: its page is theirs, and no door that is open to all shows that it exists."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

NAME = "Zarbelle"

DOORS = [
    "/api/v1/practices",
    "/api/v1/practices?q=rucher",
    "/domaines/education/",
    "/pratiques/",
    "/pratiques/?q=rucher",
    "/pratiques/alliances/",
    "/pratiques/fichier/csv/",
    "/pratiques/fichier/json/?q=rucher",
    "/pratiques/pour/COM-35238-rennes/education/",
    "/pratiques/pour/?besoin=rucher",
    "/pratiques/suggestions/?q=rucher",
    "/ressources/?q=rucher",
    "/territoires/COM-35238-rennes/",
]


def written(title: str, **values):
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    whole = {"title": title, "locale": locale, "live": True, "first_published_at": now, "last_published_at": now}
    whole |= {"domains": ["education"], "territories": ["COM-35238"], "alliance_type": "consortium"}
    practice = apps.get_model("practices", "Practice").objects.create(**whole | values)
    changed()
    return practice


def changed() -> None:
    from odd17.web.practices.version import practices_changed  # noqa: PLC0415 - once Django is set up

    practices_changed()


@pytest.fixture
def kept(site_home):
    yield written(f"Le rucher {NAME}", private=True)
    apps.get_model("practices", "Practice").objects.all().delete()


@pytest.mark.parametrize("door", DOORS)
def test_no_door_open_to_all_shows_it(client: Client, kept, door: str) -> None:
    answer = client.get(door)
    assert answer.status_code == 200
    assert NAME not in answer.content.decode()
    assert f"/pratiques/{kept.pk}-" not in answer.content.decode()


def test_the_doors_are_those_that_show_a_public_one(client: Client, kept) -> None:
    apps.get_model("practices", "Practice").objects.filter(pk=kept.pk).update(private=False)
    changed()
    for door in DOORS:
        assert NAME in client.get(door).content.decode(), door


def test_its_page_is_for_members(client: Client, with_role, kept) -> None:
    for path in (kept.get_absolute_url(), f"/pratiques/{kept.pk}-autre/", f"/api/v1/practices/{kept.pk}"):
        assert client.get(path).status_code == 404, path
    member = with_role("", "membre")
    page = member.get(kept.get_absolute_url())
    assert page.status_code == 200
    assert "Seuls les membres" in page.content.decode()
    assert "og:title" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert member.get(f"/api/v1/practices/{kept.pk}").status_code == 404
    assert NAME not in member.get("/pratiques/fichier/csv/").content.decode()
    listed = member.get("/pratiques/")
    assert kept.get_absolute_url() in listed.content.decode()
    assert "no-store" in listed.headers["Cache-Control"]
    for door in DOORS:
        if door != "/pratiques/":
            assert NAME not in member.get(door).content.decode(), door


def test_neither_its_picture_to_share_nor_what_is_like_it(client: Client, kept) -> None:
    other = written("Le rucher de tous")
    assert client.get(other.get_absolute_url()).status_code == 200
    assert NAME not in client.get(other.get_absolute_url()).content.decode()
    assert client.get(f"/pratiques/{other.pk}/partage.png").status_code == 200
    assert client.get(f"/pratiques/{kept.pk}/partage.png").status_code == 404


def test_an_address_merged_into_it_leads_members_only(client: Client, with_role, kept) -> None:
    gone = written("Doublon", live=False, merged_into=kept)
    assert client.get(gone.get_absolute_url()).status_code == 404
    answer = with_role("", "membre").get(gone.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (302, kept.get_absolute_url())


def test_its_files_are_for_members(client: Client, with_role, kept) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    file = apps.get_model("contributions", "Attachment").objects.create(
        practice=kept, name="a.png", kind="image/png", size=len(drawn.getvalue()), width=4, height=4, shown=True,
        file=ContentFile(drawn.getvalue(), "a.png"),
    )  # fmt: skip
    assert client.get(file.get_absolute_url()).status_code == 404
    answer = with_role("", "membre").get(file.get_absolute_url())
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]
    assert b"".join(answer.streaming_content) == drawn.getvalue()


def test_one_that_becomes_for_members_leaves_the_doors_at_once(client: Client, site_home) -> None:
    practice = written(f"Le rucher {NAME}")
    doors = ("/pratiques/?q=rucher", "/domaines/education/", "/api/v1/practices")
    for door in doors:
        assert NAME in client.get(door).content.decode(), door
    practice.private = True
    practice.save_revision().publish()
    for door in doors:
        assert NAME not in client.get(door).content.decode(), door
    assert client.get(practice.get_absolute_url()).status_code == 404
    practice.delete()
