"""The demonstration in a real Chromium: its mark stays in view on every page, and hides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from odd17.workflows.demonstration import build_demonstration

PAGES = (
    "/",
    "/territoires/REG-53-bretagne/",
    "/domaines/emploi/",
    "/regards/?vue=ecart-citoyens",
    "/acteurs/citoyens/",
    "/comparer/?t=REG-53&t=REG-11",
    "/methode/",
    "/donnees/",
)
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.fixture(scope="module", autouse=True)
def demonstration(site: str, site_folder: Path) -> None:
    """The demonstration of the site that is served."""
    build_demonstration(site_folder)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_mark_stays_in_view(visit: Page, path: str, width: int) -> None:
    visit.set_viewport_size({"width": width, "height": 800})
    answer = visit.goto(f"/demonstration{path}")
    assert answer is not None
    assert answer.status == 200
    mark = visit.get_by_role("complementary", name="Données fictives").get_by_text("Données fictives")
    expect(mark).to_be_in_viewport()
    visit.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(mark).to_be_in_viewport()
    assert visit.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Page, path: str, scheme: str) -> None:
    visit.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit.goto(f"/demonstration/en{path}")
    results = Axe().run(visit, options=WCAG)
    assert results.violations_count == 0, results.generate_report()


def test_one_walks_inside_and_leaves_by_the_mark(visit: Page) -> None:
    visit.goto("/demonstration/")
    visit.get_by_role("link", name="Domaines").first.click()
    visit.get_by_role("link", name="Emploi").first.click()
    expect(visit).to_have_url("/demonstration/domaines/emploi/")
    visit.get_by_role("link", name="Voir cette page avec les données réelles").click()
    expect(visit).to_have_url("/domaines/emploi/")
    expect(visit.get_by_text("Données fictives")).to_have_count(0)


def test_a_printed_page_keeps_the_mark(visit: Page) -> None:
    visit.goto("/demonstration/domaines/emploi/")
    visit.emulate_media(media="print")
    expect(visit.get_by_role("complementary", name="Données fictives")).to_be_visible()
