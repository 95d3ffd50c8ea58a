"""The directory of catalysts: what the report cites, where, and silence that is never taken for absence."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from odd17.store.cited_catalysts import read_cited_catalysts


def body(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return html.unescape(str(response.content.decode())).split("<main")[1].split("</main>")[0]


def test_every_cited_catalyst_has_its_entry_which_says_that_it_is_cited(client: Client) -> None:
    page = body(client, "/catalyseurs/")
    for one in read_cited_catalysts().catalysts:
        assert one.name in page
        entry = body(client, f"/catalyseurs/{one.id}/")
        assert "à revendiquer" in entry
        assert all(source in entry for source in one.sources)


def test_the_worked_example_shows_eight_third_places_and_asserts_no_gap(client: Client) -> None:
    page = body(client, "/catalyseurs/?territoire=DEP-94")
    assert "(8)" in page.split('id="found"')[1].split("</section>")[0]
    matrix = page.split('id="coverage"')[1]
    assert "<td>personne</td>" not in matrix
    assert "peut-être" in matrix


def test_nobody_known_is_no_absence(client: Client) -> None:
    matrix = body(client, "/catalyseurs/").split('id="coverage"')[1]
    assert matrix.count("personne de connu</td>") > 40
    assert ">personne<" not in matrix


def test_a_trade_and_a_territory_narrow_and_the_address_keeps_them(client: Client) -> None:
    every = body(client, "/catalyseurs/")
    some = body(client, "/catalyseurs/?metier=accompagnement")
    slugs = re.findall(r'<option value="([\w-]+)"', every)
    assert len(slugs) == 4
    one = body(client, f"/catalyseurs/?metier={slugs[0]}&territoire=Bretagne")
    assert f'value="{slugs[0]}" selected' in one
    assert 'value="REG-53"' in one
    assert some


@pytest.mark.parametrize("name", ["Nulle-Part-sur-Rien", "<script>alert(1)</script>"])
def test_a_name_that_is_no_territory_is_said(client: Client, name: str) -> None:
    reply = client.get("/catalyseurs/", {"territoire": name})
    assert reply.status_code == 422
    assert "<script>alert" not in reply.content.decode()


def test_an_entry_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/catalyseurs/nobody/").status_code == 404


def test_it_stands_in_english_too(client: Client) -> None:
    assert "Territorial catalysts" in body(client, "/en/catalyseurs/")
