"""``/demonstration/``: nothing in it goes without its mark, every link stays inside, and no real page has the mark."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from odd17.core.kernel import FICTITIOUS_DATA
from odd17.store.releases import Release
from odd17.workflows.build_release import build_release

PAGES = (
    "/", "/recherche/?q=rennes", "/territoires/REG-53-bretagne/", "/domaines/", "/domaines/emploi/",
    "/cartes/REG/employment/", "/indicateurs/", "/indicateurs/population/", "/couverture/", "/schemas/",
    "/comparer/?avec=REG-53&avec=REG-11", "/methode/", "/et-si/", "/donnees/", "/publications/", "/a-propos/", "/api/",
    "/signaler-une-erreur/?page=/demonstration/", "/nulle-part/",
)  # fmt: skip
ANSWERS = (
    "/api/v1/domains", "/api/v1/release", "/api/v1/releases", "/api/v1/territories?q=rennes",
    "/api/v1/territories/REG-53/diagnosis", "/api/v1/territories/NOWHERE", "/api/v1/method/metropolitan_regions",
)  # fmt: skip
FILES = (
    "/fichiers/REG.csv", "/fichiers/diagnostics/REG-53/csv", "/fichiers/diagnostics/REG-53/tableur-fr",
    "/fichiers/cartes/REG/employment.svg", "/fichiers/profils/REG-53.svg",
)  # fmt: skip


@pytest.fixture(scope="module")
def demonstration(site_home: Path) -> Iterator[Release]:
    """A release of the demonstration beside the real one."""
    home = site_home / "demonstration"
    yield build_release(home=home, figures=site_home, fictitious=True)
    shutil.rmtree(home)


def test_before_it_is_built_a_page_says_so(client: Client, site_home: Path) -> None:
    shutil.rmtree(site_home / "demonstration", ignore_errors=True)
    response = client.get("/demonstration/domaines/")
    assert response.status_code == 404
    assert "La démonstration n’est pas encore prête" in response.content.decode()
    assert "Données fictives" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_marked(client: Client, demonstration: Release, path: str, language: str) -> None:
    words = FICTITIOUS_DATA.in_language(language)
    path = path if language == "fr" else f"/en{path}"
    inside, real = client.get(f"/demonstration{path}"), client.get(path)
    assert inside.status_code == real.status_code
    text = inside.content.decode()
    assert f'<aside class="banner fictitious" aria-label="{words}">' in text
    assert re.search(rf"<title>[^<]* · odd17 · {words}</title>", text)
    assert inside.headers["X-Robots-Tag"] == "noindex"
    assert words not in real.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_every_link_stays_inside(client: Client, demonstration: Release, path: str) -> None:
    text = client.get(f"/demonstration{path}").content.decode()
    text = re.sub(r'<aside class="banner fictitious".*?</aside>', "", text, flags=re.DOTALL)  # leads back on purpose
    links = set(re.findall(r'(?:href|action|hx-get)="(/[^"]*)"', text))
    assert links
    assert {link for link in links if not link.startswith(("/demonstration/", "/static/"))} == set()


def test_drawings_on_a_page_are_marked(client: Client, demonstration: Release) -> None:
    for path in ("/territoires/REG-53-bretagne/", "/domaines/emploi/", "/"):
        drawings = re.findall(r"<svg[^>]*viewBox.*?</svg>", client.get(f"/demonstration{path}").content.decode())
        large = [drawing for drawing in drawings if len(drawing) > 5000]
        assert large, path
        assert all('class="watermark"' in drawing for drawing in large), path


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_of_the_api_is_marked(client: Client, demonstration: Release, path: str) -> None:
    inside = client.get(f"/demonstration{path}", headers={"Accept-Encoding": "gzip"})
    real = client.get(path)
    assert inside.status_code == real.status_code
    for document in inside.json() if isinstance(inside.json(), list) else [inside.json()]:
        assert next(iter(document.items())) == ("fictitious", True)
    assert b"fictitious" not in real.content
    assert inside.headers["X-Robots-Tag"] == "noindex"
    assert int(inside.headers["Content-Length"]) == len(inside.content)


@pytest.mark.parametrize("path", FILES)
def test_every_file_is_marked(client: Client, demonstration: Release, path: str) -> None:
    inside, real = (b"".join(client.get(prefix + path)) for prefix in ("/demonstration", ""))
    if path.startswith("/fichiers/REG"):
        inside, real = gzip.decompress(inside), gzip.decompress(real)
    assert "Données fictives".encode() in inside
    assert "Données fictives".encode() not in real


def test_the_releases_are_those_of_the_demonstration(client: Client, demonstration: Release) -> None:
    assert client.get("/demonstration/api/v1/release").json()["id"] == demonstration.id
    listed = client.get("/demonstration/api/v1/releases").json()
    assert [(item["id"], item["current"], item["prefix"]) for item in listed] == [
        (demonstration.id, True, f"/demonstration/r/{demonstration.id}")
    ]
    assert demonstration.id not in client.get("/api/v1/releases").content.decode()
    assert client.get(f"/r/{demonstration.id}/").status_code == 404
    assert client.get(f"/demonstration/r/{demonstration.id}/").status_code == 200
    page = client.get("/demonstration/publications/").content.decode()
    assert f"/demonstration/r/{demonstration.id}/" in page


@pytest.mark.parametrize("path", ["/admin/", "/atelier/", "/comptes/login/", "/en/atelier/"])
def test_what_writes_real_data_is_not_in_it(client: Client, demonstration: Release, path: str) -> None:
    assert client.get(f"/demonstration{path}").status_code == 404


def test_its_address_without_the_last_slash(client: Client, demonstration: Release) -> None:
    response = client.get("/demonstration")
    assert (response.status_code, response.headers["Location"]) == (301, "/demonstration/")


def test_search_engines_are_kept_out(client: Client) -> None:
    assert "Disallow: /demonstration/\n" in client.get("/robots.txt").content.decode()
