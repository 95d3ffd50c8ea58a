"""People who answer a self-diagnosis, each with a browser of their own; nothing is left behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client

FIRST = "/auto-diagnostic/organisations/"


def models(name: str) -> Any:
    return apps.get_model("self_diagnosis", name)


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    yield
    for name in ("Answering", "Panel", "MirrorSnapshot"):
        models(name).objects.all().delete()
    get_user_model().objects.filter(username__startswith="mirror-").delete()
    caches["default"].clear()  # of what was counted against those in too much of a hurry


def luhn(number: int) -> str:
    """A number of nine digits whose check digit fits: of nobody in particular."""
    stem = f"{number:08d}"
    for last in range(10):
        doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(f"{stem}{last}")))
        if sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0:
            return f"{stem}{last}"
    raise AssertionError


class Person:
    """Somebody with a browser who answers."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client(SERVER_NAME="localhost")
        self.path = ""

    def begin(self, **more: str) -> Person:
        self.path = self.client.post(f"{FIRST}commencer/", more).headers["Location"]
        return self

    @property
    def token(self) -> str:
        return self.path.rstrip("/").rpartition("/")[2]

    @property
    def kept(self) -> Any:
        return models("Answering").objects.get(token=self.token)

    @property
    def siren(self) -> str:
        """The number given to the mirror."""
        return str(self.kept.organisation.removeprefix("siren-"))

    def answer(self, option: str = "well", stage: str = "concept", **other: str) -> Person:
        """Fill every sheet as it comes, ``option`` everywhere."""
        address = self.path
        for _turn in range(20):
            page = self.client.get(address).content.decode()
            names = sorted(set(re.findall(r'name="item-([\w]+)"', page)))
            sheet = re.search(r'name="sheet" value="(\d+)"', page)
            assert sheet is not None
            given = {f"item-{id}": other.get(id, stage if id == "stage" else option) for id in names}
            reply = self.client.post(self.path, {"sheet": sheet.group(1), **given})
            address = reply.headers["Location"]
            if address.endswith("/resultat/"):
                break
        return self

    def finish(self) -> Person:
        self.client.post(f"{self.path}terminer/")
        return self

    def mirror(self, siren: str, kind: str = "association", size: str = "small", territory: str = "DEP-35") -> Person:
        told = {"siren": siren, "kind": kind, "size": size, "territory": territory, "consent": "on"}
        reply = self.client.post(f"{self.path}miroir/", told)
        assert reply.status_code == 302, reply.content.decode()
        return self

    def see(self, path: str = "") -> str:
        reply = self.client.get(f"{self.path}{path}")
        assert reply.status_code == 200
        return str(reply.content.decode())


@pytest.fixture
def visitor() -> type[Person]:
    """Makes somebody with a browser who has not begun."""
    return Person


@pytest.fixture
def person() -> Callable[[], Person]:
    return lambda: Person().begin()


@pytest.fixture
def rows() -> Callable[[str], Any]:
    """The rows of self-diagnosis, by the name of their model."""
    return models


@pytest.fixture
def open_mirrors() -> Callable[[], None]:
    """Opens the mirror to all who asked."""
    return _open_mirrors


@pytest.fixture
def mirrored() -> Callable[..., list[Person]]:
    """Makes so many organisations that joined the mirror, each with a number of its own from ``start``."""
    return _mirrored


def _open_mirrors() -> None:
    users = get_user_model().objects
    admin = Client(SERVER_NAME="localhost")
    known = users.filter(username="mirror-opens").first()
    admin.force_login(known or users.create_superuser("mirror-opens", "opens@example.org", "x"))
    for access in models("MirrorAccess").objects.filter(opened=None):
        admin.post("/auto-diagnostic/miroirs/", {"access": access.pk})


def _mirrored(count: int, start: int = 0, **criteria: str) -> list[Person]:
    people = []
    for place in range(start, start + count):
        somebody = Person().begin().answer("well" if place % 2 else "done").finish()
        people.append(somebody.mirror(luhn(73000000 + place), **criteria))
    return people
