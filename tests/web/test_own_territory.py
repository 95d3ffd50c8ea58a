"""The page, the map, the table and the API of a territory of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from odd17.store.releases import current_release, use
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.own_territories import define, forget

ADDRESS = "TER-pays-de-trois-pays-de-trois"


@pytest.fixture(autouse=True)
def _own(site_home: Path, _site: None) -> Iterator[None]:
    """The release has a territory across three départements while the test runs; the site's own comes back after it."""
    before = current_release(site_home).id
    file = site_home / "communes.txt"
    file.write_text("35360\n53130\n44180\n", encoding="utf-8")
    define("Pays de trois", file, load_shipped_cog(), home=site_home)
    build_release(home=site_home)
    yield
    forget("pays-de-trois", site_home)
    use(before, site_home)


def test_it_has_its_page_in_both_languages(client: Client) -> None:
    for prefix, words in (("", ("territoire de projet", "n’est pas classé")), ("/en", ("not ranked",))):
        answer = client.get(f"{prefix}/territoires/{ADDRESS}/")
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "Pays de trois" in text
        assert all(word in text for word in words)
        assert "Vitré" in text  # one of its communes
    assert client.get("/territoires/TER-pays-de-trois/").status_code in (301, 302)
    assert client.get("/territoires/TER-pays-de-rien/").status_code == 404


def test_it_is_found_compared_and_answered(client: Client) -> None:
    assert "Pays de trois" in client.get("/recherche/", {"q": "pays de trois"}, follow=True).content.decode()
    answer = client.get("/api/v1/territories/TER-pays-de-trois/diagnosis")
    assert answer.status_code == 200
    found = answer.json()
    assert found["territory"]["level"] == "TER"
    profile = {item["key"]: item["value"] for item in found["profile"]}
    assert profile["communes"] == 3
    assert profile["population_change"] == pytest.approx(1.01, abs=0.01)


def test_its_map_is_that_of_its_communes(client: Client) -> None:
    answer = client.get("/cartes/COM/territories/", {"dans": "TER-pays-de-trois"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Vitré" in page
    assert "/cartes/COM/density/?dans=TER-pays-de-trois" in page
    figures = client.get("/cartes/COM/density/", {"dans": "TER-pays-de-trois"}).content.decode()
    assert figures.count('<th scope="row">') == 3
    assert "/cartes/COM/density/" not in figures.split('id="others"')[1].split("</ul>")[0]
    assert "COM/density/?dans=TER-pays-de-trois" in client.get(f"/territoires/{ADDRESS}/").content.decode()
