"""The frame as a document: dimensions and domains with weights, and who stands behind each weight."""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from odd17.core.kernel import Message, Text, dimensions, domains

from .indicator import Indicator
from .uncertainty_ranges import UncertaintyRanges

OVERALL = "overall"
"""The code of the whole index: in a frame's table, and as the node of its scores."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A dimension, a domain or an indicator of a frame; ``weight_status`` is attested, inferred or ours.

    ``parent`` is the indicator's domain, the domain's dimension, or ``overall`` for a dimension.
    """

    id: str
    parent: str
    weight: float
    weight_status: str


@dataclass(frozen=True, slots=True)
class FrameDefinition:
    """A frame of domains: what is weighed with what, how, and how much must be there at every node.

    ``indicators`` are those that enter; where there are none, every indicator of a domain enters with its own weight.
    ``uncertainty`` is what is drawn again to say how firm the ranks are.
    Raises ValueError where the parts do not fit: one of the 4 dimensions or 16 domains that is absent, twice or
    unknown (the near name is told), an indicator that stands twice, a weight that is not positive and finite, a share
    outside 0 to 1.
    """

    id: str
    title: Text
    note: Text
    dimensions: tuple[Weighted, ...]
    domains: tuple[Weighted, ...]
    min_available: float
    normalisation: str = "minmax"
    aggregation: str = "arithmetic"
    indicators: tuple[Weighted, ...] = ()
    uncertainty: UncertaintyRanges = field(default_factory=UncertaintyRanges)

    def __post_init__(self) -> None:
        if not 0 <= self.min_available <= 1:
            raise ValueError(Message("min_available must lie between 0 and 1, got {share!r}", share=self.min_available))
        nodes = self.dimensions + self.domains + self.indicators
        for node in nodes:
            if not (math.isfinite(node.weight) and node.weight > 0):
                raise ValueError(
                    Message(
                        "the weight of {node!r} must be a positive number, got {weight!r}",
                        node=node.id,
                        weight=node.weight,
                    )
                )
        twice = [name for name, count in Counter(node.id for node in nodes).items() if count > 1]
        if twice:
            raise ValueError(Message("{node!r} stands twice in the frame", node=twice[0]))
        _check_all("dimension", self.dimensions, [dimension.id for dimension in dimensions()])
        _check_all("domain", self.domains, [domain.id for domain in domains()])
        for kind, children, parents in (
            ("domain", self.domains, self.dimensions),
            ("indicator", self.indicators, self.domains),
        ):
            present = {parent.id for parent in parents}
            for node in children:
                if node.parent not in present:
                    raise ValueError(
                        Message(
                            "the {kind} {node!r} names {parent!r}, which the frame lacks",
                            kind=kind,
                            node=node.id,
                            parent=node.parent,
                        )
                    )

    def weight_of(self, indicator: Indicator) -> float | None:
        """The weight of ``indicator`` in its domain; None where it does not enter the frame."""
        if not self.indicators:
            return indicator.weight if any(node.id == indicator.domain for node in self.domains) else None
        named = ((node.weight, node.parent) for node in self.indicators if node.id == indicator.id)
        return next((weight for weight, domain in named if domain == indicator.domain), None)

    def to_table(self, indicators: Iterable[Indicator]) -> pl.DataFrame:
        """The frame over the indicators that can be scored, as the index engine reads it.

        One row a node: ``code``, ``parent`` (null for ``overall``), ``weight``, ``direction`` (+1 or -1) and ``level``
        (1 indicator, 2 domain, 3 dimension, 4 overall). An indicator of the profile, of a domain that the frame lacks,
        that the frame does not name, or of unknown direction has no row; a domain without indicator keeps its row, for
        it counts as missing.
        """
        rows: list[tuple[str, str | None, float, int, int]] = [
            (item.id, item.domain, weight, item.direction.sign, 1)
            for item in sorted(indicators, key=lambda item: item.id)
            if (weight := self.weight_of(item)) is not None and item.direction.sign != 0
        ]
        rows += [(node.id, node.parent, node.weight, 1, 2) for node in self.domains]
        rows += [(node.id, node.parent, node.weight, 1, 3) for node in self.dimensions]
        rows.append((OVERALL, None, 1.0, 1, 4))
        schema = {"code": pl.String, "parent": pl.String, "weight": pl.Float64, "direction": pl.Int8, "level": pl.Int8}
        return pl.DataFrame(rows, schema=schema, orient="row")


def _check_all(kind: str, nodes: Sequence[Weighted], known: Sequence[str]) -> None:
    """Raise ValueError where ``nodes`` are not those of ``known``: every page shows them all, and no other."""
    here = [node.id for node in nodes]
    for id in here:
        if id not in known:
            near = difflib.get_close_matches(id, known, n=1)
            hint = Message("; did you mean {near!r}?", near=near[0]) if near else ""
            raise ValueError(
                Message(
                    "{name!r} is not one of the {kind}s {known}{hint}", name=id, kind=kind, known=list(known), hint=hint
                )
            )
    absent = [id for id in known if id not in here]
    if absent:
        raise ValueError(
            Message(
                "the frame lacks the {kind} {name!r}: it must weigh all {count} {kind}s",
                kind=kind,
                name=absent[0],
                count=len(known),
            )
        )
