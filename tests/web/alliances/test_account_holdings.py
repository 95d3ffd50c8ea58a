"""The page of an account leads to everything of a person's, whichever app keeps it, and to nothing of others'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

TITLES = (
    "Vos propositions",
    "Vos alliances",
    "Vos auto-diagnostics",
    "Vos modules",
    "Vos demandes",
    "Vos fiches de l’annuaire des catalyseurs",
    "Vos réponses à des appels à partenaires",
    "Les programmes que vous tenez",
)


@pytest.fixture
def held(ally: Callable[[str], Any]) -> Iterator[tuple[Any, Any]]:
    """Somebody with one thing of every kind, and somebody with none."""
    officer, other = ally("officer"), ally("other")
    account, now = officer.account, timezone.now()
    path = officer.begin()
    officer.post("/auto-diagnostic/organisations/commencer/")
    officer.post("/apprendre/read-fragility/commencer/")
    named: dict[str, Any] = {"name": "Une personne", "email": "x@example.org", "confirmed": now}
    made = apps.get_model
    programme = made("programmes", "Programme").objects.create(title="Notre plan", definition={})
    call = made("calls", "Call").objects.create(alliance_id=int(path.split("/")[2]), title="Un appel", until=now.date())
    practice = made("practices", "Practice").objects.create(title="Une pratique", summary="…", live=False)
    rest = [
        made("resources", "AccessRequest").objects.create(
            account=account, service="mirror", need="…", once="h1", **named
        ),
        made("catalysts", "CatalystEntry").objects.create(
            account=account, address_confirmed=now, proposed={"name": "Un lieu"}
        ),
        made("contributions", "Contribution").objects.create(account=account, practice=practice, once="h3"),
        programme,
        practice,
    ]
    made("programmes", "Editor").objects.create(account=account, programme=programme, owner=True)
    made("calls", "CallAnswer").objects.create(call=call, account=account, text="Oui", once="h2", **named)
    yield officer, other
    for one in rest:
        one.delete()
    made("self_diagnosis", "Answering").objects.filter(account=account).delete()
    made("learning", "Progress").objects.filter(account=account).delete()


def test_all_that_a_person_holds_is_found_from_their_account(held: tuple[Any, Any]) -> None:
    page = held[0].get("/comptes/")
    assert [title for title in TITLES if f"<h2>{title}</h2>" not in page] == []
    main = page.partition('<main id="content"')[2].partition("</main>")[0]
    for address in re.findall(r'href="([^"#]+)"', main):
        if "/programmes/" not in address:  # this one has no measure at all, which no form lets in
            assert held[0].client.get(address).status_code in (200, 302), address


def test_nothing_of_others_is_there(held: tuple[Any, Any]) -> None:
    page = held[1].get("/comptes/")
    assert [title for title in TITLES if title in page] == []


def test_every_page_leads_to_the_account_and_is_the_same_for_everybody(held: tuple[Any, Any]) -> None:
    signed_in = held[0].get("/domaines/")
    held[0].client.logout()
    assert '<a href="/comptes/">Mon compte</a>' in signed_in
    assert signed_in == held[0].get("/domaines/")
