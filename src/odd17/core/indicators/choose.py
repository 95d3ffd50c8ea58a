"""Words that a caller chooses from a list: unknown ones are refused, with the nearest that exists."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from odd17.core.kernel import Message, UsageError


def one_of(value: object, allowed: Iterable[str], what: str) -> str:
    """The word itself, where it is one of ``allowed``; ``what`` names it in the error.

    Raises UsageError with the nearest word.

    >>> one_of("minmax", ["minmax", "zscore"], "normalisation")
    'minmax'
    """
    known = list(allowed)
    if isinstance(value, str) and value in known:
        return value
    lowered = {word.lower(): word for word in known}
    near = get_close_matches(str(value).lower(), lowered, n=1, cutoff=0.5)
    hint = Message(" Did you mean {near!r}?", near=lowered[near[0]]) if near else ""
    raise UsageError(
        Message(
            "unknown {what} {value!r}.{hint} Known: {known}.",
            what=what,
            value=value,
            hint=hint,
            known=known or Message("none"),
        )
    )
