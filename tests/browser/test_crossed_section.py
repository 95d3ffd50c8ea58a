"""“Regards croisés” in a real Chromium: on a telephone and a desk, light and dark, by keyboard, without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from odd17.workflows.demonstration import build_demonstration

PAGE = "/demonstration/territoires/REG-53-bretagne/"
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
SIDEWAYS = """Array.from(document.querySelectorAll('.crossed *'))
  .filter(one => one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
  .map(one => one.className)"""


@pytest.fixture(scope="module", autouse=True)
def demonstration(site: str, site_folder: Path) -> None:
    """The demonstration of the site that is served."""
    build_demonstration(site_folder)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Page, width: int, scheme: str) -> None:
    visit.set_viewport_size({"width": width, "height": 800})
    visit.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit.goto(f"{PAGE}?acteur=elus")
    for summary in visit.locator(".crossed summary").all():
        summary.click()
    results = Axe().run(visit, options=WCAG)
    assert results.violations_count == 0, results.generate_report()


def test_nothing_scrolls_sideways_on_a_telephone(visit: Page) -> None:
    visit.set_viewport_size({"width": 390, "height": 800})
    visit.goto(PAGE)
    assert visit.evaluate(SIDEWAYS) == []
    assert visit.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(visit.locator(".crossed .narrow svg").first).to_be_visible()
    expect(visit.locator(".crossed .wide svg").first).to_be_hidden()


def test_a_wide_screen_has_the_wide_drawings(visit: Page) -> None:
    visit.goto(PAGE)
    expect(visit.locator(".crossed .wide svg")).to_have_count(2)
    expect(visit.locator(".crossed .wide svg").first).to_be_visible()
    expect(visit.locator(".crossed .narrow svg").first).to_be_hidden()


def test_the_actor_is_switched_and_details_opened_by_keyboard(visit: Page) -> None:
    visit.goto(PAGE)
    visit.get_by_role("link", name="Associations", exact=True).focus()
    visit.keyboard.press("Enter")
    visit.wait_for_url("**?acteur=associations#quadrants")
    expect(
        visit.get_by_role("img", name="vus par : Associations")
        .or_(visit.locator(".crossed a[aria-current=true]", has_text="Associations"))
        .first
    ).to_be_visible()
    summary = visit.get_by_text("Qui a été interrogé")
    summary.focus()
    visit.keyboard.press("Enter")
    expect(visit.locator(".crossed details[open]")).to_have_count(1)


def test_without_javascript_all_is_there(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=site, locale="fr-FR")
    page = context.new_page()
    page.goto(PAGE)
    page.get_by_role("link", name="Entreprises", exact=True).click()
    expect(page.locator(".crossed a[aria-current=true]")).to_have_text("Entreprises")
    expect(page.locator("#crossed-table tbody tr")).to_have_count(16)
    page.get_by_text("Ce qui le changerait").first.click()
    expect(page.locator(".crossed details[open]")).to_have_count(1)
    context.close()


def test_a_page_without_a_study_leads_to_the_demonstration(visit: Page) -> None:
    visit.goto("/territoires/REG-53-bretagne/")
    link = visit.locator("section:has(> #crossed) a")
    expect(link).to_have_attribute("href", f"{PAGE}#crossed")
    link.click()
    expect(visit.get_by_role("heading", name="Quatre quadrants")).to_be_visible()
