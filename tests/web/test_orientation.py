"""« Par où commencer ? » and the reading thread, as a reader who is signed out meets them."""

from __future__ import annotations

import html
from itertools import product

import pytest
from django.test import Client

from odd17.core.resources.orientation import audiences, cells, maturities, objectives, orientation
from odd17.core.resources.spine import spine


def body(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return html.unescape(str(response.content.decode())).split("<main")[1].split("</main>")[0]


def test_every_combination_gives_the_three_cells_of_its_audience_in_order(client: Client) -> None:
    for who, aim, reached in product(audiences(), objectives(), maturities()):
        page = body(client, f"/par-ou-commencer/?profil={who.slug}&but={aim.slug}&etape={reached.slug}")
        told = [placed.cell.text.fr for placed in orientation(who.id, aim.id, reached.id)]
        places = [page.index(text) for text in told]
        assert places == sorted(places)
        assert page.count("<article") == 3


def test_the_reason_of_the_order_is_said(client: Client) -> None:
    page = body(client, "/par-ou-commencer/?profil=territoires&but=agir&etape=decouverte")
    assert "En premier, car vous avez dit\u202f: «\xa0Agir dès maintenant\xa0»." in page
    assert "Ensuite, car vous avez dit\u202f: «\xa0Nous découvrons le sujet\xa0»." in page


def test_the_address_keeps_the_answer_and_the_form_shows_it(client: Client) -> None:
    page = body(client, "/par-ou-commencer/?profil=organisations&but=agir")
    assert page.count("checked") == 2
    assert "checked" not in body(client, "/par-ou-commencer/")
    assert "<article" not in body(client, "/par-ou-commencer/")


def test_a_territory_brings_its_own_priorities(client: Client) -> None:
    page = body(client, "/par-ou-commencer/?profil=territoires&territoire=Bretagne")
    assert "Bretagne" in page
    assert "/domaines/" in page
    assert "/territoires/REG-53-bretagne" in page


@pytest.mark.parametrize("name", ["Nulle-Part-sur-Rien", "75", "<script>alert(1)</script>"])
def test_a_name_that_is_no_single_territory_is_said_with_what_it_may_mean(client: Client, name: str) -> None:
    response = client.get("/par-ou-commencer/", {"profil": "territoires", "territoire": name})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("query", ["?profil=personne", "?profil=&but=%00", "?but=agir", "?profil=a&profil=b"])
def test_what_is_not_known_is_left_out(client: Client, query: str) -> None:
    assert "<article" not in body(client, f"/par-ou-commencer/{query}")


def test_it_stands_in_english_too(client: Client) -> None:
    page = body(client, "/en/par-ou-commencer/?profil=collectivites&but=agir")
    assert all(cell.text.en in page for cell in cells("local_authorities"))
    assert "First, since you said: “Act now”." in page


def test_the_thread_is_walked_both_ways(client: Client) -> None:
    steps = spine()
    whole = body(client, "/fil/")
    for step in steps:
        assert f"/fil/{step.slug}/" in whole
        page = body(client, f"/fil/{step.slug}/")
        assert step.text.fr in page
        assert all(reading.title in page for reading in step.reading)
        assert ('rel="prev"' in page) == (step.place > 1)
        assert ('rel="next"' in page) == (step.place < len(steps))
    assert "Conflits" in whole
    assert "Nouveaux modèles de financement" in whole


def test_an_unknown_step_is_not_found(client: Client) -> None:
    assert client.get("/fil/nulle-part/").status_code == 404
