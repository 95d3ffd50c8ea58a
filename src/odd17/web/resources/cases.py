"""Practices that show what a step of the thread or a dimension of a self-diagnosis is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from odd17.core.practices.query import SearchUnavailable, query_from
from odd17.web.practices.following import find_practices
from odd17.web.practices.models import Practice
from odd17.web.practices.search_page import address_of_query
from odd17.web.practices.selectors import published


@dataclass(frozen=True, slots=True)
class Cases:
    """The first practices, how many there are, and where all of them are."""

    practices: tuple[Practice, ...]
    total: int
    address: str


def cases_of(asked: Mapping[str, tuple[str, ...]], most: int) -> Cases | None:
    """The ``most`` first practices found by ``asked``, parameters of their search; None while that is being built."""
    query = query_from(asked)
    try:
        found = find_practices(query, most)
    except SearchUnavailable:
        return None
    known = published().in_bulk([int(hit.id) for hit in found.hits])
    shown = tuple(known[int(hit.id)] for hit in found.hits if int(hit.id) in known)
    return Cases(shown, found.total, address_of_query(query))
