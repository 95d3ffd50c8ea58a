"""The lasting addresses of territories: identifier, then name for people (``REG-53-bretagne``)."""

from __future__ import annotations

from django.urls import reverse

from odd17.core.territories.levels import Level, split_id
from odd17.core.territories.territory import Territory


def address_of(territory: Territory) -> str:
    """The address of a territory's page in the current language and release."""
    return reverse("territory", args=[f"{territory.id}-{territory.slug}"])


def identifier_in(reference: str) -> str | None:
    """The territory identifier at the head of ``reference`` (``REG-53-bretagne``), or None where there is none.

    >>> identifier_in("REG-53-bretagne"), identifier_in("FR-france"), identifier_in("bretagne")
    ('REG-53', 'FR', None)
    >>> identifier_in("TER-pays-de-x-pays-de-x"), identifier_in("TER-pays-de-x")
    ('TER-pays-de-x', 'TER-pays-de-x')
    """
    prefix, _, rest = reference.partition("-")
    if prefix not in set(Level):
        return None
    if prefix == Level.OWN:  # its code may have hyphens, and its name for people is its code again
        half = rest[: len(rest) // 2]
        code = half if rest == f"{half}-{half}" else rest
    else:
        code = rest.partition("-")[0]
    identifier = prefix if Level(prefix).is_single else f"{prefix}-{code}"
    try:
        split_id(identifier)
    except ValueError:
        return None
    return identifier
