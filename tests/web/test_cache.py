"""Pages by release: ETag and 304, older releases under their own prefix, the banner, the citation link."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from django.test import Client

from odd17.store import places
from odd17.store.releases import use
from odd17.workflows.build_release import build_release
from odd17.workflows.releases import current_release

REGION = "/territoires/REG-53-bretagne/"


@pytest.fixture
def two_releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """An older and the current release of a home of their own: the second has a stricter frame."""
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    first = build_release()
    frame = (places.shipped() / "frames" / "report-2019.yml").read_text(encoding="utf-8")
    stricter = tmp_path / "frame.yml"
    stricter.write_text(frame.replace("min_available: 0.8", "min_available: 0.9"), encoding="utf-8")
    second = build_release(frame=stricter)
    assert first.id != second.id
    return first.id, second.id


@pytest.mark.parametrize("path", ["/", REGION, "/domaines/emploi/", "/methode/", "/api/v1/domains", "/donnees/"])
def test_a_page_that_the_browser_has_is_a_304(client: Client, path: str) -> None:
    first = client.get(path)
    etag = first.headers["ETag"]
    again = client.get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert client.get(path, headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_the_etag_tells_languages_and_addresses_apart(client: Client) -> None:
    tags = {client.get(path).headers["ETag"] for path in (REGION, f"/en{REGION}", "/", f"{REGION}?x=1")}
    assert len(tags) == 4


def test_kept_and_fresh_pages_are_the_same_gzipped_or_not(client: Client) -> None:
    fresh = client.get(REGION)
    kept = client.get(REGION)
    packed = client.get(REGION, headers={"accept-encoding": "gzip"})
    assert fresh.content == kept.content == gzip.decompress(packed.content)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < 60_000


def test_pages_of_figures_set_no_cookie(client: Client) -> None:
    for path in ("/", REGION, "/recherche/?q=x", "/donnees/"):
        response = client.get(path)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_a_new_release_makes_new_pages(client: Client, two_releases: tuple[str, str]) -> None:
    older, current = two_releases
    before = client.get(REGION).headers["ETag"]
    use(older)
    assert client.get(REGION, headers={"if-none-match": before}).status_code == 200
    use(current)
    assert client.get(REGION, headers={"if-none-match": before}).status_code == 304


@pytest.mark.parametrize("path", ["/", REGION, f"/en{REGION}", "/domaines/emploi/", "/donnees/", "/recherche/?q=renn"])
def test_an_older_release_keeps_answering_and_says_so(client: Client, two_releases: tuple[str, str], path: str) -> None:
    older, current = two_releases
    response = client.get(f"/r/{older}{path}")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="banner"' in page
    assert f'<a href="{path}">' in page  # the same page with today's figures
    assert f'<link rel="canonical" href="http://localhost{path}">' in page
    assert f'href="/r/{older}/domaines/"' in page or f'href="/r/{older}/en/domaines/"' in page
    assert 'class="banner"' not in client.get(path).content.decode()
    assert 'class="banner"' not in client.get(f"/r/{current}{path}").content.decode()


def test_links_of_an_older_release_stay_in_it(client: Client, two_releases: tuple[str, str]) -> None:
    older, _ = two_releases
    page = client.get(f"/r/{older}/domaines/emploi/").content.decode()
    inside = page.split("<main")[1].split("</main>")[0]
    assert f'href="/r/{older}/territoires/REG-32-hauts-de-france/' in inside
    assert 'href="/territoires/' not in inside


def test_the_figures_of_an_older_release_are_its_own(client: Client, two_releases: tuple[str, str]) -> None:
    older, current = two_releases
    assert client.get(f"/r/{older}/api/v1/release").json()["id"] == older
    assert client.get("/api/v1/release").json()["id"] == current
    assert "80" in client.get(f"/r/{older}/methode/").content.decode()
    assert "90" in client.get("/methode/").content.decode().split("moins de")[1][:20]


def test_redirects_of_an_older_release_stay_in_it(client: Client, two_releases: tuple[str, str]) -> None:
    older, _ = two_releases
    response = client.get(f"/r/{older}/territoires/REG-53/")
    assert response.headers["Location"] == f"/r/{older}{REGION}"


def test_a_release_that_is_not_kept_is_a_404_that_says_so(client: Client) -> None:
    response = client.get("/r/2001-01-01-00000000/")
    assert response.status_code == 404
    assert "2001-01-01-00000000" in response.content.decode()


def test_the_citation_link_of_a_page_answers_with_the_same_figures(client: Client) -> None:
    page = client.get(REGION).content.decode()
    cited = f"/r/{current_release().id}{REGION}"
    assert f'<a href="{cited}">http://localhost{cited}</a>' in page
    assert client.get(cited).status_code == 200


def test_the_list_of_releases_says_what_changed(client: Client, two_releases: tuple[str, str]) -> None:
    older, current = two_releases
    page = client.get("/publications/").content.decode()
    assert page.index(current) < page.index(f'id="r-{older}"')
    assert "Le cadre (domaines, poids, seuils) a changé." in page
    assert "Aucun chiffre n’a changé." in page


def test_without_a_release_the_site_says_how_to_build_one(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    response = client.get("/")
    assert response.status_code == 503
    said = "Aucune publication n’a encore été construite. Commande\u00a0: odd17 release build"
    assert said in response.content.decode()
    assert "No release was built yet. Run: odd17 release build" in client.get("/en/").content.decode()
    assert client.get("/api/v1/release").json()["error"] == "release_unreadable"


@pytest.fixture
def other_forms(site_home: Path) -> Iterator[tuple[str, str]]:
    """A release of an older form, without the columns that came later, and one of a form that is not known yet."""
    shelf = site_home / "releases"
    current = current_release()
    ids = ("2001-01-01-0000000a", "2099-01-01-0000000b")
    for id, form in zip(ids, (None, 99), strict=True):
        shutil.copytree(current.path, shelf / id, dirs_exist_ok=True)
        manifest = {**current.manifest, "id": id, "format": form}
        if form is None:
            del manifest["format"]
        (shelf / id / "datapackage.json").write_text(json.dumps(manifest), encoding="utf-8")
    scores = shelf / ids[0] / "scores.parquet"
    pl.read_parquet(scores).drop("rank_low", "rank_median", "rank_high", "rank_overlaps").write_parquet(scores)
    yield ids
    for id in ids:
        shutil.rmtree(shelf / id)


def test_a_release_of_an_older_form_answers_and_one_of_a_newer_form_says_what_to_do(
    client: Client, other_forms: tuple[str, str]
) -> None:
    older, newer = other_forms
    for path in (REGION, "/domaines/emploi/", "/comparer/?t=REG-53&t=REG-52", "/indicateurs/unemployment_rate/"):
        assert client.get(f"/r/{older}{path}").status_code == 200
    response = client.get(f"/r/{newer}{REGION}")
    assert response.status_code == 503
    assert "a été construite par un odd17 plus récent (format 99" in response.content.decode()
