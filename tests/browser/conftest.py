"""A real Chromium on the real site: the command people run, on a release built from the shipped inputs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


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
