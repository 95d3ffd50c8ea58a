"""People who run programmes, each with an account and a browser."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

MEASURES = (
    "numéro;mesure;dimension;chantiers;premiers effets (mois);preuves\n"
    "1;Planter;Vert;Eau;3;/pratiques/\n2;Compter;Vert;;6;\n3;Parler;Bleu;Eau;;javascript:alert(1)\n"
)


@pytest.fixture(autouse=True)
def _empty(site_home: object) -> Iterator[None]:
    yield
    apps.get_model("programmes", "Programme").objects.all().delete()
    get_user_model().objects.filter(username__startswith="runs-").delete()
    caches["default"].clear()


class Runner:
    """Somebody with an account and a browser."""

    def __init__(self, name: str) -> None:
        self.account = get_user_model().objects.create_user(f"runs-{name}", f"{name}@example.org", "x")
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(self.account)

    def get(self, path: str, status: int = 200) -> str:
        reply = self.client.get(path)
        assert reply.status_code == status, (path, reply.status_code)
        return html.unescape(str(reply.content.decode("utf-8", "replace")))

    def post(self, path: str, status: int = 302, **told: Any) -> Any:
        reply = self.client.post(path, told)
        assert reply.status_code == status, (path, reply.status_code, html.unescape(reply.content.decode())[:9000])
        return reply

    def begin(self, text: str = MEASURES, status: int = 302, **told: Any) -> Any:
        file = SimpleUploadedFile("plan.csv", text.encode())
        form = {"title": "Plan climat", "day": "2024-01-31", "mention": "La ville", "two": "on"} | told
        return self.post("/programmes/nouveau/", status, file=file, **form)

    def draft(self, path: str, status: int = 302, **told: Any) -> str:
        """Write a draft: where it is, or the page that refuses it."""
        reply = self.post(f"{path}gerer/bilans/nouveau/", status, **{"day": "2024-06-01", "version": "0"} | told)
        return reply.headers.get("Location", "") if status == 302 else html.unescape(reply.content.decode())

    def publish(self, location: str) -> Any:
        """Publish a draft as it stands."""
        review = apps.get_model("programmes", "ProgrammeReview").objects.get(pk=location.rstrip("/").rpartition("/")[2])
        return self.post(f"{location}publier/", version=str(review.version))


@pytest.fixture
def runner() -> Callable[[str], Runner]:
    return Runner


@pytest.fixture
def two(runner: Callable[[str], Runner]) -> tuple[str, Runner, Runner]:
    """A programme with two editors: its public address, its owner, the other."""
    owner, other = runner("owner"), runner("other")
    path = owner.begin().headers["Location"]
    owner.post(f"{path}inviter/")
    link = apps.get_model("programmes", "EditorInvitation").objects.get().token
    assert other.post(f"/programmes/rejoindre/{link}/").headers["Location"] == path
    return path.removesuffix("gerer/"), owner, other
