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
