"""Reading the tables of the crossing: rows of a release as the values that are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import polars as pl

from odd17.core.kernel import Estimate, ObsStatus, Reason, ReasonCode, actors, domains
from odd17.core.perceptions.disclosure import Thresholds
from odd17.core.perceptions.study import StudyDescription
from odd17.core.perceptions.tables import Measure
from odd17.core.territories.territory import Territory

from .crossing_reading import (
    Acting,
    ActorGap,
    ActorView,
    Change,
    CrossedDomain,
    CrossedViews,
    Place,
    Shift,
    studies_behind,
)
from .crossing_tables import Quadrant
from .read_priority import Row, blind_spot_of, priority_of
from .reading import PeerSet, Score
from .sights import ORGANISATIONS, newest_studies, year_of

_Told = TypeVar("_Told", ActorView, Acting)


def read_crossing(
    *,
    release: str,
    fictitious: bool,
    territory: Territory,
    peers: PeerSet | None,
    scores: Mapping[str, Score],
    crossings: pl.DataFrame,
    gaps: pl.DataFrame,
    priorities: pl.DataFrame,
    perceptions: pl.DataFrame,
    studies: Mapping[str, StudyDescription],
) -> CrossedViews:
    """The crossing of one territory; ``scores`` are its own by node, and every table holds its rows alone."""
    rows = read_rows(
        [territory],
        {(territory.id, domain.id): scores[domain.id] for domain in domains()},
        crossings,
        gaps,
        priorities,
        perceptions,
    )
    return CrossedViews(release, fictitious, territory, peers, rows, studies_behind(rows, studies))


def read_rows(
    territories: Sequence[Territory],
    scores: Mapping[tuple[str, str], Score],
    crossings: pl.DataFrame,
    gaps: pl.DataFrame,
    priorities: pl.DataFrame,
    perceptions: pl.DataFrame,
) -> tuple[CrossedDomain, ...]:
    """A row for each territory and domain of ``scores`` (by territory and domain), in the orders of both vocabularies.

    Tables have the columns of ``CROSSINGS``, ``GAPS``, ``PRIORITIES`` and ``PERCEPTIONS``, for these territories.
    """
    beside = _beside(perceptions)
    crossed = _views(crossings, beside) if crossings.height else _unranked(perceptions, beside)
    between = _grouped(gaps)
    ordered = {(row["territory"], row["domain"]): row for row in priorities.iter_rows(named=True)}
    acting = _acting(perceptions, beside)
    found = []
    for territory in territories:
        of = sum(key[0] == territory.id and row["place"] is not None for key, row in ordered.items())
        for domain in domains():
            key = (territory.id, domain.id)
            if key not in scores:
                continue
            views = tuple(_in_order(crossed.get(key, [])))
            row = ordered.get(key)
            spot = None if row is None else blind_spot_of(row)
            found.append(
                CrossedDomain(
                    territory,
                    domain,
                    scores[key],
                    views,
                    tuple(_gap(item, views) for item in between.get(key, [])),
                    tuple(acting.get(key, ())),
                    spot,
                    None if row is None else priority_of(row, of, scores[key], views, spot),
                )
            )
    return tuple(found)


def estimate_of(row: Row, value: str = "estimate") -> Estimate:
    """A share with its 95 % interval, its respondents and its status."""
    low, high = (row["share_low"], row["share_high"]) if value == "share" else (row["low"], row["high"])
    return Estimate(row[value], low, high, row["n"], ObsStatus(row["status"]))


def _beside(perceptions: pl.DataFrame) -> dict[tuple[str, str, str, str], Row]:
    """Rows of perceptions that are of a domain, by study, measure, territory and domain."""
    rows = perceptions.filter(pl.col("domain").is_not_null() & pl.col("item").is_null())
    return {(row["study"], row["measure"], row["territory"], row["domain"]): row for row in rows.iter_rows(named=True)}


def _views(
    crossings: pl.DataFrame, beside: Mapping[tuple[str, str, str, str], Row]
) -> dict[tuple[str, str], list[ActorView]]:
    found: dict[tuple[str, str], list[ActorView]] = defaultdict(list)
    for row in crossings.iter_rows(named=True):
        quadrant = None if row["quadrant"] is None else Quadrant(row["quadrant"])
        four = (item for item in Quadrant if item is not Quadrant.CANNOT_TELL)
        found[row["territory"], row["domain"]].append(
            ActorView(
                actor=row["actor"],
                study=row["study"],
                period=row["period"],
                share=estimate_of(row, "share"),
                rank=_place(row, "rank", "rank_low", "rank_high"),
                objective=_place(row, "objective_rank", "objective_low", "objective_high"),
                gap=_shift(row),
                quadrant=quadrant,
                probabilities={} if quadrant is None else {item: row[f"p_{item.value}"] for item in four},
                reason=None if row["reason"] is None else _reason(row),
                **_also(row, beside),
            )
        )
    return found


def _unranked(
    perceptions: pl.DataFrame, beside: Mapping[tuple[str, str, str, str], Row]
) -> dict[tuple[str, str], list[ActorView]]:
    """What is seen of territories that have no peers: the countries."""
    found: dict[tuple[str, str], list[ActorView]] = defaultdict(list)
    for row in newest_studies(perceptions, Measure.FRAGILE).iter_rows(named=True):
        found[row["territory"], row["domain"]].append(
            ActorView(row["actor"], row["study"], row["period"], estimate_of(row), **_also(row, beside))
        )
    return found


def _also(row: Row, beside: Mapping[tuple[str, str, str, str], Row]) -> dict[str, Any]:
    def of(measure: Measure) -> Row | None:
        return beside.get((row["study"], measure.value, row["territory"], row["domain"]))

    own, lived, prioritised = of(Measure.FRAGILE), of(Measure.LIVED), of(Measure.PRIORITY)
    return {
        "lived": None if lived is None else estimate_of(lived),
        "prioritised": None if prioritised is None else estimate_of(prioritised),
        "change": None if own is None else change_of(own),
    }


def change_of(row: Row) -> Change | None:
    """The change that a row of perceptions tells; None where it has none."""
    if row["change"] is None:
        return None
    return Change(row["since"], row["change"], row["change_low"], row["change_high"], row["change_linked"])


def _acting(
    perceptions: pl.DataFrame, beside: Mapping[tuple[str, str, str, str], Row]
) -> dict[tuple[str, str], list[Acting]]:
    found: dict[tuple[str, str], list[Acting]] = defaultdict(list)
    for row in newest_studies(perceptions, Measure.ACTS).iter_rows(named=True):
        if row["actor"] in ORGANISATIONS:
            intends = beside.get((row["study"], Measure.INTENDS.value, row["territory"], row["domain"]))
            found[row["territory"], row["domain"]].append(
                Acting(
                    row["actor"],
                    row["study"],
                    row["period"],
                    estimate_of(row),
                    None if intends is None else estimate_of(intends),
                )
            )
    return {key: _in_order(rows) for key, rows in found.items()}


def _in_order(rows: list[_Told]) -> list[_Told]:
    order = [actor.id for actor in actors()]
    return sorted(rows, key=lambda row: order.index(row.actor))


def _grouped(gaps: pl.DataFrame) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    order = [actor.id for actor in actors()]
    rows = sorted(gaps.iter_rows(named=True), key=lambda row: (order.index(row["actor"]), order.index(row["other"])))
    for row in rows:
        found[row["territory"], row["domain"]].append(row)
    return found


def _place(row: Row, value: str, low: str, high: str) -> Place | None:
    return None if row[value] is None else Place(row[value], row[low], row[high], row["of"])


def _shift(row: Row) -> Shift | None:
    return None if row["gap"] is None else Shift(row["gap"], row["gap_low"], row["gap_high"])


def _reason(row: Row) -> Reason:
    code = ReasonCode(row["reason"])
    params: dict[str, object] = {}
    if code is ReasonCode.TOO_FEW_RESPONDENTS:
        params = {"minimum": Thresholds().withheld}
    if code is ReasonCode.TOO_FEW_PEERS:
        params = {"count": row["of"]}
    return Reason(code, params)


def _gap(row: Row, views: Sequence[ActorView]) -> ActorGap:
    reason = None
    if row["reason"] is not None:
        code = ReasonCode(row["reason"])
        params: dict[str, object] = {}
        if code is ReasonCode.TOO_FEW_RESPONDENTS:
            params = {"minimum": Thresholds().withheld}
        if code is ReasonCode.ASKED_IN_DIFFERENT_YEARS:
            years = {view.actor: year_of(view.period) for view in views}
            params = {"year": years[row["actor"]], "other": years[row["other"]]}
        reason = Reason(code, params)
    return ActorGap(row["actor"], row["other"], _shift(row), reason)
