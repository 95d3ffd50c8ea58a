"""What the addresses that search practices and the library have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from ninja import Query

from odd17.core.kernel.search import FacetT, Found

from .answers import Payload

Values = Annotated[list[str], Query(max_length=20, description="Any of these identifiers.")]


def filters_of(asked: Mapping[FacetT, Sequence[str]]) -> dict[FacetT, tuple[str, ...]]:
    """The filters that were asked for, each value once."""
    return {facet: tuple(dict.fromkeys(values)) for facet, values in asked.items() if values}


def counted(found: Found[Any, Any], page: int, limit: int) -> Payload:
    """How many were found, what was searched in the stead of unknown words, and the counts of each filter."""
    return {
        "total": found.total,
        "page": page,
        "limit": limit,
        "corrected": {word: list(others) for word, others in found.corrected.items()},
        "facets": {facet.name.lower(): dict(counts) for facet, counts in found.facets.items()},
    }
