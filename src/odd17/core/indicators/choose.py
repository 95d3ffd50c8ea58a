"""Words that a caller chooses from a list: unknown ones are refused, with the nearest that exists."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from odd17.core.kernel import DataError, Message, UsageError


def one_of(value: object, allowed: Iterable[str], what: str) -> str:
    """The word itself, where it is one of ``allowed``; ``what`` names it in the error.

    Raises UsageError with the nearest word.

    >>> one_of("minmax", ["minmax", "zscore"], "normalisation")
    'minmax'
    """
    known = list(allowed)
    if isinstance(value, str) and value in known:
        return value
    near = nearest(value, known)
    hint = "" if near is None else Message(" Did you mean {near!r}?", near=near)
    raise UsageError(
        Message(
            "unknown {what} {value!r}.{hint} Known: {known}.",
            what=what,
            value=value,
            hint=hint,
            known=known or Message("none"),
        )
    )


def need_column(name: str, columns: Iterable[str]) -> None:
    """Raise DataError, with the nearest name that is there, where no column is called ``name``.

    >>> need_column("weight", ["code", "weight"])
    """
    known = list(columns)
    if name in known:
        return
    near = nearest(name, known)
    raise DataError(
        "no such column",
        column=name,
        remedy=Message("known: {columns}", columns=known)
        if near is None
        else Message("the nearest is {near!r}; known: {columns}", near=near, columns=known),
    )


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The word known that is nearest to ``word``; None where none is near.

    >>> nearest("wieght", ["code", "weight"]), nearest("x", ["code", "weight"])
    ('weight', None)
    """
    lowered = {other.lower(): other for other in known}
    found = get_close_matches(str(word).lower(), lowered, n=1, cutoff=0.5)
    return lowered[found[0]] if found else None
