"""The money of a programme drawn: years and currencies said, disagreements of the report shown and not hidden."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from odd17.core.programmes.portfolio import Amount, Cut, Step, sums
from odd17.core.programmes.report_2020 import report_figures
from odd17.publishing.programme_charts import money_svg, printed_svg

AMOUNTS = (
    Amount(Decimal("1000.50"), "EUR", 2024, Step.PAID, "Région", "Fonds", "budget"),
    Amount(Decimal(0), "EUR", 2024, Step.PROMISED, "Région", "Fonds", "budget"),
    Amount(Decimal(300), "CHF", 2025, Step.ASKED, "Ville", "Autre", "lettre"),
)


def _words(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    return [
        (one.text or "").replace("\u202f", " ").replace("\xa0", " ") for one in root.iter() if one.tag.endswith("text")
    ]


def test_each_year_and_currency_is_named_and_what_was_not_told_is_not_zero() -> None:
    words = _words(money_svg(sums(AMOUNTS, Cut.YEAR), str, "fr"))
    assert words[words.index("2024, EUR") :][:4] == [
        "2024, EUR", "demandé : non dit", "promis : 0 EUR", "versé : 1 000,50 EUR",
    ]  # fmt: skip
    assert "2025, CHF" in words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_reports_totals_keep_their_disagreements(language: str) -> None:
    svg = printed_svg(report_figures(), language)
    assert svg is not None
    words = " | ".join(_words(svg))
    for value in ("70 million", "100 million", "8 million"):
        assert value in words
    told = [line for line in _words(svg) if "8 million" in line]
    assert len(told) == 1  # one bar, since it is one amount
    assert all(name in told[0] for name in (("recherche", "expérimentations") if language == "fr" else ("research",)))
    assert svg.count("<rect") == 7  # 70 and 100, then the five parts; platforms and reports are no money


def test_without_money_nothing_is_drawn() -> None:
    assert printed_svg([one for one in report_figures() if one.unit == "count"], "fr") is None
