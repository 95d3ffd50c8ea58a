"""``odd17 newsletter`` as it is run by a person and by cron; e-mails are files where no server is named."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
MAKE = """
from datetime import timedelta
from odd17.web.config.preparation import prepare
prepare()
from django.utils import timezone
from odd17.web.newsletter.models import Letter, Subscription
now = timezone.now()
for number in range(3):
    Subscription.objects.create(
        email=f"a{number}@example.org", language="fr", asked=now, words="oui", confirmed=now, confirming=""
    )
then = now - timedelta(days=8)
Subscription.objects.create(email="old@example.org", language="fr", asked=then, words="oui")
Letter.objects.create(title_fr="Une lettre", text_fr="Bonjour.")
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command in a home of its own."""
    environment = os.environ | {"ODD17_HOME": str(tmp_path), "ODD17_LANG": "en"}
    environment.pop("ODD17_SMTP", None)

    def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        command = [sys.executable, *(arguments if arguments[0] == "-c" else ("-m", "odd17", "newsletter", *arguments))]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, input=typed)
        return done.returncode, done.stdout, done.stderr

    return run


def test_a_letter_is_listed_sent_once_and_old_addresses_go(run: Run, tmp_path: Path) -> None:
    code, _, err = run("-c", MAKE)
    assert code == 0, err
    assert run("list")[1] == "1 Une lettre: not sent yet\n"
    assert run("tidy")[1] == "Addresses removed: 1.\n"
    code, out, err = run("send", "1")
    assert (code, out) == (0, "Sent: 3 of 3.\n"), err
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "mail").iterdir())
    assert written.count("List-Unsubscribe-Post: List-Unsubscribe=One-Click") == 3
    assert run("send", "1")[1] == "Sent: 3 of 3.\n"
    again = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "mail").iterdir())
    assert again.count("List-Unsubscribe-Post") == 3
    assert run("list")[1] == "1 Une lettre: sent to 3 of 3\n"


def test_a_letter_that_is_not_there_is_told(run: Run) -> None:
    code, _, err = run("send", "7")
    assert code == 2
    assert "There is no letter 7" in err


COUNT = """
from odd17.web.config.preparation import prepare
prepare()
from odd17.web.newsletter.models import Delivery, Subscription
print(sorted(Subscription.objects.values_list("email", flat=True)), Delivery.objects.count())
"""


def test_an_address_is_removed_with_what_is_kept_and_named_nowhere(run: Run, tmp_path: Path) -> None:
    assert run("-c", MAKE)[0] == 0
    assert run("send", "1")[0] == 0
    code, out, err = run("remove", "A1@Example.org")
    assert (code, out, err) == (0, "The address was removed, with all that was kept with it.\n", "")
    code, out, err = run("remove", "-", typed="old@example.org\n")  # asked for and never confirmed
    assert (code, out, err) == (0, "The address was removed, with all that was kept with it.\n", "")
    assert run("-c", COUNT)[1] == "['a0@example.org', 'a2@example.org'] 2\n"
    code, out, err = run("remove", "a1@example.org")
    assert (code, out) == (1, "")
    assert "not on the list" in err
    assert "a1" not in err
    code, out, err = run("remove", "a1 at example")
    assert (code, out) == (2, "")
    assert "no e-mail address" in err
    assert "a1" not in err
    assert run("-c", COUNT)[1] == "['a0@example.org', 'a2@example.org'] 2\n"
