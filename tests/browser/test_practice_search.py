"""Someone finds a practice, narrows, takes the list away; with and without JavaScript, on a telephone too."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PAGES = ("/pratiques/", "/pratiques/?q=fondation", "/pratiques/?q=zzzz+qqqq", "/en/pratiques/?territoire=REG-75")


@pytest.fixture
def plain(chromium: Browser, site: str) -> Iterator[Page]:
    """A browser without JavaScript."""
    context = chromium.new_context(java_script_enabled=False, base_url=site, locale="fr-FR")
    yield context.new_page()
    context.close()


def test_find_narrow_and_take_away_without_javascript(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("banner").get_by_role("link", name="Pratiques", exact=True).click()
    plain.get_by_label("Un besoin, une idée, un partenaire, un lieu").fill("fondations")
    plain.get_by_role("search").last.get_by_role("button", name="Chercher").click()
    expect(plain).to_have_url(re.compile(r"/pratiques/\?q=fondations"))
    whole = plain.locator("#results").inner_text()
    expect(plain.locator(".found mark").first).to_have_text(re.compile("^[Ff]ondations?$"))
    plain.locator("section.narrow-by details[open] li a").first.click()
    expect(plain.locator(".chips li")).to_have_count(2)
    plain.locator(".chips li a").first.click()
    expect(plain.locator("#results")).to_have_text(whole)
    plain.get_by_text("Choisir les champs et le format").click()
    plain.get_by_label("Résumé").uncheck()
    with plain.expect_download() as taken:
        plain.get_by_role("button", name="CSV", exact=True).click()
    content = taken.value.path().read_text(encoding="utf-8")
    assert content.startswith("id,title,partners")
    assert "fondation" in content.lower()


def test_suggestions_as_one_types_lead_to_the_search(visit: Page) -> None:
    visit.goto("/pratiques/")
    box = visit.get_by_label("Un besoin, une idée, un partenaire, un lieu")
    box.press_sequentially("fonda")
    expect(visit.locator("#s-practices [role=option]").first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(visit).to_have_url(re.compile(r"/pratiques/\?q=fondation"))
    expect(visit.locator(".found h3").first).to_be_visible()


def test_the_map_leads_to_the_practices_of_a_region(visit: Page) -> None:
    visit.goto("/pratiques/")
    region = visit.locator("figure.map svg a").first
    named = region.get_attribute("aria-label") or ""
    region.click()
    expect(visit).to_have_url(re.compile(r"territoire=REG-"))
    expect(visit.locator(".chips")).to_contain_text(named.split("\u202f")[0].split(" :")[0])


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(visit: Page, path: str, width: int, scheme: str) -> None:
    visit.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit.set_viewport_size({"width": width, "height": 844})
    visit.goto(path)
    visit.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = Axe().run(visit, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert visit.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
