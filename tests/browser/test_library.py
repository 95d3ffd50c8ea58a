"""A resource published at the desk, found with and without words, read, followed in a feed, and withdrawn."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

PASSWORD = "une longue phrase de passe"  # noqa: S105 - of an account that lives as long as the test
TITLE = "Tenir une veillée <b>de quartier</b>"
LISTS = (
    "/ressources/",
    "/ressources/?q=veillees",
    "/recherche/?q=veillees",
    "/pratiques/?q=veillees",
    "/ressources/flux/rss/",
    "/ressources/flux/atom/?genre=webinar",
    "/api/v1/resources?q=veillees",
)


@pytest.fixture
def desk(chromium: Browser, site: str, site_folder: Path) -> Iterator[Page]:
    """An editor, signed in at the desk, which saves by itself while they write; nothing is asked of another host."""
    subprocess.run(
        [str(Path(sys.executable).with_name("odd17")), "user", "add", "documentaliste", "--role", "editor"],
        input=PASSWORD, text=True, env=os.environ | {"ODD17_HOME": str(site_folder)}, check=True, capture_output=True,
    )  # fmt: skip
    context = chromium.new_context(base_url=site, locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    strays: list[str] = []
    page.on("request", lambda request: strays.append(request.url) if not request.url.startswith(site) else None)
    page.goto("/comptes/login/")
    page.get_by_label("Identifiant").fill("documentaliste")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Connexion").click()
    yield page
    context.close()
    assert not [url for url in strays if not url.startswith(("data:", "blob:"))], strays


def write(desk: Page, field: str, text: str) -> None:
    """Fill a field of the form."""
    desk.get_by_role("textbox", name=field).fill(text)


def act(desk: Page, name: str) -> None:
    """Open what else the foot of the form offers, choose from it, and wait for the page that answers."""
    desk.locator("footer [data-w-dropdown-target=toggle]").click()
    with desk.expect_navigation():
        desk.locator("footer").get_by_text(name, exact=True).click()


def test_from_the_desk_to_the_reader_and_back(desk: Page, plain: Page, accessible: Callable[[Page], None]) -> None:
    desk.goto("/admin/snippets/library/resource/add/")
    write(desk, "Titre*", TITLE)
    desk.get_by_role("combobox", name="Genre de ressource").select_option("webinar")
    write(desk, "Résumé", "Une heure pour apprendre à réunir ses voisins.")
    write(desk, "Lien", "https://example.org/veillee")
    desk.get_by_role("tab", name="Classement").click()
    desk.get_by_role("checkbox", name="Territoires", exact=True).check()
    desk.get_by_role("tab", name="Faits").click()
    write(desk, "Producteur", "Maison des voisins")
    desk.get_by_role("combobox", name="Licence").select_option("cc-by-4.0")
    desk.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(desk.locator(".messages .success")).to_be_visible()
    edited = desk.url
    for path in LISTS:
        assert "Maison des voisins" not in plain.request.get(path).text()
        assert "Tenir une veill" not in plain.request.get(path).text()

    act(desk, "Publier")
    expect(desk.locator(".messages .success")).to_be_visible()
    for path in LISTS:
        assert "Tenir une veill" in plain.request.get(path).text().replace("<mark>", "").replace("</mark>", ""), path

    plain.goto("/par-ou-commencer/")
    plain.get_by_role("contentinfo").get_by_role("link", name="Bibliothèque").click()
    plain.get_by_label("Un sujet, une méthode, un producteur").fill("veillées")
    plain.get_by_role("search").last.get_by_role("button", name="Chercher").click()
    expect(plain.locator(".found h3")).to_have_text(TITLE)
    plain.locator("section.narrow-by").get_by_role("link", name=re.compile("^Webinaire")).click()
    expect(plain.locator(".chips")).to_contain_text("Webinaire")
    accessible(plain)
    feed = plain.get_by_role("link", name="Cette recherche, en RSS").get_attribute("href") or ""
    told = ElementTree.fromstring(plain.request.get(feed).text())  # noqa: S314 - of our own making
    assert [item.findtext("title") for item in told.findall("channel/item")] == [TITLE]
    plain.get_by_role("link", name=TITLE).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(plain.get_by_role("link", name="Ouvrir sur son site d’origine")).to_have_attribute(
        "href", "https://example.org/veillee"
    )
    expect(plain.get_by_role("main")).to_contain_text("Attribution 4.0")
    accessible(plain)
    public = plain.url

    desk.goto(edited)
    act(desk, "Dépublier")
    desk.get_by_role("button", name="Oui, la dépublier").click()
    expect(desk.locator(".messages .success")).to_be_visible()
    assert plain.request.get(public).status == 404
    for path in LISTS:
        assert "Tenir une veill" not in plain.request.get(path).text()


def test_a_kit_leads_to_each_tool_on_its_four_axes(plain: Page, accessible: Callable[[Page], None]) -> None:
    plain.goto("/ressources/?genre=kit")
    accessible(plain)
    plain.get_by_role("link", name="Du diagnostic à une première alliance").click()
    expect(plain.locator(".kit-axis h3")).to_have_text(
        [
            "Document de référence, des enjeux à la pratique",
            "Exemples inspirants",
            "Démarche et méthode",
            "Boîte à outils",
        ]
    )
    accessible(plain)
    addresses = plain.locator(".kit-axis a").evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) == 10
    for address in addresses:
        assert plain.request.get(address).status == 200


@pytest.mark.parametrize("path", ["/ressources/", "/ressources/?q=zzzz+qqqq", "/en/ressources/?tri=date"])
def test_each_list_is_accessible(plain: Page, accessible: Callable[[Page], None], path: str) -> None:
    plain.goto(path)
    accessible(plain)


def test_suggestions_as_one_types_lead_to_the_search(visit: Page) -> None:
    visit.goto("/ressources/")
    box = visit.get_by_label("Un sujet, une méthode, un producteur")
    box.press_sequentially("partena")
    expect(visit.locator("#s-library [role=option]").first).to_contain_text("partenaria")
    box.press("ArrowDown")
    box.press("Enter")
    expect(visit).to_have_url(re.compile(r"/ressources/\?q=partenaria"))
    expect(visit.locator(".found h3").first).to_be_visible()
