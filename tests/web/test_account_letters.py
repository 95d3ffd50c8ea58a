"""Every e-mail that allauth can send about an account is in our words, in French and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import allauth
import pytest
from django import conf
from django.core import mail
from django.core.cache import caches
from django.template.loader import get_template
from django.test import Client
from django.test.utils import override_settings
from django.utils import translation

import odd17.web.accounts

PHRASE, OTHER = "quatre mots bien choisis", "quatre autres mots choisis"
TEMPLATES = Path(allauth.__file__).parent / "templates"
OURS = Path(odd17.web.accounts.__file__).parent / "templates"
NEVER = {
    "account/email/email_confirm",  # allauth has its words, and nothing that sends it
    "account/email/login_code",  # ACCOUNT_LOGIN_BY_CODE_ENABLED is off
    "account/email/password_reset_code",  # ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED is off
    "account/email/unknown_account",  # ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS is off
    "mfa/email/webauthn_added",  # MFA_SUPPORTED_TYPES has no keys
    "mfa/email/webauthn_removed",
}
LETTERS = sorted(
    f"{app}/email/{file.name.removesuffix('_subject.txt')}"
    for app in ("account", "mfa")
    for file in (TEMPLATES / app / "email").glob("*_subject.txt")
)
SAID = {
    "current_site": {"domain": "exemple.org", "name": "exemple.org"},
    "activate_url": "https://exemple.org/a/",
    "password_reset_url": "https://exemple.org/b/",
    "from_email": "avant@example.org",
    "to_email": "apres@example.org",
    "deleted_email": "otee@example.org",
    "timestamp": datetime(2026, 11, 25, 9, tzinfo=UTC),
}


@pytest.fixture(autouse=True)
def _letters(author) -> Iterator[None]:
    caches["default"].clear()
    mail.outbox = []
    yield
    caches["default"].clear()


def test_what_is_never_sent_is_not(site_home) -> None:
    assert set(LETTERS) > NEVER
    assert conf.settings.ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS is False
    assert not getattr(conf.settings, "ACCOUNT_LOGIN_BY_CODE_ENABLED", False)
    assert not getattr(conf.settings, "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED", False)
    assert "webauthn" not in conf.settings.MFA_SUPPORTED_TYPES
    assert conf.settings.ACCOUNT_EMAIL_NOTIFICATIONS


@pytest.mark.parametrize("part", ["subject", "message"])
@pytest.mark.parametrize("letter", [letter for letter in LETTERS if letter not in NEVER])
def test_every_letter_is_ours_in_both_languages(site_home, letter: str, part: str) -> None:
    template = get_template(f"{letter}_{part}.txt")
    if letter != "account/email/email_confirmation_signup":  # allauth's own says no more than to take the other one
        assert Path(template.origin.name).is_relative_to(OURS)
    said = {}
    for language in ("fr", "en"):
        with translation.override(language):
            said[language] = template.render(SAID).strip()
        assert said[language]
        assert "{" not in said[language]
        assert "&#" not in said[language]
    assert said["fr"] != said["en"]
    if part == "message":
        assert said["fr"].startswith("Bonjour,")
        assert said["en"].startswith("Hello,")
        for text in said.values():
            assert "exemple.org" in text
            assert "Django" not in text
            assert not re.search(r"  |\n{3}", text.removesuffix("\n"))
    if "confirmation" not in letter and part == "message":
        assert re.search(r"si ce n’était pas vous", said["fr"], re.IGNORECASE)
        assert re.search(r"if it was not you", said["en"], re.IGNORECASE)


@pytest.fixture
def member(client: Client) -> Client:
    from odd17.web.accounts.services import account_add  # noqa: PLC0415 - once Django is set up

    account_add(name="membre", password=PHRASE, email="membre@example.org")
    client.post("/comptes/login/", {"login": "membre@example.org", "password": PHRASE})
    return client


def changed(member: Client, prefix: str = "") -> None:
    said = {"oldpassword": PHRASE, "password1": OTHER, "password2": OTHER}
    assert member.post(f"{prefix}/comptes/password/change/", said).status_code == 302


@pytest.mark.parametrize(("prefix", "said"), [("", "a été changé"), ("/en", "was changed")])
def test_who_has_an_account_hears_of_a_changed_password(member: Client, prefix: str, said: str) -> None:
    changed(member, prefix)
    assert [letter.to for letter in mail.outbox] == [["membre@example.org"]]
    assert said in mail.outbox[0].subject
    assert said in mail.outbox[0].body
    assert "127.0.0.1" not in mail.outbox[0].body


def test_a_password_is_changed_where_no_e_mail_can_be_sent(member: Client) -> None:
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
    ):
        changed(member)
    again = Client(SERVER_NAME="localhost")
    answer = again.post("/comptes/login/", {"login": "membre@example.org", "password": OTHER})
    assert answer.status_code == 302


@pytest.mark.parametrize(("prefix", "said"), [("", "elle en a déjà un"), ("/en", "it has one already")])
def test_who_has_an_account_already_is_told_by_e_mail_alone(member: Client, prefix: str, said: str) -> None:
    form = {"email": "membre@example.org", "password1": PHRASE, "password2": PHRASE}
    answer = Client(SERVER_NAME="localhost").post(f"{prefix}/comptes/signup/", form, follow=True)
    assert said not in answer.content.decode()
    assert said in mail.outbox[-1].body
    assert f"{prefix}/comptes/password/reset/" in mail.outbox[-1].body


def test_an_address_taken_off_an_account_is_told(member: Client) -> None:
    member.post("/comptes/reauthenticate/", {"password": PHRASE})
    member.post("/comptes/email/", {"action_add": "", "email": "seconde@example.org"})
    path = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert path is not None
    member.post(path[1])
    member.post("/comptes/email/", {"action_remove": "", "email": "seconde@example.org"})
    assert mail.outbox[-1].to == ["membre@example.org"]
    assert "seconde@example.org a été retirée" in mail.outbox[-1].body
