"""What is set to be public at an hour is so at that hour at each door, whichever is opened first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

NAME = "Zarbelle"

DOORS = [
    "/api/v1/practices?q=rucher",
    "/api/v1/practices/{number}",
    "/domaines/education/",
    "/en/pratiques/",
    "/pratiques/?q=rucher",
    "/pratiques/alliances/",
    "/pratiques/fichier/csv/",
    "/pratiques/pour/partout/education/",
    "/pratiques/suggestions/?q=rucher",
    "/territoires/COM-35238-rennes/",
]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock to some hours after now."""
    now = timezone.now()
    return lambda hours: monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=hours))


@pytest.fixture
def due(site_home):
    """A practice to be public in an hour, for two hours."""
    model = apps.get_model("practices", "Practice")
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    practice = model.objects.create(
        title=f"Le rucher {NAME}",
        locale=locale,
        live=False,
        domains=["education"],
        territories=["COM-35238"],
        alliance_type="consortium",
        go_live_at=timezone.now() + timedelta(hours=1),
        expire_at=timezone.now() + timedelta(hours=3),
    )
    practice.save_revision().publish()
    yield practice
    model.objects.all().delete()


@pytest.mark.parametrize("door", DOORS)
def test_each_door_opens_and_closes_at_the_hour_set(client: Client, due, at, door: str) -> None:
    address = door.format(number=due.pk)
    for hours, public in ((0, False), (2, True), (4, False)):
        at(hours)
        assert (NAME in client.get(address).content.decode()) is public, hours


def test_many_due_at_once_are_published_together_and_once(client: Client, site_home, at) -> None:
    from odd17.web.practices.version import practices_version  # noqa: PLC0415 - once Django is set up

    model = apps.get_model("practices", "Practice")
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    for number in range(12):
        practice = model.objects.create(title=f"Atelier {number}", locale=locale, live=False)
        practice.go_live_at = timezone.now() + timedelta(hours=1)
        practice.save_revision().publish()
    before = practices_version()
    at(2)
    assert client.get("/api/v1/practices?q=atelier").json()["total"] == 12
    assert practices_version() - before == 12
    model.objects.all().delete()
