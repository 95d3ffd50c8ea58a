"""From a fragile domain to a practice that could work here; and an editor who finds two that are the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

TERRITORY = "/territoires/REG-75-nouvelle-aquitaine/"
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PASSWORD = "une longue phrase"  # noqa: S105 - of a site that lives as long as the tests


@pytest.fixture
def plain(chromium: Browser, site: str) -> Iterator[Page]:
    """A browser without JavaScript."""
    context = chromium.new_context(java_script_enabled=False, base_url=site, locale="fr-FR")
    yield context.new_page()
    context.close()


def odd17(home: Path, *arguments: str, typed: str = "") -> str:
    found = subprocess.run(
        [sys.executable, "-m", "odd17", *arguments],
        input=typed, capture_output=True, text=True, check=False, env=os.environ | {"ODD17_HOME": str(home)},
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_three_clicks_lead_from_a_fragile_domain_to_a_practice(plain: Page) -> None:
    plain.goto(TERRITORY)
    plain.get_by_role("link", name=re.compile("^Les pratiques pour ce domaine ici")).first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Des pratiques qui pourraient marcher ici")
    first = plain.locator("ol.practices > li > a").first
    title = first.inner_text()
    first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(title)
    expect(plain.get_by_role("main")).to_contain_text("Ce que cette pratique dit déjà")


def test_a_need_is_told_in_the_form_without_javascript(plain: Page) -> None:
    plain.goto("/pratiques/pour/")
    plain.get_by_role("main").get_by_label("Territoire").fill("Bouches-du-Rhône")
    plain.get_by_role("main").get_by_label("Domaine").select_option("education")
    plain.get_by_label("Le besoin").fill("programme pour les jeunes")
    plain.get_by_role("button", name="Trouver des pratiques").click()
    expect(plain).to_have_url(re.compile(r"/pratiques/pour/DEP-13-bouches-du-rhone/education/\?besoin="))
    expect(plain.locator("ol.practices > li").first).to_contain_text("Programme Impact Jeunes")
    expect(plain.locator("ol.practices > li").first).to_contain_text("Ici")


def test_a_cited_practice_says_so_and_axe_finds_nothing(visit: Page) -> None:
    visit.goto("/pratiques/alliances/")
    visit.get_by_role("link", name="PTCE Archer").click()
    main = visit.get_by_role("main")
    for words in ("Citée, à compléter", "Romans-sur-Isère", "Manquent", "Historique", "Licence Ouverte"):
        expect(main).to_contain_text(words)
    for width in (390, 1280):
        visit.set_viewport_size({"width": width, "height": 900})
        assert visit.evaluate("document.documentElement.scrollWidth") <= width
        results = Axe().run(visit, options=WCAG)
        assert results.violations_count == 0, results.generate_report()


def test_an_editor_merges_two_practices(visit: Page, site_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "m.yml").write_text(
        "origin: doublons\nid: no\nfields: {title: nom, summary: texte}\n", encoding="utf-8"
    )
    rows = "no,nom,texte\n1,Le moulin partagé,Un moulin\n2,Un moulin partagé,Un moulin\n"
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    odd17(
        site_folder, "practices", "import", str(tmp_path / "a.csv"), "--mapping", str(tmp_path / "m.yml"), "--publish"
    )
    odd17(site_folder, "user", "add", "redac", "--role", "editor", "--email", "r@example.org", typed=f"{PASSWORD}\n")
    visit.goto("/admin/practices/duplicates/")
    visit.locator("input[name=login]").fill("redac")
    visit.locator("input[name=password]").fill(PASSWORD)
    visit.locator("main button[type=submit]").first.click()
    visit.goto("/admin/practices/duplicates/")
    visit.get_by_role("link", name="Comparer « Le moulin partagé » et « Un moulin partagé »").click()
    expect(visit.get_by_role("table")).to_contain_text("Un moulin partagé")
    address = visit.url
    visit.get_by_role("button", name="garder la plus ancienne").click()
    expect(visit.get_by_role("main")).to_contain_text("est conservée")
    gone = address.rstrip("/").rsplit("/", 1)[1]
    visit.goto(f"/pratiques/{gone}-un-moulin-partage/")
    expect(visit.get_by_role("heading", level=1)).to_have_text("Le moulin partagé")
    expect(visit.get_by_role("main")).to_contain_text("Fusionnée avec")
