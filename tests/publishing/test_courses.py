from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from odd17.core.diagnosis.course import Course, Middle, Point, course
from odd17.core.diagnosis.reading import Diagnosis, DomainReading, Figure, RankChange, Score
from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.kernel import Estimate, ObsStatus, Provenance, Text
from odd17.publishing.charts.course import course_chart
from odd17.publishing.charts.lines import course_svg
from odd17.publishing.courses import breaks_behind, change, point_note, sentences, series_break
from odd17.publishing.exports import course_table, diagnosis_table

SOURCE = Provenance("fictional", "Fictional figures", "Nobody", "Fictional figures, for tests", "CC0-1.0")
INDICATOR = Indicator(
    id="jobless",
    name=Text("Sans emploi", "Jobless"),
    definition=Text("Fictif.", "Fictional."),
    unit=Unit.PERCENT,
    direction=Direction.FRAGILITY_UP,
    direction_status="ours",
    domain="employment",
    source=SOURCE,
)


LAW = SeriesBreak(Text("Autre loi.", "Another law."))


def over(*values: float | None, breaks: int | None = None, known: tuple[SeriesBreak, ...] = ()) -> Course:
    points = [
        Point(
            str(2015 + at),
            Estimate(value, obs_status=ObsStatus.BREAK if at == breaks else ObsStatus.NORMAL),
            middle=Middle(5.0 + at, 12),
        )
        for at, value in enumerate(values)
    ]
    found = course(points, known_breaks=known)
    assert found is not None
    return found


def test_two_periods_tell_a_change_and_no_slope() -> None:
    told = sentences(over(3.0, 4.5), INDICATOR, "en")
    assert told == ["From 2015 to 2016: +1.5 pt.", "No slope: fewer than four periods tell a change, not a direction."]


def test_a_slope_says_its_interval_its_periods_and_whether_it_goes_anywhere() -> None:
    (_change, slope) = sentences(over(1.0, 2.0, 3.0, 4.5, 5.0), INDICATOR, "en")
    assert slope.startswith("Slope: +1.00 pt a year (between ")
    assert slope.endswith("over 5 periods): it rises.")
    (_change, slope) = sentences(over(5.0, 1.0, 6.0, 2.0, 5.5), INDICATOR, "en")
    assert "no direction can be told" in slope
    (_change, slope) = sentences(over(5.0, 4.0, 3.0, 2.0), INDICATOR, "fr")
    assert slope.endswith("le chiffre baisse.")


def test_a_break_is_said_and_bounds_the_change() -> None:
    found = over(9.0, 1.0, 2.0, 3.0, breaks=1, known=(LAW,))
    told = sentences(found, INDICATOR, "en")
    assert told[0] == "From 2016 to 2018: +2.0 pt."
    assert told[1] == "No slope: fewer than four periods since the last break tell a change, not a direction."
    assert told[2].startswith("Break in the series: 2016.")
    assert told[3] == "Known of the series, with no date at which to cut it: Another law."
    assert point_note(found.points[1], "en") == "The series begins anew here."
    assert change(over(9.0, 1.0, breaks=1), INDICATOR, "en") == "Nothing older can be compared."


def test_a_break_that_the_catalogue_dates_is_said_with_its_date_and_cut_everywhere(diagnosis: Diagnosis) -> None:
    found = over(9.0, 1.0, 2.0, known=(replace(LAW, after="2016"), LAW))
    told = sentences(found, INDICATOR, "en")
    assert told[0] == "Nothing older can be compared."
    assert told[1].startswith("Break in the series: 2017.")
    assert told[2] == "Known break after 2016: Another law."
    assert told[3] == "Known of the series, with no date at which to cut it: Another law."
    chart = course_chart(diagnosis, Figure(INDICATOR, "2017", Estimate(2.0), course=found), found, "fr")
    assert [[len(stretch) for stretch in line.stretches] for line in chart.lines] == [[2, 1], [2, 1]]
    assert series_break(LAW, "fr") == "Sans date connue\u202f: Autre loi."


def test_the_drawing_joins_nothing_across_a_gap_or_a_break(diagnosis: Diagnosis) -> None:
    found = over(9.0, 1.0, None, 3.0, 4.0, breaks=1)
    figure = Figure(INDICATOR, "2019", Estimate(4.0), course=found)
    chart = course_chart(diagnosis, figure, found, "fr")
    assert [len(stretch) for stretch in chart.lines[0].stretches] == [1, 1, 2]
    assert chart.lines[1].label == "médiane des 12 régions métropolitaines"
    assert chart.breaks == (2016.0,)  # between the middles of 2015 and 2016
    root = ET.fromstring(course_svg(chart))  # noqa: S314 - our own
    assert len(root.findall(".//{*}polyline")) == 2  # the two joined figures, and the medians
    assert root.get("aria-label") == "Sans emploi\u202f: Carré 1 <&> au fil du temps"


def test_one_value_throughout_is_drawn(diagnosis: Diagnosis) -> None:
    found = over(0.0, 0.0)
    chart = course_chart(diagnosis, Figure(INDICATOR, "2016", Estimate(0.0), course=found), found, "en")
    assert course_svg(chart)


def test_the_table_has_a_row_a_period_and_one_for_the_median(diagnosis: Diagnosis) -> None:
    found = over(9.0, 1.0, None, breaks=1)
    table = course_table(diagnosis, Figure(INDICATOR, "2017", Estimate(None), course=found), found, "en")
    rows = [dict(zip((column.id for column in table.columns), row, strict=True)) for row in table.rows]
    assert [(row["period"], row["measure"], row["value"]) for row in rows] == [
        ("2015", "indicator", 9.0),
        ("2015", "median", 5.0),
        ("2016", "indicator", 1.0),
        ("2016", "median", 6.0),
        ("2017", "indicator", None),
        ("2017", "median", 7.0),
    ]
    assert rows[2]["note"] == "The series begins anew here."
    assert rows[4]["absence"] == "not available"
    assert table.notes[0] == "Nothing older can be compared."
    assert all(row["citation"] == SOURCE.citation for row in rows)


def test_a_move_that_rests_on_a_series_with_known_breaks_is_told_with_care(diagnosis: Diagnosis) -> None:
    reading = diagnosis.domains[0]
    rank = reading.score.rank
    assert rank is not None
    moved = replace(reading.score, rank=replace(rank, change=RankChange("2015", -1, -1, -1)))
    known = over(1.0, 2.0, known=(LAW,))

    def with_course(found: Course, score: Score) -> DomainReading:
        return replace(reading, figures=(Figure(INDICATOR, "2016", Estimate(2.0), course=found),), score=score)

    said = breaks_behind(with_course(known, moved), "en")
    assert said == "With care: breaks are known in the series of Jobless, told under “Over time”."
    assert breaks_behind(with_course(over(1.0, 2.0), moved), "en") is None
    dated = over(1.0, 2.0, 3.0, known=(replace(LAW, after="2015"),))
    assert breaks_behind(with_course(dated, moved), "en") is None  # not bridged
    assert breaks_behind(with_course(known, reading.score), "en") is None  # no rank moved
    table = diagnosis_table(replace(diagnosis, domains=(with_course(known, moved),)), "en")
    ids = [column.id for column in table.columns]
    (score,) = [row for row in table.rows if row[ids.index("measure")] == "score"]
    assert score[ids.index("note")] == said
