"""The content of a report is words, never markup; every part is there, whatever is known of the territory."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pypdf
import pytest

from odd17.core.diagnosis.course import Middle, Point, course
from odd17.core.diagnosis.reading import Diagnosis, RankChange
from odd17.core.indicators.frame_definition import FrameDefinition, Weighted
from odd17.core.kernel import Estimate, Text, dimensions, domains
from odd17.publishing.drawing import Drawer
from odd17.publishing.report import Picture, report_content

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0,0h9v9z"/></svg>'
FRAME = FrameDefinition(
    "test",
    Text("Cadre", "Frame"),
    Text("Une note.", "A note."),
    tuple(Weighted(item.id, "overall", 1.0, "ours") for item in dimensions()),
    tuple(Weighted(item.id, item.dimension, 1.0, "ours") for item in domains()),
    0.8,
)
HOSTILE = 'Ville #panic("x") *gras* $x^2$ @ref <label> \\ `code` {1} "q"'


def content(diagnosis: Diagnosis, language: str = "fr") -> dict[str, object]:
    picture = Picture(SVG, "Une image", "Une légende")
    return report_content(
        diagnosis,
        FRAME,
        profile=picture,
        locator=picture,
        themed_map=picture,
        ranks=picture,
        courses={},
        language=language,
    )


def words(pdf: bytes) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def test_without_a_study_there_is_no_crossing(diagnosis: Diagnosis) -> None:
    assert content(diagnosis)["crossing"] is None


def test_names_are_never_read_as_markup(diagnosis: Diagnosis) -> None:
    named = replace(diagnosis, territory=replace(diagnosis.territory, name=HOSTILE))
    with Drawer() as drawer:
        text = words(drawer.typeset(json.dumps(content(named)), 0))
    assert re.sub(r"\s+", "", HOSTILE) in text


def test_each_absence_and_zero_are_told_apart(diagnosis: Diagnosis) -> None:
    figures = {
        row["name"]: row["figures"][0]["value"]
        for group in content(diagnosis)["dimensions"]  # type: ignore[attr-defined]
        for row in group["rows"]
        if row["figures"]
    }
    assert figures["Pouvoir d’achat"] == "0\u00a0%"
    assert figures["Mal-logement"] == "secret statistique"
    assert figures["Handicap"] == "sans objet"
    assert figures["Vieillissement et intergénérationnel"] == "non disponible"
    assert figures["Emploi"] == "1\u202f234,5\u00a0% (entre 1\u202f200,0\u00a0% et 1\u202f260,3\u00a0%)"


def test_remarks_are_numbered_once_each(diagnosis: Diagnosis) -> None:
    notes = content(diagnosis)["notes"]
    assert isinstance(notes, list)
    assert len(notes) == len(set(notes)) == 5


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_territory_without_peers_or_figures_has_its_report(diagnosis: Diagnosis, language: str) -> None:
    bare = replace(
        diagnosis,
        peers=None,
        domains=tuple(replace(reading, figures=()) for reading in diagnosis.domains),
        fragilities=(),
        strengths=(),
    )
    made = content(bare, language)
    assert made["sources"] == []
    assert made["mention"] == ""
    with Drawer() as drawer:
        assert drawer.typeset(json.dumps(made), 0).startswith(b"%PDF")


def test_a_frame_with_other_methods_names_them(diagnosis: Diagnosis) -> None:
    picture = Picture(SVG, "")
    frame = replace(FRAME, normalisation="zscore", aggregation="geometric")
    made = report_content(
        diagnosis, frame, profile=picture, locator=picture, themed_map=picture, ranks=None, courses={}, language="en"
    )
    assert any("zscore" in sentence for sentence in made["method"])
    assert any("geometric" in sentence for sentence in made["method"])


def test_many_sources_do_not_fill_the_foot_of_the_page(diagnosis: Diagnosis) -> None:
    assert content(diagnosis)["footer"] == content(diagnosis)["mention"]
    sourced = []
    for number, reading in enumerate(diagnosis.domains):
        figures = []
        for figure in reading.figures:
            source = replace(figure.indicator.source, id=f"s{number}", citation=f"Mention {number}")
            figures.append(replace(figure, indicator=replace(figure.indicator, source=source)))
        sourced.append(replace(reading, figures=tuple(figures)))
    made = content(replace(diagnosis, domains=tuple(sourced)))
    assert "Mention 0" not in str(made["footer"])
    assert all(f"Mention {number}" in str(made["mention"]) for number in range(6))


def test_change_over_time_has_its_words_chart_and_table(diagnosis: Diagnosis) -> None:
    points = [Point(str(2018 + at), Estimate(float(at)), middle=Middle(2.0, 12)) for at in range(5)]
    change = RankChange("2018", -3, -4, 1)
    reading = diagnosis.domains[0]
    figure = replace(reading.figures[0], course=course(points))
    rank = replace(reading.score.rank, low=1, high=3, change=change) if reading.score.rank else None
    first = replace(reading, figures=(figure,), score=replace(reading.score, rank=rank))
    moved = replace(diagnosis, domains=(first, *diagnosis.domains[1:]))
    picture = Picture(SVG, "A picture", "A caption")
    made = report_content(
        moved,
        FRAME,
        profile=picture,
        locator=picture,
        themed_map=picture,
        ranks=picture,
        courses={figure.indicator.id: picture},
        language="en",
    )
    with Drawer() as drawer:
        text = words(drawer.typeset(json.dumps(made), 0))
    for said in (
        "How ranks moved",
        "3 places nearer to rank 1 (90%: between 4 nearer and 1 further)",
        "over 5 periods",
        "Overtime",
    ):
        assert re.sub(r"\s+", "", said) in text
    assert re.sub(r"\s+", "", "Median of the 12 metropolitan regions") in text
