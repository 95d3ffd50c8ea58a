"""How complete and how fresh a case is."""

from __future__ import annotations

from datetime import date

import pytest

from odd17.core.practices.case import Case, Impact, Partner, Story
from odd17.core.practices.completeness import Piece, completeness, is_stale

WHOLE = Case(
    id="1",
    title="Une cantine partagée",
    summary="En bref.",
    story=Story("a", "b", "c", "d", "e"),
    partners=(Partner("A"), Partner("B")),
    domains=("education",),
    goals=("2",),
    territories=("COM-35238",),
    scale="neighbourhood",
    alliance_type="consortium",
    stage="prototype",
    begun=date(2024, 1, 1),
    means={"money": "3 000 €"},
    impacts=(Impact("trust", "On se parle.", "told"),),
    sources=("un bulletin",),
)


def test_a_whole_case_lacks_nothing() -> None:
    found = completeness(WHOLE)
    assert (found.present, found.total, found.missing) == (len(Piece), len(Piece), ())


def test_a_bare_case_lacks_all_in_order() -> None:
    assert completeness(Case(id="1", title="A")).missing == tuple(Piece)


def test_alone_is_no_alliance() -> None:
    assert Piece.PARTNERS in completeness(Case(id="1", title="A", partners=(Partner("A"),))).missing


def test_a_claim_without_its_kind_of_proof_does_not_count() -> None:
    assert Piece.PROOF in completeness(Case(id="1", title="A", impacts=(Impact("trust", "Bien.", ""),))).missing


@pytest.mark.parametrize(
    ("checked", "published", "day", "stale"),
    [
        (None, None, date(2026, 1, 1), True),
        (None, date(2025, 1, 1), date(2026, 12, 31), False),
        (None, date(2025, 1, 1), date(2027, 1, 1), True),
        (date(2026, 1, 1), date(2020, 1, 1), date(2027, 12, 31), False),
        (date(2024, 2, 29), None, date(2026, 2, 28), False),
        (date(2024, 2, 29), None, date(2026, 3, 1), True),
    ],
)
def test_stale_after_24_months(checked: date | None, published: date | None, day: date, stale: bool) -> None:
    assert is_stale(Case(id="1", title="A", checked=checked, published=published), day) is stale
