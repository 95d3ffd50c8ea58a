"""A catalyst claims its cited entry, is published, found, written to, confirms, withdraws: in a real browser."""

from __future__ import annotations

import email
import email.policy
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from odd17.core.kernel.months import months_after

HOLDER = "camille@example.org"
VISITOR = "dominique@example.org"
MODERATOR = "moderation@example.org"
NAME = "Silver Geek"  # cited in Vienne (86)
WHERE = "Poitiers"


def command(home: Path, *arguments: str, typed: str = "") -> str:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("odd17")), *arguments],
        input=typed, text=True, env=os.environ | {"ODD17_HOME": str(home), "ODD17_LANG": "fr"}, check=True,
        capture_output=True,
    )  # fmt: skip
    return done.stdout


def letters(home: Path, to: str) -> list[EmailMessage]:
    """The e-mails that the site wrote to an address, the newest last."""
    found = []
    for file in sorted((home / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns):
        for raw in re.split(rb"(?m)^-{79}\n", file.read_bytes()):
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            if letter["To"] == to:
                found.append(letter)
    return found  # type: ignore[return-value]


def said(letter: EmailMessage) -> str:
    body = letter.get_body()
    return str(body.get_content()) if body else ""


def link(home: Path, part: str, to: str) -> str:
    """The path of the newest link to ``part`` that an address received."""
    for letter in reversed(letters(home, to)):
        if found := re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", said(letter)):
            return found[1]
    raise AssertionError(f"no link to {part} for {to}")


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def patiently(page: Page, button: str, title: str) -> None:
    """Press until the page takes it: a form sent sooner than a person would fill it is asked again."""
    for _ in range(200):
        press(page, button)
        if page.get_by_role("heading", level=1).inner_text() != title:
            return
    raise AssertionError(page.get_by_role("main").inner_text())


@pytest.fixture
def moderator(chromium: Browser, site: str, site_folder: Path) -> Page:
    """Somebody who moderates, signed in, in a browser that runs no script."""
    phrase = "une longue phrase de passe"
    command(site_folder, "user", "add", "moderation", "--role", "moderator", "--email", MODERATOR, typed=phrase)
    page = chromium.new_context(base_url=site, locale="fr-FR", java_script_enabled=False).new_page()
    page.goto("/comptes/login/")
    page.get_by_label("Identifiant").fill("moderation")
    page.get_by_label("Mot de passe", exact=True).fill(phrase)
    page.get_by_role("main").get_by_role("button", name="Connexion").click()
    return page


@pytest.fixture
def aged(site: str, site_folder: Path) -> Callable[[int], None]:
    """As if the holder had confirmed the entry so many months ago."""

    def age(months: int) -> None:
        day = months_after(datetime.now(tz=UTC).date(), -months)
        with closing(sqlite3.connect(site_folder / "odd17.sqlite3", timeout=30)) as base, base:
            base.execute("UPDATE catalysts_catalystentry SET confirmed = ?", (day.isoformat(),))
            base.execute("UPDATE catalysts_directoryversion SET number = number + 1")  # as a new day does

    return age


def shown_to(page: Page) -> dict[str, bool]:
    """Where the entry stands for everyone: list, page, search by territory, API, file."""
    api = json.loads(page.request.get(f"/api/v1/catalysts?q={NAME}").text())
    return {
        "list": NAME in page.request.get("/catalyseurs/").text(),
        "page": page.request.get("/catalyseurs/silver-geek/").status == 200,
        "near": NAME in page.request.get(f"/catalyseurs/?territoire={WHERE}").text(),
        "territory": "/catalyseurs/silver-geek/" in page.request.get("/territoires/DEP-86-vienne/").text(),
        "api": api["total"] > 0,
        "one": page.request.get("/api/v1/catalysts/silver-geek").status == 200,
        "file": NAME in page.request.get("/catalyseurs/fichier/csv/").text(),
    }


def everywhere(page: Page) -> str:
    """All that everyone may read of the entry."""
    paths = ("/catalyseurs/", "/catalyseurs/silver-geek/", "/api/v1/catalysts/silver-geek", "/catalyseurs/fichier/csv/")
    return "".join(page.request.get(path).text() for path in paths)


def claim(page: Page, accessible: Callable[[Page], None]) -> None:
    page.goto("/catalyseurs/silver-geek/")
    expect(page.get_by_text("Cité par une source")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="revendiquer cette fiche").click()
    title = page.get_by_role("heading", level=1).inner_text()
    expect(page.get_by_label("Nom de la structure")).to_have_value(NAME)
    accessible(page)
    press(page, "Envoyer")
    expect(page.get_by_role("alert")).to_contain_text("sans cela, nous ne pouvons pas publier")
    page.get_by_label("que fait-elle").fill("Des jeunes montrent le numérique à des aînés.")
    page.get_by_label("Territoires couverts").fill("Vienne\n86194")
    page.get_by_label("Dialogue territorial").check()
    page.get_by_label("Atelier pour vous").check()
    page.get_by_label("Qui répond").fill("Camille Exemple")
    page.get_by_label("Votre adresse électronique").fill(HOLDER)
    page.get_by_label("Je parle au nom de cette structure").check()
    patiently(page, "Envoyer", title)
    accessible(page)


def publish(page: Page, moderator: Page, home: Path, accessible: Callable[[Page], None]) -> None:
    page.goto(link(home, "/confirmer/", HOLDER))
    accessible(page)
    press(page, "Oui, confirmer")
    accessible(page)
    notice = letters(home, MODERATOR)[-1]
    assert NAME not in f"{notice['Subject']} {said(notice)}"
    moderator.goto(link(home, "/moderation/", MODERATOR))
    expect(moderator.get_by_text("Elle revendique la fiche citée")).to_be_visible()
    accessible(moderator)
    moderator.get_by_label("Publier").check()
    press(moderator, "Envoyer")
    expect(moderator.get_by_text("Le titulaire a reçu la réponse")).to_be_visible()
    accessible(moderator)
    moderator.goto("/catalyseurs/moderation/absences/")
    accessible(moderator)


def write_to(page: Page, home: Path, accessible: Callable[[Page], None]) -> None:
    """Filter, find the nearest first, and write without seeing the address."""
    page.goto("/catalyseurs/")
    page.get_by_label("Près de").fill(WHERE)
    page.get_by_label("Métier", exact=True).select_option("Dialogue territorial")
    press(page, "Montrer")
    first = page.locator(".catalysts li").first
    expect(first).to_contain_text(NAME)
    expect(first).not_to_contain_text("à revendiquer")
    accessible(page)
    first.get_by_role("link").click()
    accessible(page)
    page.get_by_role("link", name="Lui écrire").click()
    title = page.get_by_role("heading", level=1).inner_text()
    accessible(page)
    page.get_by_label("Votre nom").fill("Dominique Exemple")
    page.get_by_label("Votre adresse électronique").fill(VISITOR)
    page.get_by_label("Votre message").fill("Nous cherchons un atelier à Poitiers en mars.")
    page.get_by_label("J’accepte que mon nom").check()
    patiently(page, "Envoyer mon message", title)
    assert HOLDER not in page.content()
    page.goto(link(home, "/message/", VISITOR))
    assert HOLDER not in page.content()
    accessible(page)
    press(page, "Oui, envoyer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre message est parti")
    assert HOLDER not in page.content()


def test_from_the_claim_to_the_withdrawal(
    chromium: Browser, site: str, site_folder: Path, moderator: Page, accessible: Callable[[Page], None],
    aged: Callable[[int], None],
) -> None:  # fmt: skip
    holder = chromium.new_context(base_url=site, locale="fr-FR", java_script_enabled=False).new_page()
    visitor = chromium.new_context(base_url=site, locale="fr-FR", java_script_enabled=False).new_page()
    claim(holder, accessible)
    publish(holder, moderator, site_folder, accessible)
    assert all(shown_to(visitor).values())
    assert HOLDER not in everywhere(visitor)
    assert "Camille Exemple" not in everywhere(visitor)

    write_to(visitor, site_folder, accessible)
    received = letters(site_folder, HOLDER)[-1]
    assert "un atelier à Poitiers" in said(received)
    assert received["Reply-To"] == VISITOR
    assert all(HOLDER not in letter.as_string() for letter in letters(site_folder, VISITOR))

    aged(12)
    visitor.goto("/catalyseurs/silver-geek/")
    expect(visitor.get_by_text("une partie peut n’être plus à jour")).to_be_visible()
    assert re.search(r"Sollicités\s: 1", command(site_folder, "catalysts", "remind"))
    holder.goto(link(site_folder, "/reconduire/", HOLDER))
    accessible(holder)
    press(holder, "Oui, elle est toujours juste")
    expect(holder.get_by_text("la fiche est confirmée pour douze mois")).to_be_visible()
    assert date.today().isoformat() in everywhere(visitor)  # noqa: DTZ011 - the day of the API

    aged(15)
    assert "Des jeunes montrent" not in everywhere(visitor)  # only what the report says is shown, as before
    visitor.goto("/catalyseurs/silver-geek/")
    expect(visitor.get_by_text("Cité par une source")).to_be_visible()
    aged(1)
    assert "Des jeunes montrent" in everywhere(visitor)

    holder.goto(link(site_folder, "/mon-entree/", HOLDER))
    holder.get_by_role("link", name="Retirer ma fiche").click()
    accessible(holder)
    press(holder, "Se retirer et ne plus rien montrer de nous")
    expect(holder.get_by_role("heading", level=1)).to_have_text("Votre fiche est retirée")
    assert not any(shown_to(visitor).values())
    for page in (holder, visitor, moderator):
        page.context.close()


def test_an_entry_is_found_by_keyboard_alone(visit: Page) -> None:
    visit.goto("/catalyseurs/")
    visit.get_by_label("Près de").focus()
    visit.keyboard.type("val de marne")
    visit.keyboard.press("Enter")
    expect(visit.locator(".catalysts")).to_contain_text("8 tiers lieux")
    expect(visit.locator("#found")).to_contain_text("les plus proches de Val-de-Marne d’abord")


@pytest.mark.parametrize("path", ["/catalyseurs/proposer/", "/catalyseurs/lien-prive/", "/en/catalyseurs/?q=Cent"])
def test_pages_are_accessible(visit: Page, accessible: Callable[[Page], None], path: str) -> None:
    visit.goto(path)
    accessible(visit)
