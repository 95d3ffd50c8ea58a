"""Evidence is linked both ways: what a public programme cites says so, and what is private says nothing."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

TITLE = "Plan climat cité"
HEADING = "Cité par des programmes"


def kept(app: str, name: str) -> Any:
    return apps.get_model(app, name).objects


@pytest.fixture
def editor(site_home: object) -> Iterator[Client]:
    account = get_user_model().objects.create_user("runs-cites", "runs-cites@example.org", "x")
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    yield client
    kept("programmes", "Programme").all().delete()
    account.delete()
    caches["default"].clear()


@pytest.fixture
def practice(site_home: object) -> Iterator[Any]:
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    made = kept("practices", "Practice").create(
        title="Un verger partagé", locale=locale, live=True, first_published_at=now, last_published_at=now
    )
    yield made
    made.delete()


@pytest.fixture
def card(site_home: object) -> Iterator[Any]:
    """An alliance whose card stands."""
    account = get_user_model().objects.create_user("runs-allied", "runs-allied@example.org", "x")
    made = kept("alliances", "Alliance").create(
        title="L’eau ensemble", need="De l’eau", territory="COM-35238", domains=["education"],
        alliance_type="consortium", begun=date(2024, 1, 1),
    )  # fmt: skip
    partner = kept("alliances", "Partner").create(
        alliance=made, name="La ville", kind="local_authority", joined=date(2024, 1, 1), agrees=True
    )  # fmt: skip
    kept("alliances", "Person").create(partner=partner, account=account)
    yield made
    made.delete()
    account.delete()


def seen(client: Client, address: str) -> str:
    reply = client.get(address, follow=True)
    assert reply.status_code == 200, address
    return html.unescape(reply.content.decode())


def begun(editor: Client, evidence: str, status: int = 302) -> Any:
    text = f'numéro;mesure;dimension;preuves\n1;Planter;Vert;"{evidence}"\n2;Compter;Vert;\n'
    form = {"title": TITLE, "day": "2024-01-31", "mention": "La ville"}
    reply = editor.post("/programmes/nouveau/", form | {"file": SimpleUploadedFile("plan.csv", text.encode())})
    assert reply.status_code == status, html.unescape(reply.content.decode())[-3000:]
    return reply


def test_a_practice_a_card_and_an_indicator_say_which_public_programmes_cite_them(
    editor: Client, client: Client, practice: Any, card: Any
) -> None:
    indicator = client.get("/api/v1/indicators").json()[0]["id"]
    cited = [f"/pratiques/{practice.pk}-x/", f"/alliances/{card.pk}/carte/", f"/indicateurs/{indicator}/"]
    desk = begun(editor, " ; ".join(cited)).headers["Location"]
    pages = [practice.get_absolute_url(), *cited[1:]]
    for page in pages:
        assert HEADING not in seen(editor, page), page  # private still, even to who runs it
    editor.post(f"{desk}publier/")
    for page in pages:
        told = seen(client, page)
        assert TITLE in told, page
        assert f'href="{desk.removesuffix("gerer/")}mesures/1/"' in told, page
    practice.live = False
    practice.save()
    assert "une pratique qui n’est pas publique" in seen(client, f"{desk.removesuffix('gerer/')}mesures/1/")


def test_the_demonstration_cites_nothing_real(site_home: object) -> None:
    from odd17.web.programmes.templatetags.programmes import cited_by_programmes  # noqa: PLC0415 - Django is set up

    shown = SimpleNamespace(demonstration=True)
    assert cited_by_programmes({"request": shown}, "indicator", "x") == {}
    assert cited_by_programmes({"request": SimpleNamespace(demonstration=False)}, "indicator", "x") == {"citations": ()}


def test_reviews_and_money_cite_too(editor: Client, client: Client, practice: Any) -> None:
    desk = begun(editor, "").headers["Location"]
    editor.post(f"{desk}publier/")
    address = f"/pratiques/{practice.pk}-x/"
    told = {"day": "2024-06-01", "version": "0", "level_2": "satisfactory", "evidence_2": address}
    review = editor.post(f"{desk}bilans/nouveau/", told).headers["Location"]
    assert HEADING not in seen(client, practice.get_absolute_url())  # a draft is nobody's
    assert editor.post(f"{review}publier/", {"version": "1"}).status_code == 302
    assert "mesures/2/" in seen(client, practice.get_absolute_url())
    amounts = f"montant;devise;année;étape;financeur;dispositif;source;effets\n5;EUR;2024;versé;A;B;budget;{address}\n"
    file = SimpleUploadedFile("money.csv", amounts.encode())
    assert editor.post(f"{desk}montants/", {"amounts": file, "version": "1"}).status_code == 302
    assert "un effet de son argent" in seen(client, practice.get_absolute_url())


def test_what_is_not_public_is_refused_when_it_is_given(editor: Client, practice: Any, card: Any) -> None:
    practice.private = True
    practice.save()
    kept("alliances", "Partner").filter(alliance=card).update(agrees=False)
    reply = begun(editor, f"/pratiques/{practice.pk}-x/ ; /alliances/{card.pk}/carte/ ; /indicateurs/aucun/", 422)
    page = html.unescape(reply.content.decode())
    assert page.count("ce site n’a pas cette page pour tout le monde") == 3
    assert not kept("programmes", "Programme").exists()
