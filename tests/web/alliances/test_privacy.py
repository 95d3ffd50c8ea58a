"""What nobody who must not reads: a sealed answer, in the account's data, the API, the search, e-mails; by anybody."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone

SECRETS = ("Un récit 5", "mot 5", "Un récit 1", "mot 1")


def kept(name: str) -> Any:
    return apps.get_model("alliances", name).objects


def today() -> Any:
    return timezone.localdate()


@pytest.fixture
def sealed(three: Any, told: Any) -> tuple[str, str, Any, Any, Any]:
    """A round in which the commune and the association answered, and the company has not: sealed."""
    path, officer, director, lead = three
    mail.outbox.clear()
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(9)).isoformat()).headers["Location"]
    officer.post(place, **told(5))
    director.post(place, **told(1))
    return path, place, officer, director, lead


def pages_of(path: str, place: str) -> tuple[str, ...]:
    return (path, place, f"{path}chemin/", f"{path}documents/", f"{path}territoire/", f"{path}appels/", "/alliances/")


def test_a_sealed_answer_is_on_no_page_of_another_partner(sealed: Any) -> None:
    path, place, _officer, _director, lead = sealed
    for address in pages_of(path, place):
        page = lead.get(address)
        for secret in SECRETS:
            assert secret not in page, address
    for names in ("avec-noms", "sans-noms"):
        for form in ("pdf", "docx"):
            lead.get(f"{place}rapport-{names}.{form}", 404)


def test_nobody_is_told_who_has_answered_before_it_opens(sealed: Any) -> None:
    path, place, officer, _director, _lead = sealed
    officer.get(path)  # what was said to them of their own acts is read once

    def seen() -> list[str]:
        return [re.sub(r'name="csrfmiddlewaretoken"[^>]*', "", officer.get(one)) for one in (path, place)]

    with_two = seen()
    kept("EvaluationAnswer").filter(partner__name="L’association").delete()
    assert seen() == with_two


def test_an_account_takes_along_its_own_and_nothing_of_another_partner(sealed: Any) -> None:
    from odd17.web.accounts.services import account_export  # noqa: PLC0415 - once Django is set up

    _path, _place, officer, director, lead = sealed
    for who, others in ((lead, SECRETS), (officer, SECRETS[2:]), (director, SECRETS[:2])):
        taken: Any = account_export(account=who.account)
        text = json.dumps(taken, ensure_ascii=False, default=str)
        for secret in others:
            assert secret not in text
        for other in (officer, director, lead):
            assert (other.account.email in text) is (other is who)
        assert [one["alliance"] for one in taken["alliances"]] == ["Une cantine à plusieurs"]
    own: Any = account_export(account=lead.account)
    assert [one["recorded"] for one in own["alliances"]] == [0]
    assert own["alliance_answers"] == []


def test_an_account_takes_along_the_words_of_its_own_answers_even_once_it_has_left(
    sealed: Any, told: Any, ally: Any
) -> None:
    from odd17.web.accounts.services import account_export  # noqa: PLC0415 - once Django is set up

    path, place, officer, director, lead = sealed
    officer.post(f"{path}inviter/", email="deputy@example.org", partner=str(kept("Partner").get(name="La commune").pk))
    deputy = ally("deputy")
    deputy.post(f"/alliances/rejoindre/{kept('Invitation').get(email='deputy@example.org', used=None).token}/")
    lead.post(place, **told(3))
    director.post(f"{path}partir/")
    for who, name, mark in ((officer, "La commune", 5), (director, "L’association", 1), (lead, "L’entreprise", 3)):
        exported: Any = account_export(account=who.account)
        (own,) = exported["alliance_answers"]
        assert (own["for"], own["answer"]["story"]) == (name, f"Un récit {mark}")
        assert {claim["words"] for claim in own["answer"]["claims"].values()} == {f"mot {mark}"}
    colleague: Any = account_export(account=deputy.account)  # of the same partner: it is not theirs
    assert colleague["alliance_answers"] == []
    assert "Un récit" not in json.dumps(colleague, ensure_ascii=False, default=str)


@pytest.mark.parametrize(
    "address",
    [
        "/recherche/?q=cantine", "/en/recherche/?q=cantine", "/recherche/?q=ally-officer", "/api/v1/calls",
        "/api/v1/openapi.json", "/sitemap.xml", "/pratiques/?q=cantine", "/",
    ],
)  # fmt: skip
def test_what_is_public_says_nothing_of_an_alliance(sealed: Any, client: Any, address: str) -> None:
    for browser in (client, sealed[4].client):  # a member finds it in their own list alone
        reply = browser.get(address, follow=True)
        assert reply.status_code in (200, 404), reply.status_code
        body = b"".join(reply.streaming_content) if reply.streaming else reply.content
        text = body.decode()
        for secret in (*SECRETS, "Une cantine à plusieurs", "Manger mieux sans jeter", sealed[0]):
            assert secret not in text


def test_no_address_of_the_api_or_of_data_gives_an_alliance(sealed: Any, client: Any) -> None:
    path = sealed[0]
    number = path.strip("/").rpartition("/")[2]
    for address in (
        f"/api/v1/alliances/{number}",
        "/api/v1/alliances",
        f"{path[:-1]}.json",
        f"/data/alliances/{number}",
    ):
        assert client.get(address, follow=True).status_code == 404, address


def test_e_mails_hold_no_answer_and_name_no_other_partner(sealed: Any) -> None:
    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        for secret in (*SECRETS, "La commune", "L’association", "L’entreprise", "ally-"):
            assert secret not in f"{letter.subject} {letter.body}"
        assert len(letter.to) == 1
        assert not letter.cc
        assert not letter.bcc


def test_an_opened_round_is_for_members_of_today_alone(sealed: Any, told: Any, ally: Any) -> None:
    path, place, _officer, director, lead = sealed
    lead.post(place, **told(3))
    assert "Un récit 5" in lead.get(place)
    stranger = ally("stranger")
    other = stranger.begin("B")
    for address in (place, f"{place}rapport-avec-noms.pdf", place.replace(path, other)):
        stranger.get(address, 404)
    director.post(f"{path}partir/")
    for address in (place, f"{place}rapport-sans-noms.docx"):
        director.get(address, 404)
    director.post(place, 404, **told(5))


def test_a_member_who_leaves_in_the_middle_leaves_their_answer_sealed(sealed: Any, told: Any) -> None:
    path, place, officer, director, lead = sealed
    director.post(f"{path}partir/")
    page = lead.get(place)
    assert "Un récit" not in page
    lead.post(place, **told(3))
    assert "Un récit 1" in officer.get(place)  # their organisation is there still: what it said counts


def test_who_acted_for_a_partner_does_not_act_for_another_at_once(sealed: Any) -> None:
    path, _place, officer, director, _lead = sealed
    company = kept("Partner").get(name="L’entreprise")
    officer.post(f"{path}inviter/", email=director.account.email, partner=str(company.pk))
    token = kept("Invitation").get(email=director.account.email, used=None).token
    reply = director.post(f"/alliances/rejoindre/{token}/", 422)
    assert "autre partenaire" in reply.content.decode()
    assert kept("Person").get(account=director.account).partner.name == "L’association"
