"""Whatever a table holds, it is read or refused with findings; what is read keeps the promises of observations."""

from __future__ import annotations

import polars as pl
from hypothesis import event, given
from hypothesis import strategies as st

from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.indicators.intake import (
    ROW,
    Dataset,
    LongLayout,
    Measure,
    Reading,
    Table,
    TerritoryColumn,
    read_observations,
)
from odd17.core.indicators.observations import OBSERVATION_KEY, OBSERVATIONS
from odd17.core.kernel import ConfStatus, ObsStatus, Provenance, Text
from odd17.core.territories import Level

SOURCE = Provenance("d", "T", "P", "C", "L")
TERRITORIES = pl.DataFrame(
    {
        "id": ["DEP-01", "DEP-2A", "DEP-35", "REG-53", "FR", "COM-01004"],
        "level": ["DEP", "DEP", "DEP", "REG", "FR", "COM"],
        "code": ["01", "2A", "35", "53", "FR", "01004"],
    }
)
MARKS = {"nd": (ObsStatus.MISSING, ConfStatus.FREE), "s": (ObsStatus.SUPPRESSED, ConfStatus.CONFIDENTIAL)}


def indicator(id: str, unit: Unit) -> Indicator:
    name = Text(id, id)
    return Indicator(id, name, name, unit, Direction.UNKNOWN, "ours", None, SOURCE, factor=100)


CATALOGUE = {"rate": indicator("rate", Unit.PERCENT), "people": indicator("people", Unit.COUNT)}

codes = st.sampled_from(["01", "1", "2A", "35", "53", "FR", "REG-53", "", "2.0", "99", "01004", "x" * 50]) | st.text(
    max_size=4
)
cells = st.sampled_from(["7,5", "8.25", "1 234", "nd", "s", "", "inf", "-3", "12 %", "1e3"]) | st.text(max_size=5)
years = st.sampled_from(["2019", "2020", "2019-Q1", "1999-2009", "", "juin"])
any_row = st.tuples(codes, cells, cells, cells, years, st.sampled_from(["rate", "people", "other", ""]), cells)
# most tables are right, or nearly: one wrong cell is enough to refuse the whole
right_row = st.tuples(
    st.sampled_from(["01", "2A", "35"]),
    st.sampled_from(["7,5", "0", "nd", "s", ""]),
    st.sampled_from(["1 234", "50", ""]),
    st.sampled_from(["100", "2 000", ""]),
    st.sampled_from(["2019", "2020", "2021"]),
    st.sampled_from(["rate", "people"]),
    st.sampled_from(["", "P", "E"]),
)
rows = st.lists(right_row, min_size=1, max_size=6, unique_by=lambda row: row[0]) | st.lists(
    right_row | any_row, max_size=8
)
specs = st.sampled_from(
    [
        TerritoryColumn("code", Level.DEPARTEMENT, vintage=2026),
        TerritoryColumn("code", vintage=2026, codes={"01": "DEP-01", "35": "DEP-35"}),
        TerritoryColumn("code", Level.DEPARTEMENT, vintage=None, pad=True, codes={"99": None, "FR": "FR"}),
        TerritoryColumn(
            "code", level_column="quoi", levels={"rate": Level.DEPARTEMENT, "people": Level.DEPARTEMENT}, vintage=2012
        ),
    ]
)
layouts = st.sampled_from(
    [
        {"measures": (Measure("a", "rate", "2019"), Measure("b", "people", "2019", bounded=False))},
        {"measures": (Measure("a", "rate", period_column="exercice", numerator="b", denominator="c", scale=2.0),)},
        {"long": LongLayout("quoi", Measure("a", "", period_column="exercice"), others_left_out=True)},
        {"long": LongLayout("quoi", Measure("a", "", "2019"), names={"other": "rate", "": None}, obs_status="statut")},
    ]
)


def read(found: list[tuple[str, ...]], spec: TerritoryColumn, layout: dict[str, object]) -> Reading:
    names = ["code", "a", "b", "c", "exercice", "quoi", "statut"]
    frame = pl.DataFrame(found, schema=dict.fromkeys(names, pl.String), orient="row")
    table = Table(frame.insert_column(0, pl.Series(ROW, range(2, frame.height + 2), dtype=pl.Int64)))
    dataset = Dataset(id="d", source=SOURCE, territories=spec, missing=MARKS, **layout)  # type: ignore[arg-type]
    return read_observations(table, dataset, catalogue=CATALOGUE, territories=TERRITORIES, vintage=2026, file="f.csv")


@given(found=rows, spec=specs, layout=layouts)
def test_any_table_is_read_or_refused(
    found: list[tuple[str, ...]], spec: TerritoryColumn, layout: dict[str, object]
) -> None:
    reading = read(found, spec, layout)
    for item in reading.findings.findings:
        assert item.remedy
        assert str(item.error("f.csv"))
    event("refused" if reading.findings.errors else "read")
    if reading.findings.errors:
        return
    observations = reading.observations()
    assert dict(observations.schema) == dict(pl.Schema(OBSERVATIONS))
    assert not observations.select(OBSERVATION_KEY).is_duplicated().any()
    assert observations["value"].is_finite().all()
    assert observations["period"].null_count() == 0
    assert observations.filter(pl.col("value").is_null() & (pl.col("obs_status") == "A")).is_empty()
    assert observations.height == sum(item.present + sum(item.absent.values()) for item in reading.findings.measures)


@given(found=rows, spec=specs, layout=layouts)
def test_the_order_of_rows_does_not_matter(
    found: list[tuple[str, ...]], spec: TerritoryColumn, layout: dict[str, object]
) -> None:
    first, second = read(found, spec, layout), read(found[::-1], spec, layout)
    assert bool(first.findings.errors) == bool(second.findings.errors)
    if not first.findings.errors:
        assert first.observations().equals(second.observations())
