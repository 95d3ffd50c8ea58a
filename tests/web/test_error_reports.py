"""Reporting an error: kept, held back, trapped, and read by staff only."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

PHRASE = "correct horse battery staple"
ADDRESS = "/signaler-une-erreur/"
GOOD = {"page": "/territoires/REG-53-bretagne/", "figure": "unemployment_rate", "message": "The table prints 7,3 here."}


@pytest.fixture
def reports() -> Iterator[object]:
    """The table of reports, emptied before and after."""
    table = apps.get_model("error_reports", "ErrorReport").objects
    table.all().delete()
    yield table
    table.all().delete()


def test_each_figure_links_to_the_form_with_its_own_address(client: Client) -> None:
    page = client.get("/territoires/REG-53-bretagne/").content.decode()
    links = re.findall(r'href="(/signaler-une-erreur/\?page=[^"]+figure=unemployment_rate)"', page)
    assert len(links) == 1
    form = client.get(links[0].replace("&amp;", "&")).content.decode()
    assert re.search(r'name="page" value="/r/[^"]+/territoires/REG-53-bretagne/"', form)
    assert 'name="figure" value="unemployment_rate"' in form


def test_a_report_is_kept_with_its_page_and_figure(client: Client, reports) -> None:
    response = client.post(ADDRESS, GOOD | {"email": "reader@example.org", "consent": "on"})
    assert (response.status_code, response.headers["Location"]) == (302, "/signaler-une-erreur/merci/")
    kept = reports.get()
    assert (kept.page, kept.figure, kept.message) == (GOOD["page"], GOOD["figure"], GOOD["message"])
    assert (kept.email, kept.consent, kept.state) == ("reader@example.org", True, "new")
    assert "127.0.0.1" not in kept.sender


def test_an_address_without_consent_is_not_kept(client: Client, reports) -> None:
    response = client.post(ADDRESS, GOOD | {"email": "reader@example.org"})
    assert response.status_code == 422
    assert "Cochez la case" in response.content.decode()
    assert reports.count() == 0
    assert client.post(ADDRESS, GOOD | {"consent": "on"}).status_code == 302
    assert (reports.get().email, reports.get().consent) == ("", False)


@pytest.mark.parametrize(
    "change",
    [
        {"message": ""},
        {"message": "short"},
        {"message": "x" * 4001},
        {"email": "nonsense", "consent": "on"},
        {"figure": "<b>"},
        {"page": "x" * 501},
    ],
)
def test_a_form_that_is_wrong_says_so_and_keeps_nothing(client: Client, reports, change: dict[str, str]) -> None:
    response = client.post(ADDRESS, GOOD | change)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert reports.count() == 0


def test_a_form_that_fills_the_trap_is_thanked_and_forgotten(client: Client, reports) -> None:
    response = client.post(ADDRESS, GOOD | {"website": "http://spam.example"})
    assert response.status_code == 302
    assert reports.count() == 0


def test_the_sixth_report_within_an_hour_is_held_back(client: Client, reports) -> None:
    for _ in range(5):
        assert client.post(ADDRESS, GOOD).status_code == 302
    response = client.post(ADDRESS, GOOD)
    assert response.status_code == 429
    assert reports.count() == 5
    assert client.post(ADDRESS, GOOD, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_the_proxy_s_word_on_the_sender_counts_only_behind_one(client: Client, reports) -> None:
    for number in range(5):
        client.post(ADDRESS, GOOD, headers={"x-forwarded-for": f"10.0.0.{number}"})
    assert client.post(ADDRESS, GOOD, headers={"x-forwarded-for": "10.0.0.9"}).status_code == 429
    with override_settings(HTTPS=True):
        assert client.post(ADDRESS, GOOD, headers={"x-forwarded-for": "1.2.3.4, 10.0.0.9"}).status_code == 302
    assert reports.count() == 6


def test_a_form_from_another_site_is_refused(reports) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    response = strict.post(ADDRESS, GOOD)
    assert response.status_code == 403
    assert reports.count() == 0
    form = strict.get(ADDRESS)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.content.decode())
    assert token is not None
    assert strict.post(ADDRESS, GOOD | {"csrfmiddlewaretoken": token[1]}).status_code == 302


def test_staff_read_reports_and_nobody_else(client: Client, reports) -> None:
    client.post(ADDRESS, GOOD)
    path = f"/admin/error_reports/inspect/{reports.get().pk}/"
    assert client.get(path).status_code == 302
    users = get_user_model().objects
    users.filter(username="reader-of-reports").delete()
    staff = users.create_superuser("reader-of-reports", password=PHRASE)
    client.force_login(staff)
    page = client.get(path)
    assert page.status_code == 200
    assert GOOD["message"] in page.content.decode()
    assert client.get("/admin/error_reports/").status_code == 200
    assert client.get("/admin/error_reports/new/").status_code == 403  # nobody writes one here
    staff.delete()
