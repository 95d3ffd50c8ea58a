"""An account made, confirmed, guarded by a second factor, given a new password and erased, in a real browser."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PHRASE, OTHER = "une longue phrase de passe", "une autre phrase de passe"
ENGLISH = ("Sign", "Password", "Email", "Authenticator", "Recovery", "Confirm ")
FRENCH = (
    "Mot de passe",
    "mot de passe",
    "adresse",
    "Adresse",
    "compte",
    "Compte",
    "Codes de récupération",
    "déconnect",
)
MINE = (
    "/comptes/", "/comptes/email/", "/comptes/password/change/", "/comptes/double-facteur/",
    "/comptes/double-facteur/totp/activate/", "/comptes/reauthenticate/", "/comptes/effacer/", "/comptes/logout/",
)  # fmt: skip
PAGES = (
    "/comptes/signup/", "/comptes/login/", "/comptes/password/reset/", "/comptes/password/reset/done/",
    "/comptes/password/reset/key/1-zzz/", "/comptes/password/reset/key/done/", "/comptes/confirm-email/",
    "/comptes/confirm-email/zzz/",
)  # fmt: skip


def letter(folder: Path, address: str) -> str:
    """The newest e-mail that the site wrote to ``address``."""
    for file in sorted((folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
        for raw in reversed(re.split(rb"(?m)^-{79}\n", file.read_bytes())):
            found = email.message_from_bytes(raw, policy=email.policy.default)
            if found["To"] == address and (body := found.get_body()):
                return str(body.get_content())
    raise AssertionError(f"no e-mail to {address}")


def link(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found is not None
    return found[1]


def code_of(secret: str) -> str:
    """The six digits of RFC 6238 that an application on a telephone shows now."""
    moment = int(time.time() // 30).to_bytes(8, "big")
    drawn = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), moment, hashlib.sha1).digest()
    start = drawn[-1] & 15
    return f"{(int.from_bytes(drawn[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def looks_right(page: Page, language: str = "fr") -> None:
    """One title, one language; axe finds nothing light and wide, nor dark and narrow; nothing overflows."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_count(1)
    said = page.get_by_role("main").inner_text()
    assert not [word for word in (ENGLISH if language == "fr" else FRENCH) if word in said], said
    for scheme, width in (("light", 1280), ("dark", 390)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 844})
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 844})


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


def sign_in(page: Page, address: str, phrase: str) -> None:
    page.goto("/comptes/login/")
    page.get_by_label("Adresse électronique ou identifiant").fill(address)
    page.get_by_label("Mot de passe", exact=True).fill(phrase)
    send(page)


@pytest.mark.parametrize("path", PAGES)
def test_pages_for_those_who_are_not_signed_in(visit: Page, path: str) -> None:
    visit.goto(path)
    looks_right(visit)
    visit.goto(f"/en{path}")
    looks_right(visit, "en")


@pytest.fixture
def signed_in(visit: Page, site_folder: Path) -> Page:
    """A person who has an account, in English."""
    command = [str(Path(sys.executable).with_name("odd17")), "user", "add", "reader", "--email", "reader@example.org"]
    environment = os.environ | {"ODD17_HOME": str(site_folder)}
    subprocess.run(command, input=PHRASE, text=True, env=environment, check=True, capture_output=True)
    visit.goto("/en/comptes/login/")
    visit.get_by_label("E-mail address or name").fill("reader")
    visit.get_by_label("Password", exact=True).fill(PHRASE)
    send(visit)
    return visit


def test_a_persons_own_pages_in_english(signed_in: Page) -> None:
    page = signed_in
    for path in MINE:
        page.goto(f"/en{path}")
        if path.endswith("activate/") and page.get_by_label("Password", exact=True).count():
            page.get_by_label("Password", exact=True).fill(PHRASE)
            send(page)
        looks_right(page, "en")
    page.goto("/en/comptes/double-facteur/totp/activate/")
    page.locator("#id_code").fill(code_of(page.get_by_label("The key", exact=True).input_value()))
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery Codes")
    looks_right(page, "en")
    for path in ("/comptes/double-facteur/", "/comptes/double-facteur/totp/deactivate/"):
        page.goto(f"/en{path}")
        looks_right(page, "en")


def test_from_signing_up_to_leaving(visit: Page, site_folder: Path) -> None:
    page, who = visit, "compte@example.org"
    page.goto("/comptes/signup/")
    page.get_by_label("E-mail").fill(who)
    page.get_by_label("Mot de passe", exact=True).fill("123")
    page.get_by_label("Mot de passe (confirmation)").fill("12")
    send(page)
    expect(page.get_by_text("Ce mot de passe est trop court")).to_be_visible()
    looks_right(page)
    page.get_by_label("Mot de passe", exact=True).fill(PHRASE)
    page.get_by_label("Mot de passe (confirmation)").fill(PHRASE)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez votre adresse e-mail")
    looks_right(page)

    written = letter(site_folder, who)
    assert written.startswith("Bonjour,")
    page.goto(link(written))
    expect(page.get_by_role("main")).to_contain_text(who)
    looks_right(page)
    send(page)
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(who)

    sign_in(page, who, "x")
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page)
    sign_in(page, who, PHRASE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
    looks_right(page)

    for path in ("/comptes/email/", "/comptes/password/change/", "/comptes/double-facteur/"):
        page.goto(path)
        looks_right(page)
    page.goto("/comptes/double-facteur/totp/activate/")
    if page.get_by_label("Mot de passe", exact=True).count():
        looks_right(page)
        page.get_by_label("Mot de passe", exact=True).fill(PHRASE)
        send(page)
    drawn = page.get_by_role("img", name="La clé ci-dessous").locator("svg")
    expect(drawn).to_be_visible()
    box = drawn.bounding_box()
    assert box is not None
    assert box["width"] > 150
    page.get_by_label("Code", exact=False).last.fill("000000")
    send(page)
    expect(page.get_by_text("Code incorrect")).to_be_visible()
    looks_right(page)
    page.locator("#id_code").fill(code_of(page.get_by_label("La clé", exact=True).input_value()))
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de récupération")
    looks_right(page)
    codes = page.get_by_label("Codes inutilisés").input_value().split()
    assert len(codes) == 10
    page.goto("/comptes/double-facteur/")
    looks_right(page)

    page.goto("/comptes/logout/")
    looks_right(page)
    send(page)
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("déconnecté")
    sign_in(page, who, PHRASE)
    page.goto("/comptes/")
    expect(page.get_by_label("Code")).to_be_visible()  # a password alone opens nothing
    page.get_by_label("Code").fill("000000")
    send(page)
    expect(page.get_by_text("Code incorrect")).to_be_visible()
    looks_right(page)
    page.get_by_label("Code").fill(codes[0])
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")

    page.goto("/comptes/double-facteur/totp/deactivate/")
    if page.get_by_label("Mot de passe", exact=True).count():
        page.get_by_label("Mot de passe", exact=True).fill(PHRASE)
        send(page)
    looks_right(page)
    send(page)
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("désactivée")
    page.goto("/comptes/logout/")
    send(page)

    page.goto("/comptes/password/reset/")
    page.get_by_label("E-mail").fill(who)
    send(page)
    expect(page).to_have_url(re.compile("reset/done"))
    asked = link(letter(site_folder, who))
    page.goto(asked)
    looks_right(page)
    page.get_by_label("Nouveau mot de passe", exact=True).fill(OTHER)
    page.get_by_label("Nouveau mot de passe (confirmation)").fill(OTHER)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre nouveau mot de passe est enregistré")
    page.goto(asked)
    expect(page.get_by_text("Ce lien a déjà servi")).to_be_visible()

    sign_in(page, who, OTHER)
    page.get_by_role("link", name="Effacer mon compte").click()
    looks_right(page)
    page.get_by_label("Votre mot de passe").fill(OTHER)
    send(page)
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("Votre compte est effacé")
    sign_in(page, who, OTHER)
    expect(page.get_by_role("alert")).to_be_visible()
