"""Without JavaScript: the same content, links and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def plain(chromium: Browser, site: str) -> Iterator[Page]:
    """A page whose scripts do not run."""
    context = chromium.new_context(java_script_enabled=False, base_url=site, locale="fr-FR")
    yield context.new_page()
    context.close()


def test_search_then_territory_then_report(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("searchbox").last.fill("st etienne")
    plain.get_by_role("button", name="Chercher").last.click()
    plain.get_by_role("main").get_by_role("link", name=re.compile("^Saint-Étienne")).first.click()
    expect(plain).to_have_url(re.compile("/territoires/COM-42218-saint-etienne/$"))
    expect(plain.get_by_role("heading", level=1)).to_have_text("Saint-Étienne")
    expect(plain.get_by_role("link", name="Télécharger le rapport (PDF)")).to_be_visible()


def test_the_region_page_is_whole(plain: Page) -> None:
    plain.goto("/territoires/REG-53-bretagne/")
    main = plain.get_by_role("main")
    expect(main).to_contain_text("7,2\u00a0%")
    expect(main).to_contain_text("rang 12 ex æquo sur 13")
    expect(main.locator("svg").first).to_be_visible()


def test_territories_are_compared_by_a_plain_form(plain: Page) -> None:
    plain.goto("/comparer/")
    fields = plain.get_by_role("main").get_by_role("textbox")
    fields.nth(0).fill("REG-53")
    fields.nth(1).fill("REG-52")
    plain.get_by_role("main").get_by_role("button", name="Comparer").click()
    expect(plain.get_by_role("main")).to_contain_text("Pays de la Loire")


def test_an_error_is_reported(plain: Page) -> None:
    plain.goto("/signaler-une-erreur/?page=/donnees/")
    plain.get_by_role("textbox").first.fill("Une licence est mal écrite.")
    plain.get_by_role("main").get_by_role("button").first.click()
    expect(plain.get_by_role("main")).to_contain_text(re.compile("merci", re.IGNORECASE))


def test_the_language_changes(plain: Page) -> None:
    plain.goto("/methode/")
    plain.get_by_role("banner").get_by_role("link", name="English").click()
    expect(plain.locator("html")).to_have_attribute("lang", "en")
