"""The table of perceptions that a release keeps: one row a study, question measured, territory, domain and item."""

from __future__ import annotations

from enum import StrEnum

import polars as pl


class Measure(StrEnum):
    """What a question of a study tells; each estimate is a share of respondents unless said otherwise."""

    FRAGILE = "fragile"  # judge the domain fragile in their territory ("perçu")
    LIVED = "lived"  # live that fragility themselves ("vécu"): apart from what they judge
    PRIORITY = "priority"  # put the domain among the priorities
    TRUST = "trust"  # trust an actor (item: an actor)
    READY = "ready"  # are ready to ally
    ACTS = "acts"  # organisations that act in the domain: the third analysis ("pratiqué")
    INTENDS = "intends"  # organisations that intend to
    PARTNER = "partner"  # act with this kind of partner (item: a category of the question)
    PARTNERSHIP = "partnership"  # have this kind of partnership (item: a category of the question)
    LEVER_FIRST = "lever_first"  # rank this lever first (item: a lever)
    LEVER_WORTH = "lever_worth"  # Plackett-Luce worth of a lever (item): 0 to 1, summing to 1
    OWN = "own"  # a question that is none of these, under the study's own name for it (item); never crossed


PERCEPTIONS: dict[str, type[pl.DataType] | pl.DataType] = {
    "study": pl.String,
    "actor": pl.String,  # who was asked: an id of kernel.actors
    "period": pl.String,  # months of the field: 2019-10, or 2019-10/2019-11
    "measure": pl.String,  # a Measure
    "domain": pl.String,  # null where the question is not about a domain
    "item": pl.String,  # what the measure is of, where it is of one: an actor, a lever, a category of the question
    "territory": pl.String,  # identifier: REG-53, or FRM, FR for all who were asked
    "level": pl.String,
    "estimate": pl.Float64,  # 0 to 1; null where there is none or it is withheld
    "se": pl.Float64,
    "low": pl.Float64,  # 95 % interval
    "high": pl.Float64,
    "df": pl.Int64,
    "deff": pl.Float64,
    "n": pl.Int64,  # respondents with an answer; null where withheld
    "status": pl.String,  # SDMX CL_OBS_STATUS: A, U under 30 respondents, Q withheld, O no answer
    "since": pl.String,  # the earlier study of the same question, where there is one: the change is from it
    "change": pl.Float64,  # estimate less the earlier one
    "change_se": pl.Float64,
    "change_low": pl.Float64,  # 95 % interval of the change
    "change_high": pl.Float64,
    "change_linked": pl.Int64,  # who answered both times, in a panel; null where the samples are independent
}
"""Column names and types, in the order in which they are written."""

PERCEPTION_KEY = ("study", "measure", "domain", "item", "territory")
"""No two rows of a release share these."""

PERCEPTION_ORDER = ("level", "territory", "measure", "domain", "actor", "period", "study", "item")
