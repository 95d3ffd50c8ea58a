"""The maps of a release are drawn once, small enough for a page; the others on demand, and kept with their release."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from odd17.core.kernel import UsageError, domains
from odd17.core.territories.levels import Level
from odd17.publishing.addresses import territory_path
from odd17.publishing.drawing import Output
from odd17.store.releases import Release
from odd17.workflows.build_release import build_release
from odd17.workflows.diagnose import diagnose
from odd17.workflows.draw import (
    distribution,
    draw_release_maps,
    drawn,
    map_file,
    map_svg,
    profile,
    profile_chart,
)
from odd17.workflows.map_figures import map_drawing, subjects


@pytest.fixture(scope="module")
def maps(fictional_release: Release) -> dict[str, bytes]:
    """A domain's, an indicator's and the bare map of each level and language; all of them would take a minute."""
    told: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "odd17.workflows.draw.subjects", lambda release, level: ["territories", "employment", "population"]
        )
        made = dict(draw_release_maps(fictional_release, lambda step, done, total: told.append((done, total))))
    assert told[-1] == (len(made), len(made))
    return made


def parsed(source: bytes) -> ET.Element:
    return ET.fromstring(source)  # noqa: S314 - a map that we drew a moment ago


def test_every_level_has_its_maps_in_both_languages(maps: dict[str, bytes]) -> None:
    assert sorted(maps) == sorted(
        f"{language}/{level}/{subject}.svg"
        for language in ("fr", "en")
        for level in ("REG", "DEP", "EPCI")
        for subject in ("territories", "employment", "population")
    )


def test_every_scored_domain_and_every_indicator_with_figures_is_a_subject(fictional_release: Release) -> None:
    for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI):
        found = list(subjects(fictional_release, level))
        assert {domain.id for domain in domains()} | {"territories", "population"} <= set(found)
        assert len(found) == len(set(found))
        assert ("unemployment_rate" in found) == (level is Level.REGION)


def test_maps_fit_their_pages(maps: dict[str, bytes]) -> None:
    limits = {"REG": 40_000, "DEP": 40_000, "EPCI": 150_000}
    for path, svg in maps.items():
        assert len(gzip.compress(svg, mtime=0)) <= limits[path.split("/")[1]], path


def test_shapes_lead_to_the_pages_of_their_language(fictional_release: Release, maps: dict[str, bytes]) -> None:
    bretagne = fictional_release.cog["REG-53"]
    for language in ("fr", "en"):
        link = parsed(maps[f"{language}/REG/employment.svg"]).find(".//{*}a[@data-id='REG-53']")
        assert link is not None
        assert link.attrib["href"] == territory_path(bretagne, language)


def test_the_legend_counts_all_the_territories_of_the_level(maps: dict[str, bytes]) -> None:
    for level, total in (("REG", 18), ("DEP", 101), ("EPCI", 1255)):
        drawing = parsed(maps[f"fr/{level}/employment.svg"])
        texts = ["".join(item.itertext()) for item in drawing.iter("{http://www.w3.org/2000/svg}text")]
        counts = [
            int(found[1].replace("\u202f", "")) for text in texts if (found := re.search(r"\(([\d\u202f]+)\)$", text))
        ]
        assert sum(counts) == total


def test_overseas_regions_are_compared_apart(fictional_release: Release) -> None:
    drawing = map_drawing(fictional_release, "employment", Level.REGION, "fr")
    apart = [shape.id for shape in drawing.shapes if shape.fill == "lines"]
    assert sorted(apart) == ["REG-01", "REG-02", "REG-03", "REG-04", "REG-06"]


def test_a_map_says_the_score_of_the_diagnosis(fictional_release: Release) -> None:
    drawing = map_drawing(fictional_release, "employment", Level.REGION, "fr")
    titles = {shape.id: shape.title for shape in drawing.shapes}
    shown = {
        row.label: row.text for row in profile(fictional_release, diagnose(fictional_release, "REG-53"), "fr").rows
    }
    assert titles["REG-53"].split("\u00a0: ")[1] == shown["Emploi"].split(" · ")[0]


def test_a_release_holds_its_maps_and_serves_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("odd17.workflows.draw.NATIONAL", (Level.REGION,))
    monkeypatch.setattr("odd17.workflows.draw.subjects", lambda release, level: ["culture"])
    release = build_release(home=tmp_path, draw=draw_release_maps)
    path = release.map_path("fr", "REG", "culture")
    assert path is not None
    assert map_svg(release, "culture", Level.REGION, "fr", home=tmp_path) == path.read_bytes()
    assert not (tmp_path / "cache").exists()
    outlined = parsed(map_svg(release, "culture", Level.REGION, "fr", here="REG-53", home=tmp_path))
    outline = outlined.find(".//{*}path[@class='here']")
    shape = outlined.find(".//{*}a[@data-id='REG-53']/{*}path")
    assert outline is not None
    assert shape is not None
    assert outline.attrib["d"] == shape.attrib["d"] != ""


def test_a_map_on_demand_is_drawn_once(
    fictional_release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = map_svg(fictional_release, "employment", Level.COMMUNE, "fr", within="DEP-35", home=tmp_path)
    files = list((tmp_path / "cache" / fictional_release.id).iterdir())
    assert [file.read_bytes() for file in files] == [first]

    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("drawn twice")

    monkeypatch.setattr("odd17.workflows.draw._draw", never)
    again = map_svg(fictional_release, "employment", Level.COMMUNE, "fr", within="DEP-35", home=tmp_path)
    assert again == first
    assert first.count(b"<a ") == 332


def test_charts_and_files_to_take_away(fictional_release: Release, tmp_path: Path) -> None:
    found = diagnose(fictional_release, "REG-53")
    chart = parsed(profile_chart(fictional_release, found, "en"))
    assert chart.attrib["role"] == "img"
    assert len([item for item in chart.iter() if item.get("class") == "here"]) == 17  # sixteen dots and the legend's
    picture = drawn(fictional_release, "profile-REG-53", profile(fictional_release, found, "fr"), Output.PNG, tmp_path)
    assert picture.startswith(b"\x89PNG")
    framed = map_file(fictional_release, "culture_2018", Level.REGION, "fr", Output.FRAMED, home=tmp_path).decode()
    assert "publication" in framed
    assert "Etude IMPACT" in framed


def test_a_distribution_holds_the_peers(fictional_release: Release) -> None:
    chart = distribution(fictional_release, "unemployment_rate", "REG-metropolitan", "fr", ["REG-53", "FRM", "FR"])
    assert len(chart.values) == 13
    assert (min(chart.values), max(chart.values)) == (7.2, 10.8)
    assert chart.marked == (("Bretagne", 7.2), ("France métropolitaine", 8.4))


@pytest.mark.parametrize(
    ("subject", "level", "within"),
    [
        ("nothing", Level.REGION, None),
        ("unemployment_rate", Level.DEPARTEMENT, None),
        ("employment", Level.COUNTRY, None),
        ("employment", Level.COMMUNE, None),
        ("employment", Level.COMMUNE, "DEP-../../x"),
        ("../../x", Level.REGION, None),
    ],
)
def test_what_has_no_map_is_refused(
    fictional_release: Release, tmp_path: Path, subject: str, level: Level, within: str | None
) -> None:
    with pytest.raises(UsageError):
        map_svg(fictional_release, subject, level, "fr", within=within, home=tmp_path)
    assert not list(tmp_path.rglob("*.svg"))


def test_subjects_are_those_with_figures(shipped_release: Release) -> None:
    profile = ["area", "density", "population", "population_change"]
    assert list(subjects(shipped_release, Level.EPCI)) == ["territories", *profile]
    with pytest.raises(UsageError, match="No indicator"):
        distribution(shipped_release, "nothing", "DEP", "fr")
    with pytest.raises(UsageError, match="no figure"):
        distribution(shipped_release, "unemployment_rate", "DEP", "fr")
