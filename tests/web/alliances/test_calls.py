"""Calls for partners: public until a day; their answers read by the alliance alone, decided once, erased when asked."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone

from odd17.web.accounts.signals import account_told

SECRET = "Nous apporterions trois cents repas."  # noqa: S105 - what nobody else reads


def kept(name: str) -> Any:
    return apps.get_model("calls", name).objects


def today() -> Any:
    return timezone.localdate()


def said(reply: Any) -> str:
    return html.unescape(reply.content.decode())


CALL = {
    "title": "Cherche cuisine", "need": "Une cuisine deux jours par semaine.", "signed": "La commune et ses voisins",
    "territory": "COM-35238", "domains": ["education"], "kinds": ["company"], "once": "x" * 20,
}  # fmt: skip


@pytest.fixture
def published(three: Any) -> tuple[str, str, Any, Any, Any]:
    """A call: its address in the workspace, its public address, the steward and two members."""
    path, officer, director, lead = three
    told = {**CALL, "until": (today() + timedelta(30)).isoformat()}
    inside = officer.post(f"{path}appels/nouveau/", **told).headers["Location"]
    mail.outbox.clear()
    return inside, f"/appels/{kept('Call').get().pk}/", officer, director, lead


@pytest.fixture
def answer(client: Any, stamp: Callable[[], str]) -> Callable[..., Any]:
    """Answer a call without an account."""

    def answered(public: str, status: int = 200, **changed: str) -> Any:
        told = {
            "name": "Camille Exemple", "organisation": "Les Fourneaux", "kind": "company",
            "email": "Camille@example.org", "text": SECRET, "website": "", "stamp": stamp(), **changed,
        }  # fmt: skip
        reply = client.post(f"{public}repondre/", told)
        assert reply.status_code == status, said(reply)
        return reply

    return answered


@pytest.fixture
def confirmed(client: Any, answer: Any, published: Any, link_sent: Any) -> str:
    """An answer whose address is confirmed: its secret address."""
    answer(published[1])
    return str(client.post(link_sent("camille@example.org", "/confirmer/")).headers["Location"])


def test_a_call_is_read_by_all_and_found_by_place_domain_and_kind(published: Any, client: Any) -> None:
    _inside, public, *_people = published
    page = said(client.get(public))
    for word in ("Cherche cuisine", "La commune et ses voisins", "Rennes", "Entreprise"):
        assert word in page
    assert "Une cantine à plusieurs" not in page  # the alliance itself stays private
    assert "ally-" not in page
    for query in ("", "?territoire=Rennes", "?territoire=REG-53", "?domaine=education", "?acteur=entreprise"):
        assert "Cherche cuisine" in said(client.get(f"/appels/{query}")), query
    for query in ("?territoire=REG-52", "?domaine=sport", "?acteur=association"):
        assert "Cherche cuisine" not in said(client.get(f"/appels/{query}")), query
    assert client.get("/appels/?territoire=Nulle-Part-Ailleurs").status_code == 422
    assert "Cherche cuisine" in said(client.get("/en/appels/"))


def test_calls_are_in_the_api_the_feed_and_where_to_start(published: Any, client: Any) -> None:
    _inside, public, *_people = published
    found = client.get("/api/v1/calls?territory=REG-53&domain=education&partner=company").json()
    assert [(one["title"], one["path"]) for one in found["calls"]] == [("Cherche cuisine", public)]
    assert client.get("/api/v1/calls?territory=REG-52").json()["total"] == 0
    assert client.get("/api/v1/calls?territory=nowhere-at-all").status_code == 404
    feed = client.get("/appels/flux.xml")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert "Cherche cuisine" in feed.content.decode()
    page = said(client.get("/par-ou-commencer/?profil=territoires&territoire=REG-53"))
    assert "Cherche cuisine" in page
    kept("Call").update(closed=timezone.now())
    assert "Cherche cuisine" not in said(client.get("/par-ou-commencer/?profil=territoires&territoire=REG-53"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"until": "2020-01-01"}, "fermé aussitôt"),
        ({"until": "2999-01-01"}, "un an au plus"),
        ({"territory": "Nulle Part Ailleurs"}, "Aucun territoire"),
        ({"domains": []}, "Domaines"),
        ({"title": " "}, "Titre de l’appel"),
        ({"kinds": ["martians"]}, "martians"),
    ],
)
def test_what_a_call_may_not_be(three: Any, change: dict[str, Any], words: str) -> None:
    path, officer, _director, _lead = three
    told = {**CALL, "until": today().isoformat(), **change}
    assert words in said(officer.post(f"{path}appels/nouveau/", 422, **told))
    assert not kept("Call").exists()


def test_a_call_sent_twice_is_one_and_only_stewards_publish(three: Any) -> None:
    path, officer, director, _lead = three
    told = {**CALL, "until": today().isoformat()}  # its last day is today: it is open today
    first = officer.post(f"{path}appels/nouveau/", **told).headers["Location"]
    assert officer.post(f"{path}appels/nouveau/", **told).headers["Location"] == first
    assert kept("Call").get().is_open
    director.post(f"{path}appels/nouveau/", 403, **{**told, "once": "y" * 20})
    director.post(f"{first}fermer/", 403)


def test_an_answer_waits_for_its_address_then_members_alone_read_it(
    published: Any, answer: Any, client: Any, link_sent: Any, ally: Any
) -> None:
    inside, public, officer, director, _lead = published
    answer(public)
    assert SECRET not in officer.get(inside)
    assert [letter.to for letter in mail.outbox] == [["camille@example.org"]]
    link = link_sent("camille@example.org", "/confirmer/")
    assert client.get(link).status_code == 200
    assert SECRET not in officer.get(inside)  # a program that follows links confirms nothing
    client.post(link)
    client.post(link)
    assert SECRET in officer.get(inside)
    assert SECRET in director.get(inside)
    told = [letter for letter in mail.outbox if "example.org" in letter.to[0] and "camille" not in letter.to[0]]
    assert sorted(letter.to[0] for letter in told) == [
        f"{name}@example.org" for name in ("director", "lead", "officer")
    ]
    for letter in mail.outbox:
        assert SECRET not in letter.body
        for word in ("Cherche cuisine", "Fourneaux", "cantine"):
            assert word not in letter.subject
    stranger = ally("stranger")
    other = stranger.begin("B")
    number = inside.rstrip("/").rpartition("/")[2]
    stranger.get(inside, 404)
    stranger.get(f"{other}appels/{number}/", 404)
    stranger.post(f"{other}appels/{number}/reponses/{kept('CallAnswer').get().pk}/", 404, accepted="1")
    director.post(_leave(inside))
    director.get(inside, 404)
    for address in (public, "/appels/", "/appels/flux.xml", "/api/v1/calls", "/recherche/?q=Fourneaux"):
        text = client.get(address).content.decode()
        assert SECRET not in text
        assert "Camille" not in text


def _leave(inside: str) -> str:
    return f"{inside.split('appels/')[0]}partir/"


def test_who_answered_follows_by_a_secret_address_and_reads_nobody_else(
    published: Any, confirmed: str, answer: Any, client: Any
) -> None:
    answer(published[1], email="autre@example.org", text="Une autre réponse.")
    page = said(client.get(confirmed))
    assert SECRET in page
    assert "Une autre réponse" not in page
    assert client.get(f"{confirmed[:-3]}x/").status_code == 404
    assert json.loads(client.get(f"{confirmed}mes-donnees.json").content)["text"] == SECRET
    unconfirmed = kept("CallAnswer").get(email="autre@example.org")
    assert client.get(unconfirmed.get_absolute_url()).status_code == 404


def test_an_answer_is_accepted_by_an_invitation(published: Any, confirmed: str, client: Any, ally: Any) -> None:
    inside, _public, officer, director, _lead = published
    place = f"{inside}reponses/{kept('CallAnswer').get().pk}/"
    director.post(place, 403, accepted="1")
    officer.post(place, accepted="1", reply="Bienvenue.")
    page = said(client.get(confirmed))
    assert "Bienvenue." in page
    letters = [letter for letter in mail.outbox if letter.to == ["camille@example.org"]]
    assert "Bienvenue" not in " ".join(letter.body for letter in letters)
    link = next(found[1] for letter in letters if (found := re.search(r"(/alliances/rejoindre/\S+)", letter.body)))
    camille = ally("camille")
    joined = camille.post(link, organisation="Les Fourneaux", kind="company").headers["Location"]
    assert "Les Fourneaux" in officer.get(joined)


def test_an_answer_is_declined_with_a_word_and_decided_once(published: Any, confirmed: str, client: Any) -> None:
    inside, _public, officer, director, _lead = published
    place = f"{inside}reponses/{kept('CallAnswer').get().pk}/"
    assert "avec un mot" in said(officer.post(place, 422, accepted="0", reply=" "))
    officer.post(place, accepted="0", reply="Nous avons trouvé.")
    members = apps.get_model("alliances", "Person").objects
    members.filter(account=director.account).update(steward=True)
    late = said(director.post(place, 409, accepted="1", reply="Venez !"))
    assert "Nous avons trouvé." in late
    assert "Venez !" in late  # nothing typed is lost
    assert kept("CallAnswer").get().invitation is None
    assert "Nous avons trouvé." in said(client.get(confirmed))


def test_a_closed_call_takes_no_answer(published: Any, answer: Any, client: Any) -> None:
    inside, public, officer, _director, _lead = published
    kept("Call").update(until=today() - timedelta(1))
    assert "Cet appel est fermé" in said(client.get(public))
    assert client.get(f"{public}repondre/").status_code == 302
    answer(public, 302)
    assert not kept("CallAnswer").exists()
    assert "Cherche cuisine" not in said(client.get("/appels/"))
    kept("Call").update(until=today())
    assert "Cherche cuisine" in said(client.get("/appels/"))
    officer.post(f"{inside}fermer/")
    assert "Cherche cuisine" not in said(client.get("/appels/"))


def test_trapped_hasty_and_hurried_answers(published: Any, answer: Any, client: Any) -> None:
    from odd17.web.contributions.limits import new_stamp  # noqa: PLC0415 - once Django is set up

    _inside, public, *_people = published
    answer(public, 302, website="http://spam.example")
    answer(public, 422, stamp=new_stamp())
    answer(public, 422, stamp="forged")
    answer(public, 422, email="not an address")
    answer(public, 422, text=" ")
    assert not kept("CallAnswer").exists()
    once = answer_stamp(answer, public)
    answer(public, stamp=once)
    assert kept("CallAnswer").count() == 1  # the same form twice
    for _time in range(4):
        answer(public)
    answer(public, 429)


def answer_stamp(answer: Any, public: str) -> str:
    answer(public)
    return str(kept("CallAnswer").get().once)


def test_an_account_with_a_confirmed_address_answers_at_once(published: Any, ally: Any, stamp: Any) -> None:
    inside, public, officer, _director, _lead = published
    other = ally("other")
    other.account.emailaddress_set.create(email=other.account.email, verified=True, primary=True)
    assert 'name="email"' not in other.get(f"{public}repondre/")
    told = {"name": "O", "organisation": "O", "kind": "association", "text": SECRET, "stamp": stamp(), "website": ""}
    place = other.post(f"{public}repondre/", **told).headers["Location"]
    assert SECRET in other.get(place)
    assert SECRET in officer.get(inside)
    told = [reply for _hearer, reply in account_told.send(sender=None, account=other.account)]
    assert any(SECRET in json.dumps(one, ensure_ascii=False) for one in told)
    from odd17.web.accounts.services import account_erase  # noqa: PLC0415 - needs the settings, there only now

    account_erase(account=other.account)
    assert not kept("CallAnswer").exists()


def test_an_answer_is_erased_by_who_wrote_it(published: Any, confirmed: str, client: Any) -> None:
    inside, _public, officer, _director, _lead = published
    officer.post(f"{inside}reponses/{kept('CallAnswer').get().pk}/", accepted="1")
    assert client.get(f"{confirmed}effacer/").status_code == 200
    assert kept("CallAnswer").exists()
    client.post(f"{confirmed}effacer/")
    assert not kept("CallAnswer").exists()
    assert not apps.get_model("alliances", "Invitation").objects.filter(email="camille@example.org").exists()
    assert client.get(confirmed).status_code == 404


def test_old_answers_are_not_kept(published: Any, confirmed: str, answer: Any) -> None:
    from odd17.web.calls.services import answers_expire  # noqa: PLC0415 - once Django is set up

    answer(published[1], email="autre@example.org")
    assert answers_expire() == 0
    kept("CallAnswer").filter(confirmed=None).update(made=timezone.now() - timedelta(8))
    assert answers_expire() == 1
    kept("Call").update(until=today() - timedelta(366))
    assert answers_expire() == 1
    assert not kept("CallAnswer").exists()


def test_words_of_calls_and_answers_are_escaped(three: Any, answer: Any, client: Any, link_sent: Any) -> None:
    path, officer, _director, _lead = three
    nasty = "<script>alert(1)</script>"
    until = (today() + timedelta(3)).isoformat()
    told = {**CALL, "title": nasty, "need": nasty, "signed": nasty, "until": until}
    inside = officer.post(f"{path}appels/nouveau/", **told).headers["Location"]
    public = f"/appels/{kept('Call').get().pk}/"
    answer(public, text=nasty, name=nasty, organisation=nasty)
    place = client.post(link_sent("camille@example.org", "/confirmer/")).headers["Location"]
    for who, address in ((officer.client, inside), (client, public), (client, "/appels/"), (client, place)):
        assert nasty not in who.get(address).content.decode()
    assert nasty not in client.get("/appels/flux.xml").content.decode()
