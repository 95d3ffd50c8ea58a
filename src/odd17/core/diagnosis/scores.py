"""Scores as values: from the rows of the table of scores, with the facts that a refusal's sentence needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from odd17.core.indicators.frame_definition import OVERALL
from odd17.core.kernel import Estimate, Reason, ReasonCode

from .reading import PeerSet, Rank, RankChange, Score
from .refusals import domain_refusal
from .selection import Entry


def read_scores(
    rows: pl.DataFrame, entries: Sequence[Entry], log: Mapping[str, Any], peers: PeerSet
) -> dict[str, Score]:
    """The score of every node from one territory's ``rows`` (columns ``SCORES``); ``log`` is its peer set's."""
    available = dict(rows.select("node", "available").iter_rows())
    return {row["node"]: read_score(row, entries, log, peers, available) for row in rows.iter_rows(named=True)}


def read_score(
    row: Mapping[str, Any],
    entries: Sequence[Entry],
    log: Mapping[str, Any],
    peers: PeerSet,
    available: Mapping[str, int] | None = None,
) -> Score:
    """The score that a row of the table tells.

    ``available`` gives the inputs present at each node of the same territory: with it, a refusal of the whole also
    counts ``domains``, ``domains_scored`` and ``domains_without_figure`` (at this level).
    """
    node, total = row["node"], row["total"]
    rank = class_rank = None
    drawn = {"level": log.get("uncertainty", {}).get("level", 0.9), "alone": _entered_under(node, entries, log) == 1}
    if row["rank"] is not None:
        bounds = (row.get("rank_low"), row.get("rank_high"))
        rank = Rank(
            row["rank"],
            row["of"],
            row["tied"],
            peers,
            *bounds,
            overlaps=row.get("rank_overlaps"),
            change=_change(row),
            **drawn,
        )
    if row["class_rank"] is not None:
        # the class is the territory's own: its size is that of its communes with a score
        inside = PeerSet(peers.id, row["class_of"], row["population_class"])
        bounds = (row.get("class_rank_low"), row.get("class_rank_high"))
        class_rank = Rank(row["class_rank"], row["class_of"], row["class_tied"], inside, *bounds, **drawn)
    refusal = None
    if row["reason"] is not None:
        refusal = _refusal(ReasonCode(row["reason"]), node, row["available"], total, entries, log, available)
    return Score(node, Estimate(row["score"]), rank, class_rank, row["available"], total, refusal)


def unscored(entries: Sequence[Entry], log: Mapping[str, Any]) -> dict[str, Score]:
    """The scores of a territory that the table does not hold: each with its reason."""
    scores: dict[str, Score] = {}
    for parent, children in log["nodes"].items():
        refusal = _refusal(ReasonCode.TOO_MANY_MISSING, parent, 0, len(children), entries, log, {})
        scores[parent] = Score(parent, Estimate(None), None, None, 0, len(children), refusal)
        if parent == OVERALL:
            continue
        for domain in children:
            of_domain = [entry for entry in entries if entry.domain == domain]
            reason = domain_refusal(of_domain) or Reason(ReasonCode.NO_FIGURE_HERE)
            scores[domain] = Score(domain, Estimate(None), None, None, 0, _entered(of_domain), reason)
    return scores


def _refusal(
    code: ReasonCode,
    node: str,
    available: int,
    total: int,
    entries: Sequence[Entry],
    log: Mapping[str, Any],
    everywhere: Mapping[str, int] | None,
) -> Reason:
    if code is not ReasonCode.TOO_MANY_MISSING:
        known = domain_refusal([entry for entry in entries if entry.domain == node])
        return known if known is not None and known.code is code else Reason(code)
    missing = total - available
    params: dict[str, object] = {
        "missing": missing,
        "total": total,
        "share": missing / total if total else 1.0,
        "limit": round(1 - log["min_available"], 9),
    }
    if node == OVERALL and everywhere is not None:
        dimensions = log["nodes"][OVERALL]
        below = [domain for dimension in dimensions for domain in log["nodes"][dimension]]
        with_figure = {entry.domain for entry in entries if entry.period is not None}
        params |= {
            "domains": len(below),
            "domains_scored": sum(everywhere.get(dimension, 0) for dimension in dimensions),
            "domains_without_figure": sum(domain not in with_figure for domain in below),
        }
    return Reason(code, params)


def _change(row: Mapping[str, Any]) -> RankChange | None:
    if row.get("rank_change") is None:
        return None
    return RankChange(row["since"], row["rank_change"], row["rank_change_low"], row["rank_change_high"])


def _entered_under(node: str, entries: Sequence[Entry], log: Mapping[str, Any]) -> int:
    """How many indicators enter below a node."""
    tree = log["nodes"]
    children = tree.get(node, ())
    domains = {node, *children, *(domain for child in children for domain in tree.get(child, ()))}
    return _entered([entry for entry in entries if entry.domain in domains])


def _entered(entries: Sequence[Entry]) -> int:
    return sum(entry.not_scored is None for entry in entries)
