"""The matrix of access: each service with where it leads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from odd17.core.resources.access import OPEN, Purpose, Service, Tier, purposes, services, tiers
from odd17.web.library.selectors import published

from .places import place


@dataclass(frozen=True, slots=True)
class Offer:
    """A service, and its address: its place, or the form that asks for it; none where it is open and not here yet.

    ``empty``: it is open, but the library holds none of its kind today.
    """

    service: Service
    address: str | None
    empty: bool


def matrix() -> list[tuple[Purpose, list[tuple[Tier, list[Offer]]]]]:
    """The rows, each with its columns and the services of each."""
    held = set(published().values_list("kind", flat=True))
    return [
        (
            row,
            [
                (tier, [_offer(one, held) for one in services() if (one.purpose, one.tier) == (row.id, tier.id)])
                for tier in tiers()
            ],
        )
        for row in purposes()
    ]


def _offer(service: Service, held: Collection[str]) -> Offer:
    found = place(service.id)
    if service.tier != OPEN and found is None:
        return Offer(service, reverse("request_make", args=[service.id]), empty=False)
    empty = service.tier == OPEN and service.kind is not None and service.kind not in held
    return Offer(service, None if found is None else found.address, empty)
