"""What any page of things found shows around them: what narrows the search, and the other pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from odd17.core.kernel.search import LAST_PAGE, PAGE

_BESIDE = 2
PageLink = tuple[int | None, str, bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter: how many it would leave, and the address with it, or without it where it is chosen."""

    name: str
    count: int
    address: str
    chosen: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values."""

    id: str
    title: str
    choices: tuple[Choice, ...]
    open: bool


def turning(here: int, total: int, address: Callable[[int], str]) -> list[PageLink]:
    """The numbers of pages with their address, the one that is open, and None where some are left out."""
    last = min(max(1, -(-total // PAGE)), LAST_PAGE)
    near = range(here - _BESIDE, here + _BESIDE + 1)
    wanted = sorted({1, last, *(page for page in near if 1 <= page <= last)})
    shown: list[PageLink] = []
    for page in wanted:
        if shown and shown[-1][0] is not None and page > (shown[-1][0] or 0) + 1:
            shown.append((None, "", False))
        shown.append((page, address(page), page == here))
    return shown
