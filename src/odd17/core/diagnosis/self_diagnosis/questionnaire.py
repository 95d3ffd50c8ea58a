"""A questionnaire: items on scales, grouped in dimensions, some asked only after some answers; one version, for good.

An answer keeps the version that it was given to: what is asked changes in a new version, never in one that was used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from odd17.core.kernel import DataError, Message, Text


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen; ``points`` from 0 to 1, None where it says nothing of the dimension."""

    id: str
    label: Text
    points: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """The options of an item, in the order in which they are offered."""

    id: str
    options: tuple[Option, ...]

    def option(self, id: str) -> Option:
        """The option of this identifier; KeyError where there is none."""
        return {one.id: one for one in self.options}[id]


@dataclass(frozen=True, slots=True)
class Item:
    """A question. ``only_if``: asked when each of these items got one of these options. ``origin``: why it is asked."""

    id: str
    dimension: str
    wording: Text
    scale: str
    origin: Text
    only_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Advice:
    """What a level of a dimension calls for; ``leads_to`` are places of the platform."""

    text: Text
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a dimension's score: from ``above`` (included, 0 to 100) up to the next level's."""

    id: str
    name: Text
    above: float


@dataclass(frozen=True, slots=True)
class Dimension:
    """What several items are about; ``advice`` by level. ``origin`` says where the dimension comes from.

    ``cases`` is what practices that show it are searched by: an address's parameters and their values.
    """

    id: str
    name: Text
    origin: Text
    advice: Mapping[str, Advice]
    cases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of a questionnaire. ``retired``: answers to it stay, new ones are given to a later version."""

    id: str
    version: int
    audience: str
    title: Text
    minutes: int
    dimensions: tuple[Dimension, ...]
    scales: tuple[Scale, ...]
    levels: tuple[Level, ...]
    items: tuple[Item, ...]
    retired: bool = False

    def item(self, id: str) -> Item:
        """The item of this identifier; KeyError where there is none."""
        return {one.id: one for one in self.items}[id]

    def scale(self, item: Item) -> Scale:
        """The scale of an item."""
        return {one.id: one for one in self.scales}[item.scale]

    def asked(self, answers: Mapping[str, str]) -> tuple[Item, ...]:
        """The items that these answers lead to, in order: those whose conditions hold so far."""
        asked: dict[str, Item] = {}
        for item in self.items:
            if all(before in asked and answers.get(before) in wanted for before, wanted in item.only_if.items()):
                asked[item.id] = item
        return tuple(asked.values())


def check_questionnaire(questionnaire: Questionnaire, file: str | None = None) -> Questionnaire:
    """``questionnaire`` where it can be answered and scored.

    Raises DataError on: identifiers given twice; an item on no scale or in no dimension; points outside 0 to 1; a
    hole in the scoring (a dimension that no item with points feeds, levels that do not start at 0 or do not rise, a
    level without advice); an item that no answer leads to.
    """
    for column, ids in (
        ("dimensions", [one.id for one in questionnaire.dimensions]),
        ("scales", [one.id for one in questionnaire.scales]),
        ("levels", [one.id for one in questionnaire.levels]),
        ("items", [one.id for one in questionnaire.items]),
    ):
        for value in _twice(ids):
            raise DataError(
                "two of them share this identifier", file=file, column=column, value=value, remedy="rename one"
            )
    _check_scales(questionnaire, file)
    _check_levels(questionnaire, file)
    _check_items(questionnaire, file)
    for dimension in questionnaire.dimensions:
        if not any(item.dimension == dimension.id and _scored(questionnaire, item) for item in questionnaire.items):
            raise DataError(
                Message("no item gives points to the dimension {dimension!r}", dimension=dimension.id), file=file,
                column="items", remedy="add an item, or leave the dimension out",
            )  # fmt: skip
        for level in questionnaire.levels:
            if level.id not in dimension.advice:
                raise DataError(
                    Message(
                        "the dimension {dimension!r} has no advice for {level!r}",
                        dimension=dimension.id, level=level.id,
                    ),
                    file=file, column="advice", remedy="write what this level calls for",
                )  # fmt: skip
    return questionnaire


def _check_scales(questionnaire: Questionnaire, file: str | None) -> None:
    for scale in questionnaire.scales:
        for value in _twice([one.id for one in scale.options]):
            raise DataError("two options share this identifier", file=file, column=scale.id, value=value)
        if len(scale.options) < 2:
            raise DataError("a scale has at least two options", file=file, column=scale.id)
        for option in scale.options:
            if option.points is not None and not 0 <= option.points <= 1:
                raise DataError(
                    "points go from 0 to 1", file=file, column=scale.id, value=option.points,
                    remedy="give a share of the most that can be reached",
                )  # fmt: skip


def _check_levels(questionnaire: Questionnaire, file: str | None) -> None:
    bounds = [level.above for level in questionnaire.levels]
    if not bounds or bounds[0] != 0 or bounds[-1] >= 100 or any(low >= high for low, high in pairwise(bounds)):
        raise DataError(
            "levels leave a hole in the scores", file=file, column="levels", value=bounds,
            remedy="start at 0 and rise, below 100",
        )  # fmt: skip


def _check_items(questionnaire: Questionnaire, file: str | None) -> None:
    dimensions = {one.id for one in questionnaire.dimensions}
    scales = {one.id: one for one in questionnaire.scales}
    reachable: dict[str, set[str]] = {}  # the options of each item that some answers lead to and that stay possible
    conditions: dict[str, dict[str, set[str]]] = {}
    for item in questionnaire.items:
        if item.dimension not in dimensions:
            raise DataError("no such dimension", file=file, column=item.id, value=item.dimension)
        if item.scale not in scales:
            raise DataError("no such scale", file=file, column=item.id, value=item.scale)
        if not item.weight > 0:
            raise DataError("a weight is above zero", file=file, column=item.id, value=item.weight)
        needed = _needed(item, reachable, conditions)
        if needed is None:
            raise DataError(
                "no answer leads to this item", file=file, column=item.id, value=_told(item.only_if),
                remedy="name earlier items and options that go together",
            )  # fmt: skip
        conditions[item.id] = needed
        reachable[item.id] = {option.id for option in scales[item.scale].options}


def _needed(
    item: Item, reachable: Mapping[str, set[str]], conditions: Mapping[str, Mapping[str, set[str]]]
) -> dict[str, set[str]] | None:
    """For every item that must have been asked, the options that lead here; None where nothing does."""
    needed: dict[str, set[str]] = {}
    for before, wanted in item.only_if.items():
        if before not in reachable:
            return None
        chain = [(before, set(wanted) & reachable[before]), *conditions[before].items()]
        for name, options in chain:
            needed[name] = needed[name] & options if name in needed else set(options)
    return needed if all(needed.values()) else None


def _scored(questionnaire: Questionnaire, item: Item) -> bool:
    return any(option.points is not None for option in questionnaire.scale(item).options)


def _twice(ids: Sequence[str]) -> Iterator[str]:
    met: set[str] = set()
    for id in ids:
        if id in met:
            yield id
        met.add(id)


def _told(conditions: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(f"{item} = {'|'.join(options)}" for item, options in conditions.items())
