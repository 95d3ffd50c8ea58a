"""A programme begun from a file, reviewed twice by two people, and read as of three dates, in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PASSWORD = "une longue phrase de passe"  # noqa: S105 - of an account that lives as long as the test
MEASURES = (
    "numéro;mesure;dimension;chantiers;premiers effets (mois)\n"
    "1;Planter des haies;Opérationnelle;Eau;3\n2;Compter les puits;Opérationnelle;Eau;6\n3;Parler;Politique;;12\n"
)
AMOUNTS = (
    "montant;devise;année;étape;financeur;dispositif;source;pilier;effets\n"
    "1000,50;EUR;2024;versé;Région;Fonds;budget 2024;2;1\n500;EUR;2025;promis;Ville;Prix;lettre de 2025;1;/domaines/\n"
)


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
        if kept := os.environ.get("ODD17_SCREENSHOTS"):
            name = page.url.removeprefix(site).strip("/").replace("/", "-").replace("?", "-")
            seen.screenshot(path=f"{kept}/{name}-{width}.png", full_page=True)
        context.close()
        assert results.violations_count == 0, results.generate_report()
        assert overflow <= width


def signed_in(chromium: Browser, site: str, home: Path, name: str) -> Page:
    """Somebody with an account, and a browser that runs no script."""
    subprocess.run(
        [str(Path(sys.executable).with_name("odd17")), "user", "add", name, "--admin"],
        input=PASSWORD, text=True, env=os.environ | {"ODD17_HOME": str(home)}, check=True, capture_output=True,
    )  # fmt: skip
    context = chromium.new_context(base_url=site, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.goto("/comptes/login/")
    page.get_by_label("Identifiant").fill(name)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Connexion").click()
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(
    "path",
    [
        "/programmes/",
        "/programmes/odd17-2020/?au=2020-10-17",
        "/programmes/odd17-2020/mesures/1/",
        "/programmes/odd17-2020/changements/?de=2020-05-07&a=2020-10-17",
        "/programmes/odd17-2020/argent/",
        "/programmes/odd17-2020/mesures/?dimension=operational&au=2020-10-17",
        "/programmes/odd17-2020/mesures/1/territoire/?territoire=REG-53",
        "/en/programmes/odd17-2020/?au=2020-10-17",
    ],
)
def test_pages_of_the_report_are_accessible(chromium: Browser, site: str, visit: Page, path: str) -> None:
    visit.goto(site + path)
    is_accessible(visit, chromium, site)


def test_a_programme_reviewed_twice_and_read_as_of_three_dates(chromium: Browser, site: str, site_folder: Path) -> None:
    owner = signed_in(chromium, site, site_folder, "porteuse")
    other = signed_in(chromium, site, site_folder, "relecteur")
    owner.goto("/programmes/nouveau/")
    is_accessible(owner, chromium, site)
    owner.get_by_label("Titre du programme").fill("Plan de l’eau")
    owner.get_by_label("Publié le").fill("2024-01-31")
    owner.get_by_label("Niveaux d’avancement").fill("Terminé ; terminé\nSatisfaisant\nRetard expliqué ; raison")
    wrong = {"name": "plan.csv", "mimeType": "text/csv", "buffer": (MEASURES + "1;;Politique;;x\n").encode()}
    owner.get_by_label("Mesures (CSV ou XLSX)").set_input_files(wrong)
    press(owner, "Commencer")
    expect(owner.get_by_role("alert").get_by_role("listitem")).to_have_count(3)
    is_accessible(owner, chromium, site)
    file = {"name": "plan.csv", "mimeType": "text/csv", "buffer": MEASURES.encode()}
    owner.get_by_label("Mesures (CSV ou XLSX)").set_input_files(file)
    press(owner, "Commencer")
    expect(owner.get_by_role("heading", level=1)).to_have_text("Plan de l’eau")
    desk = owner.url.removeprefix(site)
    press(owner, "Créer un lien")
    other.goto(owner.locator("#people ~ ul a").inner_text())
    press(other, "Rejoindre")

    owner.goto(f"{desk}bilans/nouveau/")
    owner.get_by_label("Jour du bilan").fill("2024-06-01")
    first = owner.get_by_role("group", name="1. Planter des haies")
    first.get_by_label("Niveau").select_option("Retard expliqué")
    press(owner, "Conserver le brouillon")
    expect(owner.get_by_role("alert")).to_contain_text("sans raison")
    first.get_by_label("Raison").fill("La sécheresse")
    press(owner, "Conserver le brouillon")
    is_accessible(owner, chromium, site)
    press(owner, "Publier ce bilan")
    expect(owner.get_by_text("quelqu’un d’autre le publie")).to_be_visible()
    other.goto(owner.url)
    press(other, "Publier ce bilan")
    expect(other.get_by_text("Le bilan est publié")).to_be_visible()

    other.goto(f"{desk}bilans/nouveau/")
    other.get_by_label("Jour du bilan").fill("2024-09-01")
    other.get_by_label("Il corrige").select_option("2024-06-01")
    again = other.get_by_role("group", name="1. Planter des haies")
    expect(again.get_by_label("Niveau").locator("option").first).to_have_text("comme avant (Retard expliqué)")
    again.get_by_label("Niveau").select_option("Terminé")
    again.get_by_label("Preuves (adresses)").fill("/pratiques/")
    press(other, "Conserver le brouillon")
    owner.goto(other.url)
    press(owner, "Publier ce bilan")
    money = {"name": "argent.csv", "mimeType": "text/csv", "buffer": AMOUNTS.encode()}
    owner.get_by_label("Montants (CSV ou XLSX)").set_input_files(money)
    press(owner, "Envoyer les montants")
    is_accessible(owner, chromium, site)

    programme = desk.removesuffix("gerer/")
    visitor = chromium.new_context(base_url=site, java_script_enabled=False).new_page()
    reply = visitor.goto(programme)
    assert reply is not None
    assert reply.status == 404
    press(owner, "Le rendre public")
    for day, level in (
        ("2024-05-31", "pas encore de bilan"),
        ("2024-06-01", "Retard expliqué"),
        ("2024-09-01", "Terminé"),
    ):
        visitor.goto(programme)
        visitor.get_by_label("État au").fill(day)
        press(visitor, "Montrer")
        row = visitor.get_by_role("row", name="1. Planter des haies")
        expect(row).to_contain_text(level)
        is_accessible(visitor, chromium, site)
    expect(visitor.get_by_text("Mesures terminées\u202f: 1 sur 3")).to_be_visible()
    visitor.get_by_role("table", name="Mesures par dimension et par niveau").get_by_role("link", name="1").first.click()
    expect(visitor.get_by_text("Mesures montrées\u202f: 1 sur 3")).to_be_visible()
    is_accessible(visitor, chromium, site)
    visitor.goto(f"{programme}argent/")
    expect(visitor.get_by_role("img", name="Demandé, promis et versé, en EUR")).to_be_visible()
    is_accessible(visitor, chromium, site)
    visitor.get_by_role("link", name="Investir dans la co-construction territoriale").click()
    expect(visitor.get_by_role("table", name="Chaque montant")).to_contain_text("budget 2024")
    expect(visitor.get_by_text("lettre de 2025")).to_have_count(0)
    is_accessible(visitor, chromium, site)
    visitor.goto(f"{programme}mesures/1/")
    expect(visitor.get_by_text("1\u202f000,50 EUR")).to_be_visible()
    is_accessible(visitor, chromium, site)
    owner.goto(desk)
    owner.get_by_role("textbox", name="Votre commentaire").fill("Un mot entre nous")
    press(owner, "Commenter")
    other.goto(desk)
    expect(other.get_by_text("Un mot entre nous")).to_be_visible()
    visitor.goto(programme)
    expect(visitor.get_by_text("Un mot entre nous")).to_have_count(0)
