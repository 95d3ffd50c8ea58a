"""No withheld cell can be had back: a reader who knows every published sum attacks made tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odd17.core.kernel import DataError
from odd17.core.perceptions.complementary import withhold_margins

METRO = ["REG-11", "REG-24", "REG-53", "REG-75", "REG-94"]
OVERSEAS = ["REG-01", "REG-04"]
NESTING = {
    "FR": ["FRM", *OVERSEAS],
    "FRM": METRO,
    "REG-53": ["DEP-22", "DEP-29", "DEP-35", "DEP-56"],
    "REG-94": ["DEP-2A", "DEP-2B"],
}
BOTTOM = [
    *OVERSEAS,
    *(part for region in METRO for part in NESTING.get(region, [region])),
]


def rows(shares: dict[str, tuple[int, float]], **keys: str) -> pl.DataFrame:
    """A table of territories with respondents and a share."""
    return pl.DataFrame(
        [
            {**keys, "territory": name, "estimate": share if n else None, "low": 0.0, "n": n, "status": status(n)}
            for name, (n, share) in shares.items()
        ],
        schema_overrides={"estimate": pl.Float64},
    )


def status(n: int) -> str:
    return "O" if n == 0 else "Q" if n < 10 else "U" if n < 30 else "A"


def withheld(table: pl.DataFrame, nesting: dict[str, list[str]] = NESTING) -> list[str]:
    found = withhold_margins(table, nesting)
    return found.filter(status="Q")["territory"].unique(maintain_order=True).to_list()


def test_nothing_is_withheld_where_everybody_is_enough() -> None:
    table = rows({"FRM": (80, 0.5), "REG-11": (40, 0.5), "REG-24": (40, 0.5)})
    assert withhold_margins(table, {"FRM": ["REG-11", "REG-24"]}).equals(table)


def test_the_smallest_goes_with_a_withheld_region() -> None:
    table = rows({"FRM": (130, 0.5), "REG-11": (60, 0.5), "REG-24": (40, 0.5), "REG-53": (22, 0.5), "REG-94": (8, 0.5)})
    assert withheld(table, {"FRM": [*METRO[:3], "REG-94"]}) == ["REG-53", "REG-94"]


def test_a_withheld_row_has_no_figure_at_all() -> None:
    table = rows({"FRM": (70, 0.5), "REG-11": (40, 0.5), "REG-24": (22, 0.5), "REG-94": (8, 0.5)})
    found = withhold_margins(table, {"FRM": ["REG-11", "REG-24", "REG-94"]}).filter(status="Q")
    assert found.height == 2
    assert found.select("estimate", "low", "n").null_count().sum_horizontal().item() == 6


def test_regions_alone_hide_two_since_the_study_tells_how_many_were_asked() -> None:
    table = rows({"REG-11": (40, 0.5), "REG-24": (22, 0.5), "REG-94": (8, 0.5)})
    assert withheld(table) == withheld(table, {}) == ["REG-24", "REG-94"]


def test_two_small_ones_together_too_few_need_a_third() -> None:
    table = rows(
        {"FRM": (66, 0.5), "REG-11": (40, 0.5), "REG-24": (20, 0.5), "REG-53": (3, 1 / 3), "REG-94": (3, 1 / 3)}
    )
    assert withheld(table, {"FRM": [*METRO[:3], "REG-94"]}) == ["REG-24", "REG-53", "REG-94"]


def test_two_where_nobody_said_yes_would_tell_that() -> None:
    shares = {
        "FRM": (120, 20 / 120),
        "REG-11": (60, 10 / 60),
        "REG-24": (40, 10 / 40),
        "REG-53": (12, 0.0),
        "REG-94": (8, 0.0),
    }
    assert withheld(rows(shares), {"FRM": [*METRO[:3], "REG-94"]}) == ["REG-24", "REG-53", "REG-94"]


def test_a_total_where_nobody_said_yes_is_withheld() -> None:
    shares = {"FRM": (60, 0.0), "REG-11": (40, 0.0), "REG-24": (12, 0.0), "REG-94": (8, 0.0)}
    assert "FRM" in withheld(rows(shares), {"FRM": ["REG-11", "REG-24", "REG-94"]})


def test_overseas_is_the_country_less_the_metropolitan_territory() -> None:
    shares = {"FR": (205, 101 / 205), "FRM": (200, 0.5), "REG-11": (100, 0.5), "REG-24": (100, 0.5)}
    nesting = {"FR": ["FRM", "REG-01"], "FRM": ["REG-11", "REG-24"]}
    assert withheld(rows(shares), nesting) != []
    assert withheld(rows({**shares, "FR": (215, 101 / 215)}), nesting) == []  # 15 may be told


def test_a_heavy_cell_needs_more_than_a_light_one() -> None:
    """With weights: nine respondents who stand for ten million are told by 12 who stand for a few."""
    table = rows({"FRM": (81, 0.5), "REG-11": (9, 0.5), "REG-24": (60, 0.5), "REG-94": (12, 0.5)})
    nesting = {"FRM": ["REG-11", "REG-24", "REG-94"]}
    assert withheld(table, nesting) == ["REG-11", "REG-94"]
    heavy = table.with_columns(weight=pl.Series([16_300.0, 10_000.0, 6_000.0, 300.0]))
    found = withhold_margins(heavy, nesting)
    assert found.filter(status="Q")["territory"].to_list() == ["REG-11", "REG-24", "REG-94"]
    assert "weight" not in found.columns


def test_a_loop_of_sums_is_seen() -> None:
    """Three overlapping totals tell each of their three parts, though each sum lacks two."""
    parts = {"a": (9, 4 / 9), "b": (12, 0.5), "c": (14, 0.5)}
    pairs = {"x": ["a", "b"], "y": ["b", "c"], "z": ["a", "c"]}
    wholes = {
        name: (sum(parts[p][0] for p in of), sum(parts[p][0] * parts[p][1] for p in of) / sum(parts[p][0] for p in of))
        for name, of in pairs.items()
    }
    assert set(withheld(rows({**parts, **wholes}), pairs)) > {"a", "b", "c"}


def test_categories_are_withheld_together() -> None:
    parts = [
        rows({"FRM": (90, share), "REG-11": (50, share), "REG-24": (31, share), "REG-94": (9, share)}, item=item)
        for item, share in (("vision", 0.5), ("action", 0.3), ("management", 0.2))
    ]
    found = withhold_margins(pl.concat(parts), {"FRM": ["REG-11", "REG-24", "REG-94"]})
    told = found.group_by("territory").agg(pl.col("status").n_unique(), pl.col("status").first().alias("which"))
    assert told["status"].to_list() == [1] * 4
    assert set(found.filter(status="Q")["territory"]) == {"REG-24", "REG-94"}


def test_every_question_hides_by_the_same_order() -> None:
    """Else the respondents of a region withheld for one question would be told by the next."""
    first = rows({"REG-11": (40, 0.5), "REG-24": (21, 0.5), "REG-53": (22, 0.5), "REG-94": (9, 0.5)}, domain="health")
    second = rows({"REG-11": (40, 0.5), "REG-24": (23, 0.5), "REG-53": (20, 0.5), "REG-94": (9, 0.5)}, domain="sport")
    found = withhold_margins(pl.concat([first, second]), NESTING).filter(status="Q")
    assert found.group_by("territory").len().sort("territory").rows() == [("REG-53", 2), ("REG-94", 2)]


def test_a_change_from_or_to_a_withheld_figure_is_withheld() -> None:
    shares = {"FRM": (130, 0.5), "REG-11": (60, 0.5), "REG-24": (40, 0.5), "REG-53": (30, 0.5)}
    changes = {"since": pl.lit("y15"), "change": pl.lit(0.1), "change_se": pl.lit(0.01)}
    table = rows(shares, study="y19", measure="fragile", domain="health").with_columns(**changes)
    before = rows({**shares, "REG-24": (8, 0.5)}, study="y15", measure="fragile", domain="health")
    before = withhold_margins(before, {"FRM": METRO[:3]})
    assert before.filter(status="Q")["territory"].to_list() == ["REG-24", "REG-53"]
    found = withhold_margins(table, {"FRM": METRO[:3]}, earlier=before)
    assert found["estimate"].null_count() == 0
    assert found.filter(pl.col("change").is_null())["territory"].to_list() == ["REG-24", "REG-53"]
    assert found.filter(pl.col("change_se").is_null())["territory"].to_list() == ["REG-24", "REG-53"]


def test_what_was_emptied_cannot_be_protected() -> None:
    table = rows({"REG-11": (40, 0.5), "REG-94": (8, 0.5)})
    with pytest.raises(DataError, match="without its number of respondents"):
        withhold_margins(withhold_margins(table, NESTING), NESTING)


# the attack


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    """A question with one to three items, in territories nested three deep: counts of respondents, and weights."""
    items = draw(st.sampled_from([1, 2, 3]))
    rare = draw(st.sampled_from([0.0, 0.01, 0.05, 0.4, 0.99, 1.0]))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    counts: dict[str, np.ndarray] = {}  # by item, then all; first of respondents, then of weights
    for name in BOTTOM:
        n = draw(st.sampled_from([0, 1, 3, 7, 9, 10, 11, 14, 25, 60, 200]))
        said = random.multinomial(n, [rare, *[(1 - rare) / max(items - 1, 1)] * max(items - 1, 1)])[:items]
        of_one = draw(st.sampled_from([1.0, 1.0, 0.05, 40.0]))
        counts[name] = np.outer([1.0, of_one], [*said, n])
    for whole in ("REG-94", "REG-53", "FRM", "FR"):
        counts[whole] = np.sum([counts[part] for part in NESTING[whole] if part in counts], axis=0)
    kept = set(counts) - set(draw(st.lists(st.sampled_from([*OVERSEAS, "DEP-22", "FR", "FRM"]), max_size=2)))
    found = [
        rows(
            {
                t: (int(y[0, -1]), float(y[1, item] / y[1, -1]) if y[0, -1] else 0.0)
                for t, y in counts.items()
                if t in kept
            },
            item=str(item),
        )
        for item in range(items)
    ]
    weights = pl.DataFrame({"territory": list(counts), "weight": [float(y[1, -1]) for y in counts.values()]})
    return pl.concat(found).join(weights, on="territory", maintain_order="left")


@dataclass
class Reader:
    """What a reader has: the published table; and, against us, the respondents and the weight of every cell."""

    share: dict[tuple[str, str], float]
    n: dict[str, int]
    weight: dict[str, float]
    items: list[str]
    hidden: list[str]
    sums: list[tuple[str, list[str]]]

    @classmethod
    def of(cls, table: pl.DataFrame, hidden: set[str]) -> Reader:
        n = dict(table.select("territory", "n").unique().iter_rows())
        weight = dict(table.select("territory", "weight").unique().iter_rows())
        share = {(t, i): p or 0.0 for t, i, p in table.select("territory", "item", "estimate").iter_rows()}
        cells, sums = {name for name in hidden if n[name] > 0}, []
        for whole, parts in NESTING.items():
            here = [part for part in parts if part in n]
            if whole not in n or not here:
                continue
            rest = n[whole] - sum(n[part] for part in here)
            if rest:  # parts without a row: one more cell, which nobody published
                name = f"rest of {whole}"
                n[name], weight[name] = rest, weight[whole] - sum(weight[part] for part in here)
                cells.add(name)
                here.append(name)
            sums.append((whole, here))
        return cls(share, n, weight, table["item"].unique().sort().to_list(), sorted(cells), sums)

    @property
    def few(self) -> list[str]:
        return [name for name in self.hidden if self.n[name] < 10]


@given(tables())
@settings(max_examples=100, deadline=None)
def test_no_withheld_cell_can_be_recovered(table: pl.DataFrame) -> None:
    found = withhold_margins(table, NESTING)
    hidden = set(found.filter(status="Q")["territory"])
    assert hidden >= set(table.filter(status="Q")["territory"])
    assert found.filter(status="Q").select("estimate", "low", "n").drop_nulls().is_empty()
    reader = Reader.of(table, hidden)
    _attack_the_counts(reader)
    _attack_the_respondents(reader)


def _attack_the_counts(reader: Reader) -> None:
    """By linear programming, knowing every n and weight: each count stays open by at least one respondent."""
    linprog = pytest.importorskip("scipy.optimize").linprog
    column = {(t, i): at for at, (t, i) in enumerate((t, i) for t in reader.hidden for i in reader.items)}
    left, right = [], []
    for whole, parts in reader.sums:
        for item in reader.items:
            row, known = np.zeros(len(column)), 0.0
            for name, sign in [(whole, -1.0), *((part, 1.0) for part in parts)]:
                if name in reader.hidden:
                    row[column[name, item]] = sign
                else:
                    known += sign * reader.share[name, item] * reader.weight[name]
            left.append(row)
            right.append(-known)
    if len(reader.items) > 1:
        for name in reader.hidden:
            row = np.zeros(len(column))
            row[[column[name, item] for item in reader.items]] = 1.0
            left.append(row)
            right.append(reader.weight[name])
    bounds = [(0.0, reader.weight[name]) for name in reader.hidden for _ in reader.items]
    equal = {"A_eq": np.array(left), "b_eq": np.array(right)} if left else {}
    for name in reader.few:
        for item in reader.items:
            goal = np.zeros(len(column))
            goal[column[name, item]] = 1.0
            ends = [linprog(sign * goal, bounds=bounds, **equal) for sign in (1.0, -1.0)]
            assert all(end.success for end in ends)
            one_respondent = reader.weight[name] / reader.n[name]
            assert -ends[1].fun - ends[0].fun >= one_respondent * (1.0 - 1e-4), (name, item)


def _attack_the_respondents(reader: Reader) -> None:
    """By rank, and by what each sum leaves to share out among cells of at least one respondent."""
    left, n, cells = [], reader.n, reader.hidden
    for whole, parts in reader.sums:
        row = np.zeros(len(cells))
        for name, sign in [(whole, -1.0), *((part, 1.0) for part in parts)]:
            if name in cells:
                row[cells.index(name)] = sign
        left.append(row)
        inside = [part for part in parts if part in cells]
        if whole not in cells and set(inside) & set(reader.few) and len(inside) < sum(n[part] > 0 for part in parts):
            assert sum(n[part] for part in inside) - len(inside) >= 9
    if not left or not cells:
        return
    system = np.array(left)
    for name in reader.few:
        goal = np.zeros(len(cells))
        goal[cells.index(name)] = 1.0
        assert np.linalg.matrix_rank(np.vstack([system, goal])) > np.linalg.matrix_rank(system), name
