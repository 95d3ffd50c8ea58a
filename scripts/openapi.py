"""Writes the API's contract, ``docs/reference/openapi.json``; a test holds it to the code.

Run from the repository's root: ``python scripts/openapi.py``
"""

from __future__ import annotations

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "odd17.web.config.settings")
django.setup()

from odd17.web.api.reference import openapi_text  # noqa: E402 - Django must be set up before the API is read

if __name__ == "__main__":
    target = Path(__file__).resolve().parents[1] / "docs" / "reference" / "openapi.json"
    target.write_text(openapi_text(), encoding="utf-8")
