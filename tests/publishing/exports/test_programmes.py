"""A programme's tables: what goes out comes in again, and nothing goes without its source."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.programmes.amount_rows import amounts_of_rows
from odd17.core.programmes.portfolio import Amount, Step
from odd17.core.programmes.report_2020 import report_figures, report_pillars, report_programme, report_reviews
from odd17.core.programmes.state import state_at
from odd17.publishing.exports import amounts_table, figures_table, french_csv, state_table, strict_csv, xlsx

PROGRAMME = report_programme()
_WORDS = st.text("abcdé-' ", min_size=1).map(str.strip).filter(bool)
_AMOUNTS = st.lists(
    st.builds(
        Amount,
        st.decimals(0, 10**12, places=2),
        st.sampled_from(["EUR", "CHF"]),
        st.integers(1900, 2100),
        st.sampled_from(Step),
        _WORDS.filter(lambda text: text[0] not in "-'"),
        _WORDS.filter(lambda text: text[0] not in "-'"),
        _WORDS.filter(lambda text: text[0] not in "-'"),
        st.sampled_from([None, "REG-53"]),
        st.sampled_from([None, *(one.id for one in report_pillars())]),
        st.sampled_from([(), ("/pratiques/1-a/", "/indicateurs/b/")]),
    ),
    min_size=1,
    max_size=8,
)


@given(_AMOUNTS, st.sampled_from(["fr", "en"]))
def test_amounts_that_were_taken_away_come_in_again_as_they_were(amounts: list[Amount], language: str) -> None:
    table = amounts_table(PROGRAMME, amounts, lambda id: id, language)
    for body, delimiter in ((strict_csv(table), ","), (french_csv(table), ";")):
        header, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=delimiter)
        assert amounts_of_rows(header, list(enumerate(rows, start=2))) == tuple(amounts)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_row_carries_its_source(language: str) -> None:
    state = state_at(PROGRAMME, report_reviews(), date(2020, 10, 17))
    for table in (state_table(PROGRAMME, state, language), figures_table(PROGRAMME, report_figures(), language)):
        place = [column.id for column in table.columns].index("mention")
        assert all("Le RAMEAU" in str(row[place]) for row in table.rows)
        assert xlsx(table).startswith(b"PK")


def test_what_disagrees_is_marked_and_an_unknown_level_is_an_empty_cell() -> None:
    figures = list(csv.DictReader(io.StringIO(strict_csv(figures_table(PROGRAMME, report_figures(), "en")).decode())))
    assert {row["subject"] for row in figures if row["disagrees"] == "1"} == {
        "mobilised", "research", "dissemination", "spaces", "reports",
    }  # fmt: skip
    state = state_at(PROGRAMME, report_reviews(), date(2020, 10, 17))
    rows = list(csv.DictReader(io.StringIO(strict_csv(state_table(PROGRAMME, state, "en")).decode())))
    assert {(row["level"], row["known"]) for row in rows} == {("", "unpublished")}


def test_a_formula_is_never_written() -> None:
    gift = Amount(Decimal(1), "EUR", 2024, Step.PAID, "=1+1", "@x", "budget")
    text = strict_csv(amounts_table(PROGRAMME, [gift], str, "en")).decode()
    assert "'=1+1" in text
    assert "'@x" in text
