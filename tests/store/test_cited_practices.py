"""What the report cites: counts, and each name as it is printed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from odd17.core.kernel import DataError, alliance_types, domains, partner_kinds, trades
from odd17.store.cited_practices import read_cited_practices
from odd17.store.territories import load_shipped_cog


def test_each_type_and_trade_has_its_cases() -> None:
    cases = read_cited_practices().cases
    types = Counter(case.alliance_type for case in cases if case.alliance_type)
    of_trades = Counter(case.trade for case in cases if case.trade)
    assert set(types) == {item.id for item in alliance_types()}
    assert set(of_trades) == {item.id for item in trades()}
    assert (sum(types.values()), sum(of_trades.values()), len(cases)) == (47, 20, 70)
    assert len({case.id for case in cases}) == len(cases)


def test_words_and_territories_are_known() -> None:
    cog = load_shipped_cog()
    known, kinds = {item.id for item in domains()}, {item.id for item in partner_kinds()}
    for case in read_cited_practices().cases:
        assert set(case.domains) <= known
        assert all(id in cog for id in case.territories)
        assert {item.kind for item in case.partners} <= kinds | {None}
        assert case.cited
        assert "Le RAMEAU" in case.sources[0]


def test_only_what_the_report_says_is_filled_in() -> None:
    for case in read_cited_practices().cases:
        assert (case.goals, case.impacts, case.means) == ((), (), {})
        assert (case.scale, case.stage, case.begun, case.contact) == (None, None, None, None)


@pytest.mark.shared
def test_each_name_stands_in_the_report(shared: Path) -> None:
    report = " ".join((shared / "reference" / "report.txt").read_text(encoding="utf-8").split())
    squeezed = report.replace(" ", "")
    for case in read_cited_practices().cases:
        for name in (*(item.name for item in case.partners), *case.title.split(" / ")):
            assert name.replace(" ", "") in squeezed, name


@pytest.mark.shared
def test_each_departement_stands_beside_its_name(shared: Path) -> None:
    report = " ".join((shared / "reference" / "report.txt").read_text(encoding="utf-8").split())
    for case in read_cited_practices().cases:
        for id in case.territories:
            if id.startswith("DEP-"):
                near = report if id == "DEP-94" else report.split(case.title, 1)[1][:40]
                assert id.removeprefix("DEP-") in near, case.title


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cited.yml"
    path.write_text("origin: a\nlanguage: fr\nlicence: x\ntables: []\n", encoding="utf-8")
    with pytest.raises(DataError, match="too short"):
        read_cited_practices(path)
