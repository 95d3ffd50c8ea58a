"""An entry that a file brings: what readers will see, and apart from it, whom to write to and their consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .catalysts import Catalyst


@dataclass(frozen=True, slots=True)
class BroughtCatalyst:
    """``catalyst.id`` is its identifier in the file. ``consented`` is the day of consent; None: only a source cites it.

    Without consent there is neither ``contact`` nor ``email``.
    """

    catalyst: Catalyst
    contact: str = ""
    email: str = ""
    consented: date | None = None
