"""Ways around the second person who publishes a review, and back in for who was taken off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

MEASURES = b"num\xc3\xa9ro;mesure;dimension;chantiers;premiers effets (mois);preuves\n1;Planter;Vert;Eau;3;\n"


def kept(name: str) -> Any:
    return apps.get_model("programmes", name).objects


def person(name: str) -> Client:
    browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
    browser.force_login(get_user_model().objects.create_user(f"goes-{name}", f"{name}@example.org", "x"))
    return browser


@pytest.fixture
def two(site_home: object) -> Iterator[tuple[str, Client, Client]]:
    """A programme in which two people publish: where its editors work, its owner, the other."""
    owner, other = person("owner"), person("other")
    told = {"title": "Plan climat", "day": "2024-01-31", "mention": "", "two": "on"}
    begun = owner.post("/programmes/nouveau/", told | {"file": SimpleUploadedFile("plan.csv", MEASURES)})
    path = begun.headers["Location"]
    owner.post(f"{path}inviter/")
    other.post(f"/programmes/rejoindre/{kept('EditorInvitation').get().token}/")
    yield path, owner, other
    kept("Programme").all().delete()
    get_user_model().objects.filter(username__startswith="goes-").delete()
    caches["default"].clear()


def test_an_editor_does_not_do_without_the_second_person_by_changing_the_settings(
    two: tuple[str, Client, Client],
) -> None:
    path, owner, other = two
    told = {"title": "Plan climat", "day": "2024-01-31", "mention": "", "version": str(kept("Programme").get().version)}
    other.post(f"{path}modifier/", told)
    assert kept("Programme").get().two_to_publish
    told["version"] = str(kept("Programme").get().version)
    assert owner.post(f"{path}modifier/", told).status_code == 302
    assert not kept("Programme").get().two_to_publish


def test_who_is_taken_off_a_programme_does_not_come_back_by_a_link_they_saw(two: tuple[str, Client, Client]) -> None:
    path, owner, other = two
    other.post(f"{path}inviter/")
    seen = kept("EditorInvitation").get(used=None).token
    place = kept("Editor").get(owner=False)
    assert owner.post(f"{path}personnes/{place.pk}/retirer/").status_code == 302
    assert other.get(path).status_code == 404
    assert other.post(f"/programmes/rejoindre/{seen}/").status_code == 404
    assert other.get(path).status_code == 404
