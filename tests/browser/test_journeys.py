"""What an officer does: find a territory, read where it is fragile, follow a figure to its source, take it away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

BRETAGNE = "/territoires/REG-53-bretagne/"


def test_a_name_typed_by_keyboard_leads_to_the_territory(visit: Page) -> None:
    visit.goto("/")
    visit.keyboard.press("Tab")
    expect(visit.locator(":focus")).to_have_attribute("href", re.compile("^#"))  # the skip link comes first
    box = visit.get_by_role("combobox").last
    box.focus()
    visit.keyboard.type("st-etienne")
    option = visit.get_by_role("option").first
    expect(option).to_contain_text("Saint-Étienne")
    visit.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    visit.keyboard.press("Enter")
    expect(visit).to_have_url(re.compile("/territoires/COM-42218-saint-etienne/$"))
    expect(visit.get_by_role("heading", level=1)).to_have_text("Saint-Étienne")


def test_escape_closes_the_suggestions_and_enter_searches(visit: Page) -> None:
    visit.goto("/")
    box = visit.get_by_role("combobox").last
    box.focus()
    visit.keyboard.type("rennes")
    expect(visit.get_by_role("option").first).to_be_visible()
    visit.keyboard.press("Escape")
    expect(visit.get_by_role("option").first).to_be_hidden()
    visit.keyboard.press("Enter")
    expect(visit).to_have_url(re.compile("/recherche/"))


def test_a_page_shows_where_the_focus_is(visit: Page) -> None:
    visit.goto(BRETAGNE)
    for _ in range(6):
        visit.keyboard.press("Tab")
        outline = visit.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", visit.evaluate("document.activeElement.outerHTML")


def test_a_click_on_the_map_goes_to_the_territory(visit: Page) -> None:
    visit.goto("/")
    visit.locator('svg a[href="/territoires/REG-53-bretagne/"]').first.click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Bretagne")


def test_the_page_says_where_the_region_is_fragile_and_compared_with_whom(visit: Page) -> None:
    visit.goto(BRETAGNE)
    main = visit.get_by_role("main")
    expect(main).to_contain_text("7,2\u00a0%")
    expect(main).to_contain_text("8,4\u00a0%")
    expect(main).to_contain_text("rang 12 ex æquo sur 13")
    expect(main).to_contain_text("13 régions métropolitaines")
    expect(main).to_contain_text("transcrit, non vérifié")
    expect(main).to_contain_text("Pas d’indice d’ensemble")


def test_a_figure_leads_to_its_source_in_one_click(visit: Page) -> None:
    visit.goto(BRETAGNE)
    visit.get_by_role("link", name="Taux de chômage").first.click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Taux de chômage")
    expect(visit.get_by_role("main")).to_contain_text(
        "Etude IMPACT - Territoires – Comis-Le RAMEAU pour l'Observatoire des partenariats ; Octobre 2019"
    )


def test_the_domain_map_has_its_table(visit: Page) -> None:
    visit.goto("/domaines/emploi/")
    rows = visit.get_by_role("main").get_by_role("row")
    expect(rows.filter(has_text="Hauts-de-France").first).to_contain_text("10,8\u00a0%")
    expect(rows.filter(has_text="Bretagne").first).to_contain_text("7,2\u00a0%")


@pytest.mark.parametrize("kind", ["csv", "tableur", "xlsx", "svg", "png", "pdf"])
def test_figures_are_taken_away_with_their_citation(visit: Page, kind: str, tmp_path: Path) -> None:
    visit.goto(BRETAGNE)
    names = {
        "csv": "Tableau (CSV)",
        "tableur": "Tableau (CSV pour tableur français)",
        "xlsx": "Tableau (XLSX)",
        "svg": "Carte (SVG)",
        "png": "Carte (PNG)",
        "pdf": "Télécharger le rapport (PDF)",
    }
    with visit.expect_download() as waiting:
        visit.get_by_role("link", name=names[kind], exact=True).first.click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    content = path.read_bytes()
    starts = {"xlsx": b"PK", "svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "csv": b"", "tableur": b"\xef\xbb\xbf"}
    assert content.startswith(starts[kind])
    if kind in {"csv", "tableur", "svg"}:
        assert "Observatoire des partenariats" in content.decode("utf-8")
    if kind == "csv":
        assert "7.2" in content.decode("utf-8")
    if kind == "tableur":
        assert "7,2" in content.decode("utf-8")


def test_an_error_is_reported_from_the_figure(visit: Page) -> None:
    visit.goto(BRETAGNE)
    main = visit.get_by_role("main")
    main.locator("details").filter(has_text="Signaler une erreur").first.locator("summary").click()
    main.get_by_role("link", name="Signaler une erreur sur ce chiffre : Taux de chômage").click()
    message = visit.get_by_role("textbox").first
    message.fill("Le taux de chômage publié par la source n'est pas celui-ci.")
    visit.get_by_role("main").get_by_role("button").first.click()
    expect(visit.get_by_role("main")).to_contain_text(re.compile("merci", re.IGNORECASE))


def test_an_unknown_territory_gets_suggestions(visit: Page) -> None:
    context = visit.context
    page = context.new_page()
    answer = page.goto("/territoires/REG-99-bretagn/")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("main")).to_contain_text("Bretagne")
    page.close()
