"""A request for a service: sent, confirmed by its e-mail, received, discussed, agreed, done; public at no time."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

ASKER = "demandeuse@example.org"
NEED = "Un atelier pour douze élues de nos vallées"


def letters(folder: Path, to: str) -> list[tuple[str, str]]:
    """The subject and text of the e-mails that the site wrote to an address, the newest first."""
    found = []
    for file in sorted((folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
        for raw in reversed(re.split(rb"(?m)^-{79}\n", file.read_bytes())):
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            body = letter.get_body()
            if letter["To"] == to and body is not None:
                found.append((str(letter["Subject"]), str(body.get_content())))
    return found


def link(folder: Path, part: str, to: str = ASKER) -> str:
    """The path of the newest link to ``part`` in what an address received."""
    for _subject, text in letters(folder, to):
        if found := re.search(rf"https?://[^/\s]+((?=/)\S*?{part}\S*)", text):
            return found[1]
    raise AssertionError(f"no link to {part}")


def decide(desk: Page, state: str, text: str) -> None:
    desk.get_by_label("Votre message").fill(text)
    desk.get_by_label("Nouvel état").select_option(state)
    desk.get_by_label("Je prends en charge").check()
    desk.get_by_role("main").get_by_role("button", name="Envoyer", exact=True).click()
    expect(desk.get_by_role("main")).to_contain_text(text)


def test_from_the_matrix_to_a_request_that_is_done(
    plain: Page,
    chromium: Browser,
    site: str,
    site_folder: Path,
    accessible: Callable[[Page], None],
    signed_in: Callable[[str], Page],
) -> None:
    desk = signed_in("accueil")
    plain.goto("/ressources/acces/")
    expect(plain.get_by_role("main")).to_contain_text("sous 10 jours")
    accessible(plain)
    plain.get_by_role("link", name="Atelier pour vous").click()
    accessible(plain)
    send = plain.get_by_role("button", name="Envoyer ma demande")
    send.click()
    expect(plain.get_by_role("alert")).to_contain_text("Votre nom")
    plain.get_by_label("Votre nom").fill("Camille Exemple")
    plain.get_by_label("Votre adresse électronique").fill(ASKER)
    plain.get_by_label("De quoi avez-vous besoin").fill(NEED)
    plain.get_by_label("Où").fill("Bretagne")
    plain.get_by_label("Du (facultatif)").fill("2027-03-02")
    plain.get_by_label("Au (facultatif)").fill("2027-03-01")
    send.click()
    expect(plain.get_by_role("alert")).to_contain_text("La fin précède le début")
    expect(plain.get_by_label("De quoi avez-vous besoin")).to_have_value(NEED)
    accessible(plain)
    plain.get_by_label("Au (facultatif)").fill("2027-03-03")
    for _ in range(200):  # sent at once, it is asked again
        with plain.expect_navigation():
            send.click()
        if not send.count():
            break
    expect(plain.get_by_role("heading", level=1)).to_have_text("Confirmez votre adresse")

    desk.goto("/ressources/demandes-recues/")
    expect(desk.get_by_role("main")).not_to_contain_text("Camille")
    plain.goto(link(site_folder, "/confirmer/"))
    accessible(plain)
    plain.get_by_role("button", name="Oui, confirmer").click()
    expect(plain.get_by_role("main")).to_contain_text("reçue")
    accessible(plain)
    private = plain.url

    desk.goto(link(site_folder, "/demandes-recues/", to="accueil@example.org"))
    expect(desk.get_by_role("main")).to_contain_text(NEED)
    expect(desk.get_by_role("main")).to_contain_text("Bretagne")
    accessible(desk)
    for state, told in (("en discussion", "Parlons-en mardi."), ("convenue", "Entendu."), ("faite", "Merci à vous.")):
        decide(desk, state, told)
        subject, text = letters(site_folder, ASKER)[0]
        assert state in text
        assert not any(secret in subject + text for secret in (NEED, told, "Camille"))
        plain.goto(private)
        expect(plain.get_by_role("main")).to_contain_text(told)
        expect(plain.get_by_role("main")).to_contain_text(state)
        if state != "faite":
            plain.get_by_label("Votre message").fill(f"Bien reçu : {told}")
            plain.get_by_role("main").get_by_role("button", name="Envoyer", exact=True).click()
            assert link(site_folder, "/demandes-recues/", to="accueil@example.org") in desk.url
            desk.reload()
            expect(desk.get_by_role("main")).to_contain_text(f"Bien reçu : {told}")
    accessible(plain)
    desk.goto("/ressources/demandes-recues/")
    expect(desk.get_by_role("main")).not_to_contain_text("Camille")
    desk.get_by_role("link", name="Aussi celles qui sont closes").click()
    expect(desk.get_by_role("main")).to_contain_text("Camille")
    accessible(desk)

    stranger = chromium.new_context(base_url=site, locale="fr-FR").new_page()
    for path in ("ressources/acces/", "recherche/?q=Camille+Exemple", "pratiques/?q=atelier", "par-ou-commencer/"):
        seen = stranger.request.get(f"{site}/{path}").text()
        assert not any(secret in seen.split("<main")[1] for secret in ("vallées", "Camille Exemple,", ASKER))
    assert "Disallow: /ressources/demandes/" in stranger.request.get(f"{site}/robots.txt").text()
    assert stranger.request.get(f"{site}/ressources/demandes-recues/", max_redirects=0).status == 302
    stranger.context.close()
