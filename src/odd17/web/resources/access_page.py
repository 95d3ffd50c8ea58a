"""The matrix of access: each service with where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from odd17.core.resources.access import OPEN, Purpose, Service, Tier, purposes, services, tiers

from .places import place


@dataclass(frozen=True, slots=True)
class Offer:
    """A service, and its address: its place, or the form that asks for it; none where it is open and not here yet."""

    service: Service
    address: str | None


def matrix() -> list[tuple[Purpose, list[tuple[Tier, list[Offer]]]]]:
    """The rows, each with its columns and the services of each."""
    return [
        (
            row,
            [
                (tier, [_offer(one) for one in services() if (one.purpose, one.tier) == (row.id, tier.id)])
                for tier in tiers()
            ],
        )
        for row in purposes()
    ]


def _offer(service: Service) -> Offer:
    found = place(service.id)
    if service.tier != OPEN and found is None:
        return Offer(service, reverse("request_make", args=[service.id]))
    return Offer(service, None if found is None else found.address)
