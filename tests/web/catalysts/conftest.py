"""Holders of entries, moderators and visitors; nothing of theirs is left behind."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

MODELS = ("CatalystEntry", "CatalystMessage", "GoneEntry", "StatedAbsence")


def browser() -> Client:
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


@pytest.fixture(autouse=True)
def _empty(site_home: object) -> Iterator[None]:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        caches["default"].clear()
        yield
    caches["default"].clear()
    for name in MODELS:
        apps.get_model("catalysts", name).objects.all().delete()
    apps.get_model("catalysts", "DirectoryVersion").objects.update(number=F("number") + 1)
    apps.get_model("practices", "Practice").objects.filter(title__startswith="Essai").delete()
    get_user_model().objects.filter(email__endswith="@example.org").delete()


@pytest.fixture
def kept() -> Any:
    """The entries, as they stand in the database."""
    return apps.get_model("catalysts", "CatalystEntry").objects


@pytest.fixture
def sent() -> Callable[..., str]:
    """The path of the newest link to a part of the site that an address received."""

    def link(part: str, to: str = "camille@example.org") -> str:
        for letter in reversed(mail.outbox):
            if to in letter.to and (found := re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", letter.body)):
                return found[1]
        raise AssertionError(f"no link to {part} was sent to {to}")

    return link


@pytest.fixture
def text_of() -> Callable[..., str]:
    """The words of a page's content, marks and all."""

    def text(answer: HttpResponse, status: int = 200) -> str:
        assert answer.status_code == status, answer.status_code
        return html.unescape(answer.content.decode()).split("<main")[1].split("</main>")[0]

    return text


class Holder:
    """Somebody who holds an entry, in a browser of their own."""

    SAID: ClassVar[dict[str, object]] = {
        "name": "La Fabrique d’essai",
        "kind": "catalyst",
        "summary": "Fait se rencontrer associations et entreprises.",
        "trades": ["support", "running_a_place"],
        "territories": "DEP-94",
        "services": ["workshops", "kits"],
        "domains": ["employment"],
        "languages": ["fr", "fsl"],
        "practices": "",
        "contact": "Camille Exemple",
        "consent": "on",
        "website": "",
    }

    def __init__(self, stamp: Callable[[], str], sent: Callable[..., str], email: str = "camille@example.org") -> None:
        self.stamp, self.sent, self.email = stamp, sent, email
        self.client = browser()

    def begin(self, address: str = "/catalyseurs/proposer/", **changed: object) -> HttpResponse:
        """Fill the form and send it, as slowly as a person."""
        said = self.SAID | {"stamp": self.stamp(), "email": self.email} | changed
        return self.client.post(address, said)

    def confirm(self) -> HttpResponse:
        """Follow the link of the first e-mail and press its button."""
        return self.client.post(self.sent("/confirmer/", self.email))

    @property
    def path(self) -> str:
        """The private link."""
        return self.sent("/mon-entree/", self.email)

    def change(self, **changed: object) -> HttpResponse:
        """Change the entry, on the version that the form shows."""
        page = self.client.get(f"{self.path}modifier/").content.decode()
        version = re.search(r'name="version" value="(\d+)"', page)
        return self.client.post(f"{self.path}modifier/", self.SAID | {"version": version[1]} | changed)


@pytest.fixture
def holder(stamp: Callable[[], str], sent: Callable[..., str]) -> Callable[..., Holder]:
    """Make holders."""
    return lambda email="camille@example.org": Holder(stamp, sent, email)


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """A browser where an account with a role is signed in."""

    def sign_in(name: str, role: str = "") -> Client:
        user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
        if role:
            user.groups.add(apps.get_model("auth", "Group").objects.get(name=role))
        client = browser()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def decide(kept: Any) -> Callable[..., HttpResponse]:
    """A moderator decides about an entry, on the version that their page shows."""

    def decided(
        client: Client, number: int, decision: str = "accept", text: str = "", **changed: object
    ) -> HttpResponse:
        page = client.get(f"/catalyseurs/moderation/{number}/").content.decode()
        version = re.search(r'name="version" value="(\d+)"', page)
        said = {"version": version[1] if version else "0", "decision": decision, "text": text} | changed
        return client.post(f"/catalyseurs/moderation/{number}/", said)

    return decided


@pytest.fixture
def published(
    holder: Callable[..., Holder], signed_in: Callable[..., Client], decide: Callable[..., HttpResponse], kept: Any
) -> Callable[..., Any]:
    """An entry that went all the way: begun, confirmed, published."""

    def publish(email: str = "camille@example.org", address: str = "/catalyseurs/proposer/", **changed: object) -> Any:
        person = holder(email)
        person.begin(address, **changed)
        person.confirm()
        entry = kept.filter(email=email).latest("pk")
        moderator = signed_in(f"moderation{entry.pk}", "moderator")
        assert decide(moderator, entry.pk).status_code == 302
        entry.refresh_from_db()
        return person, entry

    return publish
