"""The page of search, the files to take away, the suggestions, and the API of practices."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

_NOW = datetime(2026, 3, 1, tzinfo=UTC)


def model(name: str):
    return apps.get_model("practices", name)


def written(title: str, *, language: str = "fr", live: bool = True, **values):
    locale = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=language)[0]
    whole = {"title": title, "locale": locale, "live": live, "first_published_at": _NOW, "last_published_at": _NOW}
    return model("Practice").objects.create(**whole | values)


@pytest.fixture(scope="module", autouse=True)
def base(site_home: Path):
    """Twenty-five gardens in Rennes, and four practices that differ."""
    import os  # noqa: PLC0415

    before = os.environ.get("ODD17_HOME")
    os.environ["ODD17_HOME"] = str(site_home)
    model("Practice").objects.all().delete()
    for number in range(25):
        written(f"Jardin partagé n° {number}", domains=["environment"], territories=["COM-35238"])
    told = written(
        "Une école <b>mutualisée</b>",
        summary="Trois communes partagent une école.",
        domains=["education"],
        goals=["4"],
        territories=["COM-35238", "DEP-22"],
        alliance_type="consortium",
        begun=date(2019, 1, 1),
        checked=timezone.localdate(),
    )
    model("PracticeImpact").objects.create(practice=told, impact="trust", claim="On se parle.", proof="measured")
    model("PracticePartner").objects.create(practice=told, name="=cmd|' /C calc'!A0", kind="association")
    model("PracticeContact").objects.create(practice=told, name="Zoé Inventée", email="z@example.org", consented=_NOW)
    written(
        "Une recyclerie citée", cited=True, territories=["COM-87085"], first_published_at=_NOW - timedelta(days=900)
    )
    written("A school of repairing", language="en")
    written("Un brouillon d’école", live=False)
    call_command("practices_index", whole=True, done=lambda _count: None)
    yield
    model("Practice").objects.all().delete()
    if before is not None:
        os.environ["ODD17_HOME"] = before


def text_of(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status, address
    return re.sub(r"[\u202f\xa0]", " ", page.content.decode())


def test_all_public_practices_are_listed_page_after_page(client: Client) -> None:
    first, second = text_of(client, "/pratiques/"), text_of(client, "/pratiques/?page=2")
    assert "28 pratiques" in first
    assert first.count("<h3><a href=") + second.count("<h3><a href=") == 28
    assert "brouillon" not in first + second
    assert 'aria-current="page"' in second
    assert "Il n’y a pas de telle page" in text_of(client, "/pratiques/?page=400")


def test_what_is_found_is_marked_and_escaped_and_says_its_proof_place_and_date(client: Client) -> None:
    text = text_of(client, "/pratiques/?q=ecole")
    assert "Une <mark>école</mark> &lt;b&gt;mutualisée&lt;/b&gt;" in text
    for said in ("Rennes, Côtes-d&#x27;Armor", "2019", "Consortium", "mesurée"):
        assert said in text
    assert "non vérifiée depuis deux ans" not in text


def test_cited_and_stale_practices_are_marked(client: Client) -> None:
    text = text_of(client, "/pratiques/?q=recyclerie")
    assert "citée, à compléter" in text
    assert "non vérifiée depuis deux ans" in text
    assert "Aucune preuve dite" in text


def test_filters_combine_in_the_address_and_are_removed_one_by_one(client: Client) -> None:
    text = text_of(client, "/pratiques/?q=jardin&domaine=environment&territoire=DEP-35")
    assert "25 pratiques" in text
    assert 'href="/pratiques/?q=jardin&amp;territoire=DEP-35"' in text
    assert 'href="/pratiques/?q=jardin&amp;domaine=environment"' in text
    assert "Rennes Métropole" in text  # the tree opens under the département
    assert "noindex" in client.get("/pratiques/?domaine=environment").headers["X-Robots-Tag"]
    assert "X-Robots-Tag" not in client.get("/pratiques/").headers


def test_nothing_found_says_how_to_widen(client: Client) -> None:
    text = text_of(client, "/pratiques/?q=ecole&domaine=environment")
    assert "0 pratique" in text
    assert 'href="/pratiques/?q=ecole"' in text
    assert "toutes les pratiques" in text


def test_a_word_corrected_is_said(client: Client) -> None:
    assert "Aucune pratique n’a le mot « recylerie »" in text_of(client, "/pratiques/?q=recylerie")


def test_nearness_takes_a_name_and_says_where_a_name_is_not_one(client: Client) -> None:
    near = text_of(client, "/pratiques/?tri=proximite&pres=Limoges")
    assert near.index("recyclerie") < near.index("Jardin partagé")
    assert "<li>sur place</li>" in near
    assert re.search(r"<li>à 3[0-9]{2} km</li>", near)
    assert "à vol d’oiseau" in near
    for typed in ("Saint-Martin", "nulle part au monde", "x" * 5000, "(", "35"):
        text_of(client, f"/pratiques/?tri=proximite&pres={typed}")
    assert "n’est pas le nom d’un seul territoire" in text_of(client, "/pratiques/?pres=nullepart")


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 3000, "q=AND+OR+(", "q=😀", "q=%00%ff", "q=%22%22", "page=-1", "page=9999999999999", "page=abc",
        "domaine=nimporte&domaine=quoi", "territoire=COM-00000", "territoire=<script>", "tri=x", "langue=zz",
        "annee=abcd", "preuve=" + "x" * 3000, "tri=proximite", "tri=preuve", "tri=date&q=jardin",
        "&".join(f"domaine=d{n}" for n in range(200)), "territoire=FR", "q=*", "q=a:b^2~3",
    ],
)  # fmt: skip
def test_no_address_breaks_the_page(client: Client, query: str) -> None:
    for address in ("/pratiques/", "/en/pratiques/", "/pratiques/fichier/csv/", "/pratiques/suggestions/"):
        page = client.get(f"{address}?{query}")
        assert page.status_code == 200, address
        assert b"<script>," not in page.content


def test_the_map_counts_and_says_that_it_measures_nothing(client: Client) -> None:
    text = text_of(client, "/pratiques/")
    assert "ne mesure pas" in text
    assert 'aria-label="Bretagne : 26"' in text
    assert "/pratiques/?territoire=REG-53" in text
    assert 'aria-label="Ille-et-Vilaine : 26"' in text_of(client, "/pratiques/?territoire=REG-53")


def test_english(client: Client) -> None:
    text = text_of(client, "/en/pratiques/?q=schools")
    assert "1 practice" in text
    assert "A <mark>school</mark> of repairing" in text
    assert '<li lang="en">' in text


def test_suggestions(client: Client) -> None:
    text = text_of(client, "/pratiques/suggestions/?q=jardin+par")
    assert "jardin partagé" in text
    assert 'role="option"' in text
    assert text_of(client, "/pratiques/suggestions/?q=").strip() == ""


def rows(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode())))


def test_the_practices_found_as_a_file_with_the_fields_chosen(client: Client) -> None:
    every = rows(client, "/pratiques/fichier/csv/?q=jardin&champ=title&champ=territories&champ=nimporte")
    assert len(every) == 25
    assert set(every[0]) == {"title", "territories"}
    assert every[0]["territories"] == "Rennes"
    (one,) = rows(client, "/pratiques/fichier/csv/?q=communes")
    assert "contact" not in one
    assert one["partners"].startswith("'=cmd")  # no formula
    (named,) = rows(client, "/pratiques/fichier/csv/?q=communes&champ=contact&champ=impacts")
    assert named["contact"] == "Zoé Inventée"
    assert named["impacts"] == "Confiance : On se parle. (Mesurée)"


def test_other_formats(client: Client) -> None:
    whole = json.loads(client.get("/pratiques/fichier/json/?q=communes").content)
    assert whole["count"] == 1
    assert whole["practices"][0]["title"] == "Une école <b>mutualisée</b>"
    assert ZipFile(io.BytesIO(client.get("/pratiques/fichier/xlsx/").content)).testzip() is None
    assert client.get("/pratiques/fichier/tableur-fr/").content.startswith(b"\xef\xbb\xbfNum")
    assert client.get("/pratiques/fichier/pdf/").status_code == 404


def test_the_search_of_the_site_shows_practices_too(client: Client) -> None:
    text = text_of(client, "/recherche/?q=partage")
    assert "/pratiques/?q=partage" in text
    assert "<mark>partagé</mark>" in text


def test_the_api_searches_and_gives_one(client: Client) -> None:
    found = client.get("/api/v1/practices?q=ecole&lang=en").json()
    (practice,) = found["practices"]
    assert found["total"] == 1
    assert found["facets"]["territory"]["DEP-35"] == 1
    assert practice["impacts"][0]["proof"] == {"id": "measured", "name": "Measured"}
    assert practice["family"]["id"] == "economic_cooperation"
    assert client.get(f"/api/v1/practices/{practice['id']}?lang=en").json() == practice
    assert client.get(practice["path"]).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("practices?page=0", 422),
        ("practices?limit=1000", 422),
        ("practices?sort=nearness", 400),
        ("practices?sort=nearness&near=nulle-part-au-monde", 404),
        ("practices?sort=nearness&near=Rennes", 200),
        ("practices?q=" + "a" * 301, 422),
        ("practices?q=(AND", 200),
        ("practices?domain=nimporte", 200),
        ("practices/0", 404),
        ("practices/9999999999999999999999", 404),
        ("practices/abc", 422),
    ],
)
def test_the_api_says_what_is_wrong(client: Client, address: str, status: int) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/json")


def test_a_draft_is_found_nowhere(client: Client) -> None:
    draft = model("Practice").objects.get(live=False)
    assert client.get(f"/api/v1/practices/{draft.pk}").status_code == 404
    assert "brouillon" not in client.get("/api/v1/practices?q=brouillon").content.decode()


def test_a_contact_withdrawn_leaves_the_api_and_the_files(client: Client) -> None:
    number = client.get("/api/v1/practices?q=ecole").json()["practices"][0]["id"]
    assert client.get(f"/api/v1/practices/{number}").json()["contact"] == "Zoé Inventée"
    contact = model("PracticeContact").objects.get()
    contact.delete()
    try:
        assert client.get(f"/api/v1/practices/{number}").json()["contact"] is None
        (row,) = rows(client, "/pratiques/fichier/csv/?q=communes&champ=contact")
        assert row["contact"] == ""
    finally:
        contact.save(force_insert=True)


def test_an_index_that_cannot_be_built_at_once_is_said(
    client: Client, site_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys  # noqa: PLC0415

    followed = sys.modules["odd17.web.practices.followed_index"]
    monkeypatch.setattr(followed, "_AT_ONCE", 3)
    monkeypatch.setattr(followed.FollowedIndex, "_beside", lambda _self: None)
    shutil.rmtree(site_home / "search")
    try:
        page = client.get("/pratiques/?q=jardin")
        assert page.status_code == 503
        assert "La recherche se prépare" in page.content.decode()
        assert client.get("/pratiques/fichier/csv/").status_code == 503
        assert client.get("/pratiques/suggestions/?q=jar").status_code == 200
        assert client.get("/recherche/?q=partage").status_code == 200
        assert client.get("/api/v1/practices").json()["error"] == "search_unavailable"
    finally:
        call_command("practices_index", whole=True, done=lambda _count: None)
    assert client.get("/pratiques/?q=jardin").status_code == 200
