"""Addresses that last, addresses that are wrong, and hostile ones."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/territoires/REG-53/", "/territoires/REG-53-bretagne/"),
        ("/territoires/REG-53-armorique/", "/territoires/REG-53-bretagne/"),
        ("/territoires/35238/", "/territoires/COM-35238-rennes/"),
        ("/territoires/ille-et-vilaine/", "/territoires/DEP-35-ille-et-vilaine/"),
        ("/en/territoires/REG-53/", "/en/territoires/REG-53-bretagne/"),
    ],
)
def test_a_wrong_name_leads_to_the_right_address(client: Client, asked: str, right: str) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, right)


def test_an_ambiguous_code_offers_the_choice(client: Client) -> None:
    response = client.get("/territoires/53/")
    page = response.content.decode()
    assert response.status_code == 300
    assert 'href="/territoires/REG-53-bretagne/"' in page
    assert 'href="/territoires/DEP-53-mayenne/"' in page


@pytest.mark.parametrize("asked", ["bretagn", "REG-99-nulle-part", "rennnes", "XYZ-1"])
def test_an_unknown_territory_is_a_404_with_suggestions(client: Client, asked: str) -> None:
    response = client.get(f"/territoires/{asked}/")
    assert response.status_code == 404
    assert "Territoire inconnu" in response.content.decode()
    if asked == "bretagn":
        assert "/territoires/" in response.content.decode().split("Vouliez-vous dire")[1]


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("REG-99-bretagn", "REG-53-bretagne"),
        ("COM-99999-rennnes", "COM-35238-rennes"),
        ("rennnes", "COM-35238-rennes"),
    ],
)
def test_suggestions_come_from_the_name_in_the_address_too(client: Client, asked: str, near: str) -> None:
    assert f'href="/territoires/{near}/"' in client.get(f"/territoires/{asked}/").content.decode()


@pytest.mark.parametrize("path", ["/nulle-part/", "/domaines/zzz/", "/indicateurs/zzz/", "/domaines/emploi/?pairs=zzz"])
def test_what_does_not_exist_is_a_404_with_a_way_on(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert 'role="search"' in response.content.decode()


HOSTILE = [
    "<script>alert(1)</script>",
    "\x00",
    "a\x00b",
    "x" * 10_000,
    "'; DROP TABLE--",
    "../../etc/passwd",
    "%2e%2e",
    "{{7*7}}",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("path", ["/recherche/", "/recherche/suggestions/"])
def test_hostile_searches_are_escaped_and_answered(client: Client, path: str, text: str) -> None:
    response = client.get(path, {"q": text, "box": text})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in page
    assert "\x00" not in page
    assert len(page) < 30_000


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_in_other_places_are_refused_politely(client: Client, text: str) -> None:
    for response in (
        client.get("/comparer/", {"t": [text, "REG-53"]}),
        client.get("/api/v1/territories", {"q": text}),
        client.get("/signaler-une-erreur/", {"page": text, "figure": text}),
    ):
        assert response.status_code in (200, 400, 422)
        assert "<script>alert" not in response.content.decode() or response.headers["Content-Type"].startswith(
            "application/json"
        )


@pytest.mark.parametrize(
    "path",
    [
        "/territoires/%3Cscript%3Ealert(1)%3C/script%3E/",
        "/territoires/%00/",
        "/territoires/REG-53%00/",
        f"/territoires/{'x' * 10_000}/",
        "/domaines/%00/",
        "/r/%00/",
        "/r/../../",
        "/fichiers/../settings.csv",
        "/fichiers/diagnostics/%00/csv",
        "/fichiers/cartes/REG/..%2f..%2fx.svg",
    ],
)
def test_hostile_addresses_are_404(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()


def test_search_goes_straight_to_the_only_answer(client: Client) -> None:
    response = client.get("/recherche/", {"q": "42218"})
    assert (response.status_code, response.headers["Location"]) == (302, "/territoires/COM-42218-saint-etienne/")


@pytest.mark.parametrize("asked", ["Béon", "beon", "01039"])
def test_a_former_commune_is_found_and_said_to_be_one(client: Client, asked: str) -> None:
    # Culoz-Béon alone answers to the name too: the page is shown all the same, for it says what became of Béon
    page = client.get("/recherche/", {"q": asked}).content.decode()
    assert "Béon, ancienne commune, aujourd’hui Culoz-Béon" in page
    assert '<a href="/territoires/COM-01138-culoz-beon/">Béon' in page
    suggested = client.get("/recherche/suggestions/", {"q": asked, "box": "hero"}).content.decode()
    assert "ancienne commune, aujourd’hui Culoz-Béon" in suggested
    assert 'id="o-hero-f1"' in suggested
    english = client.get("/en/recherche/", {"q": asked}).content.decode()
    assert "Béon, former commune, today Culoz-Béon" in english


@pytest.mark.parametrize("address", ["COM-01039-beon", "COM-01039", "01039"])
def test_the_address_of_a_former_commune_says_where_it_is(client: Client, address: str) -> None:
    answer = client.get(f"/territoires/{address}/")
    assert answer.status_code == 404
    assert "Béon, ancienne commune, aujourd’hui Culoz-Béon" in answer.content.decode()


@pytest.mark.parametrize("text", ["saint etienne", "st-étienne", "SAINT-ETIENNE"])
def test_suggestions_find_saint_etienne_first(client: Client, text: str) -> None:
    page = client.get("/recherche/suggestions/", {"q": text, "box": "hero"}).content.decode()
    assert 'role="listbox" id="l-hero"' in page
    assert page.index("/territoires/COM-42218-saint-etienne/") == page.index("/territoires/")


def test_an_error_nobody_foresaw_is_a_page_that_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(release: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("odd17.web.pages.views.data.data_page", broken)
    response = client.get("/donnees/?not-kept")
    assert response.status_code == 500
    assert "de notre côté" in response.content.decode()
    assert "on purpose" not in response.content.decode()
