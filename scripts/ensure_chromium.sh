#!/usr/bin/env bash
# Makes sure that the browser tests find a Chromium: one already there, else the system's package where we are root, else
# Playwright's own download. If none works, says so and fails. tests/browser/conftest.py looks in the same places.
set -u

found() {
    for name in "${ODD17_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

downloaded() {
    .venv/bin/python - <<'PY'
import pathlib
import sys
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    sys.exit(0 if pathlib.Path(playwright.chromium.executable_path).exists() else 1)
PY
}

found && exit 0
downloaded && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing the system's Chromium for the browser tests…"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null && found && exit 0
fi
echo "Downloading Playwright's Chromium for the browser tests…"
.venv/bin/playwright install chromium && downloaded && exit 0
echo "No Chromium could be found or installed, so the browser tests cannot run." >&2
echo "Install one (on Debian and Ubuntu: sudo apt install chromium), or name one: ODD17_CHROMIUM=/path/to/chromium make test" >&2
exit 1
