"""A letter reaches each confirmed address once, whatever stops it; only those who may write and send it."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

LIST = "/admin/snippets/newsletter/letter/"
DESK = "/lettre/envois/"


def kept(name: str) -> Any:
    return apps.get_model("newsletter", name).objects


@pytest.fixture(autouse=True)
def _empty(site_home: object) -> Iterator[None]:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        caches["default"].clear()
        yield
    caches["default"].clear()
    kept("Delivery").all().delete()
    kept("Letter").all().delete()
    kept("Subscription").all().delete()
    get_user_model().objects.filter(email__endswith="@example.org").delete()


@pytest.fixture
def people() -> Callable[..., list[Any]]:
    def made(count: int, language: str = "fr") -> list[Any]:
        now = timezone.now()
        return [
            kept("Subscription").create(
                email=f"{language}{number}@example.org",
                language=language,
                asked=now,
                words="oui",
                confirmed=now,
                confirming="",
            )
            for number in range(count)
        ]

    return made


@pytest.fixture
def letter() -> Any:
    return kept("Letter").create(
        title_fr="Trois\tnouveautés",
        text_fr="Bonjour,\n\nvoyez https://odd17.example.org/methode/ <b>et</b> {{ link }}",
        title_en="Three novelties",
        text_en="Hello.",
    )


@pytest.fixture
def send(letter: Any) -> Callable[..., Any]:
    """Sends the letter, as the command does."""
    from odd17.web.newsletter.sending import letter_deliver, letter_queue  # noqa: PLC0415 - models need a site

    def sent(most: int | None = None) -> Any:
        letter_queue(letter=letter)
        return letter_deliver(letter=letter, most=most)

    return sent


def reached() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_each_confirmed_address_gets_it_once_in_its_language(people: Any, send: Any, letter: Any) -> None:
    people(2)
    people(1, "en")
    kept("Subscription").create(email="waits@example.org", language="fr", asked=timezone.now(), words="oui")
    tally = send()
    assert (tally.recipients, tally.sent, tally.left, tally.uncertain) == (3, 3, 0, 0)
    assert reached() == ["en0@example.org", "fr0@example.org", "fr1@example.org"]
    assert all(len(message.to) == 1 and not message.cc and not message.bcc for message in mail.outbox)
    french, english = mail.outbox[0], mail.outbox[2]
    assert french.subject == "Trois nouveautés"
    assert "voyez https://odd17.example.org/methode/ <b>et</b> {{ link }}" in french.body
    assert english.subject == "Three novelties"
    assert "To receive it no more:" in english.body
    letter.refresh_from_db()
    assert letter.ended is not None
    send()
    assert len(mail.outbox) == 3


def test_each_letter_has_its_own_way_out_in_one_click(people: Any, send: Any, client: Client) -> None:
    (one, two) = people(2)
    send()
    for somebody, message in zip((one, two), mail.outbox, strict=True):
        leave = message.extra_headers["List-Unsubscribe"]
        assert leave.startswith("<http")
        assert somebody.token in leave
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert leave.strip("<>") in message.body
        received = message_from_bytes(message.message().as_bytes(), policy=default)
        assert str(received["List-Unsubscribe"]).strip() == leave
    path = "/lettre/" + mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").partition("/lettre/")[2]
    Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert [found.pk for found in kept("Subscription").all()] == [two.pk]


def test_who_leaves_or_comes_meanwhile_is_not_written_to(people: Any, send: Any) -> None:
    (first, second, third) = people(3)
    send(most=1)
    second.delete()
    people(1, "en")
    assert send().left == 0
    assert reached() == [first.email, third.email]


@pytest.mark.parametrize("taken_first", [True, False])
def test_a_crash_in_the_middle_sends_nothing_twice(people: Any, send: Any, monkeypatch: Any, taken_first: bool) -> None:
    people(4)
    send_messages = EmailBackend.send_messages
    calls = []

    def crash(self: EmailBackend, messages: Any) -> int:
        calls.append(messages)
        if len(calls) == 2:
            if taken_first:
                send_messages(self, messages)
            raise KeyboardInterrupt
        return int(send_messages(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", crash)
    with pytest.raises(KeyboardInterrupt):
        send()
    tally = send()
    addresses = reached()
    assert len(addresses) == len(set(addresses)) == (4 if taken_first else 3)
    assert (tally.sent, tally.uncertain, tally.left) == (3, 1, 0)
    send()
    assert reached() == addresses


@pytest.mark.parametrize(
    ("trouble", "sent", "refused", "uncertain", "left", "stopped"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")}), 3, 1, 0, 0, False),
        (smtplib.SMTPRecipientsRefused({"x": (451, b"later")}), 3, 0, 0, 1, False),
        (smtplib.SMTPDataError(554, b"policy"), 1, 0, 0, 3, True),
        (smtplib.SMTPSenderRefused(553, b"sender", "x"), 1, 0, 0, 3, True),
        (smtplib.SMTPServerDisconnected("gone"), 1, 0, 1, 2, True),
        (TimeoutError("too slow"), 1, 0, 1, 2, True),
    ],
)
def test_what_a_server_says_decides_what_is_tried_again(
    people: Any, send: Any, monkeypatch: Any, trouble: Exception, sent: int, refused: int, uncertain: int, left: int,
    stopped: bool,
) -> None:  # fmt: skip
    people(4)
    send_messages = EmailBackend.send_messages
    calls = []

    def troubled(self: EmailBackend, messages: Any) -> int:
        calls.append(messages)
        if len(calls) == 2:
            raise trouble
        return int(send_messages(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", troubled)
    tally = send()
    found = (tally.sent, tally.refused, tally.uncertain, tally.left, tally.trouble)
    assert found == (sent, refused, uncertain, left, stopped)
    again = send()
    assert (again.sent, again.left) == (4 - refused - uncertain, 0)
    assert len(reached()) == len(set(reached()))


def test_a_server_that_does_not_answer_leaves_all_for_later(people: Any, send: Any, monkeypatch: Any) -> None:
    people(2)
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "open", lambda self: (_ for _ in ()).throw(ConnectionRefusedError()))
        tally = send()
        assert (tally.sent, tally.left, tally.uncertain, tally.trouble) == (0, 2, 0, True)
    assert send().sent == 2


def test_two_who_send_at_once_send_each_letter_once(people: Any, send: Any, monkeypatch: Any, letter: Any) -> None:
    people(4)
    send_messages = EmailBackend.send_messages
    inner = []

    def meanwhile(self: EmailBackend, messages: Any) -> int:
        if not inner:
            inner.append(True)
            send()  # somebody else presses the button while the first letter leaves
        return int(send_messages(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", meanwhile)
    send()
    assert len(reached()) == len(set(reached())) == 4


def test_editors_write_and_send_from_the_desk(people: Any, with_role: Any) -> None:
    people(60)
    editor = with_role("editor")
    said = {"title_fr": "Un titre", "text_fr": "Un texte.", "title_en": "", "text_en": ""}
    assert editor.post(f"{LIST}add/", said).status_code == 302
    made = kept("Letter").get()
    assert f"{DESK}{made.pk}/" in editor.get(LIST).content.decode()
    page = editor.get(f"{DESK}{made.pk}/").content.decode()
    assert "<strong>60</strong> en français" in page
    assert "fr0@example.org" not in page
    mail.outbox = []
    assert editor.post(f"{DESK}{made.pk}/").status_code == 302
    assert len(mail.outbox) == 50
    assert "50 sur 60" in editor.get(f"{DESK}{made.pk}/").content.decode()
    editor.post(f"{DESK}{made.pk}/")
    editor.post(f"{DESK}{made.pk}/")
    assert len(reached()) == len(set(reached())) == 60
    assert "60 sur 60" in editor.get(f"{DESK}{made.pk}/").content.decode()
    kept("Subscription").first().delete()
    page = editor.get(f"{DESK}{made.pk}/").content.decode()
    assert "59 sur 59" in page
    assert "n’est plus compté" in page


def test_a_letter_that_was_sent_is_neither_changed_nor_removed(
    people: Any, send: Any, letter: Any, with_role: Any
) -> None:
    people(1)
    send()
    administrator = with_role("administrator")
    said = {"title_fr": "Autre", "text_fr": "Autre.", "title_en": "", "text_en": ""}
    assert administrator.post(f"{LIST}edit/{letter.pk}/", said).headers["Location"] == f"{DESK}{letter.pk}/"
    administrator.post(f"{LIST}delete/{letter.pk}/")
    administrator.post(f"/admin/bulk/newsletter/letter/delete/?id={letter.pk}")
    letter.refresh_from_db()
    assert letter.title_fr == "Trois\tnouveautés"


def test_english_is_whole_or_left_out(with_role: Any) -> None:
    said = {"title_fr": "Un titre", "text_fr": "Un texte.", "title_en": "A title", "text_en": ""}
    with_role("editor").post(f"{LIST}add/", said)
    assert not kept("Letter").exists()


@pytest.mark.parametrize("role", ["", "moderator"])
def test_others_neither_write_nor_send(people: Any, letter: Any, with_role: Any, role: str) -> None:
    people(1)
    other = with_role(role)
    mail.outbox = []
    for path in (DESK, f"{DESK}{letter.pk}/"):
        assert other.get(path).status_code == 404
    assert other.post(f"{DESK}{letter.pk}/").status_code == 404
    assert other.post(f"{LIST}add/", {"title_fr": "Un titre", "text_fr": "Un texte."}).status_code in (302, 403)
    assert kept("Letter").count() == 1
    assert not mail.outbox
    assert Client(SERVER_NAME="localhost").get(DESK).status_code == 302


def test_nobody_to_write_to_leaves_the_letter_as_it_is(letter: Any, with_role: Any) -> None:
    editor = with_role("editor")
    editor.post(f"{DESK}{letter.pk}/")
    letter.refresh_from_db()
    assert letter.queued is None
    assert "aucune adresse" in editor.get(f"{DESK}{letter.pk}/").content.decode()


def test_a_letter_is_read_on_the_web_once_it_is_sent(people: Any, send: Any, letter: Any, client: Client) -> None:
    path = f"/lettre/numeros/{letter.pk}/"
    assert client.get(path).status_code == 404
    assert "nouveautés" not in client.get("/lettre/").content.decode()
    people(1)
    send()
    page = client.get(path).content.decode()
    assert '<a href="https://odd17.example.org/methode/" rel="nofollow">' in page
    assert "&lt;b&gt;et&lt;/b&gt;" in page
    assert "Three novelties" in client.get(f"/en{path}").content.decode()
    assert path in client.get("/lettre/").content.decode()
