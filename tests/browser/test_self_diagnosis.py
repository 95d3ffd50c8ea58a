"""A self-diagnosis from the choice of questions to the withdrawal from the mirror, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

ORGANISATIONS = "Votre organisation et ses alliances"
SIRENS = ("730000007", "730000015", "730000023", "730000031", "730000049", "730000056", "730000064", "730000072",
          "730000080", "730000098")  # fmt: skip
"""Numbers whose check digit fits, of nobody in particular."""

Accessible = Callable[[Page], None]


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def begin(page: Page) -> str:
    """Begin the questions of organisations; the secret address."""
    page.goto("/auto-diagnostic/")
    page.get_by_role("button", name=f"Répondre {ORGANISATIONS}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ORGANISATIONS)
    return page.url


def fill(page: Page, option: str, stage: str = "Une idée à plusieurs (concept)") -> None:
    """Choose the same answer to every question of the sheet that is shown."""
    for question in page.get_by_role("group").filter(has=page.get_by_role("radio")).all():
        asked = stage if question.get_by_label(stage).count() else option
        question.get_by_label(asked, exact=True).check()


def answer(page: Page, option: str) -> None:
    """Fill every sheet, and finish."""
    heading = page.get_by_role("heading", level=1)
    for _sheet in range(12):
        expect(page.locator("form.sheet")).to_be_visible()
        fill(page, option)
        with page.expect_navigation():
            page.locator("form.sheet button").first.click()
        if heading.inner_text() == "Résultat":
            break
    press(page, "Terminer")


def ask_for_mirror(page: Page, siren: str, size: str = "10 à 49 personnes") -> None:
    page.get_by_role("link", name="Se comparer à ses pairs").click()
    page.get_by_label("Numéro SIREN").fill(siren)
    page.get_by_label("Type d’acteur").select_option("Association")
    page.get_by_label("Taille").select_option(size)
    page.get_by_label("Où vous agissez").select_option("Ille-et-Vilaine (35)")
    page.get_by_role("checkbox").check()
    press(page, "Demander le miroir")


def test_half_answered_left_resumed_by_its_link_finished_read_and_printed(
    plain: Page, chromium: Browser, site: str, accessible: Accessible
) -> None:
    plain.goto("/auto-diagnostic/")
    accessible(plain)
    plain.get_by_role("link", name="d’où viennent les questions").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("D’où viennent les questions")
    kept = begin(plain)
    accessible(plain)
    fill(plain, "C’est installé")
    press(plain, "Garder et revenir plus tard")
    expect(plain.get_by_text("Vos réponses sont gardées.")).to_be_visible()
    plain.close()

    elsewhere = chromium.new_context(base_url=site, java_script_enabled=False, locale="fr-FR").new_page()
    elsewhere.goto(kept)
    expect(elsewhere.get_by_text("Feuille 2 sur")).to_be_visible()
    elsewhere.get_by_role("link", name="Retour").click()
    expect(elsewhere.get_by_label("C’est installé").first).to_be_checked()
    elsewhere.goto(kept)
    answer(elsewhere, "Pas encore")
    expect(elsewhere.get_by_role("heading", name="Ce qui est solide")).to_be_visible()
    steps = elsewhere.locator("section[aria-labelledby=next] > ol > li")
    assert steps.count() >= 5
    for step in steps.all():
        assert step.get_by_role("link").count() >= 1
    rows = elsewhere.get_by_role("table").get_by_role("row")
    expect(rows.filter(has_text="Vision")).to_contain_text("Solide")
    expect(elsewhere.locator("figure svg")).to_be_visible()
    accessible(elsewhere)
    for name, begins in (("PDF", b"%PDF"), ("Word", b"PK")):
        address = elsewhere.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert elsewhere.request.get(f"{site}{address}").body().startswith(begins)
    press(elsewhere, "Répondre à nouveau, et comparer")
    answer(elsewhere, "C’est bien engagé")
    expect(elsewhere.get_by_role("columnheader", name="Depuis la fois d’avant")).to_be_visible()
    expect(elsewhere.get_by_role("table")).to_contain_text("+67")
    accessible(elsewhere)
    elsewhere.get_by_role("link", name="Effacer mes réponses").click()
    accessible(elsewhere)
    press(elsewhere, "Effacer")
    expect(elsewhere.get_by_text("Vos réponses sont effacées.")).to_be_visible()
    elsewhere.context.close()


def test_three_people_of_one_organisation_see_where_they_differ(
    plain: Page, chromium: Browser, site: str, accessible: Accessible
) -> None:
    plain.goto("/auto-diagnostic/")
    plain.locator("summary", has_text="Nous serons plusieurs").first.click()
    plain.get_by_label("Nom de votre organisation").first.fill("Une association de quartier")
    plain.get_by_role("button", name=f"Inviter un groupe {ORGANISATIONS}").click()
    group = plain.url
    differ = plain.locator("section[aria-labelledby=differ]")
    for count, option in enumerate(("Pas encore", "C’est bien engagé", "C’est installé")):
        expect(differ.get_by_role("table")).to_have_count(0)
        if count == 0:
            accessible(plain)
        person = chromium.new_context(base_url=site, java_script_enabled=False, locale="fr-FR").new_page()
        person.goto(group)
        press(person, "Donner mes propres réponses")
        answer(person, option)
        person.get_by_role("link", name="Voir où vous différez dans votre organisation").click()
        expect(person).to_have_url(group)
        person.context.close()
        plain.goto(group)
    expect(differ.get_by_role("row").nth(1)).to_contain_text("100")
    accessible(plain)


def open_all(admin: Page) -> None:
    """Let in all who ask for the mirror."""
    while (waiting := admin.get_by_role("button", name="Ouvrir le miroir")).count():
        with admin.expect_navigation():
            waiting.first.click()


@pytest.mark.timeout(600)
def test_the_mirror_is_refused_below_ten_opened_by_an_administrator_and_left(
    chromium: Browser, site: str, accessible: Accessible, signed_in: Callable[[str], Page]
) -> None:
    people: list[Page] = []
    for place, siren in enumerate(SIRENS):
        person = chromium.new_context(base_url=site, java_script_enabled=False, locale="fr-FR").new_page()
        people.append(person)
        begin(person)
        answer(person, "C’est bien engagé" if place % 2 else "C’est installé")
        if place == 0:
            person.get_by_role("link", name="Se comparer à ses pairs").click()
            press(person, "Demander le miroir")
            expect(person.get_by_role("alert")).to_contain_text("SIREN")
            accessible(person)
            person.go_back()
            person.go_back()
        if place < 9:
            ask_for_mirror(person, siren)
    first = people[0]
    expect(first.get_by_text("Le miroir est demandé\u202f: un administrateur")).to_be_visible()

    admin = signed_in("miroitier")
    admin.goto("/comptes/")
    admin.get_by_role("main").locator("a[href$='/miroirs/']").click()
    accessible(admin)
    open_all(admin)
    first.reload()
    expect(first.get_by_text("Moins de 10 organisations")).to_be_visible()
    assert first.get_by_role("table").count() == 0

    ask_for_mirror(people[9], SIRENS[9])
    first.reload()
    expect(first.get_by_text("Moins de 10 organisations")).to_be_visible()  # the tenth is not let in yet
    admin.reload()
    open_all(admin)
    first.reload()
    expect(first.get_by_role("columnheader", name="Premier quartile")).to_be_visible()
    first.get_by_label("Type d’acteur").select_option("Association (comme vous)")
    press(first, "Montrer ces pairs")
    expect(first.get_by_text("Pairs montrés")).to_contain_text("Association")
    expect(first).to_have_url(re.compile("kind=association"))
    accessible(first)

    ninth = people[8]
    press(ninth, "Retirer mes scores")
    expect(ninth.get_by_text("Vos scores ne sont plus dans le miroir")).to_be_visible()
    first.reload()
    expect(first.get_by_text("rien n’est montré")).to_be_visible()
    for person in people:
        person.context.close()


def test_a_sheet_is_answered_by_keyboard_alone(visit: Page, accessible: Accessible) -> None:
    begin(visit)
    visit.get_by_role("radio").first.focus()
    for _question in visit.get_by_role("group").filter(has=visit.get_by_role("radio")).all():
        visit.keyboard.press("ArrowDown")
        visit.keyboard.press("Tab")
    assert visit.evaluate("document.activeElement.textContent").strip() == "Enregistrer et continuer"
    visit.keyboard.press("Enter")
    expect(visit.get_by_text("Feuille 2 sur")).to_be_visible()
    accessible(visit)


def test_the_link_of_somebody_with_an_account_opens_to_them_alone(
    plain: Page, signed_in: Callable[[str], Page]
) -> None:
    theirs = begin(signed_in("repondante"))
    reply = plain.goto(theirs)
    assert reply is not None
    assert reply.status == 404


def test_an_editor_is_told_what_is_wrong_in_the_file_of_a_version(
    signed_in: Callable[[str], Page], accessible: Accessible
) -> None:
    editor = signed_in("redactrice")
    editor.goto("/auto-diagnostic/questionnaires/")
    accessible(editor)
    file = {"name": "la-suite.yml", "mimeType": "application/yaml", "buffer": b"id: organisations\nversion: 2\n"}
    editor.get_by_label("Le fichier de la version suivante").set_input_files(file)
    press(editor, "Ajouter cette version")
    expect(editor.get_by_role("alert")).to_contain_text("la-suite.yml")
    expect(editor.get_by_role("table").get_by_role("row")).to_have_count(5)
