"""Days, people and partners that change while an alliance lives: clocks, departures, erasures, two at once."""

from __future__ import annotations

import html
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.core import mail
from django.db import connections
from django.utils import timezone


def kept(name: str) -> Any:
    return apps.get_model("alliances", name).objects


def today() -> Any:
    return timezone.localdate()


def said(reply: Any) -> str:
    return html.unescape(reply.content.decode())


def erase(who: Any) -> None:
    from odd17.web.accounts.services import account_erase  # noqa: PLC0415 - needs the settings, there only now

    account_erase(account=who.account)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 23, 1, tzinfo=UTC), date(2026, 11, 25)),  # winter: an hour ahead
        (datetime(2026, 7, 14, 22, 1, tzinfo=UTC), date(2026, 7, 15)),  # summer: two
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_day_is_a_day_of_paris(site_home: object, moment: datetime, day: date) -> None:
    from odd17.web.alliances import days  # noqa: PLC0415 - once Django is set up

    with mock.patch("django.utils.timezone.now", return_value=moment):
        assert days.today() == day


def test_a_round_takes_answers_until_midnight_in_paris(three: Any, told: Any) -> None:
    path, officer, director, _lead = three
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(1)).isoformat()).headers["Location"]
    closes = datetime.combine(today() + timedelta(1), datetime.min.time(), timezone.get_default_timezone())
    with mock.patch("odd17.web.alliances.days.timezone.now", return_value=closes + timedelta(hours=23, minutes=59)):
        officer.post(place, **told(4))
        assert "Un récit" not in officer.get(place)
    with mock.patch("odd17.web.alliances.days.timezone.now", return_value=closes + timedelta(days=1, minutes=1)):
        late = said(director.post(place, 422, **told(2)))
        assert "Un récit 2" in late  # told, and what was typed is there
        assert "Un récit 4" not in late
        assert "Un récit 4" in director.get(place)
    assert kept("EvaluationAnswer").count() == 1


def test_an_alliance_of_the_29th_of_february_takes_stock_for_three_years(three: Any) -> None:
    path, officer, *_others = three
    page = officer.get(path)
    for day in ("28 février 2025", "28 février 2026", "28 février 2027"):
        assert day in page.replace("\xa0", " ")


def test_two_who_pass_a_stage_at_once_the_second_is_told_and_loses_nothing(three: Any) -> None:
    path, officer, director, _lead = three
    step = {"to": "prototype", "day": today().isoformat(), "recognised_by": "Des praticiens"}
    mine = {**step, "proof_story": "Notre récit", "proof_need": "Cent repas"}
    officer.post(f"{path}chemin/", **mine)
    officer.post(f"{path}chemin/", **mine)  # sent twice, it is one step
    assert kept("PathStep").count() == 1
    page = said(director.post(f"{path}chemin/", 422, **{**mine, "proof_story": "Leur récit"}))
    assert "Leur récit" in page
    assert "Cent repas" in page
    assert kept("PathStep").get().proofs == {"story": "Notre récit", "need": "Cent repas"}


def test_two_of_a_partner_who_answer_at_once_the_second_is_told_and_loses_nothing(
    three: Any, told: Any, ally: Any
) -> None:
    path, officer, director, _lead = three
    partner = kept("Partner").get(name="L’association")
    officer.post(f"{path}inviter/", email="deputy@example.org", partner=str(partner.pk))
    deputy = ally("deputy")
    deputy.post(f"/alliances/rejoindre/{kept('Invitation').get(email='deputy@example.org').token}/")
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(9)).isoformat()).headers["Location"]
    director.post(place, **told(4))
    page = said(deputy.post(place, 422, **told(2)))
    assert "Un récit 2" in page
    assert "Un récit 4" not in page
    director.post(place, **told(4))  # sent twice, it is one answer
    assert kept("EvaluationAnswer").get().content["story"] == "Un récit 4"


@pytest.fixture
def two(three: Any, ally: Any) -> tuple[str, Any, Any, Any, Any]:
    """A round, with two people of the association: its address, the officer, the two, the company's lead."""
    path, officer, director, lead = three
    partner = kept("Partner").get(name="L’association")
    officer.post(f"{path}inviter/", email="deputy@example.org", partner=str(partner.pk))
    deputy = ally("deputy")
    deputy.post(f"/alliances/rejoindre/{kept('Invitation').get(email='deputy@example.org').token}/")
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(9)).isoformat()).headers["Location"]
    return place, officer, director, deputy, lead


def test_two_of_a_partner_who_save_at_the_same_instant_the_second_is_told_and_loses_nothing(
    two: Any, told: Any
) -> None:
    from odd17.web.alliances.services import evaluation_answer  # noqa: PLC0415 - once Django is set up

    place, _officer, director, deputy, _lead = two
    both = Barrier(2, timeout=60)

    def together(**more: Any) -> None:
        both.wait()  # each has read that nobody answered
        evaluation_answer(**more)

    def sent(who: Any, mark: int) -> tuple[int, str]:
        try:
            reply = who.client.post(place, told(mark))
            return reply.status_code, said(reply)
        finally:
            connections.close_all()

    with (
        mock.patch("odd17.web.alliances.views.evaluations.evaluation_answer", together),
        ThreadPoolExecutor(2) as pool,
    ):
        waited = {mark: pool.submit(sent, who, mark) for who, mark in ((director, 4), (deputy, 2))}
        replies = {mark: one.result() for mark, one in waited.items()}
    assert sorted(status for status, _page in replies.values()) == [302, 422]
    (second,) = [mark for mark, (status, _page) in replies.items() if status == 422]
    assert f"Un récit {second}" in replies[second][1]
    assert f"mot {second}" in replies[second][1]
    assert f"Un récit {6 - second}" not in replies[second][1]
    assert kept("EvaluationAnswer").get().content["story"] == f"Un récit {6 - second}"


def test_who_comes_second_where_the_first_opened_the_round_is_told_and_loses_nothing(two: Any, told: Any) -> None:
    place, officer, director, deputy, lead = two
    for who, mark in ((officer, 5), (lead, 3), (director, 4)):
        who.post(place, **told(mark))
    page = said(deputy.post(place, 422, **told(2)))
    for words in (
        "Un récit 2",
        "mot 2",
        "Une autre personne a répondu pour votre organisation",
        "Lire ce que chacun a dit",
    ):
        assert words in page
    assert "Un récit 4" not in page
    assert "Sceller la réponse" not in page  # it would be refused again
    director.post(place, **told(4))  # one's own, sent twice
    assert "Un récit 4" in deputy.get(place)


def test_two_who_describe_a_partner_at_once_the_second_is_told_and_loses_nothing(three: Any) -> None:
    path, officer, director, _lead = three
    partner = kept("Partner").get(name="L’association")
    place = f"{path}partenaires/{partner.pk}/"
    seen = f"association\n\n{partner.role}"
    director.post(place, kind="association", role="Cuisine", siren="", seen=seen)
    page = said(officer.post(place, 409, kind="association", role="Achats", siren="", seen=seen))
    assert "Cuisine" in page
    assert 'value="Achats"' in page
    assert kept("Partner").get(pk=partner.pk).role == "Cuisine"
    officer.post(place, kind="association", role="Achats", siren="", seen="association\n\nCuisine")
    assert kept("Partner").get(pk=partner.pk).role == "Achats"


@pytest.mark.parametrize("version", ["²", "-1", "x", "9" * 40, ""])
def test_a_version_that_is_none_is_no_error_of_ours(three: Any, version: str) -> None:
    path, officer, *_others = three
    officer.post(f"{path}but/", 409, version=version, **officer.PURPOSE)


def test_where_the_last_steward_is_erased_who_acted_longest_may_change_the_alliance_and_is_told(three: Any) -> None:
    path, officer, director, lead = three
    director.get(f"{path}but/", 403)
    mail.outbox.clear()
    erase(officer)
    director.get(f"{path}but/")
    lead.get(f"{path}but/", 403)
    (letter,) = mail.outbox
    assert letter.to == ["director@example.org"]
    assert letter.subject == "odd17 : Vous pouvez désormais modifier votre alliance"
    assert path in letter.body
    for word in ("ally-officer", "officer@example.org", "cantine"):
        assert word not in f"{letter.subject} {letter.body}"
    assert "ally-officer" not in director.get(path)


def test_where_another_steward_stays_nobody_is_named(three: Any) -> None:
    path, officer, director, lead = three
    officer.post(f"{path}personnes/{kept('Person').get(account=lead.account).pk}/", may="1")
    mail.outbox.clear()
    erase(officer)
    assert mail.outbox == []
    director.get(f"{path}but/", 403)
    lead.get(f"{path}but/")


def test_who_is_erased_takes_along_no_invitation_of_an_address_that_they_never_confirmed(three: Any, ally: Any) -> None:
    path, officer, _director, _lead = three
    officer.post(f"{path}inviter/", email="elsewhere@example.org", partner="")
    claims = ally("claims")
    claims.account.emailaddress_set.create(email="elsewhere@example.org", verified=False)
    erase(claims)
    assert [one.email for one in kept("Invitation").filter(used=None)] == ["elsewhere@example.org"]


def test_an_alliance_whose_everybody_is_erased_is_nobodys_and_its_card_falls(three: Any, client: Any) -> None:
    path, officer, director, lead = three
    for who in (officer, director, lead):
        who.agree(path)
    assert client.get(f"{path}carte/").status_code == 200
    for who in (officer, director, lead):
        erase(who)
    assert client.get(f"{path}carte/").status_code == 404
    assert not kept("Person").filter(account__isnull=False, partner__alliance__title="Une cantine à plusieurs").exists()


def test_an_erased_person_is_named_nowhere_and_each_act_stays(three: Any, told: Any) -> None:
    path, officer, director, lead = three
    day = today().isoformat()
    director.post(f"{path}engagements/", means="human", what="Deux jours", due=day)
    director.post(f"{path}engagements/{kept('Promise').get().pk}/", fate="kept", day=day)
    step = {"to": "prototype", "day": day, "proof_story": "s", "proof_need": "n", "recognised_by": "Des praticiens"}
    director.post(f"{path}chemin/", **step)
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(9)).isoformat()).headers["Location"]
    counted = {"members": "4", "uses": "9"}
    for who, mark in ((officer, 5), (director, 1), (lead, 3)):
        who.post(place, **told(mark, **counted))
    erase(director)
    for address in (path, place):
        page = officer.get(address)
        assert "ally-director" not in page
        assert "director@example.org" not in page
    assert "Deux jours" in officer.get(path)
    assert "Des praticiens" in officer.get(path)
    assert "mot 1" in officer.get(place)
    assert [kept(name).get().by for name in ("PromiseEvent", "PathStep")] == [None, None]
    assert kept("EvaluationAnswer").filter(by=None).count() == 1


def test_the_day_on_which_somebody_left_stays_when_they_are_erased(three: Any) -> None:
    path, _officer, director, _lead = three
    director.post(f"{path}partir/")
    person = kept("Person").get(account=director.account)
    erase(director)
    assert kept("Person").get(pk=person.pk).left == person.left


def test_a_partner_dissolved_loses_its_rights_its_reminders_and_its_say_on_the_card(three: Any, client: Any) -> None:
    path, officer, director, lead = three
    director.post(f"{path}engagements/", means="human", what="Deux jours", due=(today() + timedelta(9)).isoformat())
    for who in (officer, lead):
        who.agree(path)
    assert client.get(f"{path}carte/").status_code == 404
    association = kept("Partner").get(name="L’association").pk
    officer.post(f"{path}inviter/", email="x@example.org", partner=str(association))
    officer.post(f"{path}partenaires/{association}/partir/", why=" ")
    assert kept("Partner").get(pk=association).left is None  # never without a reason
    officer.post(f"{path}partenaires/{association}/partir/", why="dissoute")
    director.get(path, 404)
    assert not kept("Invitation").filter(email="x@example.org", used=None).exists()
    assert client.get(f"{path}carte/").status_code == 200
    assert "dissoute" in officer.get(path)
    event = kept("PromiseEvent").get()
    assert (event.fate, event.reason) == ("ended", "dissoute")
    officer.post(f"{path}engagements/{event.promise_id}/", 422, fate="kept", day=today().isoformat())
