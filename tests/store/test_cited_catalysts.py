"""The catalysts that the report cites: only what it says, each where the cited practices put it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from odd17.core.kernel import DataError, domains, trades
from odd17.core.resources.catalysts import Freshness, Presence, coverage, freshness
from odd17.store.cited_catalysts import read_cited_catalysts
from odd17.store.cited_practices import read_cited_practices
from odd17.store.territories import load_shipped_cog


def test_words_and_territories_are_known() -> None:
    cog = load_shipped_cog()
    known_domains, known_trades = {item.id for item in domains()}, {item.id for item in trades()}
    for one in read_cited_catalysts().catalysts:
        assert set(one.domains) <= known_domains
        assert set(one.trades) | set(one.doubtful_trades) <= known_trades
        assert all(id in cog for id in one.territories)
        assert freshness(one, date(2099, 1, 1)) is Freshness.CITED


def test_each_is_a_cited_practice_with_the_same_trade_place_and_doubt() -> None:
    practices = {case.id: case for case in read_cited_practices().cases if case.alliance_type is None}
    catalysts = {one.id: one for one in read_cited_catalysts().catalysts}
    assert set(catalysts) == set(practices)
    for id, one in catalysts.items():
        case = practices[id]
        assert (one.name, one.territories, one.domains) == (case.title, case.territories, case.domains)
        assert one.trades == ((case.trade,) if case.trade else ())
        assert one.doubtful_name == any(partner.doubtful for partner in case.partners)


def test_paris_est_marne_et_bois_has_eight_places_and_no_gap_asserted() -> None:
    there = [one for one in read_cited_catalysts().catalysts if one.territories == ("DEP-94",)]
    assert [one.count for one in there if one.trades == ("running_a_place",)] == [8]
    asked = [item.id for item in trades()]
    matrix = coverage(asked, ["DEP-94"], lambda _place: there)
    found = {trade: matrix.cells[trade, "DEP-94"].presence for trade in asked}
    assert found == {
        "territorial_dialogue": Presence.DOUBTFUL,
        "collective_experiments": Presence.DOUBTFUL,
        "support": Presence.DOUBTFUL,
        "running_a_place": Presence.SOMEONE,
    }


def test_a_file_with_a_contact_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cited.yml"
    path.write_text(
        "origin: x\nlanguage: fr\nlicence: etalab-2.0\nsource: S\n"
        "catalysts:\n  - {id: a, name: A, contact: someone@example.org}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="contact"):
        read_cited_catalysts(path)
