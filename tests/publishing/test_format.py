"""Figures read as French and English readers write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.diagnosis.reading import PeerSet, Rank
from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import Absence, ConfStatus, Estimate, ObsStatus
from odd17.publishing import format

REGIONS = PeerSet("REG-metropolitan", 13)


def test_french_number_has_a_narrow_space_and_a_comma() -> None:
    assert format.quantity(1234.5, Unit.PERCENT, "fr") == "1\u202f234,5\u00a0%"


def test_english_number_has_a_comma_and_a_point() -> None:
    assert format.quantity(1234.5, Unit.PERCENT, "en") == "1,234.5%"


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_unit_is_written_in_each_language(unit: Unit, language: str) -> None:
    assert format.number(12.5, language) in format.quantity(12.5, unit, language)
    assert format.quantity(12.5, unit.value, language) == format.quantity(12.5, unit, language)
    assert format.unit_label(unit, language)


def test_the_four_kinds_of_nothing_are_told_apart() -> None:
    shown = [
        format.estimate(Estimate(0.0), Unit.PERCENT, "fr"),
        format.estimate(Estimate(None), Unit.PERCENT, "fr"),
        format.estimate(Estimate(None, obs_status=ObsStatus.CANNOT_EXIST), Unit.PERCENT, "fr"),
        format.estimate(Estimate(None, conf_status=ConfStatus.CONFIDENTIAL), Unit.PERCENT, "fr"),
    ]
    assert shown == ["0\u00a0%", "non disponible", "sans objet", "secret statistique"]


def test_a_small_value_is_not_zero() -> None:
    assert format.number(0.04, "fr") == "0,0"
    assert format.number(-0.04, "fr") == "0,0"
    assert format.number(-0.0, "fr") == "0"


def test_halves_round_up_as_printed() -> None:
    assert [format.number(value, "en") for value in (0.25, 2.675, 7.05, -0.25)] == ["0.3", "2.7", "7.1", "\u22120.3"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_not_finite_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        format.number(value, "fr")


@given(st.floats(-1e12, 1e12, allow_nan=False), st.integers(0, 4), st.sampled_from(["fr", "en"]))
def test_a_written_number_reads_back(value: float, decimals: int, language: str) -> None:
    text = format.number(value, language, decimals=decimals)
    thousands, point = ("\u202f", ",") if language == "fr" else (",", ".")
    back = float(text.replace(thousands, "").replace(point, ".").replace("\u2212", "-"))
    assert abs(back - value) <= 0.5 * 10**-decimals + abs(value) * 1e-12
    assert " " not in text


@given(st.integers(1, 40000), st.integers(0, 5), st.sampled_from(["fr", "en"]))
def test_rank_says_its_place_its_ties_and_how_many(value: int, tied: int, language: str) -> None:
    text = format.rank(Rank(value, 40000, tied, REGIONS), language)
    assert format.number(value, language, decimals=0) in text
    assert format.number(40000, language, decimals=0) in text
    assert ("ex æquo" in text or "joint" in text) == (tied > 0)


def test_rank_with_bounds() -> None:
    assert format.rank(Rank(3, 13, 0, REGIONS, low=2, high=6), "fr") == "rang 3 sur 13 (entre 2 et 6, 90\u00a0%)"
    assert format.rank(Rank(3, 13, 1, REGIONS, low=2, high=6), "en") == "joint rank 3 of 13 (between 2 and 6, 90%)"
    assert format.rank(Rank(3, 13, 0, REGIONS, 3, 3, level=0.8), "en") == "rank 3 of 13 (unmoved, 80%)"
    assert format.rank(Rank(3, 13, 0, REGIONS, 3, 3, alone=True), "fr") == "rang 3 sur 13 (un seul indicateur)"
    assert format.place(Rank(3, 13, 0, REGIONS, 2, 6), "fr") == "rang 3 sur 13"


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("2019", "2019", "2019"),
        ("2019-Q2", "2e trimestre 2019", "Q2 2019"),
        ("2019-S1", "1er semestre 2019", "first half of 2019"),
        ("2019-12", "décembre 2019", "December 2019"),
        ("2014/2019", "2014–2019", "2014–2019"),
    ],
)
def test_periods(code: str, french: str, english: str) -> None:
    assert (format.period(code, "fr"), format.period(code, "en")) == (french, english)


def test_days() -> None:
    assert format.day(datetime.date(2026, 12, 31), "fr") == "31 décembre 2026"
    assert format.day(datetime.date(2026, 12, 1), "en") == "1 December 2026"


def test_intervals() -> None:
    assert format.interval(Estimate(8.4), Unit.PERCENT, "fr") is None
    assert format.interval(Estimate(8.4, low=8.0, high=9.0), Unit.PERCENT, "fr") == "entre 8,0\u00a0% et 9,0\u00a0%"


@pytest.mark.parametrize("kind", list(Absence))
def test_absences_differ_between_languages(kind: Absence) -> None:
    assert format.absence(kind, "fr") != format.absence(kind, "en")
