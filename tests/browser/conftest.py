"""A real Chromium on the real site: the command people run, on a release built from the shipped inputs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
SIGHTS: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", 1280), ("dark", 390))
PASSWORD = "une longue phrase de passe"  # noqa: S105 - of accounts that live as long as the tests


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the site, empty before it is served."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The address of a site served by ``odd17 serve`` from an empty home."""
    home = site_folder
    port = _free_port()
    log = (home / "serve.log").open("w")
    command = [str(Path(sys.executable).with_name("odd17")), "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(
        command,
        env=os.environ | {"ODD17_HOME": str(home), "ODD17_PULL": "off", "ODD17_DEMONSTRATION": "off"},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, home / "serve.log")
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"odd17 serve stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"the home page answers {error.code}: {log.read_text()}") from error
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"odd17 serve did not answer: {log.read_text()}")


# One engine a module: while it runs, the thread has an event loop, in which Django refuses to work for other tests.
@pytest.fixture(scope="module")
def playwright_engine() -> Iterator[Playwright]:
    with sync_playwright() as engine:
        yield engine


@pytest.fixture(scope="module")
def chromium(playwright_engine: Playwright) -> Iterator[Browser]:
    """The Chromium that scripts/ensure_chromium.sh found."""
    names = [os.environ.get("ODD17_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    browser = playwright_engine.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Page]:
    """A page at 1280 × 900 that fails its test if the site calls another host or logs an error."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=site, locale="fr-FR")
    page = context.new_page()
    strays: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: strays.append(request.url) if not request.url.startswith(site) else None)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not [url for url in strays if not url.startswith(("data:", "blob:"))], strays
    assert not errors, errors


@pytest.fixture
def accessible(chromium: Browser, site: str) -> Callable[[Page], None]:
    """Axe finds nothing on a page, light and dark, wide and narrow; nothing overflows a telephone.

    With ODD17_SCREENSHOTS each of the two is kept in that folder, to be looked at.
    """

    def check(page: Page) -> None:
        for scheme, width in SIGHTS:
            context = chromium.new_context(
                base_url=site, storage_state=page.context.storage_state(), color_scheme=scheme,
                viewport={"width": width, "height": 844},
            )  # fmt: skip
            seen = context.new_page()
            seen.goto(page.url)
            results = Axe().run(seen, options=WCAG)
            overflow = seen.evaluate("document.documentElement.scrollWidth")
            if kept := os.environ.get("ODD17_SCREENSHOTS"):
                name = re.sub(r"[^\w-]+", "-", page.url.removeprefix(site)).strip("-")[:80]
                seen.screenshot(path=f"{kept}/{name}-{width}.png", full_page=True)
            context.close()
            assert results.violations_count == 0, results.generate_report()
            assert overflow <= width

    return check


@pytest.fixture
def signed_in(chromium: Browser, site: str, site_folder: Path) -> Iterator[Callable[[str], Page]]:
    """Opens a browser that runs no script, to an administrator of this name and of an address of theirs."""
    contexts: list[BrowserContext] = []

    def enter(name: str) -> Page:
        mail = ("--email", f"{name}@example.org")
        subprocess.run(
            [str(Path(sys.executable).with_name("odd17")), "user", "add", name, "--admin", *mail],
            input=PASSWORD, text=True, env=os.environ | {"ODD17_HOME": str(site_folder)}, check=True,
            capture_output=True,
        )  # fmt: skip
        contexts.append(chromium.new_context(base_url=site, locale="fr-FR", java_script_enabled=False))
        page = contexts[-1].new_page()
        page.goto("/comptes/login/")
        page.get_by_label("Identifiant").fill(name)
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Connexion").click()
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def plain(chromium: Browser, site: str) -> Iterator[Page]:
    """A page whose scripts do not run."""
    context = chromium.new_context(java_script_enabled=False, base_url=site, locale="fr-FR")
    yield context.new_page()
    context.close()
