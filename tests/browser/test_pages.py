"""Each kind of page in a real Chromium: accessible, whole on a telephone, in both languages, in light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PAGES = {
    "home": "/",
    "search": "/recherche/?q=saint-etienne",
    "search without a result": "/recherche/?q=zzzzqq",
    "region": "/territoires/REG-53-bretagne/",
    "overseas region": "/territoires/REG-04-la-reunion/",
    "département": "/territoires/DEP-69-rhone/",
    "EPCI": "/territoires/EPCI-243500139-rennes-metropole/",
    "commune": "/territoires/COM-35238-rennes/",
    "commune without a true contour": "/territoires/COM-15141-neussargues-moissac/",
    "country": "/territoires/FR-france/",
    "domains": "/domaines/",
    "domain with scores": "/domaines/emploi/",
    "domain without figures": "/domaines/sport/",
    "eyes and figures": "/regards/",
    "a group of respondents without a study": "/acteurs/citoyens/",
    "where to start": "/par-ou-commencer/?profil=territoires&but=agir&etape=decouverte&territoire=REG-53",
    "the thread": "/fil/",
    "a step of the thread": "/fil/innovation/",
    "what is open and what is asked for": "/ressources/acces/",
    "asking for a service": "/ressources/demander/workshops/",
    "self-diagnosis": "/auto-diagnostic/",
    "where questions come from": "/auto-diagnostic/organisations/",
    "learning modules": "/apprendre/",
    "newsletter": "/lettre/",
    "catalysts": "/catalyseurs/",
    "a catalyst": "/catalyseurs/silver-geek/",
    "calls for partners": "/appels/",
    "calls for partners, none here": "/appels/?territoire=COM-35238&domaine=sport",
    "a programme as of a day": "/programmes/odd17-2020/?au=2020-10-17",
    "printed money": "/programmes/odd17-2020/argent/",
    "library": "/ressources/",
    "library, nothing found": "/ressources/?q=zzzz+qqqq",
    "kits": "/ressources/?genre=kit",
    "indicators": "/indicateurs/",
    "indicator": "/indicateurs/unemployment_rate/",
    "indicator beside another": "/indicateurs/digital_access_2016/",
    "territories without a figure": "/indicateurs/unemployment_rate/sans-chiffre/REG/",
    "coverage": "/couverture/",
    "how figures come in": "/apports/",
    "schemas": "/schemas/",
    "signing in": "/comptes/login/",
    "comparison": "/comparer/?t=REG-53&t=REG-52&t=REG-11",
    "empty comparison": "/comparer/",
    "method": "/methode/",
    "data": "/donnees/",
    "releases": "/publications/",
    "about": "/a-propos/",
    "practices for a territory and a domain": "/pratiques/pour/DEP-13-bouches-du-rhone/education/?besoin=jeunes",
    "practices for nothing yet": "/pratiques/pour/",
    "types of alliance": "/pratiques/alliances/",
    "trades of catalysts": "/pratiques/metiers/",
    "innovation path": "/pratiques/parcours/",
    "error report": "/signaler-une-erreur/",
    "API reference": "/api/",
}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}

each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


def axe_finds_nothing(page: Page) -> None:
    """Fail with axe's own report if it finds anything against WCAG 2.1 AA."""
    results = Axe().run(page, options=WCAG)
    assert results.violations_count == 0, results.generate_report()


@each_page
def test_axe_finds_nothing_in_french(visit: Page, path: str) -> None:
    answer = visit.goto(path)
    assert answer is not None
    assert answer.status == 200
    expect(visit.locator("html")).to_have_attribute("lang", "fr")
    expect(visit.locator("h1")).to_have_count(1)
    axe_finds_nothing(visit)


@each_page
def test_axe_finds_nothing_in_english_in_the_dark(visit: Page, path: str) -> None:
    visit.emulate_media(color_scheme="dark")
    answer = visit.goto(f"/en{path}")
    assert answer is not None
    assert answer.status == 200
    expect(visit.locator("html")).to_have_attribute("lang", "en")
    axe_finds_nothing(visit)


@each_page
def test_nothing_overflows_a_telephone(visit: Page, path: str) -> None:
    visit.set_viewport_size({"width": 390, "height": 844})
    visit.goto(path)
    assert visit.evaluate("document.documentElement.scrollWidth") <= 390
    axe_finds_nothing(visit)


@each_page
def test_the_language_switch_keeps_the_page(visit: Page, path: str) -> None:
    visit.goto(path)
    switch = visit.get_by_role("banner").get_by_role("link", name="English")
    switch.click()
    expect(visit.locator("html")).to_have_attribute("lang", "en")
    assert visit.url.endswith(f"/en{path}")
    visit.get_by_role("banner").get_by_role("link", name="Français").click()
    expect(visit.locator("html")).to_have_attribute("lang", "fr")
    assert visit.url.endswith(path)
