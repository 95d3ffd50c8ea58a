"""The page "what if": the address holds every choice."""

from __future__ import annotations

import pytest
from django.test import Client


def test_without_any_choice_nothing_moves(client: Client) -> None:
    response = client.get("/et-si/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Aucun rang ne bouge" in page
    assert "exercice sur les\xa06" in page.replace("les 6", "les\xa06")
    assert 'name="employment" value="1"' in page


def test_an_address_gives_the_same_page_again(client: Client) -> None:
    address = "/et-si/?pairs=REG-metropolitan&echelle=rank&moyenne=geometric&employment=0&culture=2,5&social=0.5"
    first = client.get(address).content.decode()
    assert client.get(address).content.decode() == first
    assert 'name="culture" value="2,5"' in first
    assert "▲" in first
    assert "▼" in first
    english = client.get("/en" + address).content.decode()
    assert "The largest moves" in english


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("culture=beaucoup", "Le poids de"),
        ("culture=-1", "Le poids de"),
        ("culture=nan", "Le poids de"),
        ("culture=1e9", "Le poids de"),
        ("echelle=percentile", "inconnue"),
        ("moyenne=%3Cscript%3E", "inconnue"),
        ("pairs=COM", "Aucun indicateur"),
        ("pairs=nowhere", "Aucun indicateur"),
        ("economic=0&social=0&societal=0&environmental=0", "rien à peser"),
    ],
)
def test_choices_that_make_no_index_are_said(client: Client, query: str, said: str) -> None:
    response = client.get(f"/et-si/?{query}")
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert "<script>" not in page


def test_every_rank_can_be_taken_away_with_the_address_that_gives_it_again(client: Client) -> None:
    query = "pairs=REG-metropolitan&echelle=rank&moyenne=geometric&culture=2.5&employment=0"
    page = client.get(f"/et-si/?{query}").content.decode()
    address = f"/fichiers/et-si/csv?{query}"
    assert address.replace("&", "&amp;") in page
    rows = client.get(address).content.decode().splitlines()
    assert len(rows) == 14  # the header and the 13 metropolitan regions
    assert rows[0].startswith("territory,territory_name,rank_before,rank_after,move,rank_low,rank_high,beyond")
    assert "ne donne pas d’intervalle pour cet indice" in page  # six domains only: no whole index is published
    for wrong in ("culture=x", "pairs=nowhere", "economic=0&social=0&societal=0&environmental=0"):
        assert client.get(f"/fichiers/et-si/csv?{wrong}").status_code == 404
