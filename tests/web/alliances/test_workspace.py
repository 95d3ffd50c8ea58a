"""Alliances: begun, joined, promised, walked, judged; and everybody who must not see or change them."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
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


def test_an_engagement_is_made_kept_late_and_changed_with_its_reason(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, lead = three
    late = (today() - timedelta(3)).isoformat()
    director.post(f"{path}engagements/", means="human", what="Deux jours par mois", due=late)
    promise = kept("Promise").get()
    assert "en retard" in officer.get(path)
    event = f"{path}engagements/{promise.pk}/"
    lead.get(event, 403)
    told = {"fate": "changed", "day": today().isoformat(), "due": (today() + timedelta(30)).isoformat()}
    assert "sans raison" in html.unescape(director.post(event, 422, **told, reason="").content.decode())
    director.post(event, **told, reason="une nouvelle trésorière")
    page = officer.get(path)
    assert "modifié d’un commun accord" in page
    assert "une nouvelle trésorière" in page
    future = {"fate": "kept", "day": (today() + timedelta(1)).isoformat()}
    director.post(event, 422, **future)


def test_an_engagement_taken_back_stays_in_the_history_with_its_reason(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    director.post(f"{path}engagements/", means="human", what="Deux jours par mois", due=today().isoformat())
    event = f"{path}engagements/{kept('Promise').get().pk}/"
    taken_back = {"fate": "ended", "day": today().isoformat()}
    director.post(event, 422, **taken_back, reason=" ")
    director.post(event, **taken_back, reason="le poste n’est plus financé")
    director.post(f"{event}retirer/", 404)  # nothing takes it away
    page = officer.get(path)
    for words in ("Deux jours par mois", "abandonné", "le poste n’est plus financé", "ally-director"):
        assert words in page
    assert event not in page  # nothing more can happen to it
    act = kept("PromiseEvent").get()
    act.reason = "autre"
    with pytest.raises(TypeError, match="not changed"):
        act.save()


def test_what_was_recorded_is_not_changed(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, _director, _lead = three
    officer.post(f"{path}dialogues/", day=today().isoformat(), present="Nous", agenda="A", decisions="D")
    dialogue = kept("Dialogue").get()
    dialogue.decisions = "other"
    with pytest.raises(TypeError, match="not changed"):
        dialogue.save()


def test_the_path_is_walked_with_proof_and_back_with_a_reason(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    day = today().isoformat()
    officer.post(f"{path}chemin/", 422, to="process", day=day)
    officer.post(f"{path}chemin/", 422, to="prototype", day=day, proof_story="s")
    told = {"to": "prototype", "day": day, "proof_story": "s", "proof_need": "n", "recognised_by": "Des praticiens"}
    officer.post(f"{path}chemin/", 422, **{**told, "day": "not a day"})
    officer.post(f"{path}chemin/", **told)
    assert "reconnu par Des praticiens" in officer.get(path)
    director.post(f"{path}chemin/", 422, to="concept", day=day)
    director.post(f"{path}chemin/", to="concept", day=day, reason="le besoin était mal lu")
    assert kept("PathStep").count() == 2


def test_partners_answer_blind_and_read_together(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, director, lead = three
    mail.outbox.clear()
    reply = officer.post(f"{path}evaluations/", closes=(today() + timedelta(10)).isoformat())
    place = reply.headers["Location"]
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        person.account.email for person in (officer, director, lead)
    )
    officer.post(place, **told(5))
    director.post(place, **told(1))
    for person in (officer, director, lead):
        page = person.get(place)
        assert "Un récit" not in page
        assert "mot 5" not in page
        assert "N’ont pas répondu" not in page
        person.get(f"{place}rapport-avec-noms.pdf", 404)
    assert "mot 1" not in " ".join(message.body for message in mail.outbox)
    lead.post(place, **told(3))
    page = lead.get(place)
    assert "Vous différez : de 1 à 5" in page.replace("\u202f", " ")
    assert all(f"Un récit {mark}" in page for mark in (5, 1, 3))


def test_what_partners_said_is_printed_with_names_and_without(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, director, lead = three
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(10)).isoformat()).headers["Location"]
    for person, mark in ((officer, 5), (director, 1), (lead, 3)):
        person.post(place, **told(mark))
    named = PdfReader(io.BytesIO(officer.client.get(f"{place}rapport-avec-noms.pdf").content))
    assert "L’association" in " ".join(page.extract_text() for page in named.pages)
    written = docx.Document(io.BytesIO(officer.client.get(f"{place}rapport-sans-noms.docx").content))
    text = " ".join([paragraph.text for paragraph in written.paragraphs]
                    + [cell.text for table in written.tables for row in table.rows for cell in row.cells])  # fmt: skip
    assert "Partenaire 1" in text
    for name in ("L’association", "L’entreprise", "La commune"):
        assert name not in text


def test_a_round_opens_after_its_day_and_says_who_did_not_answer(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, _director, _lead = three
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(1)).isoformat()).headers["Location"]
    officer.post(place, **told(4))
    kept("Evaluation").update(closes=today() - timedelta(1))
    page = officer.get(place)
    assert "N’ont pas répondu" in page
    assert "L’association" in page


def test_a_partner_dissolved_in_the_middle_is_no_longer_waited_for(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, director, _lead = three
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(9)).isoformat()).headers["Location"]
    director.post(f"{path}engagements/", means="human", what="Du temps", due=(today() + timedelta(9)).isoformat())
    for person, mark in ((officer, 4), (director, 2)):
        person.post(place, **told(mark))
    officer.post(f"{path}partenaires/{kept('Partner').get(name='L’entreprise').pk}/partir/", why="dissoute")
    assert "Un récit 2" in officer.get(place)
    officer.post(f"{path}partenaires/{kept('Partner').get(name='L’association').pk}/partir/", why="retirée")
    page = officer.get(path)
    assert "abandonné" in page
    assert "Un récit 2" in officer.get(place)  # what was said stays
    director.get(place, 404)


def test_a_stage_asks_for_its_own_evidence(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, _director, _lead = three
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(9)).isoformat()).headers["Location"]
    reply = officer.post(place, 422, **{**told(4), "story": " "})
    assert "un récit est demandé" in html.unescape(reply.content.decode())
    officer.post(place, 422, **{**told(4), "mark_trust": "9"})
    officer.post(place, **told(4))
    officer.post(place, 422, **told(1))  # otherwise: the first stands
    assert kept("EvaluationAnswer").get().content["claims"]["trust"]["mark"] == 4


def test_a_public_card_stands_while_every_partner_agrees(three: tuple[str, Ally, Ally, Ally], client: Client) -> None:
    path, officer, director, lead = three
    for person in (officer, director):
        person.post(f"{path}accord/", agrees="1")
    assert client.get(f"{path}carte/").status_code == 404
    lead.post(f"{path}accord/", agrees="1")
    director.post(f"{path}engagements/", means="financial", what="5 000 euros secrets", due="2030-01-01")
    page = client.get(f"{path}carte/").content.decode()
    assert "Une cantine" in page
    assert "5 000 euros" not in page
    assert "ally-" not in page
    lead.post(f"{path}accord/", agrees="0")
    assert client.get(f"{path}carte/").status_code == 404


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
