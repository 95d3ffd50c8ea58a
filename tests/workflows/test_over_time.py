"""Figures of several periods, from the file to the page's chart, the tables and the report."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml

from odd17.core.diagnosis.course import Change
from odd17.core.diagnosis.reading import course_of
from odd17.core.kernel import UsageError
from odd17.core.territories.levels import Level
from odd17.publishing.drawing import Output
from odd17.store.releases import Release
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.diagnose import diagnose
from odd17.workflows.draw import drawn, over_time, ranks
from odd17.workflows.export import FileFormat, export_course, export_diagnosis, export_ranking, export_ranks
from odd17.workflows.import_dataset import import_dataset

PERIODS = ("2017", "2018", "2019", "2020", "2021")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Three fictional indicators of sport by region, over five years; the first rises by one a year in Brittany."""
    folder, home = tmp_path_factory.mktemp("file"), tmp_path_factory.mktemp("home")
    codes = [code.removeprefix("REG-") for code in load_shipped_cog().at(Level.REGION)]
    lines = ["code,year,a,b,c"]
    for at, code in enumerate(codes):
        for year in range(5):
            a = float(year) if code == "53" else 10.0 + at
            lines.append(f"{code},{PERIODS[year]},{a},{(at * 7 + year) % 13}.5,{(at * 5 + 3 * year) % 17}.25")
    (folder / "sport.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    dataset = {
        "id": "sport",
        "title": "Fictional",
        "source": {"producer": "Nobody", "citation": "Made up", "licence": "none", "published": "2026-01-01"},
        "territories": {"column": "code", "level": "REG", "vintage": 2026},
        "period": {"column": "year"},
        "columns": {name: name for name in "abc"},
        "indicators": {
            name: {
                "name": {"fr": name, "en": name},
                "definition": {"fr": name, "en": name},
                "unit": "index",
                "direction": "fragility_up",
                "domain": "sport",
            }
            for name in "abc"
        },
    }
    (folder / "sport.yml").write_text(yaml.safe_dump(dataset), encoding="utf-8")
    import_dataset(folder / "sport.csv", folder / "sport.yml", home=home, cog=load_shipped_cog())
    return build_release(home=home)


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode())))


def test_a_territory_has_the_course_of_its_figure_beside_the_median_of_its_peers(release: Release) -> None:
    figure, course = course_of(diagnose(release, "REG-53"), "a")
    assert figure.period == "2021"
    assert [point.period for point in course.points] == list(PERIODS)
    assert course.change == Change("2017", "2021", 4.0)
    assert course.slope is not None
    assert (course.slope.value, course.slope.n) == (1.0, 5)
    assert {point.middle.count for point in course.points if point.middle is not None} == {13}


def test_one_period_or_an_unknown_indicator_has_no_course(release: Release) -> None:
    for name in ("unemployment_rate", "nothing"):
        with pytest.raises(UsageError, match="two periods"):
            course_of(diagnose(release, "REG-53"), name)


def test_the_country_has_no_median_and_no_course_without_figures(release: Release) -> None:
    with pytest.raises(UsageError):
        course_of(diagnose(release, "FRM"), "a")


def test_the_tables_tell_every_period_and_how_the_rank_moved(release: Release) -> None:
    course = rows(export_course(release, "REG-53", "a", FileFormat.CSV, "en"))
    assert [(row["period"], row["value"]) for row in course if row["measure"] == "indicator"] == [
        (period, f"{at}.0") for at, period in enumerate(PERIODS)
    ]
    diagnosis = rows(export_diagnosis(release, "REG-53", FileFormat.CSV, "en"))
    earlier = [row["period"] for row in diagnosis if row["measure"] == "earlier" and row["indicator"] == "a"]
    assert earlier == list(PERIODS[:-1])
    for table in (diagnosis, rows(export_ranks(release, "REG-53", FileFormat.CSV, "en"))):
        (sport,) = [row for row in table if row["domain"] == "sport" and row["rank"]]
        assert sport["since"] == "2017"
        assert int(sport["rank_change_low"]) <= int(sport["rank_change_high"])
    ranking = rows(export_ranking(release, "sport", "REG-metropolitan", FileFormat.CSV, "en"))
    (brittany,) = [row for row in ranking if row["territory"] == "REG-53"]
    assert brittany["rank_change"] == sport["rank_change"]


def test_the_charts_can_be_taken_away(release: Release, tmp_path: Path) -> None:
    diagnosis = diagnose(release, "REG-53")
    chart, firm = over_time(diagnosis, "a", "fr"), ranks(diagnosis, "fr")
    assert firm is not None
    for drawing in (chart, firm):
        framed = drawn(release, f"test-{drawing.id}", drawing, Output.FRAMED, tmp_path).decode()
        assert "Made up" in framed
        assert release.id in framed
        assert drawn(release, f"test-{drawing.id}", drawing, Output.PNG, tmp_path).startswith(b"\x89PNG")
