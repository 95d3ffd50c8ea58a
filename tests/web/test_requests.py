"""Requests for services: asked, confirmed, answered, late, erased; private to their two sides."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from django.utils.formats import date_format

from odd17.web.accounts.signals import account_erased, account_told

MAKE = "/ressources/demander/workshops/"
DESK = "/ressources/demandes-recues/"
SAID = {
    "name": "Camille Exemple",
    "organisation": "Asso",
    "email": "Camille@example.org",
    "need": "Un atelier sur les alliances secrètes.",
    "territory": "REG-53",
    "begins": "2027-01-10",
    "ends": "2027-02-10",
    "website": "",
}


def kept() -> Any:
    return apps.get_model("resources", "AccessRequest").objects


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
def ask(client: Client, stamp: Any) -> Any:
    def asked(**changed: str) -> HttpResponse:
        return client.post(MAKE, SAID | {"stamp": stamp()} | changed)

    return asked


@pytest.fixture
def confirmed(client: Client, ask: Any) -> Any:
    """A request whose address was confirmed."""
    ask()
    client.post(sent("/confirmer/"))
    return kept().get()


def sent(part: str, to: str = "camille@example.org") -> str:
    """The newest link to ``part`` that an address received."""
    for letter in reversed(mail.outbox):
        if to in letter.to and (found := re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", letter.body)):
            return found[1]
    raise AssertionError(part)


def signed_in(name: str, role: str = "") -> Client:
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
    if role:
        user.groups.add(apps.get_model("auth", "Group").objects.get(name=role))
    browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
    browser.force_login(user)
    return browser


def decision(page: HttpResponse, **said: str) -> dict[str, str]:
    text = page.content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', text)[1] for name in ("once", "version")}
    return found | {"text": "", "state": ""} | said


def test_matrix_leads_open_services_to_their_place_and_others_to_a_form(client: Client) -> None:
    text = client.get("/ressources/acces/").content.decode()
    assert 'href="/auto-diagnostic/"' in text
    assert 'href="/fil/"' in text
    assert f'href="{MAKE}"' in text
    assert "sous 10 jours" in text
    assert "/ressources/demander/self_diagnosis/" not in text
    assert "/ressources/demander/mirror/" not in text  # those who answered ask for it from their result
    assert client.get("/ressources/demander/mirror/").headers["Location"] == "/auto-diagnostic/"
    assert "within 10 days" in client.get("/en/ressources/acces/").content.decode()


def test_what_is_open_and_of_which_the_library_holds_none_is_said_to_be_none(client: Client) -> None:
    resource = apps.get_model("library", "Resource")
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")

    def said() -> bool:
        (offer,) = re.findall(
            r"<li>(<a[^>]*>Webinaires</a>.*?)</li>", client.get("/ressources/acces/").content.decode()
        )
        return "rien pour l’instant" in offer

    assert said()
    made = resource.objects.create(title="Un webinaire", kind="webinar", locale=locale, live=False)
    made.save_revision().publish()
    assert not said()
    made.delete()
    assert said()


def test_act_leads_from_the_navigation_to_the_tools(client: Client) -> None:
    text = client.get("/par-ou-commencer/").content.decode()
    assert '<a href="/par-ou-commencer/" aria-current="page">Agir</a>' in text
    assert 'href="/ressources/acces/"' in text


@pytest.mark.parametrize("service", ["self_diagnosis", "nothing"])
def test_an_open_or_unknown_service_has_no_form(client: Client, service: str) -> None:
    assert client.get(f"/ressources/demander/{service}/").status_code == 404


def test_a_request_waits_for_its_address_then_reaches_staff(client: Client, ask: Any) -> None:
    editor = signed_in("editrice", "editor")
    assert ask().status_code == 200
    assert [letter.to for letter in mail.outbox] == [["camille@example.org"]]
    assert "Exemple" not in editor.get(DESK).content.decode()
    link = sent("/confirmer/")
    assert client.get(link).status_code == 200
    assert kept().get().confirmed is None  # a program that follows links confirms nothing
    client.post(link)
    client.post(link)
    assert kept().get().territory == "REG-53"
    assert [letter.to[0] for letter in mail.outbox[1:]] == ["camille@example.org", "editrice@example.org"]
    assert "sous 10 jours" in mail.outbox[1].body
    desk = editor.get(DESK).content.decode()
    assert "Exemple" in desk
    assert "Bretagne" in desk
    assert not any("secrètes" in letter.body + letter.subject for letter in mail.outbox)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("need", ""),
        ("email", "nobody"),
        ("territory", "Atlantide"),
        ("begins", "yesterday"),
        ("ends", "2026-01-01"),
        ("need", "x" * 4001),
    ],
)
def test_bad_input_is_refused_and_keeps_what_was_typed(ask: Any, field: str, value: str) -> None:
    answer = ask(**{field: value})
    assert answer.status_code == 422
    assert "Asso" in answer.content.decode()
    assert not kept().exists()


def test_the_same_form_counts_once_and_a_trapped_one_never(ask: Any, stamp: Any) -> None:
    once = stamp()
    ask(stamp=once)
    ask(stamp=once)
    ask(website="https://spam.example")
    assert kept().count() == 1
    assert ask(stamp="forged").status_code == 422


def test_a_thousand_requests_make_few_rows(ask: Any) -> None:
    answers = [ask(email=f"a{number}@example.org").status_code for number in range(1000)]
    assert answers[-1] == 429
    assert kept().count() <= 10


@pytest.mark.parametrize("role", ["", "moderator"])
def test_those_without_the_right_learn_of_no_desk(confirmed: Any, role: str) -> None:
    browser = signed_in("autre", role)
    assert browser.get(DESK).status_code == 404
    assert browser.get(f"{DESK}{confirmed.pk}/").status_code == 404
    assert browser.post(f"{DESK}{confirmed.pk}/", {"state": "declined"}).status_code == 404
    assert kept().get().state == "received"


def test_strangers_sign_in_before_the_desk(client: Client) -> None:
    assert client.get(DESK).status_code == 302


def test_only_the_secret_link_opens_a_request(client: Client, confirmed: Any) -> None:
    assert "secrètes" in client.get(confirmed.get_absolute_url()).content.decode()
    assert client.get(f"/ressources/demandes/{confirmed.pk}/").status_code == 404
    assert client.get(f"/ressources/demandes/{confirmed.confirming}/").status_code == 404


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_both_sides_write_and_the_request_moves(client: Client, confirmed: Any, role: str) -> None:
    staff = signed_in("charge", role)
    path = f"{DESK}{confirmed.pk}/"
    said = decision(staff.get(path), text="Parlons-en mardi.", state="discussed", take="on")
    assert staff.post(path, said).status_code == 302
    staff.post(path, said)  # sent twice
    found = kept().get()
    assert (found.state, found.charge.username, found.messages.count()) == ("discussed", "charge", 1)
    assert "en discussion" in mail.outbox[-1].body
    page = client.get(found.get_absolute_url())
    assert "Parlons-en mardi." in page.content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]
    for _time in range(2):
        client.post(found.get_absolute_url(), {"once": once, "text": "Volontiers."})
    assert found.messages.count() == 2
    assert mail.outbox[-1].to == ["charge@example.org"]
    assert "Volontiers." not in mail.outbox[-1].body


def test_a_stale_decision_is_told_and_loses_nothing(confirmed: Any) -> None:
    one, two, path = signed_in("une", "editor"), signed_in("deux", "editor"), f"{DESK}{confirmed.pk}/"
    first, second = decision(one.get(path), state="discussed"), decision(two.get(path), state="declined", text="Non.")
    one.post(path, first)
    answer = two.post(path, second)
    assert answer.status_code == 409
    assert "Non." in answer.content.decode()
    assert kept().get().state == "discussed"
    assert not kept().get().messages.exists()


def test_a_state_that_does_not_follow_is_refused(confirmed: Any) -> None:
    staff, path = signed_in("saut", "editor"), f"{DESK}{confirmed.pk}/"
    assert staff.post(path, decision(staff.get(path), state="done")).status_code in (409, 422)
    assert kept().get().state == "received"


def test_late_requests_are_marked(confirmed: Any) -> None:
    staff = signed_in("retard", "editor")
    assert "en retard" not in staff.get(DESK).content.decode()
    kept().update(confirmed=timezone.now() - timedelta(days=11))
    assert "en retard" in staff.get(DESK).content.decode()


def test_who_asks_reads_by_when_an_answer_is_promised_until_there_is_one(client: Client, confirmed: Any) -> None:
    assert "Nous seuls la voyons" in client.get(MAKE).content.decode()
    assert "publiée" not in client.get(MAKE).content.decode()
    day = date_format(timezone.localdate(confirmed.confirmed) + timedelta(days=10), "DATE_FORMAT")
    promise = f"une première réponse d’ici le {day}"
    assert promise in client.get(confirmed.get_absolute_url()).content.decode()
    staff, path = signed_in("reponse", "editor"), f"{DESK}{confirmed.pk}/"
    staff.post(path, decision(staff.get(path), state="discussed", text="Parlons-en."))
    text = client.get(confirmed.get_absolute_url()).content.decode()
    assert promise not in text
    assert "Parlons-en." in text


def test_who_asked_takes_their_data_and_erases_all(client: Client, confirmed: Any) -> None:
    path = confirmed.get_absolute_url()
    assert json.loads(client.get(f"{path}mes-donnees.json").content)["name"] == "Camille Exemple"
    client.get(f"{path}effacer/")
    assert kept().exists()
    client.post(f"{path}effacer/")
    assert not kept().exists()
    assert client.get(path).status_code == 404


def test_an_account_hears_of_its_requests_and_takes_them_away(confirmed: Any) -> None:
    person = get_user_model().objects.create_user("camille", "camille@example.org", "x")
    person.emailaddress_set.create(email="camille@example.org", verified=True, primary=True)
    told = [data for _receiver, data in account_told.send(sender=None, account=person) if "access_requests" in data]
    assert told[0]["access_requests"][0]["need"] == SAID["need"]
    account_erased.send(sender=None, account=person)
    assert not kept().exists()


def test_what_nobody_confirms_goes_after_seven_days(ask: Any) -> None:
    ask()
    kept().update(made=timezone.now() - timedelta(days=8))
    ask(email="autre@example.org")
    assert kept().get().email == "autre@example.org"
