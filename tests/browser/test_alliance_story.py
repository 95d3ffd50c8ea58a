"""From a priority to a published practice: three organisations meet, join, engage, pass a stage and judge it blind."""

from __future__ import annotations

import email
import email.policy
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader

PASSWORD = "une longue phrase de passe"  # noqa: S105 - of accounts that live as long as the tests
TERRITORY = "/territoires/REG-53-bretagne/"
TITLE = "Une épicerie qui roule"
Enter = Callable[..., Page]


def in_days(days: int) -> str:
    return (datetime.now(tz=UTC).date() + timedelta(days)).isoformat()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def link(home: Path, part: str, to: str) -> str:
    """The path of the newest link to ``part`` in the e-mails that an address received."""
    for file in sorted((home / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
        for raw in reversed(re.split(rb"(?m)^-{79}\n", file.read_bytes())):
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            body = letter.get_body()
            found = re.search(rf"https?://[^/\s]+((?=/)\S*?{part}\S*)", body.get_content()) if body else None
            if found and letter["To"] == to:
                return found[1]
    raise AssertionError(f"no link to {part} for {to}")


def taken(within: Locator, name: str | re.Pattern[str]) -> bytes:
    """The file behind a link."""
    with within.page.expect_download() as waited:
        within.get_by_role("link", name=name).first.click()
    return waited.value.path().read_bytes()


def printed(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def written(content: bytes) -> str:
    found = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in found.paragraphs), *cells])


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Identifiant").fill(name)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Connexion").click()


@pytest.fixture
def someone(chromium: Browser, site: str, site_folder: Path) -> Iterator[Enter]:
    """Makes an account, and opens a browser to its owner, who has not signed in yet."""
    contexts: list[BrowserContext] = []

    def make(name: str, *rights: str, scripts: bool = False) -> Page:
        subprocess.run(
            [str(Path(sys.executable).with_name("odd17")), "user", "add", name, "--email", f"{name}@example.org",
             *rights],
            input=PASSWORD, text=True, env=os.environ | {"ODD17_HOME": str(site_folder)}, check=True,
            capture_output=True,
        )  # fmt: skip
        contexts.append(
            chromium.new_context(
                base_url=site, locale="fr-FR", java_script_enabled=scripts, viewport={"width": 1280, "height": 900}
            )
        )
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def convene(page: Page) -> None:
    """From the page of a territory: a first meeting, printed and in Word, then the form of an alliance."""
    page.goto(TERRITORY)
    first = page.locator("#in-short ~ p", has_text="Préparer un dialogue").first
    domain = first.locator("strong").inner_text()
    for content in (
        printed(taken(first, "une première rencontre, prête à imprimer")),
        written(taken(first, re.compile("^Word"))),
    ):
        told = " ".join(content.split())
        assert all(words in told for words in (domain, "Bretagne", "Qui inviter", "Ordre du jour")), told
    first.get_by_role("link", name="commencer une alliance").click()
    sign_in(page, "chargee")
    expect(page.get_by_label("Territoire", exact=True)).to_have_value("Bretagne")
    expect(page.get_by_role("group", name="Domaines").get_by_role("checkbox", checked=True)).to_have_count(1)


def begin(page: Page, accessible: Callable[[Page], None]) -> str:
    """An alliance of one organisation: the path of its workspace."""
    accessible(page)
    press(page, "Commencer")
    expect(page.get_by_role("alert")).to_contain_text("Titre de l’alliance")
    page.get_by_label("Organisation pour laquelle vous agissez").fill("La communauté de communes")
    page.get_by_label("Type d’acteur").select_option("Collectivité")
    page.get_by_label("Titre de l’alliance").fill(TITLE)
    page.get_by_label("Le besoin").fill("Des aînés sans voiture loin des commerces.")
    page.get_by_label("Type d’alliance").select_option("Co-innovation")
    press(page, "Commencer")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return re.sub(r"^https?://[^/]+", "", page.url)


def join(path: str, officer: Page, other: Page, name: str, organisation: str, kind: str, home: Path) -> None:
    """Invited by e-mail, whoever opens the link signs in and says for whom they act."""
    officer.goto(path)
    follow(officer, "Inviter quelqu’un")
    officer.get_by_label("Courriel").fill(f"{name}@example.org")
    press(officer, "Envoyer l’invitation")
    expect(officer.get_by_text("L’invitation est envoyée.")).to_be_visible()
    other.goto(link(home, "/rejoindre/", f"{name}@example.org"))
    sign_in(other, name)
    expect(other.get_by_role("main")).to_contain_text(TITLE)
    other.get_by_label("Organisation pour laquelle vous agissez").fill(organisation)
    other.get_by_label("Type d’acteur").select_option(kind)
    press(other, "Rejoindre")
    expect(other.get_by_role("heading", level=1)).to_have_text(TITLE)


def engage(path: str, page: Page, means: str, what: str) -> None:
    page.goto(path)
    follow(page, "Engager votre organisation")
    page.get_by_label("Moyens").select_option(means)
    page.get_by_label("Ce qui est apporté").fill(what)
    page.get_by_label("Pour quand").fill(in_days(60))
    press(page, "Enregistrer")
    expect(page.get_by_role("table", name="Qui apporte quoi")).to_contain_text(what)


def pass_a_stage(path: str, page: Page, accessible: Callable[[Page], None]) -> None:
    """No stage without its proof and who recognised it."""
    page.goto(f"{path}chemin/")
    accessible(page)
    page.get_by_role("group", name="Vers où").get_by_label("Prototype").check()
    page.get_by_label("Le récit de ce qui a été tenté").fill("Trois tournées, quarante clients.")
    press(page, "Enregistrer")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Le récit de ce qui a été tenté")).to_have_value("Trois tournées, quarante clients.")
    page.get_by_label("Le besoin, chiffré ou raconté").fill("Deux aînés sur dix, selon l’enquête du pays.")
    page.get_by_label("Qui reconnaît qu’elle est franchie").fill("Le réseau des épiceries solidaires")
    press(page, "Enregistrer")
    path_walked = page.locator("section", has=page.get_by_role("heading", name="Le chemin d’innovation"))
    expect(path_walked).to_contain_text("reconnu par Le réseau des épiceries solidaires")
    expect(path_walked.locator("h3", has_text="ici")).to_contain_text("Prototype")


def answer(page: Page, place: str, marks: tuple[int, int, int], word: str) -> None:
    page.goto(place)
    for impact, mark in zip(("Innovation", "Performance collective", "Confiance"), marks, strict=True):
        page.get_by_role("group", name=f"Votre note {impact}").get_by_label(str(mark), exact=True).check()
        page.get_by_label(f"Genre de preuve {impact}").select_option("Comptée par les partenaires")
        page.get_by_label(f"En quelques mots {impact}").fill(f"{word} {mark}")
    page.get_by_label("Ce qui a été tenté").fill(f"Récit : {word}")
    page.get_by_label("Combien sont membres").fill("3")
    page.get_by_label("Combien s’en servent").fill(str(40 * marks[0]))
    press(page, "Sceller la réponse")


def judge_blind(path: str, people: tuple[Page, Page, Page], home: Path, accessible: Callable[[Page], None]) -> str:
    """A round: nobody sees another's answer, nor who is missing, until the last one."""
    officer, director, lead = people
    officer.goto(path)
    follow(officer, "Ouvrir une évaluation")
    officer.get_by_label("Réponses jusqu’au").fill(in_days(10))
    press(officer, "Enregistrer")
    place = link(home, "/evaluations/", "directeur@example.org")
    assert officer.url.endswith(place)
    lead.goto(place)
    accessible(lead)
    answer(officer, place, (5, 3, 4), "tournesol")
    answer(director, place, (1, 3, 4), "coquelicot")
    expect(director.get_by_text("Votre organisation a répondu")).to_be_visible()
    accessible(director)
    for page, own in ((officer, "tournesol"), (director, "coquelicot"), (lead, "")):
        page.goto(place)
        for word in {"tournesol", "coquelicot"} - {own}:
            assert word not in page.content()
        assert page.get_by_text("N’ont pas répondu").count() == 0
        assert page.request.get(f"{place}rapport-avec-noms.pdf").status == 404
    assert "tournesol" not in director.request.get(path).text()
    answer(lead, place, (3, 3, 4), "bleuet")
    return place


def read_together(place: str, page: Page, accessible: Callable[[Page], None]) -> None:
    """Agreement and divergence, what to discuss, and the report with names and without."""
    page.goto(place)
    main = page.get_by_role("main")
    sections = {
        "Innovation": "Vous différez : de 1 à 5",
        "Confiance": "accord",
        "Pour en discuter ensemble": "Innovation",
    }
    for title, words in sections.items():
        section = main.locator("section", has=page.get_by_role("heading", name=title, exact=True))
        expect(section).to_contain_text(words)
    for word in ("tournesol", "coquelicot", "bleuet"):
        expect(main).to_contain_text(f"Récit : {word}")
    expect(main.get_by_role("table", name="Innovation")).to_contain_text("L’association des aînés")
    accessible(page)
    named, masked = (
        (printed(taken(main, f"PDF {names}")), written(taken(main, f"Word {names}")))
        for names in ("avec les noms", "sans les noms")
    )
    for text in named:
        assert "L’association des aînés" in " ".join(text.split())
    for text in masked:
        assert "Partenaire 1" in " ".join(text.split())
        assert not any(name in text for name in ("aînés ", "communauté de communes", "épicier"))


def propose(path: str, page: Page) -> None:
    """A practice drafted in one step, finished and sent to moderation."""
    page.goto(path)
    press(page, "Rédiger une pratique à partir de cette alliance")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    follow(page, "Relire et envoyer")
    main = page.get_by_role("main")
    for known in ("L’association des aînés", "Co-innovation", "Des aînés sans voiture", "Bretagne"):
        expect(main).to_contain_text(known)
    main.get_by_role("link", name="La pratique et son lieu").last.click()
    expect(page.get_by_label("Nom de la pratique")).to_have_value(TITLE)
    page.get_by_label("En quelques phrases").fill("Une camionnette vend de bourg en bourg.")
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    expect(page.get_by_label("Nom", exact=True).nth(1)).to_have_value("L’association des aînés")
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    page.get_by_label("Qui s’est associé").fill("La collectivité, une association et un épicier.")
    for _step in range(3):
        page.get_by_role("button", name="Enregistrer et continuer").last.click()
    page.get_by_role("checkbox").check()
    press(page, "Envoyer la proposition")


def publish(desk: Page) -> None:
    desk.goto("/admin/")
    sign_in(desk, "moderatrice")
    desk.goto("/admin/")
    desk.get_by_role("link", name=TITLE).first.click()
    desk.locator("footer .w-dropdown__toggle, footer button[aria-expanded]").first.click()
    desk.get_by_role("button", name="Accepter et publier").click()
    expect(desk.locator(".messages .success")).to_be_visible()


def test_from_a_priority_to_a_published_practice(
    someone: Enter, plain: Page, site_folder: Path, accessible: Callable[[Page], None]
) -> None:
    officer, director, lead = someone("chargee", scripts=True), someone("directeur"), someone("epicier")
    convene(officer)
    path = begin(officer, accessible)
    join(path, officer, director, "directeur", "L’association des aînés", "Association", site_folder)
    join(path, officer, lead, "epicier", "L’épicier", "Entreprise", site_folder)
    engage(path, director, "moyens humains", "Deux bénévoles par tournée")
    engage(path, lead, "moyens financiers", "La camionnette")
    pass_a_stage(path, officer, accessible)
    place = judge_blind(path, (officer, director, lead), site_folder, accessible)
    read_together(place, director, accessible)
    officer.goto(path)
    accessible(officer)
    stranger = plain.request
    assert stranger.get(path, max_redirects=0).status == 302
    assert stranger.get(f"{path}carte/").status == 404

    for page in (officer, director, lead):
        page.goto(path)
        press(page, "Consentir pour mon organisation")
    plain.goto(f"{path}carte/")
    expect(plain.get_by_role("main")).to_contain_text("L’épicier")
    assert "camionnette" not in plain.content()
    accessible(plain)

    propose(path, officer)
    assert TITLE not in stranger.get("/pratiques/?q=roule").text()
    publish(someone("moderatrice", "--admin", scripts=True))
    plain.goto("/pratiques/")
    plain.get_by_label("Un besoin, une idée, un partenaire, un lieu").fill("épicerie roule")
    plain.get_by_role("search").last.get_by_role("button", name="Chercher").click()
    plain.locator(".found").get_by_role("link", name=TITLE).first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(plain.get_by_role("main")).to_contain_text("L’association des aînés")
