"""A map of counts: a drawn map of territories whose shapes are filled by how many things were found in each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

_SHAPE: Final = re.compile(
    r'<a data-id="([A-Z0-9-]+)" href="[^"]*" aria-label="[^"]*"><title>[^<]*</title>'
    r'(<path d="[^"]*") fill="[^"]*" class="k0" ?/></a>'
)
_FILLS: Final = ("#eceff1", "#cfe3e4", "#76b0b4", "#0b5560")
_FEW: Final = 20


@dataclass(frozen=True, slots=True)
class Counted:
    """What the shape of a territory says: its ``label`` in words, where it leads, and its shade from 0 (none) to 3."""

    label: str
    address: str | None
    shade: int


def steps(counts: Mapping[str, int]) -> tuple[int, ...]:
    """The least count of each shade, from the lightest that is not none: each about four times the one before.

    >>> steps({"a": 1, "b": 3}), steps({"a": 300}), steps({})
    ((1, 2, 3), (1, 19, 75), ())
    """
    most = max(counts.values(), default=0)
    least = (1, 2, 3) if most < _FEW else (1, -(-most // 16), -(-most // 4))
    return tuple(sorted({step for step in least if step <= most}))


def shade(count: int, least: tuple[int, ...]) -> int:
    """The shade of ``count``, from 0.

    >>> [shade(count, (1, 19, 75)) for count in (0, 1, 19, 200)]
    [0, 1, 2, 3]
    """
    return sum(count >= step for step in least)


def counted_map(locator: bytes, title: str, shown: Mapping[str, Counted]) -> bytes:
    """The map ``locator`` (of territories, without figures) with what is found in each; the others stay as none."""

    def filled(match: re.Match[str]) -> str:
        identifier, path = match[1], match[2]
        found = shown.get(identifier)
        if found is None:
            return f'<g data-id="{identifier}">{path} fill="{_FILLS[0]}" class="n0" /></g>'
        label, fill = escape(found.label), _FILLS[found.shade]
        inner = f'<title>{label}</title>{path} fill="{fill}" class="n{found.shade}" />'
        if found.address is None:
            return f'<g data-id="{identifier}">{inner}</g>'
        return f'<a data-id="{identifier}" href="{escape(found.address)}" aria-label="{label}">{inner}</a>'

    text = _SHAPE.sub(filled, locator.decode())
    named = escape(title)
    text = re.sub(
        r'aria-label="[^"]*"><title>[^<]*</title>', f'aria-label="{named}"><title>{named}</title>', text, count=1
    )
    return text.encode()
