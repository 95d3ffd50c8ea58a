"""Releases of made-up studies: their identifier says so, and so does whatever is made of them."""

from __future__ import annotations

from typing import Final

from .text import Text

FICTITIOUS: Final = "-fictitious"
"""How the identifier of a release of made-up studies ends."""

FICTITIOUS_DATA: Final = Text(fr="Données fictives", en="Fictitious data")
"""The words of the mark."""


def is_fictitious(release: str) -> bool:
    """Whether figures of this release may be made up: they are then shown nowhere without a mark.

    >>> is_fictitious("2026-02-18-0a1b2c3d-fictitious"), is_fictitious("2026-02-18-0a1b2c3d")
    (True, False)
    """
    return release.endswith(FICTITIOUS)
