"""A site on the real shipped release, built once a session in a folder of its own."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar
from unittest import mock

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.utils import translation

from odd17.web.config.preparation import prepare
from odd17.workflows.build_release import build_release
from odd17.workflows.draw import draw_release_maps


@pytest.fixture(scope="session")
def site_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the shipped release, its maps, the database and the static files."""
    home = tmp_path_factory.mktemp("site")
    before = dict(os.environ)
    os.environ |= {"ODD17_HOME": str(home), "DJANGO_SETTINGS_MODULE": "odd17.web.config.settings"}
    for name in ("ODD17_DEBUG", "ODD17_HTTPS", "ODD17_HOSTS", "ODD17_SECRET_KEY"):
        os.environ.pop(name, None)
    try:
        build_release(draw=draw_release_maps)
        prepare()
    finally:
        os.environ.clear()
        os.environ.update(before)
    return home


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords(site_home: Path) -> Iterator[None]:
    """Passwords hashed in no time: a quarter of a second for each account is for who would guess them."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _site(site_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ODD17_HOME", str(site_home))
    yield
    translation.activate("fr")


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript; an error that nobody foresaw is a page 500, as a reader would get."""
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


class Author:
    """Somebody who proposes a practice, in a browser of their own; ``number`` is their proposal's."""

    STEPS: ClassVar[dict[str, dict[str, object]]] = {
        "practice": {
            "title": "Une cantine partagée",
            "summary": "Deux écoles et un maraîcher.",
            "territories": "Rennes",
            "domains": ["education"],
            "begun": "2024-01-15",
            "ended": "2025-06-30",
        },
        "partners": {"rows": "3", "name_0": "Ville de R.", "kind_0": "local_authority", "siren_0": "732 829 320"},
        "story": {"need": "Manger mieux.", "alliance": "La ville et l’association."},
        "results": {"results": "Cent repas.", "claim_trust": "On se parle.", "proof_trust": "told"},
        "contact": {"name": "Camille Exemple", "consent": "on"},
    }

    def __init__(self, email: str = "autrice@example.org", **values: object) -> None:
        self.client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        self.email = email
        self.number = 0
        self.values = values

    def begin(self) -> HttpResponse:
        """Begin a proposal, as slowly as a person."""
        self.stamp = old_stamp()
        answer = self.client.post("/pratiques/proposer/", {"stamp": self.stamp, "email": self.email, "website": ""})
        if answer.status_code == 302:
            self.number = int(answer.headers["Location"].split("/")[3])
        return answer

    def say(self, step: str, **changed: object) -> HttpResponse:
        """Answer a step, with other answers where they are given."""
        return self.client.post(f"{self.path}{step}/", self.STEPS[step] | changed)

    def send(self) -> HttpResponse:
        """The last step."""
        return self.client.post(f"{self.path}relire/", {"agreed": "on"})

    def confirm(self) -> HttpResponse:
        """Follow the link of the first e-mail and press its button."""
        return self.client.post(link_to(self.email, "/confirmer/"))

    def propose(self) -> None:
        """All of it: begin, answer, confirm, send."""
        self.begin()
        for step in self.STEPS:
            self.say(step)
        self.confirm()
        self.send()

    @property
    def path(self) -> str:
        """Where the proposal is."""
        return f"/pratiques/proposer/{self.number}/"

    @property
    def kept(self) -> object:
        """The proposal, as it stands in the database."""
        return apps.get_model("contributions", "Contribution").objects.get(pk=self.number)


def old_stamp() -> str:
    """The stamp of a form that was shown a minute ago."""
    from odd17.web.contributions.limits import new_stamp  # noqa: PLC0415 - models need a site

    with mock.patch("django.core.signing.time.time", return_value=time.time() - 60):
        return new_stamp()


def link_to(email: str, part: str) -> str:
    """The path of the newest link to ``part`` among the e-mails that ``email`` received."""
    for letter in reversed(mail.outbox):
        found = re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", letter.body)
        if email in letter.to and found:
            return found[1]
    raise AssertionError(f"no link to {part} was sent to {email}")


@pytest.fixture
def stamp(site_home: Path) -> Callable[[], str]:
    """Make stamps of forms that were shown a minute ago."""
    return old_stamp


@pytest.fixture
def author(site_home: Path) -> Iterator[type[Author]]:
    """Those who propose; e-mails stay in memory, and nothing is left behind."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        caches["default"].clear()
        yield Author
    caches["default"].clear()
    apps.get_model("contributions", "Attachment").objects.all().delete()
    apps.get_model("contributions", "Contribution").objects.all().delete()
    apps.get_model("practices", "Practice").objects.all().delete()
    get_user_model().objects.filter(email__endswith="@example.org").delete()


@pytest.fixture
def link_sent() -> Callable[[str, str], str]:
    """The newest link of a kind that was sent to somebody."""
    return link_to


@pytest.fixture
def with_role(author: type[Author]) -> Callable[[str], Client]:
    """Somebody of the desk, signed in."""

    def signed_in(role: str, name: str = "") -> Client:
        from odd17.web.accounts.services import account_add  # noqa: PLC0415 - once Django is set up

        name = name or role or "personne"
        account = account_add(
            name=name,
            password="quatre mots bien choisis",  # noqa: S106 - of an account that lives as long as the test
            email=f"{name}@example.org",
            role=role,
        )
        browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
        browser.force_login(account)
        return browser

    return signed_in
