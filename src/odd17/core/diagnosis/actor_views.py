"""What one group of respondents sees of a territory: domains, whom it trusts, the levers, and who agrees with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from odd17.core.kernel import Estimate, actors, levers
from odd17.core.perceptions.rankings import kendall_w
from odd17.core.perceptions.study import StudyDescription
from odd17.core.perceptions.tables import Measure
from odd17.core.territories.territory import Territory

from .crossing_reading import Change, CrossedDomain, CrossedViews
from .read_crossing import change_of, estimate_of
from .sights import year_of

_OF_AN_ITEM = (Measure.TRUST, Measure.READY, Measure.PARTNER, Measure.PARTNERSHIP)


@dataclass(frozen=True, slots=True)
class ItemShare:
    """A share that is not of a domain: trust in an actor, readiness to ally (no item), kinds of partners."""

    measure: Measure
    item: str | None
    share: Estimate
    study: str
    period: str
    change: Change | None


@dataclass(frozen=True, slots=True)
class LeverView:
    """A lever as a group ranks it: the share who put it ``first``, and its ``worth`` (of 1 for all levers)."""

    lever: str
    first: Estimate | None
    worth: Estimate | None
    study: str
    period: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far groups asked in one ``year`` rank the levers alike: Kendall's W of their worths, 0 to 1."""

    actors: tuple[str, ...]
    year: int
    w: float


@dataclass(frozen=True, slots=True)
class ActorCrossing:
    """What an actor sees of a territory.

    ``domains`` are those the actor was asked of, where most judge them fragile first. ``levers`` are in their order,
    ``agreement`` is with the other groups asked in the same year there, None where there is none. ``studies`` are all
    that were asked of the actor, the newest first.
    """

    release: str
    fictitious: bool
    actor: str
    territory: Territory
    domains: tuple[CrossedDomain, ...]
    items: tuple[ItemShare, ...]
    levers: tuple[LeverView, ...]
    agreement: Agreement | None
    studies: tuple[StudyDescription, ...]


def read_actor(
    *,
    release: str,
    fictitious: bool,
    actor: str,
    territory: Territory,
    own: pl.DataFrame,
    others: pl.DataFrame,
    crossing: CrossedViews,
    studies: Mapping[str, StudyDescription],
) -> ActorCrossing:
    """The reading of an actor: ``own`` are its rows of ``PERCEPTIONS``, ``others`` those of every actor here."""
    here = own.filter(pl.col("territory") == territory.id)
    asked = [study for study in studies.values() if study.actor == actor]
    return ActorCrossing(
        release,
        fictitious,
        actor,
        territory,
        _seen(crossing, actor),
        tuple(share for measure in _OF_AN_ITEM for share in _items(here, measure)),
        _levers(here),
        _agreement(others, actor),
        tuple(sorted(asked, key=lambda study: (study.field.end, study.id), reverse=True)),
    )


def _seen(crossing: CrossedViews, actor: str) -> tuple[CrossedDomain, ...]:
    def share(row: CrossedDomain) -> float:
        view = row.view(actor)
        return 1.0 if view is None or view.share.value is None else -view.share.value

    return tuple(sorted((row for row in crossing.domains if row.view(actor) is not None), key=share))


def _newest(rows: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """The rows of a measure of the newest study that has any, for one actor and territory."""
    found = rows.filter(pl.col("measure") == measure.value)
    if found.is_empty():
        return found
    newest = found.select("study", ended=pl.col("period").str.split("/").list.last()).sort("ended", "study")["study"][
        -1
    ]
    return found.filter(pl.col("study") == newest)


def _items(rows: pl.DataFrame, measure: Measure) -> list[ItemShare]:
    return [
        ItemShare(measure, row["item"], estimate_of(row), row["study"], row["period"], change_of(row))
        for row in _newest(rows, measure).filter(pl.col("domain").is_null()).sort("item").iter_rows(named=True)
    ]


def _levers(rows: pl.DataFrame) -> tuple[LeverView, ...]:
    first, worth = (
        {row["item"]: row for row in _newest(rows, measure).iter_rows(named=True)}
        for measure in (Measure.LEVER_FIRST, Measure.LEVER_WORTH)
    )
    found = []
    for lever in levers():
        row = first.get(lever.id, worth.get(lever.id))
        if row is not None:
            shares = [None if lever.id not in rows else estimate_of(rows[lever.id]) for rows in (first, worth)]
            found.append(LeverView(lever.id, shares[0], shares[1], row["study"], row["period"]))
    return tuple(found)


def _agreement(rows: pl.DataFrame, actor: str) -> Agreement | None:
    worths: dict[str, list[float]] = {}
    years: dict[str, int] = {}
    for other in actors():
        own = _newest(rows.filter(pl.col("actor") == other.id), Measure.LEVER_WORTH)
        told = {row["item"]: row["estimate"] for row in own.iter_rows(named=True)}
        values = [told.get(lever.id) for lever in levers()]
        if all(value is not None for value in values):
            worths[other.id] = [float(value) for value in values if value is not None]
            years[other.id] = year_of(own["period"][0])
    if actor not in years:
        return None
    together = [id for id, year in years.items() if year == years[actor]]
    w = kendall_w(np.array([worths[id] for id in together])) if len(together) > 1 else None
    return None if w is None else Agreement(tuple(together), years[actor], w)
