"""The public cases that pages suggest, kept in each process under the version of the base."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from django.db import transaction
from django.utils import timezone

from odd17.core.practices.case import Case

from .selectors import cases_numbered
from .version import practices_version

MOST: Final = 1_000
"""How many are kept: some five megabytes of them. A page of a territory looks at a few score, mostly the same ones."""


def cases_kept(numbers: Iterable[str]) -> list[Case]:
    """The public practices with these numbers, as cases, in this order; read where they are not kept yet.

    What a change takes away is gone at the next request, since the version is read first. Within a transaction, which
    may be undone, nothing is kept.
    """
    asked = list(numbers)
    if transaction.get_connection().in_atomic_block:
        return cases_numbered(asked)
    kept = _under(practices_version(), timezone.localdate())
    found = {number: case for number in asked if (case := kept.get(number)) is not None}
    if late := [number for number in asked if number not in found]:
        read = {case.id: case for case in cases_numbered(late)}
        if len(kept) + len(read) > MOST:
            kept.clear()
        kept.update(read)
        found |= read
    return [found[number] for number in asked if number in found]


@lru_cache(maxsize=1)
def _under(_version: int, _day: date) -> dict[str, Case]:
    """Those kept under a version; of a contact, consent may end with the day."""
    return {}
