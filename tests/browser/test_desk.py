"""The editors' desk in a real browser: the pages that those who publish use, by axe."""

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

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PASSWORD = "une longue phrase de passe"  # noqa: S105 - of an account that lives as long as the test
PAGES = (
    "/admin/", "/admin/snippets/practices/practice/", "/admin/snippets/practices/practice/add/",
    "/admin/proposals/", "/admin/attachments/", "/admin/error_reports/", "/admin/trail/",
    "/admin/practices/duplicates/",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(chromium: Browser, site: str, site_folder: Path) -> Iterator[Page]:
    """An administrator, signed in at the desk."""
    page = at_the_desk(chromium, site, site_folder, "bureau")
    yield page
    page.context.close()


def at_the_desk(chromium: Browser, site: str, site_folder: Path, name: str) -> Page:
    """The page of a new administrator who is signed in."""
    subprocess.run(
        [str(Path(sys.executable).with_name("odd17")), "user", "add", name, "--admin"],
        input=PASSWORD, text=True, env=os.environ | {"ODD17_HOME": str(site_folder)}, check=True, capture_output=True,
    )  # fmt: skip
    context = chromium.new_context(base_url=site, locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/comptes/login/")
    page.get_by_label("Adresse électronique ou identifiant").fill(name)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    return page


@pytest.mark.parametrize("path", PAGES)
def test_axe_on_the_pages_of_editors(desk: Page, path: str) -> None:
    answer = desk.goto(path)
    assert answer is not None
    assert answer.status == 200
    axe_finds_nothing(desk)


def axe_finds_nothing(page: Page) -> None:
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()


def test_axe_on_the_form_of_a_practice_that_is_there(desk: Page) -> None:
    """Each part of the form of a practice that the report cites, and what the desk keeps of it."""
    desk.goto("/admin/snippets/practices/practice/")
    desk.locator('a[href*="/practices/practice/edit/"]').first.click()
    expect(desk.locator("#id_title")).not_to_have_value("")
    tabs = desk.get_by_role("tab")
    assert tabs.count() == 3
    if not desk.get_by_role("textbox", name="Le besoin").count():
        desk.get_by_role("button", name="Insérer un bloc").first.click()
        desk.get_by_role("option", name="Le besoin").click()
    expect(desk.get_by_role("textbox", name="Le besoin")).to_be_visible()
    for number in range(3):
        tabs.nth(number).click()
        axe_finds_nothing(desk)
    number = re.search(r"/edit/(\d+)/", desk.url)
    assert number is not None
    for kept in ("history", "usage"):
        desk.goto(f"/admin/snippets/practices/practice/{kept}/{number[1]}/")
        axe_finds_nothing(desk)


def test_who_else_edits_has_a_name_for_those_who_hear_it(
    desk: Page, chromium: Browser, site: str, site_folder: Path
) -> None:
    other = at_the_desk(chromium, site, site_folder, "collegue")
    for page in (other, desk):
        page.goto("/admin/snippets/practices/practice/edit/1/")
        expect(page.locator("#id_title")).to_be_visible()
    expect(desk.get_by_role("button", name="collegue")).to_be_visible()
    axe_finds_nothing(desk)
    other.context.close()
