"""The shares of a group as they are drawn: intervals, outlines for few, words where nothing may be shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from odd17.core.diagnosis.actor_views import ActorCrossing, LeverView
from odd17.core.diagnosis.crossing_reading import ActorView, CrossedDomain
from odd17.core.diagnosis.reading import Score
from odd17.core.kernel import Estimate, ObsStatus, Text, domains
from odd17.core.perceptions.study import DesignFacts, Field, StudyDescription
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing.charts.actor_marks import COLOURS
from odd17.publishing.charts.actor_shares import share_charts
from odd17.publishing.charts.shares import shares_svg

SVG = "{http://www.w3.org/2000/svg}"
PLACE = Territory("REG-53", Level.REGION, "53", "Bretagne", "bretagne", ("FRM", "FR"), 3_400_000, 27_208.0, False)
STUDY = StudyDescription(
    "s", Text("Étude", "Study"), "companies", ("Nobody",), "Étude d’essai, 2019", "CC0-1.0",
    Field(date(2019, 10, 3), date(2019, 10, 21)), Text("Entreprises", "Companies"), Text("téléphone", "telephone"),
    100, DesignFacts(False, 0, 0, (), 1.0), (), None, False,
)  # fmt: skip


def _found(*shares: Estimate, levers: tuple[LeverView, ...] = ()) -> ActorCrossing:
    rows = tuple(
        CrossedDomain(
            PLACE,
            domains()[at],
            Score(domains()[at].id, Estimate(None), None, None, 0, 1),
            (ActorView("companies", "s", "2019-10", share),),
        )
        for at, share in enumerate(shares)
    )
    return ActorCrossing("2026-03-09-aaaaaaaa", False, "companies", PLACE, rows, (), levers, None, (STUDY,))


def _marks(svg: bytes) -> list[ET.Element]:
    root = ET.fromstring(svg)  # noqa: S314 - a drawing of our own
    return [one for one in root.iter(f"{SVG}path") if (one.get("class") or "").startswith("actor")]


@pytest.mark.parametrize("narrow", [False, True])
def test_a_share_of_few_is_an_outline_and_a_withheld_one_has_no_mark(narrow: bool) -> None:
    found = _found(
        Estimate(0.4, 0.3, 0.5, 120),
        Estimate(0.5, 0.3, 0.7, 24, ObsStatus.LOW_RELIABILITY),
        Estimate(None, obs_status=ObsStatus.SUPPRESSED),
    )
    (chart,) = share_charts(found, "fr")
    svg = shares_svg(chart, narrow=narrow)
    assert [mark.get("fill") for mark in _marks(svg)] == [COLOURS["companies"], "none"]
    words = ["".join(one.itertext()) for one in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314
    assert "effectif insuffisant" in words
    assert any("n\xa0=\xa024" in line and "fiabilité faible" in line for line in words)
    assert any("à lire avec prudence" in line for line in words) or narrow


def test_the_scale_goes_from_nobody_to_all() -> None:
    (chart,) = share_charts(_found(Estimate(0.0, 0.0, 0.1, 50), Estimate(1.0, 0.9, 1.0, 50)), "en")
    first, last = (float((mark.get("transform") or "")[10:].split(",")[0]) for mark in _marks(shares_svg(chart)))
    assert last - first == 250
    assert chart.ends == ("0%", "100%")


def test_levers_have_a_chart_of_their_own_and_each_cites_the_study() -> None:
    lever = LeverView("vision", Estimate(0.4, 0.3, 0.5, 90), None, "s", "2019-10")
    charts = share_charts(_found(Estimate(0.4, 0.3, 0.5, 120), levers=(lever,)), "fr")
    assert [chart.id for chart in charts] == ["fragile", "levers"]
    for chart in charts:
        assert chart.caption is not None
        assert chart.caption.subtitle == "Entreprises, octobre 2019"
        assert any(STUDY.mention in line for line in chart.caption.lines)


def test_nobody_asked_is_no_chart() -> None:
    assert share_charts(_found(), "fr") == ()
    assert share_charts(_found(levers=(LeverView("vision", None, None, "s", "2019-10"),)), "fr") == ()


def test_what_is_made_up_is_watermarked() -> None:
    found = replace(_found(Estimate(0.4, 0.3, 0.5, 120)), release="2026-03-09-aaaaaaaa-fictitious", fictitious=True)
    (chart,) = share_charts(found, "fr")
    assert b"fictives" in shares_svg(chart)
