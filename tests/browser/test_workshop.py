"""The tour of an analyst who brings a file, in a real browser: with JavaScript and without, on any screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
MODEL = files("odd17.web.workshop").joinpath("model")
PASSWORD = "une longue phrase de passe"  # noqa: S105 - of an account that lives as long as the test


@pytest.fixture
def analyst(chromium: Browser, site: str, site_folder: Path) -> Iterator[Page]:
    """Somebody who has just signed in, in a browser without JavaScript."""
    name = "analyste"
    subprocess.run(
        [str(Path(sys.executable).with_name("odd17")), "user", "add", name, "--staff"],
        input=PASSWORD, text=True, env=os.environ | {"ODD17_HOME": str(site_folder)}, check=True, capture_output=True,
    )  # fmt: skip
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto("/atelier/")
    page.get_by_label("Identifiant").fill(name)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Connexion").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Atelier")
    yield page
    context.close()


def bring(page: Page, folder: Path, file: bytes) -> None:
    (folder / "exemple.csv").write_bytes(file)
    (folder / "dataset.yml").write_bytes(MODEL.joinpath("dataset.fr.yml").read_bytes())
    page.goto("/atelier/")
    page.get_by_label("Le fichier de chiffres").set_input_files(folder / "exemple.csv")
    page.get_by_label("Son fichier de jeu de données").set_input_files(folder / "dataset.yml")
    page.get_by_role("button", name="Apporter et vérifier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("exemple.csv")


def is_accessible(page: Page, browser: Browser, site: str) -> None:
    """Whatever the page, axe finds nothing on it, in light and dark, and nothing overflows a telephone."""
    for scheme in ("light", "dark"):
        context = browser.new_context(
            base_url=site, storage_state=page.context.storage_state(), color_scheme=scheme,
            viewport={"width": 390, "height": 844},
        )  # fmt: skip
        seen = context.new_page()
        seen.goto(page.url)
        results = Axe().run(seen, options=WCAG)
        width = seen.evaluate("document.documentElement.scrollWidth")
        context.close()
        assert results.violations_count == 0, results.generate_report()
        assert width <= 390


def test_the_tour_of_an_analyst(analyst: Page, chromium: Browser, site: str, tmp_path: Path) -> None:
    good = MODEL.joinpath("exemple.csv").read_bytes()
    is_accessible(analyst, chromium, site)

    bring(analyst, tmp_path, good.replace(b"15,0", b"quinze"))
    expect(analyst.get_by_text("empêche l’import")).to_be_visible()
    expect(analyst.get_by_role("button", name="Construire la publication")).to_have_count(0)
    is_accessible(analyst, chromium, site)
    analyst.get_by_role("button", name="Écarter ce fichier").click()

    bring(analyst, tmp_path, good)
    expect(analyst.get_by_text("Aucun problème n’a été trouvé.")).to_be_visible()
    expect(analyst.get_by_role("cell", name="Ille-et-Vilaine")).to_be_visible()
    here = analyst.url
    analyst.get_by_role("button", name="Construire la publication").click()
    for _ in range(240):
        if analyst.get_by_role("button", name="Publier cette publication").count():
            break
        analyst.wait_for_timeout(1000)
        analyst.get_by_role("link", name="Regarder de nouveau").click()
    expect(analyst.get_by_role("rowheader", name="Jeunes sans emploi ni formation")).to_be_visible()
    is_accessible(analyst, chromium, site)

    analyst.goto("/indicateurs/youth_neet_example/")
    expect(analyst.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")  # not published
    analyst.goto(here)
    analyst.get_by_role("button", name="Publier cette publication").click()
    expect(analyst.get_by_text("Les lecteurs voient maintenant cette publication")).to_be_visible()
    is_accessible(analyst, chromium, site)
    analyst.goto("/indicateurs/youth_neet_example/")
    expect(analyst.get_by_role("heading", level=1)).to_have_text("Jeunes sans emploi ni formation")

    analyst.goto(here)
    analyst.get_by_role("button", name="Annuler cette publication").click()
    expect(analyst.get_by_text("de nouveau la publication d’avant")).to_be_visible()
    analyst.goto("/indicateurs/youth_neet_example/")
    expect(analyst.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    analyst.goto("/atelier/")
    for said in ("a apporté un fichier", "a fait construire une publication", "a publié", "a annulé une publication"):
        expect(analyst.get_by_role("cell", name=said).first).to_be_visible()
    analyst.get_by_role("button", name="Se déconnecter").click()
    analyst.goto("/atelier/")
    expect(analyst.get_by_role("heading", level=1)).to_have_text("Connexion")
