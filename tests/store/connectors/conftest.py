"""A client whose time is the test's own, and sources that are described in a line."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest

from odd17.core.indicators.source import Arrondissements, Evidence, Geography, Source, Verification
from odd17.core.kernel import Text
from odd17.core.territories.levels import Level
from odd17.store.connectors.http import Client


class Web(Protocol):
    address: str


@dataclass
class Time:
    """Seconds that pass only when something sleeps, or ``each`` time they are read."""

    seconds: float = 0.0
    each: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        self.seconds += self.each
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.fixture
def hours() -> Time:
    return Time()


@pytest.fixture
def client(web: Web, hours: Time) -> Client:
    return Client(
        agent="odd17/test (tests@example.org)",
        clock=hours.clock,
        sleep=hours.sleep,
        now=lambda: datetime(2026, 11, 25, 12, tzinfo=UTC),
        chance=random.Random(17),
        mirror=web.address,
    )


@pytest.fixture
def source() -> Callable[..., Source]:
    def make(connector: str, access: dict[str, Any], **changes: Any) -> Source:
        fields: dict[str, Any] = {
            "id": "a-source",
            "title": Text("Une source", "A source"),
            "producer": "P",
            "citation": "P, une source",
            "licence": "Licence Ouverte / Etalab 2.0",
            "page": "https://example.org/page",
            "periodicity": "annual",
            "size_mb": 1.0,
            "starter": True,
            "connector": connector,
            "access": access,
            "format": {},
            "geography": Geography("code", level=Level.COMMUNE, arrondissements=Arrondissements.NONE, vintage=2026),
            "verification": Verification(Evidence.CODE, Evidence.CODE, "composed"),
            "period": "2023",
        }
        return Source(**(fields | changes))

    return make
