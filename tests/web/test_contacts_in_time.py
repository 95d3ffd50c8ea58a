"""Consent to be named lasts two years: asked again before it ends, shown nowhere after, then erased."""

from __future__ import annotations

import smtplib
from datetime import date, timedelta
from unittest import mock

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

NAME, EMAIL = "Camille Exemple", "autrice@example.org"


def contact():
    return apps.get_model("practices", "PracticeContact").objects.get()


def ending(days: int) -> None:
    """Let consent end in so many days."""
    apps.get_model("practices", "PracticeContact").objects.update(ends=timezone.localdate() + timedelta(days=days))


def follow() -> tuple[int, int, int]:
    told: list[tuple[int, int, int]] = []
    call_command("contacts_follow", done=lambda *counts: told.append(counts))
    return told[0]


def shown_in(client: Client) -> list[str]:
    """Where readers find the name: page, API, files, and what matching and the index read."""
    from odd17.web.practices.selectors import published_cases  # noqa: PLC0415 - models need a site

    practice = apps.get_model("practices", "Practice").objects.get()
    places = {
        "page": practice.get_absolute_url(),
        "api": f"/api/v1/practices/{practice.pk}",
        "csv": "/pratiques/fichier/csv/?champ=title&champ=contact",
        "json": "/pratiques/fichier/json/?champ=title&champ=contact",
    }
    found = []
    for place, path in places.items():
        answer = client.get(path)
        assert answer.status_code == 200, path
        body = b"".join(answer) if answer.streaming else answer.content
        assert "Une cantine" in body.decode(), path
        if NAME in body.decode():
            found.append(place)
    return found + ["cases"] * any(case.contact for case in published_cases())


@pytest.fixture
def person(author):
    """Somebody whose practice is public, with their name on it."""
    found = author(EMAIL)
    found.propose()
    apps.get_model("practices", "Practice").objects.get().get_latest_revision().publish()
    mail.outbox = []
    return found


def test_consent_says_how_long_it_lasts(person) -> None:
    kept = contact()
    assert "deux ans" in kept.words
    today = timezone.localdate()
    assert kept.ends == date(today.year + 2, today.month, today.day if today.day < 29 else kept.ends.day)


@pytest.mark.parametrize(("days", "places"), [(0, 5), (-1, 0)])
def test_a_name_is_shown_on_the_last_day_and_nowhere_after(person, client: Client, days: int, places: int) -> None:
    ending(days)
    assert len(shown_in(client)) == places


def test_somebody_is_asked_once_a_month_before_the_end(person) -> None:
    ending(31)
    assert follow() == (0, 0, 0)
    ending(30)
    assert follow() == (1, 0, 0)
    assert follow() == (0, 0, 0)
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    assert "Une cantine partagée" in letter.body
    assert "Renouveler pour deux ans" in letter.body
    assert NAME not in letter.subject


def test_an_e_mail_that_fails_is_tried_again(person) -> None:
    ending(3)
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=smtplib.SMTPServerDisconnected):
        assert follow() == (0, 1, 0)
    assert follow() == (1, 0, 0)


def test_the_link_renews_even_after_the_end_and_following_it_does_nothing(person, link_sent, client: Client) -> None:
    ending(-10)
    follow()
    link = link_sent(EMAIL, "/contact/")
    page = client.get(link).content.decode()
    assert "Renouveler pour deux ans" in page
    assert shown_in(client) == []
    answer = client.post(link, {"act": "renew"})
    assert "Renouveler" not in answer.content.decode()
    kept = contact()
    assert kept.ends > timezone.localdate() + timedelta(days=700)
    assert kept.reminded is None
    assert "continuent" in kept.words
    assert len(shown_in(client)) == 5


def test_who_does_not_answer_is_erased_a_month_after(person, client: Client) -> None:
    ending(-30)
    assert follow()[2] == 0
    assert contact().name == NAME
    ending(-31)
    assert follow() == (0, 0, 1)
    assert not apps.get_model("practices", "PracticeContact").objects.exists()
    assert "contact" not in person.kept.answers
    assert shown_in(client) == []
    assert apps.get_model("practices", "Practice").objects.get().live


@pytest.mark.parametrize("act", ["", "other"])
def test_what_the_buttons_do_not_say_does_nothing(person, link_sent, client: Client, act: str) -> None:
    ending(5)
    follow()
    assert client.post(link_sent(EMAIL, "/contact/"), {"act": act}).status_code == 400
    assert contact().ends == timezone.localdate() + timedelta(days=5)


def test_what_another_site_posts_renews_nothing(person, link_sent) -> None:
    ending(5)
    follow()
    browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert browser.post(link_sent(EMAIL, "/contact/"), {"act": "renew"}).status_code == 403
    assert contact().ends == timezone.localdate() + timedelta(days=5)


def test_those_who_agreed_before_are_named_for_two_years_from_then(person) -> None:
    import importlib  # noqa: PLC0415 - the module's name begins with a figure

    step = importlib.import_module("odd17.web.practices.migrations.0005_consent_ends")
    apps.get_model("practices", "PracticeContact").objects.update(consented="2025-03-04T10:00:00Z")
    step.end_those_given(apps, None)
    assert contact().ends == date(2027, 3, 4)
