"""Alliances: begun, joined, promised, walked, judged; and everybody who must not see or change them."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

Ally = Any  # the class of the fixture ``ally``

PURPOSE = {
    "title": "Une cantine à plusieurs", "need": "Manger mieux sans jeter.", "territory": "REG-53",
    "domains": ["education"], "contract": "4", "collective": "5", "begun": "2024-02-29",
}  # fmt: skip


def kept(name: str) -> Any:
    return apps.get_model("alliances", name).objects


def today() -> Any:
    return timezone.localdate()


PAGES = (
    "", "but/", "inviter/", "engagements/", "dialogues/", "chemin/", "evaluations/",
)  # fmt: skip


def test_an_alliance_begins_from_a_priority(ally: Callable[[str], Ally]) -> None:
    page = ally("one").get("/alliances/nouvelle/?territoire=REG-53&domaine=education")
    assert 'name="territory" value="Bretagne"' in page
    assert re.search(r'value="education"[^>]*checked', page)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"territory": "Nulle Part Ailleurs"}, "Aucun territoire"),
        ({"domains": ["nothing"]}, "nothing"),
        ({"title": ""}, "Titre de l’alliance"),
        ({"begun": "2999-01-01"}, "commence aujourd’hui"),
        ({"contract": "9"}, "5"),
    ],
)
def test_what_a_purpose_may_not_be(ally: Callable[[str], Ally], change: dict[str, Any], words: str) -> None:
    told = {**PURPOSE, "organisation": "A", "kind": "association", **change}
    reply = ally("one").post("/alliances/nouvelle/", 422, **told)
    assert words in html.unescape(reply.content.decode())
    assert not kept("Alliance").exists()


def test_nobody_but_its_members_sees_an_alliance(
    three: tuple[str, Ally, Ally, Ally], ally: Callable[[str], Ally], client: Client
) -> None:
    path, officer, _director, _lead = three
    stranger = ally("stranger")
    stranger.post("/alliances/nouvelle/", **{**PURPOSE, "organisation": "B", "kind": "association"})
    for page in PAGES:
        officer.get(f"{path}{page}")
        stranger.get(f"{path}{page}", 404)
        assert client.get(f"{path}{page}").status_code == 302  # to sign in
    for act in ("partir/", "accord/", "pratique/", "but/", "chemin/", "dialogues/", "engagements/", "evaluations/"):
        stranger.post(f"{path}{act}", 404)
    number = kept("Partner").get(name="La commune").pk
    stranger.post(f"{path}partenaires/{number}/partir/", 404, why="x")
    stranger.get(f"{path}carte/", 404)
    assert "Une cantine" not in client.get("/recherche/?q=cantine").content.decode()
    assert PURPOSE["title"] not in " ".join(message.subject for message in mail.outbox)


def test_a_member_who_left_is_nobody_there_any_more(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, _officer, director, _lead = three
    director.post(f"{path}partir/")
    for page in PAGES:
        director.get(f"{path}{page}", 404)


def test_members_who_are_no_stewards_do_not_change_the_alliance(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    for page in ("but/", "inviter/", "evaluations/"):
        director.get(f"{path}{page}", 403)
    other = kept("Partner").get(name="L’entreprise")
    director.post(f"{path}partenaires/{other.pk}/partir/", 403, why="x")
    person = kept("Person").get(account=director.account)
    director.post(f"{path}personnes/{person.pk}/", 403, may="1")
    officer.post(f"{path}personnes/{person.pk}/", may="1")
    director.get(f"{path}but/")


def test_an_invitation_lets_one_person_in_once(
    three: tuple[str, Ally, Ally, Ally], ally: Callable[[str], Ally], client: Client
) -> None:
    path, officer, _director, _lead = three
    officer.post(f"{path}inviter/", email="x@example.org", partner=str(kept("Partner").get(name="La commune").pk))
    token = kept("Invitation").get(email="x@example.org").token
    one, two = ally("one"), ally("two")
    assert client.get(f"/alliances/rejoindre/{token}/").status_code == 302
    one.post(f"/alliances/rejoindre/{token}/")
    two.get(f"/alliances/rejoindre/{token}/", 404)
    two.post(f"/alliances/rejoindre/{token}/", 404)
    two.get("/alliances/rejoindre/guessed/", 404)
    assert kept("Person").get(account=one.account).partner.name == "La commune"


def test_an_organisation_is_in_an_alliance_once(
    three: tuple[str, Ally, Ally, Ally], ally: Callable[[str], Ally]
) -> None:
    path, officer, _director, _lead = three
    officer.post(f"{path}inviter/", email="x@example.org", partner="")
    token = kept("Invitation").get(email="x@example.org").token
    reply = ally("one").post(f"/alliances/rejoindre/{token}/", 422, organisation="La commune", kind="association")
    assert "déjà dans l’alliance" in html.unescape(reply.content.decode())
    assert kept("Invitation").get(email="x@example.org").used is None


def test_the_last_who_may_change_an_alliance_does_not_leave(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    officer.post(f"{path}partir/")
    officer.post(f"{path}partenaires/{kept('Partner').get(name='La commune').pk}/partir/", why="dissolved")
    assert "la dernière personne" in officer.get(path) or "Personne d’autre" in officer.get(path)
    person = kept("Person").get(account=director.account)
    officer.post(f"{path}personnes/{person.pk}/", may="1")
    officer.post(f"{path}partir/")
    officer.get(path, 404)


def test_two_who_change_the_purpose_at_once_lose_nothing(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    person = kept("Person").get(account=director.account)
    officer.post(f"{path}personnes/{person.pk}/", may="1")
    officer.post(f"{path}but/", version="1", **{**PURPOSE, "title": "La mienne"})
    reply = director.post(f"{path}but/", 409, version="1", **{**PURPOSE, "title": "La leur"})
    page = html.unescape(reply.content.decode())
    assert "La mienne" in page
    assert 'value="La leur"' in page
    assert kept("Alliance").get().title == "La mienne"
    director.post(f"{path}but/", version="2", **{**PURPOSE, "title": "La leur"})
    assert kept("Alliance").get().title == "La leur"


def test_a_public_card_stands_while_every_partner_agrees(three: tuple[str, Ally, Ally, Ally], client: Client) -> None:
    path, officer, director, lead = three
    for person in (officer, director):
        person.agree(path)
    assert client.get(f"{path}carte/").status_code == 404
    lead.agree(path)
    director.post(f"{path}engagements/", means="financial", what="5 000 euros secrets", due="2030-01-01")
    page = client.get(f"{path}carte/").content.decode()
    assert "Une cantine" in page
    assert "5 000 euros" not in page
    assert "ally-" not in page
    lead.agree(path, "0")
    assert client.get(f"{path}carte/").status_code == 404


def test_nobody_agrees_to_words_that_they_did_not_read(three: tuple[str, Ally, Ally, Ally], client: Client) -> None:
    path, officer, director, lead = three
    for person in (officer, director):
        person.agree(path)
    lead.agree(path, version="7")
    assert "ont changé depuis que vous les avez lus" in lead.get(path)
    assert client.get(f"{path}carte/").status_code == 404
    officer.post(f"{path}but/", version="1", **{**PURPOSE, "title": "Autre chose"})
    lead.agree(path)
    assert client.get(f"{path}carte/").status_code == 404  # the others have not read the new words
    for person in (officer, director):
        person.agree(path)
    assert client.get(f"{path}carte/").status_code == 200


def test_a_first_meeting_is_prepared_from_a_priority(client: Client) -> None:
    reply = client.get("/alliances/preparer-un-dialogue.pdf?territoire=REG-53&domaine=culture")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(reply.content)).pages)
    assert "Bretagne" in text
    assert "Qui inviter" in text
    assert client.get("/alliances/preparer-un-dialogue.docx?territoire=REG-53&domaine=culture").content[:2] == b"PK"
    for query in ("territoire=NOWHERE&domaine=culture", "territoire=REG-53&domaine=nothing", ""):
        assert client.get(f"/alliances/preparer-un-dialogue.pdf?{query}").status_code == 404


def test_a_practice_is_drafted_with_what_is_known_once(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, _director, _lead = three
    first = officer.post(f"{path}pratique/").headers["Location"]
    assert officer.post(f"{path}pratique/").headers["Location"] == first
    page = officer.get(f"{first}practice/")
    assert 'value="Une cantine à plusieurs"' in page
    assert "REG-53 Bretagne" in page
    assert "Bretagne" in officer.get(f"{first}relire/")
    apps.get_model("contributions", "Contribution").objects.filter(account=officer.account).delete()


def test_an_erased_person_leaves_the_act_without_the_name(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    director.post(f"{path}dialogues/", day=today().isoformat(), present="Nous", agenda="A", decisions="Une décision")
    from odd17.web.accounts.services import account_erase  # noqa: PLC0415 - needs the settings, there only now

    account_erase(account=director.account)
    page = officer.get(path)
    assert "Une décision" in page
    assert "une personne qui est partie" in page
    assert "ally-director" not in page


def test_words_are_escaped_everywhere(ally: Callable[[str], Ally]) -> None:
    one = ally("one")
    nasty = "<script>alert(1)</script>"
    told = {**PURPOSE, "title": nasty, "need": nasty, "organisation": nasty, "kind": "association"}
    path = one.post("/alliances/nouvelle/", **told).headers["Location"]
    reply = one.client.get(path).content.decode()
    assert nasty not in reply


def test_a_post_from_another_site_is_refused(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, _director, _lead = three
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.force_login(officer.account)
    assert strict.post(f"{path}partir/").status_code == 403
    officer.get(path)
