"""What is drawn may stand in a page under a strict policy, scales, adapts, and says the same as the figures."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from odd17.core.indicators.indicator import Direction, Unit
from odd17.core.kernel import Estimate
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing.charts import engine, svg
from odd17.publishing.charts.captions import Caption
from odd17.publishing.charts.drawings import ChoroplethMap, Distribution, DomainProfile, Drawing, ProfileRow
from odd17.publishing.charts.maps import Subject, choropleth_map
from odd17.publishing.charts.palette import DARK_PAGE, FRAGILITY, LIGHT_PAGE, NEUTRAL, contrast

CAPTION = Caption("Un titre", "Un sous-titre", ("Source : une étude. odd17, publication 2026-01-01-abcdef01.",))


@pytest.fixture
def chart_map(figures: list[tuple[Territory, Estimate | None]], topology: dict[str, Any]) -> ChoroplethMap:
    return choropleth_map(
        Subject("rate", "Taux", Unit.PERCENT, Direction.FRAGILITY_UP),
        figures,
        topology=topology,
        layer="REG",
        language="fr",
        link=lambda territory: f"/t/{territory.id}/",
        here="REG-02",
        caption=CAPTION,
    )


@pytest.fixture
def profile() -> DomainProfile:
    rows = (
        ProfileRow("Emploi", "Économique", 72.4, "72,4", (20.0, 60.0), (("Ailleurs", 31.0),)),
        ProfileRow("Pouvoir d’achat", "Économique", None, "pas encore de donnée"),
        ProfileRow("Santé", "L'autre", 0.0, "0", (20.0, 60.0)),
    )
    return DomainProfile("profile", "Profil", "Ici", "score", "bande", rows, CAPTION)


@pytest.fixture
def distribution() -> Distribution:
    values = (7.2, 7.2, 7.5, 10.8)
    return Distribution("d", "Répartition", "Taux (%)", "nombre", values, (("Ici", 7.2), ("Là", 8.4)), "fr", CAPTION)


@pytest.fixture(params=["chart_map", "profile", "distribution"])
def drawing(request: pytest.FixtureRequest) -> Drawing:
    found: Drawing = request.getfixturevalue(request.param)
    return found


def parsed(source: bytes | str) -> ET.Element:
    return ET.fromstring(source)  # noqa: S314 - what we drew a moment ago


def texts(root: ET.Element) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter(svg.name("text"))]


@pytest.mark.parametrize("output", ["svg", "framed"])
def test_nothing_that_the_policy_forbids(drawing: Drawing, output: str) -> None:
    root = parsed(engine.draw(drawing, output))
    for element in root.iter():
        assert element.tag.split("}")[1] in {
            "svg", "g", "a", "path", "line", "rect", "text", "tspan", "title", "defs", "pattern",
        }  # fmt: skip
        for key, value in element.attrib.items():
            assert key != "style"
            assert not key.lower().startswith("on")
            assert "javascript:" not in value
            assert "http" not in value


def test_it_scales_and_is_named(drawing: Drawing) -> None:
    root = parsed(engine.draw(drawing, "svg"))
    assert "width" not in root.attrib
    assert "height" not in root.attrib
    assert len(root.attrib["viewBox"].split()) == 4
    assert root.attrib["aria-label"] == drawing.title
    assert root.find(svg.name("title")) is not None


def test_text_takes_the_colour_of_the_page(drawing: Drawing) -> None:
    source = engine.draw(drawing, "svg").decode()
    assert "#0102" not in source
    colours = {element.get("fill") for element in parsed(source).iter(svg.name("text"))}
    assert colours == {"currentColor"}


def test_every_shape_is_a_link_with_its_figure(chart_map: ChoroplethMap) -> None:
    root = parsed(engine.draw(chart_map, "svg"))
    links = {link.attrib["data-id"]: link for link in root.iter(svg.name("a"))}
    assert set(links) == {shape.id for shape in chart_map.shapes}
    for shape in chart_map.shapes:
        link = links[shape.id]
        assert link.attrib["href"] == f"/t/{shape.id}/"
        assert link.findtext(svg.name("title")) == link.attrib["aria-label"] == shape.title
        assert "tabindex" not in link.attrib
    assert root.attrib["role"] == "group"


def test_shapes_have_the_colour_of_their_class(chart_map: ChoroplethMap) -> None:
    root = parsed(engine.draw(chart_map, "svg"))
    legend = {entry.key: entry for entry in chart_map.legend}
    for shape in chart_map.shapes:
        path = next(root.iterfind(f".//{{*}}a[@data-id='{shape.id}']/{{*}}path"))
        entry = legend[shape.fill]
        if entry.colour:
            assert path.attrib["fill"] == entry.colour
            assert path.attrib["class"].startswith("k")
        else:
            assert path.attrib["fill"] == f"url(#{entry.pattern}-{chart_map.id})"
            assert root.find(f".//{{*}}pattern[@id='{entry.pattern}-{chart_map.id}']") is not None


def test_the_legend_is_drawn_with_its_counts(chart_map: ChoroplethMap) -> None:
    said = texts(parsed(engine.draw(chart_map, "svg")))
    for entry in chart_map.legend:
        assert f"{entry.label} ({entry.count})" in said


def test_the_territory_spoken_of_is_outlined(chart_map: ChoroplethMap) -> None:
    root = parsed(engine.draw(chart_map, "svg"))
    plain = engine.draw(replace(chart_map, here=None), "svg")
    assert svg.outlined(plain, "REG-02") == engine.draw(chart_map, "svg")
    assert svg.outlined(plain, "REG-99") == plain
    shape = next(root.iterfind(".//{*}a[@data-id='REG-02']/{*}path"))
    outlines = [root.find(f".//{{*}}path[@class='{kind}']") for kind in ("casing", "here")]
    assert [line is not None and line.attrib["d"] for line in outlines] == [shape.attrib["d"]] * 2


@pytest.mark.parametrize("behind", [LIGHT_PAGE, DARK_PAGE, *FRAGILITY, *NEUTRAL])
def test_the_outline_is_seen_on_any_class_and_any_page(chart_map: ChoroplethMap, behind: str) -> None:
    root = parsed(engine.draw(chart_map, "svg"))
    lines = [root.find(f".//{{*}}path[@class='{kind}']") for kind in ("casing", "here")]
    assert max(contrast(line.attrib["stroke"], behind) for line in lines if line is not None) >= 3


def test_a_map_of_many_shapes_keeps_them_out_of_the_tab_order(
    chart_map: ChoroplethMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_MOST_TAB_STOPS", 3)
    links = list(parsed(engine.draw(chart_map, "svg")).iter(svg.name("a")))
    assert {link.get("tabindex") for link in links} == {"-1"}


def test_a_map_without_any_figure_is_drawn(chart_map: ChoroplethMap, topology: dict[str, Any]) -> None:
    figures = [(territory(index), Estimate(None)) for index in range(1, 4)]
    made = choropleth_map(
        Subject("rate", "Taux", Unit.PERCENT, Direction.FRAGILITY_UP),
        figures,
        topology=topology,
        layer="REG",
        language="fr",
        link=lambda territory: None,
    )
    root = parsed(engine.draw(made, "svg"))
    assert len([group for group in root.iter() if group.get("data-id")]) == 3
    assert not list(root.iter(svg.name("a")))
    assert root.attrib["role"] == "img"


def territory(index: int) -> Territory:
    return Territory(f"REG-{index:02}", Level.REGION, f"{index:02}", f"{index}", f"{index}", (), 1, 1.0, False)


def test_the_profile_says_each_domain_and_what_is_missing(profile: DomainProfile) -> None:
    said = texts(parsed(engine.draw(profile, "svg")))
    for row in profile.rows:
        assert row.label in said
        assert row.text in said
        assert row.group in said
    assert {"Ici", "Ailleurs"} <= set(said)


def test_the_distribution_has_a_dot_a_peer_and_french_numbers(distribution: Distribution) -> None:
    root = parsed(engine.draw(distribution, "svg"))
    peers = [path for path in root.iter(svg.name("path")) if path.get("fill-opacity") == "0.5"]
    assert len(peers) == len(distribution.values)
    assert any(re.fullmatch(r"\d+,\d", text) for text in texts(root))


def test_many_peers_make_a_histogram(distribution: Distribution) -> None:
    many = replace(distribution, values=tuple(float(value % 17) for value in range(500)))
    root = parsed(engine.draw(many, "svg"))
    bars = [path for path in root.iter(svg.name("path")) if path.get("fill-opacity") == "0.5"]
    assert 10 <= len(bars) <= 30


def test_taken_away_it_carries_title_source_and_release(drawing: Drawing) -> None:
    said = " ".join(texts(parsed(engine.draw(drawing, "framed"))))
    assert "Un titre" in said
    assert "2026-01-01-abcdef01" in said
    assert engine.draw(drawing, "png").startswith(b"\x89PNG")


def test_a_picture_has_its_words_drawn(profile: DomainProfile) -> None:
    """A font that cannot be found leaves no text at all."""
    wordless = replace(profile, caption=replace(CAPTION, title="", subtitle="", lines=()))
    assert len(engine.draw(profile, "png")) > len(engine.draw(wordless, "png")) + 2000


def test_an_unknown_output_is_refused(profile: DomainProfile) -> None:
    with pytest.raises(ValueError, match="gif"):
        engine.draw(profile, "gif")


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M0,0L10,0L10,10Z", "M0,0l10,0,0,10z"),
        ("M0,0L0.01,0.02L5,5ZM1,1L2,2Z", "M0,0l5,5zM1,1l1,1z"),
        ("M5,0A5,5,0,1,1,-5.04,0", "M5,0A5,5,0,1,1,-5,0"),
    ],
)
def test_paths_are_shortened(path: str, short: str) -> None:
    assert svg.shortened(path) == short


def test_a_script_never_passes() -> None:
    source = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="x()"><script>x()</script><style>a{}</style>'
        '<foreignObject/><g onclick="x()"><text style="fill:red" x="1">a</text></g></svg>'
    )
    text = svg.written(svg.cleaned(source))
    assert "x()" not in text
    assert "style" not in text
    assert ">a</text>" in text
