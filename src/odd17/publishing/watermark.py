"""The mark on whatever is made of a release whose studies are made up."""

from __future__ import annotations

from typing import Final

from odd17.core.kernel import FICTITIOUS_DATA, is_fictitious

from .language import language_of

IN_BOTH: Final = f"{FICTITIOUS_DATA.fr} / {FICTITIOUS_DATA.en}"
"""The words in a file, which travels to readers of either language."""


def watermark(release: str, language: str) -> str | None:
    """The words that stand across a drawing or a page of ``release``; None for a real one.

    >>> watermark("2026-02-18-0a1b2c3d-fictitious", "fr"), watermark("2026-02-18-0a1b2c3d", "fr")
    ('Données fictives', None)
    """
    return FICTITIOUS_DATA.in_language(language_of(language)) if is_fictitious(release) else None
