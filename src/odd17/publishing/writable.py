"""Letters that files cannot hold: what people type is printed, exported and followed without them."""

from __future__ import annotations

import re
from typing import Any, Final

UNKNOWN: Final = "\ufffd"
"""What stands for a letter that the typefaces lack (�)."""

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation, currencies, arrows, mathematics: each was set once, letter by
# letter, in the typefaces that the typesetter has
_SET: Final = (
    "\t\n\r -~\xa0-\u024f\u0300-\u036f\u0370-\u04ff\u05d0-\u05ea\u0621-\u063a\u0641-\u064a"
    "\u2000-\u2040\u2042\u2044-\u2052\u2054-\u206f\u20a0-\u20bf\u2190-\u22ff\ufffd"
)
_NOT_SET: Final = re.compile(f"[^{_SET}]")


def writable(text: str) -> str:
    r"""``text`` without the letters that no XML can hold (Word, feeds, drawings): they show nothing anyway.

    >>> writable("une\x0b cantine")
    'une cantine'
    """
    return _NOT_XML.sub("", text)


def writable_content(content: Any) -> Any:
    """JSON values, each of their texts writable."""
    if isinstance(content, str):
        return writable(content)
    if isinstance(content, dict):
        return {name: writable_content(value) for name, value in content.items()}
    return [writable_content(value) for value in content] if isinstance(content, list) else content


def displayable(text: str) -> str:
    """``text`` with ``UNKNOWN`` in the place of letters that the typesetter may not have.

    >>> displayable("Bravo 😀, Zoé → 漢字")
    'Bravo �, Zoé → ��'
    """
    return _NOT_SET.sub(UNKNOWN, text)
