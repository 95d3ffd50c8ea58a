"""Ways around the entrance: a door without the second factor, limits that count the proxy, secrets that leave."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.test.utils import override_settings

PASSWORD = "quatre mots bien choisis"  # noqa: S105 - of accounts that live as long as a test


def test_the_desk_has_no_way_in_of_its_own(with_role: Callable[[str], Client]) -> None:
    with_role("administrator")
    browser = Client(SERVER_NAME="localhost")
    for name in ("administrator", "administrator@example.org"):
        answer = browser.post("/admin/login/", {"username": name, "password": PASSWORD})
        assert "_auth_user_id" not in browser.session
        assert answer.headers["Location"] == "/comptes/login/"
    asked = browser.get("/admin/login/?next=/admin/snippets/").headers["Location"]
    assert asked == "/comptes/login/?next=/admin/snippets/"


@pytest.mark.parametrize(("https", "counted"), [("1", "203.0.113.7"), ("0", "10.0.0.1")])
def test_limits_count_readers_and_not_the_proxy(tmp_path: Any, https: str, counted: str) -> None:
    code = (
        "import django; django.setup()\n"
        "from allauth.account.adapter import get_adapter\n"
        "from django.test import RequestFactory\n"
        "sent = {'X-Forwarded-For': '6.6.6.6, 203.0.113.7'}\n"
        "asked = RequestFactory().get('/', REMOTE_ADDR='10.0.0.1', headers=sent)\n"
        "print(get_adapter().get_client_ip(asked))\n"
    )
    environment = {
        **os.environ, "ODD17_HOME": str(tmp_path), "ODD17_HTTPS": https, "ODD17_HOSTS": "odd17.example",
        "DJANGO_SETTINGS_MODULE": "odd17.web.config.settings",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == counted


@pytest.mark.parametrize("page", ["email/", "password/change/", "double-facteur/", "double-facteur/totp/activate/"])
def test_no_browser_keeps_what_is_of_an_account(with_role: Callable[[str], Client], page: str) -> None:
    with_role("")
    browser = Client(SERVER_NAME="localhost")
    browser.post("/comptes/login/", {"login": "personne@example.org", "password": PASSWORD})
    browser.post("/comptes/reauthenticate/", {"password": PASSWORD})
    answer = browser.get(f"/comptes/{page}")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_many_others_do_not_make_a_limit_forget(client: Client) -> None:
    from odd17.web.contributions.limits import may  # noqa: PLC0415 - models need a site

    asked = RequestFactory().post("/")
    with override_settings(ACCOUNT_RATE_LIMITS={"propose": "3/h/key"}):
        for _time in range(3):
            assert may(asked, "propose", "one@example.org")
        for number in range(400):
            may(asked, "propose", f"other-{number}@example.org")
        assert not may(asked, "propose", "one@example.org")
    caches["default"].clear()


def test_a_report_of_an_error_does_not_carry_the_secret_of_its_page(client: Client) -> None:
    begun = client.post("/auto-diagnostic/organisations/commencer/").headers["Location"]
    secret = begun.strip("/").rpartition("/")[2]
    for address in (begun, f"{begun}resultat/", f"/en{begun}"):
        page = client.get(address).content.decode()
        reported = page.split("/signaler-une-erreur/?page=")[1].split('"')[0]
        assert secret not in reported
        assert "reponses" in reported
    apps.get_model("self_diagnosis", "Answering").objects.filter(token=secret).delete()


def test_a_form_of_another_site_is_refused_in_the_readers_words() -> None:
    browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    answer = browser.post("/lettre/", {"email": "a@example.org"})
    assert answer.status_code == 403
    assert "Ce formulaire a été refusé" in answer.content.decode()
