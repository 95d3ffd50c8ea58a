"""Signing up for the letter, twice confirmed: nobody learns who is on the list, and who leaves is erased."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail, signing
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from odd17.web.accounts.signals import account_erased, account_told
from odd17.web.config.preparation import run

FORM = "/lettre/"
WHO = "camille@example.org"


def kept() -> Any:
    return apps.get_model("newsletter", "Subscription").objects


@pytest.fixture(autouse=True)
def _empty(site_home: object) -> Iterator[None]:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        caches["default"].clear()
        yield
    caches["default"].clear()
    kept().all().delete()
    get_user_model().objects.filter(email__endswith="@example.org").delete()


@pytest.fixture
def ask(client: Client, stamp: Any) -> Callable[..., HttpResponse]:
    def asked(email: str = WHO, **changed: str) -> HttpResponse:
        said = {"stamp": stamp(), "email": email, "language": "fr", "consent": "on", "website": ""}
        return client.post(FORM, said | changed)

    return asked


def sent(part: str, to: str = WHO) -> str:
    """The newest link to ``part`` that an address received."""
    for letter in reversed(mail.outbox):
        if to in letter.to and (found := re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", letter.body)):
            return found[1]
    raise AssertionError(part)


@pytest.fixture
def confirmed(client: Client, ask: Callable[..., HttpResponse]) -> Any:
    """Somebody who receives the letter."""
    ask()
    client.post(sent("/confirmer/"))
    return kept().get()


def test_an_address_is_on_the_list_once_it_is_confirmed(client: Client, ask: Callable[..., HttpResponse]) -> None:
    assert ask("Camille@Example.org").headers["Location"] == "/lettre/merci/"
    assert [letter.to for letter in mail.outbox] == [[WHO]]
    link = sent("/confirmer/")
    assert client.get(link).status_code == 200
    assert kept().get().confirmed is None  # a program that follows links confirms nothing
    assert "C’est confirmé" in client.post(link).content.decode()
    found = kept().get()
    assert found.confirmed is not None
    assert found.confirming == ""
    assert "Je veux recevoir" in found.words
    assert abs(found.asked - timezone.now()) < timedelta(minutes=5)


def test_a_replayed_confirmation_changes_nothing_and_says_so(client: Client, ask: Callable[..., HttpResponse]) -> None:
    ask()
    link = sent("/confirmer/")
    client.post(link)
    before = list(kept().values())
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "Ce lien a déjà servi" in answer.content.decode()
        assert "rien n’a changé" in answer.content.decode()
    assert list(kept().values()) == before
    client.post(f"/lettre/quitter/{kept().get().token}/")
    assert client.post(link).status_code == 410
    assert not kept().exists()  # who left is not brought back


def test_a_link_that_expired_or_was_forged_confirms_nobody(client: Client, ask: Callable[..., HttpResponse]) -> None:
    with mock.patch("django.core.signing.time.time", return_value=timezone.now().timestamp() - 8 * 86_400):
        old = signing.TimestampSigner(salt="odd17.newsletter.confirm").sign("secret")
    ask()
    secret = kept().get().confirming
    with mock.patch("django.core.signing.time.time", return_value=timezone.now().timestamp() - 8 * 86_400):
        expired = signing.TimestampSigner(salt="odd17.newsletter.confirm").sign(secret)
    other = signing.TimestampSigner(salt="odd17.contributions.start").sign(secret)
    for link, status in ((old, 410), (expired, 410), (other, 404), (secret, 404), (f"{secret}:1:x", 404)):
        assert client.get(f"/lettre/confirmer/{link}/").status_code == status
        assert client.post(f"/lettre/confirmer/{link}/").status_code == status
    assert kept().get().confirmed is None
    assert "trop ancien" in client.get(f"/lettre/confirmer/{expired}/").content.decode()


def test_an_empty_secret_confirms_nobody(client: Client, confirmed: Any) -> None:
    link = signing.TimestampSigner(salt="odd17.newsletter.confirm").sign("")
    assert client.post(f"/lettre/confirmer/{link}/").status_code == 410


def test_the_page_never_tells_whether_an_address_is_known(
    confirmed: Any, ask: Callable[..., HttpResponse], client: Client
) -> None:
    before = list(kept().filter(pk=confirmed.pk).values())
    caches["default"].clear()
    known, unknown = ask(WHO), ask("autre@example.org")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert known.content == unknown.content
    assert "déjà" in mail.outbox[-2].subject  # who receives it is told by e-mail alone
    assert list(kept().filter(pk=confirmed.pk).values()) == before
    assert [len(letter.to) for letter in mail.outbox[-2:]] == [1, 1]
    for _time in range(5):  # beyond the limit of an address, the page is the same still
        assert ask("autre@example.org").headers["Location"] == "/lettre/merci/"
    assert len([letter for letter in mail.outbox if letter.to == ["autre@example.org"]]) == 3


def test_an_address_asked_for_again_before_it_is_confirmed_is_one(client: Client, ask: Any) -> None:
    ask()
    first = sent("/confirmer/")
    ask(language="en")
    assert kept().count() == 1
    assert kept().get().language == "en"
    assert sent("/confirmer/").startswith("/en/")
    client.post(first)
    assert kept().get().confirmed is not None
    assert client.post(sent("/confirmer/")).status_code == 410


@pytest.mark.parametrize(
    "changed",
    [
        {"email": ""},
        {"email": "nobody"},
        {"email": "a@example.org\nBcc: b@example.org"},
        {"email": f"{'a' * 10_000}@example.org"},
        {"consent": ""},
        {"language": "de"},
        {"stamp": "forged"},
    ],
)
def test_bad_input_is_refused(ask: Callable[..., HttpResponse], changed: dict[str, str]) -> None:
    answer = ask(**changed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not kept().exists()
    assert not mail.outbox


def test_a_trapped_or_hasty_form_counts_for_nothing(client: Client, ask: Callable[..., HttpResponse]) -> None:
    assert ask(website="https://spam.example").headers["Location"] == "/lettre/merci/"
    page = client.get(FORM).content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)
    assert stamp is not None
    assert ask(stamp=stamp[1]).status_code == 422
    assert not kept().exists()


def test_a_thousand_forms_make_few_rows(ask: Callable[..., HttpResponse]) -> None:
    answers = [ask(f"a{number}@example.org").status_code for number in range(1000)]
    assert answers[-1] == 429
    assert kept().count() <= 20


def test_who_receives_it_reads_changes_takes_away_and_leaves(client: Client, confirmed: Any) -> None:
    path = confirmed.get_absolute_url()
    page = client.get(path)
    assert WHO in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    client.post(path, {"language": "en"})
    assert kept().get().language == "en"
    assert client.post(path, {"language": "de"}).status_code == 422
    data = json.loads(client.get(f"{path}mes-donnees.json").content)
    assert (data["email"], data["language"], "Je veux" in data["consent"]) == (WHO, "en", True)
    leave = f"/lettre/quitter/{confirmed.token}/"
    assert "Se désabonner de la lettre" in client.get(leave).content.decode()
    assert kept().exists()
    client.post(leave)
    assert not kept().exists()
    assert "Vous n’êtes pas sur la liste" in client.get(leave).content.decode()
    assert client.get(path).status_code == 404


def test_a_mailbox_leaves_in_one_click_without_a_cookie(confirmed: Any) -> None:
    mailbox = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    answer = mailbox.post(f"/lettre/quitter/{confirmed.token}/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not kept().exists()
    assert mailbox.post(f"/lettre/quitter/{confirmed.token}/").status_code == 200  # twice is once
    assert mailbox.post("/lettre/abonnement/x/", {"language": "en"}).status_code == 403


@pytest.mark.parametrize("path", ["/lettre/abonnement/guessed/", "/lettre/abonnement/1/mes-donnees.json"])
def test_only_the_secret_link_opens_a_subscription(client: Client, confirmed: Any, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get(path.replace("guessed", confirmed.confirming or "none")).status_code == 404


def test_what_nobody_confirms_goes_after_seven_days(ask: Callable[..., HttpResponse], confirmed: Any) -> None:
    ask("autre@example.org")
    ask("nouvelle@example.org")
    gone: list[int] = []
    kept().filter(email="autre@example.org").update(asked=timezone.now() - timedelta(days=7, minutes=1))
    kept().filter(email=WHO).update(asked=timezone.now() - timedelta(days=700))
    run("newsletter_tidy", done=gone.append)
    assert gone == [1]
    assert {one.email for one in kept().all()} == {WHO, "nouvelle@example.org"}


def test_an_account_hears_of_its_addresses_and_takes_them_away(confirmed: Any, ask: Any) -> None:
    ask("autre@example.org")
    person = get_user_model().objects.create_user("camille", WHO, "x")
    person.emailaddress_set.create(email="Camille@example.org", verified=True, primary=True)
    person.emailaddress_set.create(email="autre@example.org", verified=False)
    told = [data for _receiver, data in account_told.send(sender=None, account=person) if "newsletter" in data]
    assert [one["email"] for one in told[0]["newsletter"]] == [WHO]
    account_erased.send(sender=None, account=person)
    assert [one.email for one in kept().all()] == ["autre@example.org"]


def test_the_newsletter_is_reached_from_act_and_from_the_foot_of_pages(client: Client) -> None:
    page = client.get("/par-ou-commencer/").content.decode()
    assert page.count('href="/lettre/"') == 2
    assert page.count('href="/apprendre/"') == 2
    access = client.get("/ressources/acces/").content.decode()
    assert access.count('href="/lettre/"') == 2
    assert access.count('href="/apprendre/"') == 3


def test_the_newsletter_is_no_part_of_the_demonstration(client: Client, confirmed: Any) -> None:
    assert client.get(f"/demonstration{confirmed.get_absolute_url()}").status_code == 404
    assert client.get("/demonstration/lettre/").status_code == 404
