"""A module followed to its certificate and a newsletter asked for, received and left: in a real browser."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, expect
from pypdf import PdfReader

from odd17.workflows.modules import current_module

Accessible = Callable[[Page], None]

MODULE = current_module("read-fragility")
RIGHT = {one.id: next(choice.id for choice in one.choices if choice.right) for one in MODULE.questions}
WRONG = RIGHT | {"zero_score": "none", "secret": "zero"}
"""Two that are not right, of the one that is allowed."""


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def tab_to(page: Page, name: str) -> None:
    """Move by keyboard to what bears this name."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def enter(page: Page, name: str) -> None:
    """Move by keyboard to a link or a button, and use it."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose_by_keyboard(page: Page, answers: Mapping[str, str]) -> None:
    """Choose an answer to every question: the first by the space bar, the others by arrows."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    for question in MODULE.questions:
        assert page.evaluate("document.activeElement.name") == f"q-{question.id}"
        page.keyboard.press("Space")
        for _ in range([choice.id for choice in question.choices].index(answers[question.id])):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Voir mon résultat"
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, answers: Mapping[str, str]) -> None:
    for question in MODULE.questions:
        group = page.get_by_role("group", name=question.wording.fr)
        group.get_by_label(question.choice(answers[question.id]).label.fr).check()
    press(page, "Voir mon résultat")


def explained(page: Page) -> set[tuple[str, str]]:
    """The answers that the result explains: question and choice."""
    shown = page.locator(".explained").inner_text()
    every = ((question, choice) for question in MODULE.questions for choice in question.choices)
    return {(question.id, choice.id) for question, choice in every if choice.why.fr in shown}


def text_of(download: Download) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(download.path()).pages).split())


def check_failed(page: Page) -> None:
    """The answers that were chosen are explained; the right ones are not given away."""
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("4 bonnes réponses sur 6")
    expect(page.get_by_text("votre réponse, à revoir")).to_have_count(2)
    expect(page.get_by_text("la bonne réponse")).to_have_count(0)
    assert explained(page) == set(WRONG.items())


def check_passed(page: Page) -> None:
    """Every answer is explained."""
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("6 bonnes réponses sur 6")
    expect(page.get_by_text("votre réponse, juste")).to_have_count(6)
    assert explained(page) == {(one.id, choice.id) for one in MODULE.questions for choice in one.choices}


def check_certificate(download: Download, name: str) -> None:
    assert download.suggested_filename == "odd17-read-fragility.pdf"
    text = text_of(download)
    for words in (name, MODULE.title.fr, "6 bonnes réponses sur 6", *(one.title.fr for one in MODULE.steps)):
        assert " ".join(words.split()) in text


def test_a_module_is_followed_by_keyboard_alone(visit: Page, accessible: Accessible) -> None:
    visit.goto("/apprendre/")
    enter(visit, MODULE.title.fr)
    accessible(visit)
    enter(visit, "Commencer")
    accessible(visit)
    enter(visit, "Lire la première étape")
    accessible(visit)
    heading = visit.get_by_role("heading", level=1)
    for step in MODULE.steps:
        expect(heading).to_have_text(step.title.fr)
        enter(visit, "J’ai lu, continuer")
    expect(heading).to_have_text("Le quiz")
    accessible(visit)
    choose_by_keyboard(visit, WRONG)
    check_failed(visit)
    accessible(visit)
    enter(visit, "Recommencer")
    choose_by_keyboard(visit, RIGHT)
    check_passed(visit)
    accessible(visit)
    enter(visit, "Prendre l’attestation")
    accessible(visit)
    for _ in range(150):
        visit.keyboard.press("Tab")
        if visit.evaluate("document.activeElement.id") == "name":
            break
    visit.keyboard.type("Camille Exemple")
    with visit.expect_download() as given:
        visit.keyboard.press("Enter")
    check_certificate(given.value, "Camille Exemple")


def test_a_module_is_left_come_back_to_elsewhere_and_completed_without_scripts(
    plain: Page, chromium: Browser, site: str, accessible: Accessible
) -> None:
    plain.goto(f"/apprendre/{MODULE.id}/etapes/{MODULE.steps[0].id}/")
    accessible(plain)
    press(plain, "Commencer, pour garder mon avancée")
    kept = plain.locator(".command").inner_text()
    follow(plain, "Lire la première étape")
    press(plain, "J’ai lu, continuer")
    press(plain, "J’ai lu, continuer")
    plain.close()

    elsewhere = chromium.new_context(base_url=site, java_script_enabled=False, locale="fr-FR").new_page()
    elsewhere.goto(kept)
    expect(elsewhere.get_by_text("2 étapes lues sur 6")).to_be_visible()
    accessible(elsewhere)
    refused = elsewhere.goto(f"{kept}attestation/")
    assert refused is not None
    assert refused.status == 409
    expect(elsewhere.get_by_role("main").get_by_role("listitem")).to_have_text(
        [one.title.fr for one in MODULE.steps[2:]]
    )
    follow(elsewhere, "Continuer")
    for step in MODULE.steps[2:]:
        expect(elsewhere.get_by_role("heading", level=1)).to_have_text(step.title.fr)
        press(elsewhere, "J’ai lu, continuer")

    press(elsewhere, "Voir mon résultat")
    expect(elsewhere.get_by_role("alert").get_by_role("listitem")).to_have_text(
        [one.wording.fr for one in MODULE.questions]
    )
    accessible(elsewhere)
    choose(elsewhere, WRONG)
    check_failed(elsewhere)
    elsewhere.goto(kept)
    follow(elsewhere, "Passer le quiz")
    check_failed(elsewhere)
    follow(elsewhere, "Recommencer")
    choose(elsewhere, RIGHT)
    check_passed(elsewhere)

    elsewhere.goto(kept)
    follow(elsewhere, "Prendre l’attestation")
    press(elsewhere, "Télécharger l’attestation (PDF)")
    expect(elsewhere.get_by_role("alert")).to_be_visible()
    accessible(elsewhere)
    elsewhere.get_by_role("textbox").fill("Zoé d’Arc")
    with elsewhere.expect_download() as given:
        press(elsewhere, "Télécharger l’attestation (PDF)")
    check_certificate(given.value, "Zoé d’Arc")

    elsewhere.goto(kept)
    follow(elsewhere, "Effacer maintenant")
    accessible(elsewhere)
    press(elsewhere, "Effacer")
    gone = elsewhere.goto(kept)
    assert gone is not None
    assert gone.status == 404
    elsewhere.context.close()


READER = "lectrice@example.org"
OTHER = "lecteur@example.org"


def letters(home: Path, to: str) -> list[EmailMessage]:
    """The e-mails that the site wrote to an address, the newest last."""
    found = []
    for file in sorted((home / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns):
        for raw in re.split(rb"(?m)^-{79}\n", file.read_bytes()):
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            if letter["To"] == to:
                found.append(letter)
    return found


def said(letter: EmailMessage) -> str:
    body = letter.get_body()
    return str(body.get_content()) if body else ""


def link(text: str, part: str) -> str:
    """The path of the link to ``part`` in a text."""
    found = re.search(rf"https?://[^/\s]+(/lettre/{part}/[^\s>]+)", text)
    assert found is not None, text
    return found[1]


def sign_up(page: Page, home: Path, address: str) -> str:
    """Ask for the letter; the path of the link that confirms."""
    page.goto("/lettre/")
    page.get_by_label("Votre adresse électronique").fill(address)
    page.get_by_role("checkbox").check()
    title = page.get_by_role("heading", level=1)
    for _ in range(200):  # a form sent sooner than a person would fill it is asked again
        press(page, "Recevoir la lettre d’information")
        if title.inner_text() == "Regardez dans votre boîte aux lettres":
            break
    return link(said(letters(home, address)[-1]), "confirmer")


def test_a_newsletter_is_asked_for_confirmed_once_received_and_left_in_one_click(
    plain: Page, site_folder: Path, signed_in: Callable[[str], Page], accessible: Accessible
) -> None:
    plain.goto("/lettre/")
    accessible(plain)
    press(plain, "Recevoir la lettre d’information")
    expect(plain.get_by_role("alert")).to_contain_text("sans votre accord, nous n’envoyons rien")
    accessible(plain)

    confirming = sign_up(plain, site_folder, READER)
    accessible(plain)
    plain.goto(confirming)
    accessible(plain)
    press(plain, "Oui, envoyez-la-moi")
    expect(plain.get_by_role("heading", level=1)).to_have_text("C’est confirmé")
    replayed = plain.goto(confirming)
    assert replayed is not None
    assert replayed.status == 410
    expect(plain.get_by_role("heading", level=1)).to_have_text("Ce lien a déjà servi")
    accessible(plain)
    plain.goto(sign_up(plain, site_folder, OTHER))
    press(plain, "Oui, envoyez-la-moi")
    follow(plain, "Ce qui est gardé de vous, et la langue")
    expect(plain.get_by_text(OTHER)).to_be_visible()
    accessible(plain)

    editor = signed_in("epistoliere")
    editor.goto("/admin/snippets/newsletter/letter/add/")
    editor.locator("[name=title_fr]").fill("Les nouvelles de décembre")
    editor.locator("[name=text_fr]").fill("Une première étape.\n\nUne seconde.")
    editor.locator("form[method=POST] button[type=submit], form[method=post] button[type=submit]").first.click()
    editor.goto("/lettre/envois/")
    accessible(editor)
    follow(editor, "Les nouvelles de décembre")
    accessible(editor)
    press(editor, "Envoyer à toutes les adresses confirmées")
    expect(editor.get_by_text("2 sur 2")).to_be_visible()
    assert READER not in editor.content()
    accessible(editor)

    letter = letters(site_folder, READER)[-1]
    assert letter["Subject"] == "Les nouvelles de décembre"
    plain.goto(link(said(letter), "numeros"))
    expect(plain.get_by_text("Une seconde.")).to_be_visible()
    accessible(plain)
    leaving = link(said(letter), "quitter")
    plain.goto(leaving)
    accessible(plain)
    press(plain, "Me désabonner et effacer mon adresse")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Vous n’êtes pas sur la liste")
    accessible(plain)
    plain.goto(leaving)  # pressed twice, it says the same
    expect(plain.get_by_role("heading", level=1)).to_have_text("Vous n’êtes pas sur la liste")
    plain.goto(confirming)
    expect(plain.get_by_role("heading", level=1)).to_have_text("Ce lien a déjà servi")

    other = letters(site_folder, OTHER)[-1]
    own = link(said(other), "abonnement")
    assert plain.request.get(own).status == 200
    assert other["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leaving = link(str(other["List-Unsubscribe"]), "quitter")  # a mailbox posts there when its button is pressed
    assert plain.request.post(leaving, form={"List-Unsubscribe": "One-Click"}).status == 200
    assert plain.request.get(own).status == 404


@pytest.mark.parametrize("path", ["/apprendre/", "/en/apprendre/read-fragility/etapes/absent/", "/en/lettre/"])
def test_pages_are_accessible(visit: Page, accessible: Accessible, path: str) -> None:
    visit.goto(path)
    accessible(visit)
