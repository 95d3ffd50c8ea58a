"""What the page of the method shows, read from the frame and the method logs of the release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from odd17.core.diagnosis.selection import Entry
from odd17.core.indicators.frame_definition import FrameDefinition, Weighted
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Dimension, Domain, dimensions, domains
from odd17.workflows.releases import Release


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A domain in the frame, and the indicators defined for it."""

    domain: Domain
    weighted: Weighted
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class DimensionBlock:
    """A dimension in the frame."""

    dimension: Dimension
    weighted: Weighted
    lines: tuple[DomainLine, ...]


@dataclass(frozen=True, slots=True)
class PeerSetLog:
    """What entered the scores of one peer set; ``versions`` and ``steps`` come from the engine's own log."""

    peer_set: str
    entered: tuple[Entry, ...]
    left_out: tuple[Entry, ...]
    steps: tuple[Mapping[str, Any], ...]
    versions: Mapping[str, str]
    sha256: str | None


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One indicator turned into a score, step by step: the lowest, the highest and one territory's own value."""

    indicator: Indicator
    period: str
    territory: str
    territory_id: str
    value: float
    low: float
    high: float
    score: float
    fragility_up: bool


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What moves the ranks of a node among a peer set, as its method log tells; ``sobol`` is empty where unknown."""

    peer_set: str
    node: str
    sobol: tuple[Mapping[str, Any], ...]
    parts: tuple[Mapping[str, Any], ...]
    flags: tuple[Mapping[str, Any], ...]
    alpha: float | None
    of_indicators: bool


@dataclass(frozen=True, slots=True)
class MethodPage:
    """All that the template needs."""

    frame: FrameDefinition
    minimum: float
    blocks: tuple[DimensionBlock, ...]
    logs: tuple[PeerSetLog, ...]
    indicators: Mapping[str, Indicator]
    example: WorkedExample | None
    sensitivities: tuple[Sensitivity, ...]


def method_page(release: Release) -> MethodPage:
    """Gather the frame, what entered where, and one example worked out from the release's own figures."""
    logs = tuple(_log(release.method_log(name)) for name in release.peer_sets)
    return MethodPage(
        frame=release.frame,
        minimum=release.frame.min_available * 100,
        blocks=_blocks(release),
        logs=tuple(log for log in logs if log.entered or log.left_out),
        indicators=release.indicators,
        example=_example(release, logs),
        sensitivities=_sensitivities(release),
    )


def _blocks(release: Release) -> tuple[DimensionBlock, ...]:
    known = {domain.id: domain for domain in domains()}
    names = {dimension.id: dimension for dimension in dimensions()}
    return tuple(
        DimensionBlock(
            names[top.id],
            top,
            tuple(
                DomainLine(
                    known[node.id],
                    node,
                    tuple(item for item in release.indicators.values() if item.domain == node.id),
                )
                for node in release.frame.domains
                if node.parent == top.id
            ),
        )
        for top in release.frame.dimensions
    )


def _sensitivities(release: Release) -> tuple[Sensitivity, ...]:
    found = []
    for name in release.peer_sets:
        for node, said in release.method_log(name).get("sensitivity", {}).items():
            weights = {row["code"]: row for row in said["weights"]}
            parts = tuple({**row, **weights.get(row["left_out"], {})} for row in said["leave_one_out"])
            found.append(
                Sensitivity(
                    peer_set=name,
                    node=node,
                    sobol=tuple(said["sobol"] or ()),
                    parts=parts,
                    flags=tuple(said["flags"]),
                    alpha=said["alpha"],
                    of_indicators=any(row["left_out"] in release.indicators for row in parts),
                )
            )
    return tuple(found)


def _log(log: Mapping[str, Any]) -> PeerSetLog:
    entries = [Entry.from_dict(item) for item in log["indicators"]]
    index = log["index"] or {}
    return PeerSetLog(
        peer_set=log["peer_set"],
        entered=tuple(entry for entry in entries if entry.not_scored is None),
        left_out=tuple(entry for entry in entries if entry.not_scored is not None and entry.period is not None),
        steps=tuple(index.get("steps", ())),
        versions=index.get("versions", {}),
        sha256=index.get("values", {}).get("sha256"),
    )


def _example(release: Release, logs: tuple[PeerSetLog, ...]) -> WorkedExample | None:
    """An indicator alone in its domain, best one of attested direction, for a territory amid its range."""
    for log in logs:
        alone = [entry for entry in log.entered if sum(other.domain == entry.domain for other in log.entered) == 1]
        alone.sort(key=lambda entry: release.indicators[entry.indicator].direction_status != "attested")
        for entry in alone[:1]:
            scores = release.scores(peer_set=log.peer_set, nodes=[entry.domain]).drop_nulls("score")
            seen = release.observations(territories=scores["territory"], indicators=[entry.indicator])
            values = {
                row["territory"]: row["value"] for row in seen.iter_rows(named=True) if row["period"] == entry.period
            }
            middle = min(scores.iter_rows(named=True), key=lambda row: (abs(row["score"] - 60), row["territory"]))
            indicator = release.indicators[entry.indicator]
            return WorkedExample(
                indicator=indicator,
                period=str(entry.period),
                territory=release.cog[middle["territory"]].name,
                territory_id=middle["territory"],
                value=values[middle["territory"]],
                low=min(values.values()),
                high=max(values.values()),
                score=middle["score"],
                fragility_up=indicator.direction.sign > 0,
            )
    return None
