"""SIREN: the number of a French organisation, nine digits of which the last is a check digit (Luhn)."""

from __future__ import annotations

_DIGITS = 9


def is_siren(text: str) -> bool:
    """Whether ``text`` is nine digits whose check digit fits (Luhn, ISO/IEC 7812-1; INSEE's rule for SIREN).

    >>> is_siren("732829320"), is_siren("732829321"), is_siren("73282932")
    (True, False, False)
    """
    if len(text) != _DIGITS or not text.isascii() or not text.isdigit():
        return False
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(text)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
