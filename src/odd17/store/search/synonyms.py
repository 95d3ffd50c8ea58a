"""Words that mean the same to who searches: groups read from a file that editors maintain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import yaml

from odd17.core.kernel import DataError, Message, why

from ..strict_yaml import line_of, read_strict_yaml
from .analysis import inflections, words

FILE: Final = "synonyms.yml"
"""The file's name, in the package and in odd17's home."""

_MOST_GROUPS: Final = 2_000
_REMEDY: Final = Message("write `groups:` and under it lists such as `- [ESS, économie sociale et solidaire]`")
Expression = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of expressions, each as folded words without the empty ones."""

    groups: tuple[tuple[Expression, ...], ...] = ()

    def table(self) -> Mapping[Expression, tuple[Expression, ...]]:
        """From the stems of an expression to the others of its groups."""
        found: dict[Expression, dict[Expression, None]] = {}
        for group in self.groups:
            for expression in group:
                others = dict.fromkeys(item for item in group if stems(item) != stems(expression))
                found.setdefault(stems(expression), {}).update(others)
        return {key: tuple(others) for key, others in found.items()}


def stems(expression: Iterable[str]) -> Expression:
    """What an expression is known by: of each of its words, the shortest stem of its forms.

    >>> stems(["tiers", "lieux"]) == stems(["tiers", "lieu"])
    True
    """
    return tuple(min(inflections(word, "fr"), key=lambda form: (len(form), form)) for word in expression)


def load_synonyms(home: Path | None = None) -> Synonyms:
    """The groups that odd17 ships and those of ``synonyms.yml`` in ``home``, which may take their place.

    Raises DataError naming the file and the line of what is wrong in it.
    """
    shipped = files("odd17.store.search").joinpath(FILE).read_bytes()
    groups, _ = _read(shipped, FILE)
    own = None if home is None else home / FILE
    if own is None or not own.is_file():
        return Synonyms(groups)
    try:
        content = own.read_bytes()
    except OSError as error:
        raise DataError(Message("cannot be read: {why}", why=why(error)), file=str(own)) from error
    added, alone = _read(content, str(own))
    return Synonyms(added if alone else groups + added)


def _read(content: bytes, name: str) -> tuple[tuple[tuple[Expression, ...], ...], bool]:
    """The groups of a file, and whether they stand alone."""
    document, node = read_strict_yaml(content, name)
    for key in document:
        if key not in ("groups", "shipped"):
            raise DataError(
                Message("{key!r} is no key of this file", key=str(key)),
                file=name,
                row=line_of(node, (key,)),
                remedy=_REMEDY,
            )
    if not isinstance(document.get("shipped", True), bool):
        raise DataError(
            "`shipped` is neither true nor false", file=name, row=line_of(node, ("shipped",)), remedy=_REMEDY
        )
    given = document.get("groups")
    if not isinstance(given, list) or len(given) > _MOST_GROUPS:
        raise DataError(
            Message("`groups` is no list of at most {most:,} groups", most=_MOST_GROUPS),
            file=name,
            row=line_of(node, ("groups",)),
            remedy=_REMEDY,
        )
    groups = tuple(_group(group, name, node, position) for position, group in enumerate(given))
    return groups, document.get("shipped") is False


def _group(given: object, name: str, node: yaml.Node, position: int) -> tuple[Expression, ...]:
    row = line_of(node, ("groups", position))
    if not isinstance(given, list) or len(given) < 2:
        raise DataError("a group is a list of two expressions or more", file=name, row=row, remedy=_REMEDY)
    expressions = []
    for item in given:
        expression = tuple(words(item)) if isinstance(item, str) else ()
        if not expression:
            raise DataError(
                "an expression has no word to search by", file=name, row=row, value=item, remedy="write it in quotes"
            )
        expressions.append(expression)
    return tuple(dict.fromkeys(expressions))
