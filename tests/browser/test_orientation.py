"""Where to start, and the reading thread, in a real browser without JavaScript and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from odd17.core.resources.orientation import Audience, audiences, cells, maturities, objectives, orientation

Accessible = Callable[[Page], None]


@pytest.mark.parametrize("audience", audiences(), ids=lambda one: one.id)
def test_the_three_cells_of_an_audience_come_in_the_order_of_what_is_wanted(plain: Page, audience: Audience) -> None:
    answers = plain.locator("ol.answers > li")
    for aim, reached in product(objectives(), maturities()):
        plain.goto("/par-ou-commencer/")
        for chosen in (audience, aim, reached):
            plain.locator(f"input[type=radio][value={chosen.slug}]").check()
        plain.get_by_role("button", name="Voir les trois réponses").click()
        expect(answers).to_have_count(3)
        for place, placed in enumerate(orientation(audience.id, aim.id, reached.id)):
            expect(answers.nth(place)).to_contain_text(placed.cell.text.fr)
            if placed.objective is not None:
                expect(answers.nth(place)).to_contain_text(placed.objective.name.fr)


def test_the_twelve_cells_are_distinct() -> None:
    assert len({cell.text.fr for audience in audiences() for cell in cells(audience.id)}) == 12


def test_the_address_keeps_the_answer_for_whoever_opens_it(plain: Page, accessible: Accessible) -> None:
    plain.goto("/par-ou-commencer/")
    plain.locator("input[value=territoires]").check()
    plain.locator("input[value=agir]").check()
    plain.get_by_role("main").get_by_role("textbox", name="Où").fill("Val-de-Marne")
    plain.get_by_role("button", name="Voir les trois réponses").click()
    expect(plain).to_have_url(re.compile("profil=territoires.*but=agir.*territoire=Val-de-Marne"))
    told = plain.locator("ol.answers").inner_text()
    expect(plain.get_by_role("heading", name="Ce que la plateforme sait")).to_be_visible()
    expect(plain.locator("section[aria-labelledby=known-catalysts]")).to_contain_text("Vitavin")
    accessible(plain)
    kept = plain.url
    plain.goto("about:blank")
    plain.goto(kept)
    assert plain.locator("ol.answers").inner_text() == told
    expect(plain.locator("input[value=territoires]")).to_be_checked()
    expect(plain.get_by_role("main").get_by_role("textbox", name="Où")).to_have_value("Val-de-Marne")


def test_an_audience_is_chosen_by_keyboard_alone(visit: Page) -> None:
    visit.goto("/par-ou-commencer/")
    visit.locator("input[name=profil]").first.focus()
    visit.keyboard.press("ArrowDown")
    expect(visit.locator("input[name=profil]").nth(1)).to_be_checked()
    visit.keyboard.press("Enter")
    expect(visit.locator("ol.answers > li")).to_have_count(3)


def test_the_thread_is_walked_to_its_end_and_back(plain: Page, accessible: Accessible) -> None:
    plain.goto("/fil/")
    accessible(plain)
    plain.get_by_role("main").get_by_role("link").first.click()
    passed = [plain.url]
    while (following := plain.locator("main a[rel=next]")).count():
        with plain.expect_navigation():
            following.first.click()
        passed.append(plain.url)
    assert len(set(passed)) == 8
    accessible(plain)
    back = [plain.url]
    while (before := plain.locator("main a[rel=prev]")).count():
        with plain.expect_navigation():
            before.first.click()
        back.append(plain.url)
    assert back == passed[::-1]
