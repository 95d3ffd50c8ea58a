"""Reminders: what the e-mail says and to whom, once each; and the link that stops them without signing in."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.utils import timezone

from odd17.web.config.preparation import run


def kept(name: str) -> Any:
    return apps.get_model("alliances", name).objects


def today() -> date:
    return timezone.localdate()


def remind() -> tuple[int, int, int]:
    """What ``odd17 alliances remind`` does: how many were written to, to how many that failed, what was erased."""
    told: list[tuple[int, int, int]] = []
    mail.outbox.clear()
    run("alliances_remind", done=told.append)
    return told[0]


def letter_to(name: str) -> Any:
    (found,) = [letter for letter in mail.outbox if letter.to == [f"{name}@example.org"]]
    return found


def stop_link(name: str) -> str:
    found = re.search(r"https?://[^/\s]+(/alliances/rappels/\S+)", letter_to(name).body)
    assert found is not None
    return found[1]


@pytest.fixture
def late(three: Any) -> tuple[str, Any, Any, Any]:
    """An alliance begun today where the association is late by three days."""
    path, officer, director, lead = three
    kept("Alliance").update(begun=today())
    due = (today() - timedelta(3)).isoformat()
    director.post(f"{path}engagements/", means="human", what="Deux jours par mois", due=due)
    return path, officer, director, lead


def test_who_is_late_is_told_what_and_since_when_and_nobody_else_is(late: Any) -> None:
    path, *_people = late
    assert remind() == (1, 0, 0)
    letter = letter_to("director")
    assert letter.subject == "odd17 : Ce qui vous attend dans une alliance"
    assert "cantine" not in letter.subject
    for words in ("Une cantine à plusieurs", "Deux jours par mois", "en retard", path):
        assert words in letter.body
    assert f"{(today() - timedelta(3)).year}" in letter.body
    assert "&" not in letter.body  # plain text, nothing escaped
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"{stop_link('director')}>")


def test_each_thing_is_said_once_and_again_for_another_day(late: Any) -> None:
    path, _officer, director, _lead = late
    assert remind()[0] == 1
    assert remind()[0] == 0
    told = {"fate": "changed", "day": today().isoformat(), "due": (today() + timedelta(9)).isoformat()}
    director.post(f"{path}engagements/{kept('Promise').get().pk}/", **told, reason="une nouvelle trésorière")
    assert remind()[0] == 1
    assert "en retard" not in letter_to("director").body
    director.post(f"{path}engagements/{kept('Promise').get().pk}/", fate="kept", day=today().isoformat())
    assert remind()[0] == 0


def test_what_could_not_be_sent_is_said_the_next_time(late: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from odd17.web.alliances import letters  # noqa: PLC0415 - once Django is set up

    def fail(*_told: object) -> None:
        raise OSError("the server of e-mails is away")

    with monkeypatch.context() as broken:
        broken.setattr(letters, "reminder_letter", fail)
        assert remind() == (0, 1, 0)
    assert remind() == (1, 0, 0)


def test_a_partner_is_told_of_its_own_answer_and_never_of_the_others(three: Any, told: Any) -> None:
    path, officer, director, lead = three
    kept("Alliance").update(begun=today())
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(5)).isoformat()).headers["Location"]
    officer.post(place, **told(5))
    assert remind()[0] == 2
    assert {letter.to[0] for letter in mail.outbox} == {"director@example.org", "lead@example.org"}
    for letter in mail.outbox:
        for secret in ("La commune", "L’association", "L’entreprise", "Un récit", "mot 5", "ally-"):
            assert secret not in letter.body
    director.post(place, **told(1))
    lead.post(place, **told(1))
    assert remind()[0] == 0


def test_all_are_told_that_it_is_time_to_take_stock(three: Any) -> None:
    path, officer, *_others = three
    kept("Alliance").update(begun=date(2024, 2, 29))
    assert remind()[0] == 3
    assert "aucun dialogue" in letter_to("lead").body
    kept("Reminder").all().delete()
    officer.post(f"{path}dialogues/", day=today().isoformat(), present="Nous", agenda="A", decisions="D")
    remind()
    assert "aucun dialogue" not in " ".join(str(letter.body) for letter in mail.outbox)


def test_who_left_or_whose_account_sleeps_is_not_written_to(late: Any) -> None:
    path, _officer, director, _lead = late
    director.account.is_active = False
    director.account.save()
    assert remind()[0] == 0
    director.account.is_active = True
    director.account.save()
    director.client.force_login(director.account)
    director.post(f"{path}partir/")
    assert remind()[0] == 0


def test_the_link_stops_reminders_without_signing_in_once_the_button_is_pressed(late: Any) -> None:
    path, _officer, director, _lead = late
    remind()
    link = stop_link("director")
    anybody = Client(SERVER_NAME="localhost")
    assert anybody.get(link).status_code == 200
    assert kept("Person").get(account=director.account).reminders  # a program that follows links stops nothing
    for _time in range(2):  # pressed twice, or much later: it stays so
        assert anybody.post(link).status_code == 200
        assert not kept("Person").get(account=director.account).reminders
    assert anybody.get(path).status_code == 302  # it opens nothing else
    kept("Reminder").all().delete()
    assert remind()[0] == 0
    director.post(f"{path}rappels/", wanted="1")
    assert remind()[0] == 1


def test_a_link_stops_its_own_reminders_alone_and_a_forged_one_nothing(late: Any) -> None:
    path, officer, director, _lead = late
    remind()
    link = stop_link("director")
    anybody = Client(SERVER_NAME="localhost")
    anybody.post(link)
    assert kept("Person").get(account=officer.account).reminders
    for forged in (f"{link[:-2]}x/", "/alliances/rappels/1/", "/alliances/rappels/MQ:1:x/"):
        assert anybody.get(forged).status_code == 404
        assert anybody.post(forged).status_code == 404
    director.post(f"{path}partir/")
    assert anybody.get(link).status_code == 404  # of nobody any more
