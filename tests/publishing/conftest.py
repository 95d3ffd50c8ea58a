"""Small territories, figures and shapes with answers that can be told by eye."""

from __future__ import annotations

from typing import Any

import pytest

from odd17.core.diagnosis.reading import (
    Comparison,
    Diagnosis,
    DomainReading,
    Figure,
    PeerSet,
    ProfileItem,
    Rank,
    Score,
)
from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.kernel import Estimate, ObsStatus, Provenance, Reason, ReasonCode, Text, dimensions, domains
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

Figures = list[tuple[Territory, Estimate | None]]


def square(index: int) -> Territory:
    """One of the squares of the topology below."""
    return Territory(
        f"REG-{index:02}", Level.REGION, f"{index:02}", f"Carré {index} <&>", f"carre-{index}", (), 10, 1.0, False
    )


@pytest.fixture
def figures() -> Figures:
    """Six squares with the values 1 to 6, then one of each absence, then one that is compared apart."""
    known: Figures = [(square(index), Estimate(float(index))) for index in range(1, 7)]
    return [
        *known,
        (square(7), Estimate(None)),
        (square(8), Estimate(None, obs_status=ObsStatus.SUPPRESSED)),
        (square(9), Estimate(None, obs_status=ObsStatus.CANNOT_EXIST)),
        (square(10), None),
    ]


@pytest.fixture
def topology() -> dict[str, Any]:
    """Ten squares in a row, ten units wide each."""
    left = [index * 10.0 for index in range(10)]
    return {
        "type": "Topology",
        "bbox": [0, 0, 100, 10],
        "arcs": [[[x, 0], [x, 10], [x + 10, 10], [x + 10, 0], [x, 0]] for x in left],
        "objects": {
            "REG": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": f"REG-{index + 1:02}", "properties": {}, "arcs": [[index]]}
                    for index in range(10)
                ],
            }
        },
    }


SOURCE = Provenance(
    "table", "Un tableau", "Un producteur", "Étude d’un lieu – Un producteur ; Octobre 2019", "Licence Ouverte"
)
RELEASE = "2026-01-01-abcdef01"


def indicator(id: str, domain: str, unit: Unit = Unit.PERCENT, name: str = "Taux") -> Indicator:
    """An indicator of ``domain`` from the one source."""
    text = Text(f"{name} {id}", f"Rate {id}")
    return Indicator(id, text, text, unit, Direction.FRAGILITY_UP, "ours", domain, SOURCE)


@pytest.fixture
def diagnosis() -> Diagnosis:
    """A case of each kind: scored, zero, tied, refused, absent in three ways, negative, with a hostile name."""
    here, country = square(1), Territory("FRM", Level.METROPOLITAN, "FRM", "France", "france", (), 100, 10.0, False)
    peers = PeerSet("REG-metropolitan", 13)
    figures = {
        "employment": (Estimate(1234.5, low=1200.0, high=1260.25), 100.0, Rank(1, 13, 0, peers), None),
        "economic_development": (Estimate(-2.2), None, None, Reason(ReasonCode.INCONSISTENT_WITH_REFERENCE)),
        "purchasing_power": (Estimate(0.0), 0.0, Rank(12, 13, 1, peers), None),
        "housing": (Estimate(None, obs_status=ObsStatus.SUPPRESSED), None, None, Reason(ReasonCode.SUPPRESSED)),
        "disability": (
            Estimate(None, obs_status=ObsStatus.CANNOT_EXIST),
            None,
            None,
            Reason(ReasonCode.NOT_APPLICABLE),
        ),
        "ageing": (Estimate(None, obs_status=ObsStatus.MISSING), None, None, Reason(ReasonCode.NO_FIGURE_HERE)),
    }
    readings = []
    for domain in domains():
        if domain.id not in figures:
            refused = Score(domain.id, Estimate(None), None, None, 0, 0, Reason(ReasonCode.NO_FIGURE))
            readings.append(DomainReading(domain, refused, ()))
            continue
        shown, score, rank, refusal = figures[domain.id]
        figure = Figure(
            indicator(f"i_{domain.id}", domain.id, name="=Taux" if domain.id == "employment" else "Taux"),
            "2019-Q1",
            shown,
            (Comparison(country, Estimate(8.4)),),
            (Reason(ReasonCode.TRANSCRIBED_UNVERIFIED),),
            refusal,
        )
        readings.append(DomainReading(domain, Score(domain.id, Estimate(score), rank, None, 1, 1, refusal), (figure,)))
    missing = Reason(ReasonCode.TOO_MANY_MISSING, {"missing": 4, "total": 4, "limit": 0.2})
    return Diagnosis(
        release=RELEASE,
        territory=here,
        parents=(country,),
        peers=peers,
        profile=(
            ProfileItem("population", Estimate(1234567.0), "count", "2023"),
            ProfileItem("area", Estimate(None), "km2", note=Reason(ReasonCode.NO_TRUE_CONTOUR)),
        ),
        domains=tuple(readings),
        dimensions=tuple(Score(item.id, Estimate(None), None, None, 0, 3, missing) for item in dimensions()),
        overall=Score("overall", Estimate(None), None, None, 0, 4, missing),
        fragilities=("employment",),
        strengths=("purchasing_power",),
    )
