"""A call for partners: published from a workspace, found, answered without an account, read by its alliance alone."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

SECRET = "Nous prêterions un four à pain"  # noqa: S105 - what nobody else reads
ANSWERS = "fournil@example.org"


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def link(home: Path, part: str) -> str:
    """The path of the newest link to ``part`` in what the one who answers received."""
    for file in sorted((home / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
        for raw in reversed(re.split(rb"(?m)^-{79}\n", file.read_bytes())):
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            body = letter.get_body()
            found = re.search(rf"https?://[^/\s]+((?=/)\S*?{part}\S*)", body.get_content()) if body else None
            if found and letter["To"] == ANSWERS:
                return found[1]
    raise AssertionError(f"no link to {part}")


def publish(desk: Page, accessible: Callable[[Page], None]) -> str:
    """Begin an alliance and publish its call: the address of the call in the workspace."""
    desk.goto("/alliances/nouvelle/?territoire=COM-35238&domaine=education")
    desk.get_by_label("Organisation pour laquelle vous agissez").fill("La commune")
    desk.get_by_label("Type d’acteur").select_option("Collectivité")
    desk.get_by_label("Titre de l’alliance").fill("Un goûter pour tous")
    desk.get_by_label("Le besoin").fill("Des enfants sans goûter.")
    press(desk, "Commencer")
    desk.get_by_role("link", name="Les appels de cette alliance").click()
    accessible(desk)
    desk.get_by_role("link", name="Publier un appel").click()
    desk.get_by_label("Titre de l’appel").fill("Cherche fournil")
    desk.get_by_label("Le besoin, et ce que ferait un partenaire").fill("Cuire deux cents brioches.")
    desk.get_by_label("Qui appelle").fill("La commune et ses voisins")
    desk.get_by_label("Territoire", exact=True).fill("COM-35238")
    desk.get_by_role("group", name="Domaines").get_by_label("Éducation").check()
    desk.get_by_label("Ouvert jusqu’au").fill((datetime.now(tz=UTC).date() + timedelta(30)).isoformat())
    accessible(desk)
    press(desk, "Publier")
    expect(desk.get_by_text("L’appel est public.")).to_be_visible()
    return desk.url


def test_a_call_is_found_and_answered_without_javascript(
    plain: Page, signed_in: Callable[[str], Page], site_folder: Path, accessible: Callable[[Page], None]
) -> None:
    desk = signed_in("appelante")
    inside = publish(desk, accessible)
    plain.goto("/appels/")
    plain.get_by_role("main").get_by_label("Où").fill("Rennes")
    press(plain, "Montrer")
    accessible(plain)
    plain.get_by_role("link", name="Cherche fournil").click()
    accessible(plain)
    assert "Un goûter pour tous" not in plain.content()  # the alliance itself stays private
    plain.get_by_role("link", name="Répondre à cet appel").click()
    accessible(plain)
    title = plain.get_by_role("heading", level=1).inner_text()
    press(plain, "Envoyer ma réponse")
    expect(plain.get_by_role("alert")).to_contain_text("Votre nom")
    plain.get_by_label("Votre nom").fill("Dominique Exemple")
    plain.get_by_label("Votre organisation").fill("Le fournil")
    plain.get_by_label("Type d’acteur").select_option("Entreprise")
    plain.get_by_label("Votre adresse électronique").fill(ANSWERS)
    plain.get_by_label("Qu’apporteriez-vous").fill(SECRET)
    for _ in range(200):  # sent sooner than a person would fill it, it is asked again
        press(plain, "Envoyer ma réponse")
        if plain.get_by_role("heading", level=1).inner_text() != title:
            break
    expect(plain.get_by_role("heading", level=1)).to_have_text("Confirmez votre adresse")
    desk.goto(inside)
    assert SECRET not in desk.content()
    plain.goto(link(site_folder, "/confirmer/"))
    press(plain, "Oui, confirmer")
    expect(plain.get_by_role("main")).to_contain_text(SECRET)
    accessible(plain)
    desk.goto(inside)
    expect(desk.get_by_role("main")).to_contain_text(SECRET)
    accessible(desk)
    press(desk, "Décliner, avec ce mot Le fournil")
    expect(desk.get_by_role("alert")).to_contain_text("Déclinez avec un mot")
    desk.get_by_label("Un mot pour eux").fill("Merci, nous avons trouvé plus près.")
    press(desk, "Décliner, avec ce mot Le fournil")
    plain.goto(link(site_folder, "/appels/reponses/"))
    expect(plain.get_by_role("main")).to_contain_text("nous avons trouvé plus près")
