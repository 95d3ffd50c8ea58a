"""How a practice looks where its page is shared."""

from __future__ import annotations

import io
import re

import pytest
from django.apps import apps
from django.test import Client
from PIL import Image

TITLE = 'Une "cantine" <b>partagée</b> & ouverte'


@pytest.fixture
def practice(author):
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    return apps.get_model("practices", "Practice").objects.create(
        title=TITLE,
        summary="Un résumé.",
        locale=locale,
        live=True,
        territories=["COM-35238"],
        alliance_type="consortium",
    )


def tags(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', page))


def test_the_page_says_how_it_is_shared(practice, client: Client) -> None:
    found = tags(client.get(practice.get_absolute_url()).content.decode())
    assert found["og:title"] == "Une &quot;cantine&quot; &lt;b&gt;partagée&lt;/b&gt; &amp; ouverte"
    assert found["og:type"] == "article"
    assert found["og:url"].endswith(practice.get_absolute_url())
    assert found["og:image"].startswith("http")
    assert found["og:locale"] == "fr_FR"


def test_its_picture_is_ours_and_drawn_once(practice, client: Client, site_home) -> None:
    address = tags(client.get(practice.get_absolute_url()).content.decode())["og:image"]
    path = re.sub(r"^https?://[^/]+", "", address)
    first = client.get(path)
    assert first.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    drawn = set((site_home / "cache" / "share").iterdir())
    assert client.get(path).content == first.content
    assert set((site_home / "cache" / "share").iterdir()) == drawn
    practice.title = "Autre titre"
    practice.save()
    assert tags(client.get(practice.get_absolute_url()).content.decode())["og:image"] != address


def test_a_draft_has_no_picture(practice, client: Client) -> None:
    practice.live = False
    practice.save()
    assert client.get(f"/pratiques/{practice.pk}/partage.png").status_code == 404
