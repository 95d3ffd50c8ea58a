"""The words of the directory of catalysts: what an entry is, and the languages in which it works."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from odd17.core.kernel import Text, Word


def kinds() -> tuple[Word, ...]:
    """What an entry can be.

    >>> [kind.slug for kind in kinds()]
    ['catalyseur', 'tete-de-pont', 'dispositif-public']
    """
    return _words("kinds")


def languages() -> tuple[Word, ...]:
    """The languages in which one may be accompanied; identifiers of ISO 639.

    >>> languages()[0].name.en
    'French'
    """
    return _words("languages")


@cache
def _words(name: str) -> tuple[Word, ...]:
    text = files("odd17.core.resources").joinpath("catalysts.yaml").read_text(encoding="utf-8")
    rows = cast(dict[str, list[dict[str, Any]]], yaml.safe_load(text))[name]
    return tuple(Word(row["id"], row["slug"], Text(**row["name"]), row["status"]) for row in rows)
