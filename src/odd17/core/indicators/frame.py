"""The frame of an index: its indicators and nodes, who is whose parent, weights and directions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from odd17.core.kernel import DataError, Message, UsageError

from .choose import nearest, need_column, one_of
from .stage import FloatArray, read_frame

REQUIRED = ("code", "parent", "weight", "direction")


@dataclass(frozen=True, slots=True)
class Node:
    """A row of the frame. ``level`` 1 is an indicator; ``direction`` is +1 or -1 and speaks of indicators alone."""

    code: str
    parent: str | None
    weight: float = 1.0
    direction: int = 1
    level: int = 1
    denominator: str | None = None
    target: float | None = None


@dataclass(frozen=True)
class Frame:
    """A tree of indicators (level 1) and nodes, checked on entry: one root, no cycle, parents above their children.

    A node above level 1 that nobody calls parent is kept: it is always missing, and counts as a missing child of its
    own parent.

    >>> import polars as pl
    >>> frame = Frame.from_table(pl.DataFrame({
    ...     "code": ["a", "b", "Index"], "parent": ["Index", "Index", None],
    ...     "weight": [1.0, 3.0, 1.0], "direction": [1, -1, 1]}))
    >>> frame.indicators, frame.root, frame.children["Index"]
    (('a', 'b'), 'Index', ('a', 'b'))
    """

    nodes: tuple[Node, ...]
    level_names: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check(self.nodes)
        self._check_level_names()

    @classmethod
    def from_table(cls, table: Any, level_names: Mapping[int, str] | None = None) -> Frame:
        """A frame from a table with the columns code, parent, weight and direction (any dataframe Narwhals reads).

        ``parent`` is null for the root. Optional columns: ``denominator`` (name of a column to divide by), ``target``
        (for the distance to it) and ``level`` (whole number, 1 for an indicator; without it a row without children is
        an indicator, and a node stands one above its highest child). Null weights and directions count as 1.
        ``level_names`` names levels ({2: "domain"}). Raises DataError naming row, column and value.
        """
        frame = read_frame(table)
        for name in REQUIRED:
            need_column(name, frame.columns)
        rows = [_node(row, number) for number, row in enumerate(frame.iter_rows(named=True), start=1)]
        if "level" not in frame.columns:
            rows = _levelled(rows)
        return cls(tuple(rows), dict(level_names or {}))

    @cached_property
    def by_code(self) -> dict[str, Node]:
        """Nodes by their code."""
        return {node.code: node for node in self.nodes}

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Codes at level 1, in the order of the table."""
        return tuple(node.code for node in self.nodes if node.level == 1)

    @cached_property
    def aggregates(self) -> tuple[str, ...]:
        """Codes above level 1, children always before their parents."""
        return tuple(node.code for node in sorted(self.nodes, key=lambda node: node.level) if node.level > 1)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code, the root first and the indicators last: the columns of scores and ranks."""
        return (*reversed(self.aggregates), *self.indicators)

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Direct children of every node above level 1, in the order of the table; empty for a node without any."""
        found: dict[str, list[str]] = {code: [] for code in self.aggregates}
        for node in self.nodes:
            if node.parent is not None:
                found[node.parent].append(node.code)
        return {code: tuple(children) for code, children in found.items()}

    @cached_property
    def root(self) -> str:
        """The node without a parent."""
        return next(node.code for node in self.nodes if node.parent is None)

    @cached_property
    def directions(self) -> FloatArray:
        """+1.0 or -1.0 for each indicator."""
        return np.array([self.by_code[code].direction for code in self.indicators], dtype=np.float64)

    @property
    def weights(self) -> dict[str, float]:
        """The weight of every code beside its siblings; only their proportions count."""
        return {node.code: node.weight for node in self.nodes}

    def at_level(self, level: str | int) -> tuple[str, ...]:
        """Codes at a level, given by its number or by its name; UsageError with the near name otherwise."""
        number = level
        if isinstance(level, str):
            names = {name: at for at, name in self.level_names.items()}
            number = names[one_of(level, names, "level")]
        found = tuple(node.code for node in self.nodes if node.level == number)
        if not found:
            raise UsageError(Message("no node at level {level!r}", level=level))
        return found

    def with_weights(self, weights: Mapping[str, float]) -> Frame:
        """The same frame with other weights for the codes given; UsageError for an unknown code."""
        for code in weights:
            one_of(code, self.by_code, "node")
        return Frame(
            tuple(replace(node, weight=float(weights.get(node.code, node.weight))) for node in self.nodes),
            self.level_names,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values for the method log."""
        return {
            "nodes": [asdict(node) for node in self.nodes],
            "level_names": {str(level): name for level, name in self.level_names.items()},
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Frame:
        """The frame that ``to_json`` wrote."""
        names = {int(level): str(name) for level, name in content["level_names"].items()}
        return cls(tuple(Node(**node) for node in content["nodes"]), names)

    def _check_level_names(self) -> None:
        for level, name in self.level_names.items():
            if not any(node.level == level for node in self.nodes):
                raise UsageError(Message("level {level} ({name!r}) has no node", level=level, name=name))
            # a name that is also a node's would leave two readings of Aggregate(at=...)
            if name in self.by_code and self.at_level(level) != (name,):
                raise UsageError(Message("{name!r} names both a level and a node", name=name))
        if len(set(self.level_names.values())) < len(self.level_names):
            raise UsageError("two levels have the same name")


def _node(row: Mapping[str, Any], number: int) -> Node:
    code = _text(row["code"])
    if code is None:
        raise DataError("a node needs a code", row=number, column="code", value=row["code"])
    level = row.get("level", 1)
    if level is None or level != level or int(level) != level:
        raise DataError("a level is a whole number", row=number, column="level", value=level)
    weight, direction = _number(row["weight"]), _number(row["direction"])
    return Node(
        code=code,
        parent=_text(row["parent"]),
        weight=1.0 if weight is None else weight,
        direction=1 if direction is None else _sign(direction, number),
        level=int(level),
        denominator=_text(row.get("denominator")),
        target=_number(row.get("target")),
    )


def _sign(direction: float, row: int) -> int:
    if direction not in (1.0, -1.0):
        raise DataError("a direction is +1 or -1", row=row, column="direction", value=direction)
    return int(direction)


def _text(value: object) -> str | None:
    return None if value is None or value != value or value == "" else str(value)


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _levelled(nodes: Sequence[Node]) -> list[Node]:
    children: dict[str, list[str]] = {}
    for node in nodes:
        if node.parent is not None:
            children.setdefault(node.parent, []).append(node.code)
    levels: dict[str, int] = {}

    def level_of(code: str, below: frozenset[str]) -> int:
        if code in below:
            raise DataError("the frame runs in a circle", column="parent", value=code)
        if code not in levels:
            levels[code] = 1 + max((level_of(child, below | {code}) for child in children.get(code, ())), default=0)
        return levels[code]

    return [replace(node, level=level_of(node.code, frozenset())) for node in nodes]


def _check(nodes: Sequence[Node]) -> None:
    levels: dict[str, int] = {}
    for row, node in enumerate(nodes, start=1):
        if node.code in levels:
            raise DataError("a code is given twice", row=row, column="code", value=node.code)
        if node.code == "unit":
            raise DataError("'unit' names the column of units", row=row, column="code", value=node.code)
        levels[node.code] = node.level
        if node.level < 1:
            raise DataError("levels start at 1", row=row, column="level", value=node.level)
        if not (math.isfinite(node.weight) and node.weight >= 0):
            raise DataError("a weight is a finite number, zero or more", row=row, column="weight", value=node.weight)
        if node.level > 1 and node.direction != 1:
            raise DataError("only an indicator has a direction", row=row, column="direction", value=node.direction)
        if node.target is not None and not math.isfinite(node.target):
            raise DataError("a target is a finite number", row=row, column="target", value=node.target)
    totals: dict[str, float] = {}
    for row, node in enumerate(nodes, start=1):
        if node.parent is None:
            continue
        if node.parent not in levels:
            near = nearest(node.parent, (code for code, level in levels.items() if level > node.level))
            raise DataError(
                "no such parent", row=row, column="parent", value=node.parent,
                remedy=None if near is None else Message("the nearest is {near!r}", near=near),
            )  # fmt: skip
        if levels[node.parent] <= node.level:
            raise DataError("a parent stands above its children", row=row, column="level", value=node.level)
        totals[node.parent] = totals.get(node.parent, 0.0) + node.weight
    roots = [node.code for node in nodes if node.parent is None]
    if len(roots) != 1:
        raise DataError("a frame has one root", column="parent", value=roots, remedy="give the others a parent")
    if levels[roots[0]] == 1:
        raise DataError("the root is a node, not an indicator", column="level", value=roots[0])
    for code, total in totals.items():
        if total == 0:
            raise DataError("the children of a node all weigh nothing", column="weight", value=code)
