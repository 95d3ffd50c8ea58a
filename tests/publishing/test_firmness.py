from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from odd17.core.diagnosis.reading import Diagnosis, PeerSet, Rank
from odd17.publishing import firmness
from odd17.publishing.charts.ranks import ranks_svg
from odd17.publishing.charts.readings import domain_ranks

REGIONS = PeerSet("REG-metropolitan", 13)


@pytest.mark.parametrize(
    ("rank", "said"),
    [
        (Rank(3, 13, 0, REGIONS), None),
        (Rank(3, 13, 0, REGIONS, 3, 3, alone=True, overlaps=0), "A single indicator makes this score"),
        (Rank(3, 13, 0, REGIONS, 2, 4, overlaps=0), "Told apart from all others"),
        (Rank(3, 13, 0, REGIONS, 2, 4, overlaps=1), "1 other:"),
        (Rank(3, 13, 0, REGIONS, 2, 4, overlaps=5), "5 others:"),
    ],
)
def test_what_an_interval_means(rank: Rank, said: str | None) -> None:
    found = firmness.firmness(rank, "en")
    assert found is None if said is None else found is not None and said in found


def with_intervals(diagnosis: Diagnosis) -> Diagnosis:
    """The same, its first rank between bounds, its others made by one indicator."""
    readings = []
    for at, reading in enumerate(diagnosis.domains):
        rank = reading.score.rank
        if rank is not None:
            bounds = {"low": 1, "high": 4, "overlaps": 3} if at == 0 else {"low": rank.value, "high": rank.value}
            rank = replace(rank, **bounds, alone=at > 0)
        others = tuple((place, replace(score, rank=rank)) for place, score in reading.others)
        readings.append(replace(reading, score=replace(reading.score, rank=rank), others=others))
    return replace(diagnosis, domains=tuple(readings))


def test_the_chart_has_a_bar_and_a_dot_for_each_rank(diagnosis: Diagnosis) -> None:
    drawing = domain_ranks(with_intervals(diagnosis), "fr")
    assert drawing is not None
    root = ET.fromstring(ranks_svg(drawing))  # noqa: S314 - written by odd17 itself
    bars = [item for item in root.iter() if item.tag.endswith("rect")]
    dots = [item for item in root.iter() if item.tag.endswith("circle")]
    assert len(bars) == len(dots) == len(drawing.rows)
    # rank 1 of 13 stands at the right end of its bar
    assert float(bars[0].attrib["x"]) + float(bars[0].attrib["width"]) - 2 == pytest.approx(float(dots[0].attrib["cx"]))
    words = " ".join(root.itertext())
    assert "rang 1 sur 13 (entre 1 et 4, 90\u00a0%)" in words
    assert "un seul indicateur" in words


def test_there_is_no_chart_where_nothing_could_move_a_rank(diagnosis: Diagnosis) -> None:
    assert domain_ranks(diagnosis, "fr") is None  # no bounds at all
    alone = [
        replace(
            reading,
            score=replace(reading.score, rank=replace(reading.score.rank, low=1, high=1, alone=True)),
        )
        if reading.score.rank is not None
        else reading
        for reading in diagnosis.domains
    ]
    assert domain_ranks(replace(diagnosis, domains=tuple(alone)), "fr") is None


def test_those_beside_are_named_where_they_are_not_told_apart(diagnosis: Diagnosis) -> None:
    other = diagnosis.parents[0] if diagnosis.parents else diagnosis.territory
    found = with_intervals(diagnosis)
    first = found.domains[0]
    beside = replace(first, others=((other, first.score),))
    sentences = firmness.open_beside(replace(found, domains=(beside, *found.domains[1:])), "en")
    assert len(sentences) == 1
    assert sentences[0].startswith("Cannot be told apart from")
