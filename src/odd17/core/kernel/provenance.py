"""Where a figure comes from: enough to cite it, to find it again and to know whether it may be reused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .text import Text


@dataclass(frozen=True, slots=True)
class Provenance:
    """One source: producer, citation, licence, and the fingerprint of the file as published.

    ``citation`` is the full mention to show beside each figure, word for word in any language; ``note`` says what is
    not sure (for example a presumed licence, or a transcription that nobody verified). A title, a licence or a note
    that is one string is the same in both languages, like the name of a licence.
    """

    id: str
    title: Text | str
    producer: str
    citation: str
    licence: Text | str
    url: str | None = None
    published: date | None = None
    retrieved: date | None = None
    sha256: str | None = None
    note: Text | str | None = None
