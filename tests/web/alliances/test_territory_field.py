"""A territory in a form: its name is shown and read back; those that share a name are told apart."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html.unescape(page))
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("id", "typed"),
    [
        ("REG-53", "Bretagne"),
        ("COM-35238", "Rennes"),
        ("EPCI-243500139", "Rennes Métropole"),
        ("COM-93066", "COM-93066 Saint-Denis"),
        ("DEP-974", "DEP-974 La Réunion"),
        ("NOWHERE", "NOWHERE"),
    ],
)
def test_a_form_shows_a_name_that_is_read_back_as_the_same_place(ally: Any, id: str, typed: str) -> None:
    officer = ally("one")
    page = officer.get(f"/alliances/nouvelle/?territoire={id}")
    assert value(page, "territory") == typed
    if id != "NOWHERE":
        path = officer.begin(territory=typed)
        assert value(officer.get(f"{path}but/"), "territory") == typed


def test_places_that_share_a_name_are_told_apart_in_words(ally: Any) -> None:
    told = {**ally("one").PURPOSE, "territory": "Saint-Denis", "organisation": "A", "kind": "association"}
    page = html.unescape(ally("two").post("/alliances/nouvelle/", 422, **told).content.decode())
    assert "COM-93066 Saint-Denis (Seine-Saint-Denis)" in page
    assert "COM-97411 Saint-Denis (La Réunion)" in page
    assert value(page, "territory") == "Saint-Denis"


def test_the_list_of_calls_keeps_the_name_that_was_asked(client: Any) -> None:
    assert value(client.get("/appels/?territoire=REG-53").content.decode(), "territoire") == "Bretagne"
    reply = client.get("/appels/?territoire=Saint-Denis")
    assert reply.status_code == 422
    assert "COM-93066 Saint-Denis (Seine-Saint-Denis)" in html.unescape(reply.content.decode())


def test_nobody_is_preset_as_an_association(ally: Any) -> None:
    officer = ally("one")
    page = officer.get("/alliances/nouvelle/")
    kinds = re.search(r'<select name="kind".*?</select>', page, re.S)
    assert kinds is not None
    assert re.search(r'<option value=""[^>]*selected', kinds[0])
    told = {**officer.PURPOSE, "organisation": "A", "kind": ""}
    assert "Type d’acteur" in html.unescape(officer.post("/alliances/nouvelle/", 422, **told).content.decode())


def test_a_call_says_which_of_several_places_of_one_name_it_is_about(ally: Any, client: Any) -> None:
    officer = ally("one")
    path = officer.begin()
    call = {
        "title": "Cherche un local", "need": "Un local.", "signed": "Nous", "territory": "COM-93066 Saint-Denis",
        "domains": ["education"], "kinds": [], "once": "w" * 20,
        "until": (timezone.localdate() + timedelta(9)).isoformat(),
    }  # fmt: skip
    officer.post(f"{path}appels/nouveau/", **call)
    page = html.unescape(client.get("/appels/").content.decode())
    assert "Saint-Denis (Seine-Saint-Denis)" in page
    found = re.search(r'href="(/appels/\d+/)"', page)
    assert found is not None
    assert "Saint-Denis (Seine-Saint-Denis)" in html.unescape(client.get(found[1]).content.decode())
    printed = PdfReader(io.BytesIO(client.get(f"{found[1]}appel.pdf").content)).pages[0].extract_text()
    for words in ("Cherche un local", "Saint-Denis (Seine-Saint-Denis)", found[1]):
        assert words in printed
    assert client.get(f"{found[1]}appel.docx").content[:2] == b"PK"
    assert client.get("/appels/999999/appel.pdf").status_code == 404
