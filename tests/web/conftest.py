"""A site on the real shipped release, built once a session in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
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


@pytest.fixture(autouse=True)
def _site(site_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ODD17_HOME", str(site_home))
    yield
    translation.activate("fr")


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript; an error that nobody foresaw is a page 500, as a reader would get."""
    return Client(SERVER_NAME="localhost", raise_request_exception=False)
