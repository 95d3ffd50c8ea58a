"""Putting in touch: a visitor's message reaches the holder, whose address is shown to nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.core import mail
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from odd17.core.kernel.months import months_after

VISITOR = "visiteuse@example.org"
SAID = {
    "name": "Dominique Passage",
    "email": VISITOR,
    "text": "Pouvez-vous nous aider à Créteil ?",
    "agreed": "on",
    "website": "",
}


def messages() -> Any:
    return apps.get_model("catalysts", "CatalystMessage").objects


@pytest.fixture
def entry(published: Any) -> Any:
    return published()[1]


@pytest.fixture
def write(entry: Any, client: Client, stamp: Any) -> Any:
    mail.outbox.clear()

    def wrote(**changed: str) -> HttpResponse:
        return client.post(f"{entry.get_absolute_url()}ecrire/", SAID | {"stamp": stamp()} | changed)

    return wrote


def test_a_message_leaves_once_its_writer_confirmed_their_address(client: Client, write: Any, sent: Any) -> None:
    answer = write()
    assert answer.status_code == 200
    assert "camille" not in answer.content.decode().lower()
    assert [letter.to for letter in mail.outbox] == [[VISITOR]]
    assert "Créteil" not in mail.outbox[0].body + mail.outbox[0].subject
    link = sent("/message/", VISITOR)
    assert client.get(link).status_code == 200
    assert len(mail.outbox) == 1  # a program that follows links sends nothing
    assert client.post(link).status_code == 200
    letter = mail.outbox[-1]
    assert letter.to == ["camille@example.org"]
    assert letter.reply_to == [VISITOR]
    assert "Pouvez-vous nous aider à Créteil" in letter.body
    assert "Dominique Passage" in letter.body
    assert "Dominique" not in letter.subject
    assert "/mon-entree/" not in letter.body  # who answers quotes what they received
    assert "/catalyseurs/lien-prive/" in letter.body


def test_nothing_is_kept_of_a_message_that_left(client: Client, write: Any, sent: Any) -> None:
    write()
    client.post(sent("/message/", VISITOR))
    kept = messages().get()
    assert (kept.name, kept.email, kept.text) == ("", "", "")


def test_pressed_twice_it_leaves_once(client: Client, write: Any, sent: Any) -> None:
    write()
    link = sent("/message/", VISITOR)
    client.post(link)
    assert client.post(link).status_code == 200
    assert [letter.to for letter in mail.outbox].count(["camille@example.org"]) == 1


def test_sent_twice_the_form_writes_one_message(write: Any, stamp: Any) -> None:
    once = stamp()
    write(stamp=once)
    write(stamp=once)
    assert messages().count() == 1
    assert len(mail.outbox) == 1


def test_a_server_of_e_mails_that_fails_loses_nothing(client: Client, write: Any, sent: Any) -> None:
    write()
    link = sent("/message/", VISITOR)
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError):
        assert client.post(link).status_code == 503
    assert messages().get().text
    assert client.post(link).status_code == 200
    assert mail.outbox[-1].to == ["camille@example.org"]


@pytest.mark.parametrize("field", ["name", "email", "text"])
def test_no_header_is_slipped_in(client: Client, write: Any, sent: Any, field: str) -> None:
    slipped = {"name": "Dominique\r\nBcc: victim@example.org", "email": f"{VISITOR}\r\nBcc: victim@example.org"}
    slipped["text"] = "Bonjour\r\nBcc: victim@example.org\r\n\r\nBonjour"
    answer = write(**{field: slipped[field]})
    if field == "email":
        assert answer.status_code == 422
        return
    client.post(sent("/message/", VISITOR))
    for letter in mail.outbox:
        assert letter.recipients() in ([VISITOR], ["camille@example.org"])
        assert "victim" not in str(letter.message()["Bcc"]) + str(letter.message()["Subject"]) + str(
            letter.message()["Reply-To"]
        )
        assert "\nBcc:" not in letter.message().as_string().partition("\n\n")[0]


def test_a_thousand_messages_do_not_leave(client: Client, entry: Any, stamp: Any) -> None:
    mail.outbox.clear()
    answers = [
        client.post(
            f"{entry.get_absolute_url()}ecrire/",
            SAID | {"stamp": stamp(), "email": f"v{number % 100}@example.org"},
            REMOTE_ADDR=f"10.0.{number // 200}.{number % 200}",
        ).status_code
        for number in range(1000)
    ]
    assert set(answers) == {200, 429}
    assert messages().count() == answers.count(200) <= 30  # a day, to one entry, from however many places
    assert len(mail.outbox) == messages().count()


def test_one_visitor_writes_to_few(client: Client, write: Any) -> None:
    codes = [write().status_code for _one in range(15)]
    assert codes[0] == 200
    assert codes[-1] == 429
    assert messages().count() <= 10


@pytest.mark.parametrize(
    "changed", [{"agreed": ""}, {"text": ""}, {"name": ""}, {"email": "nobody"}, {"text": "x" * 4001}, {"stamp": "x"}]
)
def test_what_lacks_something_is_said_and_not_kept(write: Any, changed: dict[str, str]) -> None:
    assert write(**changed).status_code == 422
    assert not messages().exists()


def test_a_trapped_form_is_thanked_and_forgotten(write: Any) -> None:
    assert write(website="http://spam.example").status_code == 302
    assert not messages().exists()
    assert not mail.outbox


def test_a_link_that_is_too_old_sends_nothing(client: Client, write: Any, sent: Any) -> None:
    write()
    messages().update(made=timezone.now() - timedelta(days=3))
    assert client.post(sent("/message/", VISITOR)).status_code == 410
    assert [letter.to for letter in mail.outbox] == [[VISITOR]]


def test_nothing_is_sent_to_an_entry_that_was_hidden_since(client: Client, entry: Any, write: Any, sent: Any) -> None:
    write()
    type(entry).objects.filter(pk=entry.pk).update(confirmed=months_after(timezone.localdate(), -16))
    apps.get_model("catalysts", "DirectoryVersion").objects.update(number=F("number") + 1)  # as a new day does
    assert client.post(sent("/message/", VISITOR)).status_code == 410
    assert [letter.to for letter in mail.outbox] == [[VISITOR]]


def test_nobody_is_written_to_where_nobody_holds_the_entry(client: Client) -> None:
    assert client.get("/catalyseurs/ronalpia/ecrire/").status_code == 404
    assert "Lui écrire" not in client.get("/catalyseurs/ronalpia/").content.decode()


def test_withdrawn_the_entry_takes_waiting_messages_with_it(client: Client, published: Any, stamp: Any) -> None:
    person, entry = published("autre@example.org")
    client.post(f"{entry.get_absolute_url()}ecrire/", SAID | {"stamp": stamp()})
    assert messages().exists()
    person.client.post(f"{person.path}retirer/")
    assert not messages().exists()
