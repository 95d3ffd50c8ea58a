"""Gaps and quadrants as they are drawn: what is known is marked, what is not is said, nothing is placed by guess."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from odd17.core.diagnosis.crossing_reading import ActorView, CrossedDomain, CrossedViews, Place, Shift
from odd17.core.diagnosis.crossing_tables import Quadrant
from odd17.core.diagnosis.reading import PeerSet, Rank, Score
from odd17.core.kernel import Estimate, ObsStatus, Reason, ReasonCode, domains
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing.charts.actor_marks import COLOURS
from odd17.publishing.charts.crossing import gap_charts, quadrant_chart
from odd17.publishing.charts.gaps import gaps_svg
from odd17.publishing.charts.palette import DARK_PAGE, LIGHT_PAGE, contrast
from odd17.publishing.charts.quadrants import quadrants_svg

PEERS = PeerSet("REG-metropolitan", 13)
SVG = "{http://www.w3.org/2000/svg}"


def _view(actor: str = "citizens", rank: int = 2, objective: int = 9, period: str = "2019-10") -> ActorView:
    gap = objective - rank
    return ActorView(
        actor, f"study-{actor}", period, Estimate(0.4, n=120),
        Place(rank, max(rank - 1, 1), min(rank + 2, 13), 13), Place(objective, objective, objective, 13),
        Shift(gap, gap - 1, gap + 1), Quadrant.WORRY, {Quadrant.WORRY: 0.9},
    )  # fmt: skip


def _hidden(actor: str = "companies") -> ActorView:
    reason = Reason(ReasonCode.TOO_FEW_RESPONDENTS)
    return ActorView(actor, "s", "2019-10", Estimate(None, obs_status=ObsStatus.SUPPRESSED), reason=reason)


def _row(place: int, *views: ActorView, tied: int = 0) -> CrossedDomain:
    territory = Territory(
        "REG-53", Level.REGION, "53", "Bretagne", "bretagne", ("FRM", "FR"), 3_400_000, 27_208.0, False
    )
    domain = domains()[place]
    objective = views[0].objective.value if views and views[0].objective else 9
    score = Score(domain.id, Estimate(50.0), Rank(objective, 13, tied, PEERS), None, 1, 1)
    return CrossedDomain(territory, domain, score, views)


def _views(*rows: CrossedDomain, release: str = "2026-03-09-aaaaaaaa") -> CrossedViews:
    return CrossedViews(release, False, rows[0].territory, PEERS, rows, {})


def _parsed(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - a drawing of our own


@pytest.fixture(autouse=True)
def _without_studies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("odd17.publishing.charts.crossing._caption", lambda *_more: None)


def test_those_asked_in_different_years_are_never_in_one_chart() -> None:
    views = _views(_row(0, _view(), _view("associations", period="2015-06")))
    charts = gap_charts(views, "fr")
    assert [chart.id for chart in charts] == ["gaps-2019", "gaps-2015"]
    assert [[actor for actor, _words in chart.actors] for chart in charts] == [["citizens"], ["associations"]]


def test_the_widest_gap_comes_first() -> None:
    views = _views(_row(0, _view(rank=8)), _row(1, _view(rank=1)), _row(2, _hidden("citizens")))
    (chart,) = gap_charts(views, "en")
    assert [row.label for row in chart.rows] == [domains()[place].name.en for place in (1, 0, 2)]


def test_who_is_withheld_has_no_mark_and_is_named() -> None:
    views = _views(_row(0, _view(), _hidden()), _row(1, _view("companies", rank=3)))
    (chart,) = gap_charts(views, "fr")
    row = next(row for row in chart.rows if row.label == domains()[0].name.fr)
    assert [spot.actor for spot in row.spots] == [None, "citizens"]
    assert "entreprises" in row.text
    assert "effectif insuffisant" in row.text


def test_nobody_ranked_is_no_chart() -> None:
    assert gap_charts(_views(_row(0, _hidden())), "fr") == ()
    assert quadrant_chart(_views(_row(0, _hidden())), "companies", "fr") is None
    assert quadrant_chart(_views(_row(0, _view())), "associations", "fr") is None


def test_a_mark_for_each_rank_and_a_dot_for_the_figures() -> None:
    (chart,) = gap_charts(_views(_row(0, _view(), _view("companies"))), "fr")
    root = _parsed(gaps_svg(chart))
    marks = [one.get("class") for one in root.iter(f"{SVG}path")]
    assert marks == ["actor citizens", "actor companies"] * 2  # the legend, then the row
    assert len([one for one in root.iter(f"{SVG}circle") if one.get("class") == "here"]) == 2
    assert root.get("role") == "img"


def test_a_narrow_drawing_shows_the_same_in_the_width_of_a_telephone() -> None:
    views = _views(_row(0, _view(), _hidden()), _row(1, _view("companies", rank=3)), _row(2, _view("citizens")))
    (chart,) = gap_charts(views, "fr")
    wide, narrow = _parsed(gaps_svg(chart)), _parsed(gaps_svg(chart, narrow=True))
    assert float(narrow.attrib["viewBox"].split()[2]) <= 390
    for kind in ("path", "circle"):
        marks = [[one.get("class") for one in root.iter(f"{SVG}{kind}")] for root in (wide, narrow)]
        assert marks[0] == marks[1]
    words = " ".join(text.text or "" for text in narrow.iter(f"{SVG}text"))
    assert all(row.label in words and row.text in words for row in chart.rows)


def test_in_a_narrow_plane_every_point_has_a_number_of_the_list() -> None:
    rows = [_row(place, _view(rank=1 + place % 5, objective=1 + place % 7)) for place in range(8)]
    plane = quadrant_chart(_views(*rows), "citizens", "fr")
    assert plane is not None
    root = _parsed(quadrants_svg(plane, narrow=True))
    assert float(root.attrib["viewBox"].split()[2]) <= 390
    words = [text.text or "" for text in root.iter(f"{SVG}text")]
    for number, point in enumerate(plane.points, start=1):
        assert str(number) in words
        assert f"{number}. {point.label}" in words


def test_equals_share_a_bar_and_stand_in_its_middle() -> None:
    views = _views(_row(0, _view(objective=3), tied=8))
    (chart,) = gap_charts(views, "fr")
    figures = chart.rows[0].spots[0]
    assert (figures.value, figures.low, figures.high) == (3, 3, 11)
    plane = quadrant_chart(views, "citizens", "fr")
    assert plane is not None
    assert plane.points[0].x == pytest.approx((13 - 7) / 12)


def test_what_cannot_be_told_is_an_empty_mark() -> None:
    told, untold = _view(), replace(_view(rank=6), quadrant=Quadrant.CANNOT_TELL)
    plane = quadrant_chart(_views(_row(0, told), _row(1, untold)), "citizens", "fr")
    assert plane is not None
    fills = [one.get("fill") for one in _marks(quadrants_svg(plane))]
    assert fills == [COLOURS["citizens"], "none"] * 2  # the plane, then the legend


def test_every_actor_has_a_shape_of_its_own_in_the_plane_as_in_the_gaps() -> None:
    shapes = {}
    for actor in COLOURS:
        views = _views(_row(0, _view(actor)))
        plane, (gaps,) = quadrant_chart(views, actor, "fr"), gap_charts(views, "fr")
        assert plane is not None
        (shapes[actor],) = {mark.get("d") for svg in (quadrants_svg(plane), gaps_svg(gaps)) for mark in _marks(svg)}
    assert len(set(shapes.values())) == len(COLOURS)


def _marks(svg: bytes) -> list[ET.Element]:
    return [one for one in _parsed(svg).iter(f"{SVG}path") if (one.get("class") or "").startswith("actor")]


def test_names_never_lie_over_one_another() -> None:
    rows = [_row(place, _view(rank=1 + place % 3, objective=1 + place % 4)) for place in range(16)]
    plane = quadrant_chart(_views(*rows), "citizens", "fr")
    assert plane is not None
    root = _parsed(quadrants_svg(plane))
    named = {text.text for text in root.iter(f"{SVG}text")}
    listed = [text for text in named if text and text[0].isdigit() and ". " in text]
    for domain in domains():
        assert domain.name.fr in named or any(domain.name.fr in text for text in listed), domain.id


def test_names_are_text_and_never_markup() -> None:
    (chart,) = gap_charts(_views(_row(0, _view())), "fr")
    nasty = replace(chart, rows=(replace(chart.rows[0], label="<script>alert(1)</script>"),))
    assert b"<script>" not in gaps_svg(nasty)


@pytest.mark.parametrize("colour", COLOURS.values())
def test_marks_stand_out_on_both_pages(colour: str) -> None:
    assert min(contrast(colour, page) for page in (LIGHT_PAGE, DARK_PAGE)) >= 3
