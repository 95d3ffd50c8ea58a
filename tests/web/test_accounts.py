"""Accounts: signing up, in and out, a second factor, roles, and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.test.utils import override_settings

from odd17.core.kernel import UsageError

PHRASE = "quatre mots bien choisis"


@pytest.fixture(autouse=True)
def _letters() -> Iterator[None]:
    """E-mails in memory, and nobody counted as hasty yet."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        caches["default"].clear()
        yield
    caches["default"].clear()
    get_user_model().objects.filter(email__endswith="@example.org").delete()


def sign_up(client: Client, email: str) -> str:
    """Sign up and return the path of the link that the e-mail has."""
    client.post("/comptes/signup/", {"email": email, "password1": PHRASE, "password2": PHRASE})
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert link is not None
    return link[1]


def test_an_account_is_for_those_who_confirm_their_address(client: Client) -> None:
    path = sign_up(client, "nouvelle@example.org")
    assert client.get("/comptes/").status_code == 302
    client.post(path)
    client.post("/comptes/login/", {"login": "nouvelle@example.org", "password": PHRASE})
    page = client.get("/comptes/")
    assert page.status_code == 200
    assert "nouvelle@example.org" in page.content.decode()
    account = get_user_model().objects.get(email="nouvelle@example.org")
    assert "nouvelle" not in account.username
    assert not account.is_staff


def test_the_letter_is_in_french_and_names_the_site(client: Client) -> None:
    sign_up(client, "lettre@example.org")
    assert "odd17" in mail.outbox[-1].subject
    assert "localhost" in mail.outbox[-1].body


def test_an_address_that_has_an_account_is_not_told_from_one_that_has_none(client: Client) -> None:
    sign_up(client, "deja@example.org")
    first = Client(SERVER_NAME="localhost").post(
        "/comptes/signup/", {"email": "deja@example.org", "password1": PHRASE, "password2": PHRASE}
    )
    other = Client(SERVER_NAME="localhost").post(
        "/comptes/signup/", {"email": "autre@example.org", "password1": PHRASE, "password2": PHRASE}
    )
    assert (first.status_code, first.headers["Location"]) == (other.status_code, other.headers["Location"])


def test_too_many_wrong_passwords_are_stopped(client: Client) -> None:
    from odd17.web.accounts.services import account_add  # noqa: PLC0415 - models need a site

    account_add(name="porte", password=PHRASE, email="porte@example.org")
    for _ in range(6):
        answer = client.post("/comptes/login/", {"login": "porte", "password": "x"})
    assert answer.status_code in (200, 429)
    right = client.post("/comptes/login/", {"login": "porte", "password": PHRASE})
    assert right.status_code != 302  # even the right one has to wait


def test_a_weak_password_is_refused(client: Client) -> None:
    client.post("/comptes/signup/", {"email": "faible@example.org", "password1": "12345678", "password2": "12345678"})
    assert not get_user_model().objects.filter(email="faible@example.org").exists()


@pytest.mark.parametrize("path", ["/comptes/", "/comptes/mes-donnees.json", "/comptes/effacer/", "/admin/"])
def test_nobody_enters_without_signing_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/comptes/login/")


@pytest.fixture
def made() -> object:
    from odd17.web.accounts.services import account_add  # noqa: PLC0415 - once Django is set up

    return account_add(name="celle-qui-part", password=PHRASE, email="part@example.org", role="moderator")


def test_a_person_takes_along_what_is_kept_of_them(client: Client, made) -> None:
    client.force_login(made)
    kept = client.get("/comptes/mes-donnees.json").json()
    assert kept["email"] == "part@example.org"
    assert kept["roles"] == ["moderator"]


def test_a_person_leaves_and_their_name_with_them(client: Client, made) -> None:
    client.force_login(made)
    trail = apps.get_model("workshop", "Event").objects
    line = trail.create(who=made.username, what="brought", about="a.csv")
    assert client.post("/comptes/effacer/", {"password": "x"}).status_code == 422
    assert client.post("/comptes/effacer/", {"password": PHRASE}).status_code == 302
    gone = get_user_model().objects.get(pk=made.pk)
    assert (gone.username, gone.email, gone.is_active) == (f"erased-{made.pk}", "", False)
    assert not gone.groups.exists()
    line.refresh_from_db()
    assert line.who == f"erased-{made.pk}"
    line.delete()
    assert client.get("/comptes/").status_code == 302
    gone.delete()


def test_the_last_administrator_stays(site_home) -> None:
    from odd17.web.accounts.services import account_add, account_erase  # noqa: PLC0415 - once Django is set up

    users = get_user_model().objects
    users.filter(is_superuser=True).delete()
    last = account_add(name="derniere", password=PHRASE, email="derniere@example.org", admin=True)
    with pytest.raises(UsageError, match="last administrator"):
        account_erase(account=last)


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("", "/admin/", 403),
        ("moderator", "/admin/", 200),
        ("moderator", "/admin/snippets/practices/practice/", 200),
        ("moderator", "/admin/snippets/practices/practice/add/", 403),
        ("moderator", "/admin/error_reports/", 403),
        ("moderator", "/admin/users/", 403),
        ("editor", "/admin/snippets/practices/practice/add/", 200),
        ("editor", "/admin/error_reports/", 200),
        ("editor", "/admin/users/", 403),
        ("editor", "/admin/trail/", 403),
        ("administrator", "/admin/users/", 200),
        ("administrator", "/admin/trail/", 200),
        ("administrator", "/atelier/", 403),
    ],
)
def test_a_role_opens_its_own_doors_only(client: Client, role: str, path: str, status: int) -> None:
    from odd17.web.accounts.services import account_add  # noqa: PLC0415 - once Django is set up

    client.force_login(account_add(name="role", password=PHRASE, email="role@example.org", role=role))
    assert client.get(path).status_code == status
