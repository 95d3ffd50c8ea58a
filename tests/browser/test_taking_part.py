"""A practice proposed, confirmed by the e-mail, moderated, published, and its contact withdrawn, in a real browser."""

from __future__ import annotations

import email
import email.policy
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PASSWORD = "une longue phrase de passe"  # noqa: S105 - of an account that lives as long as the test
AUTHOR = "autrice@example.org"


def link(folder: Path, part: str) -> str:
    """The path of the newest link to ``part`` in the e-mails that the site wrote to the author."""
    for file in sorted((folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
        for raw in reversed(re.split(rb"(?m)^-{79}\n", file.read_bytes())):
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            body = letter.get_body()
            found = re.search(rf"https?://[^/\s]+((?=/)\S*?{part}\S*)", body.get_content()) if body else None
            if found and letter["To"] == AUTHOR:
                return found[1]
    raise AssertionError(f"no link to {part}")


def is_accessible(page: Page, browser: Browser, site: str) -> None:
    """Axe finds nothing, light and dark, wide and narrow; nothing overflows a telephone."""
    for scheme, width in (("light", 1280), ("dark", 390)):
        context = browser.new_context(
            base_url=site, storage_state=page.context.storage_state(), color_scheme=scheme,
            viewport={"width": width, "height": 844},
        )  # fmt: skip
        seen = context.new_page()
        seen.goto(page.url)
        results = Axe().run(seen, options=WCAG)
        overflow = seen.evaluate("document.documentElement.scrollWidth")
        context.close()
        assert results.violations_count == 0, results.generate_report()
        assert overflow <= width


def next_step(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").last.click()


@pytest.fixture
def desk(chromium: Browser, site: str, site_folder: Path) -> Page:
    """An administrator of practices, signed in at the desk."""
    subprocess.run(
        [str(Path(sys.executable).with_name("odd17")), "user", "add", "redaction", "--admin"],
        input=PASSWORD, text=True, env=os.environ | {"ODD17_HOME": str(site_folder)}, check=True, capture_output=True,
    )  # fmt: skip
    page = chromium.new_context(base_url=site, locale="fr-FR", viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/comptes/login/")
    page.get_by_label("Identifiant").fill("redaction")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Connexion").click()
    return page


def test_from_the_first_word_to_the_withdrawal(chromium: Browser, site: str, site_folder: Path, desk: Page) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto("/pratiques/proposer/")
    is_accessible(page, chromium, site)
    page.get_by_label("Votre adresse électronique").fill(AUTHOR)
    for _ in range(200):  # sent at once, it is asked again
        page.get_by_role("button", name="Commencer").click()
        if page.get_by_role("heading", level=1).inner_text() != "Proposer une pratique":
            break
    expect(page.get_by_role("heading", level=1)).to_have_text("La pratique et son lieu")

    next_step(page)
    expect(page.get_by_role("alert")).to_contain_text("Donnez un nom à la pratique.")
    page.get_by_label("Nom de la pratique").fill("Une cantine partagée")
    page.get_by_label("En quelques phrases").fill("Deux écoles cuisinent ensemble.")
    page.get_by_label("Où se déroule-t-elle").fill("Rennes")
    is_accessible(page, chromium, site)
    next_step(page)
    page.get_by_label("Nom", exact=True).first.fill("Ville de Rennes")
    is_accessible(page, chromium, site)
    page.get_by_role("button", name="Plus de partenaires").click()
    expect(page.get_by_label("Nom", exact=True).first).to_have_value("Ville de Rennes")
    next_step(page)
    page.get_by_label("Quel était le besoin").fill("Manger mieux.")
    page.get_by_label("Qui s’est associé").fill("La ville et les parents.")
    is_accessible(page, chromium, site)
    page.get_by_label("Qui s’est associé").press("Enter")
    next_step(page)
    page.get_by_label("Une image ou un PDF").set_input_files(
        {"name": "bilan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    )
    page.get_by_role("button", name="Ajouter ce fichier").click()
    expect(page.get_by_role("link", name="bilan.pdf")).to_be_visible()
    is_accessible(page, chromium, site)
    next_step(page)
    page.get_by_label("Votre nom").fill("Camille Exemple")
    page.get_by_role("checkbox").check()
    is_accessible(page, chromium, site)
    next_step(page)
    is_accessible(page, chromium, site)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Envoyer la proposition").click()
    expect(page.get_by_text("Il reste une chose à faire")).to_be_visible()
    is_accessible(page, chromium, site)

    page.goto(link(site_folder, "/confirmer/"))
    is_accessible(page, chromium, site)
    page.get_by_role("button", name="Oui, confirmer").click()
    expect(page.get_by_text("Votre proposition est en cours de lecture")).to_be_visible()

    strays: list[str] = []
    desk.on("request", lambda request: strays.append(request.url) if not request.url.startswith(site) else None)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Une cantine partagée").first.click()
    expect(desk.get_by_text("Proposée par une personne sans compte.")).to_be_visible()
    desk.get_by_role("button", name="Plus d’actions").or_(
        desk.locator("footer .w-dropdown__toggle, footer button[aria-expanded]")
    ).first.click()
    desk.get_by_role("button", name="Accepter et publier").click()
    expect(desk.locator(".messages .success")).to_be_visible()
    assert not [url for url in strays if not url.startswith(("data:", "blob:"))]
    desk.context.close()

    page.goto(link(site_folder, "/pratiques/[0-9]+-"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Une cantine partagée")
    expect(page.get_by_text("Camille Exemple")).to_be_visible()
    expect(page.get_by_role("link", name="bilan.pdf")).to_be_visible()
    is_accessible(page, chromium, site)
    lasting = page.url
    page.goto(link(site_folder, "/contact/"))
    is_accessible(page, chromium, site)
    page.get_by_role("button", name="Retirer mon contact").click()
    expect(page.get_by_text("C’est fait")).to_be_visible()
    page.goto(lasting)
    expect(page.get_by_role("heading", level=1)).to_have_text("Une cantine partagée")
    expect(page.get_by_text("Camille Exemple")).to_have_count(0)
    context.close()


def test_a_proposal_is_begun_by_keyboard_alone(visit: Page) -> None:
    visit.goto("/pratiques/proposer/")
    visit.get_by_label("Votre adresse électronique").focus()
    visit.keyboard.type("clavier@example.org")
    visit.keyboard.press("Tab")
    assert visit.evaluate("document.activeElement.textContent").strip() == "Commencer"  # the trap is not on the way
