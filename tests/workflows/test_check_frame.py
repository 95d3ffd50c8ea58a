"""Frames of one's own: what is wrong is said at once, with near names; and which frame a release takes by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import polars as pl
import pytest
import yaml

from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import DataError, ReasonCode, UsageError
from odd17.store.current_catalogue import read_current_catalogue
from odd17.store.datasets import Contents, keep_snapshot
from odd17.store.frames import frame_file, shipped_frame
from odd17.workflows.build_release import build_release
from odd17.workflows.check_frame import check_frame, frame_schema, known_indicators

CURRENT = shipped_frame("current").read_text(encoding="utf-8")


def _written(folder: Path, text: str) -> Path:
    path = folder / "frame.yml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["current", "report-2019"])
def test_the_shipped_frames_can_be_used(name: str, tmp_path: Path) -> None:
    found = check_frame(shipped_frame(name), tmp_path)
    assert found.frame is not None
    assert found.problems == ()
    assert found.remarks == ()


def test_all_that_is_wrong_is_said_with_near_names(tmp_path: Path) -> None:
    text = CURRENT.replace("id: apl_nurses", "id: apl_nurse").replace("{id: sport, dim", "{id: sports, dim")
    text = text.replace("id: oil_heating, domain: energy_transition", "id: oil_heating, domain: health")
    text = text.replace("id: no_fibre", "id: no_car").replace("id: no_wired_30, domain: digital_access", "id: zzz, domain: health")  # fmt: skip # noqa: E501
    found = check_frame(_written(tmp_path, text), tmp_path)
    assert found.frame is None
    joined = "\n".join(found.problems)
    for part in (
        "no domain is called 'sports'; did you mean sport?",
        "no indicator is called 'apl_nurse'; did you mean apl_nurses",
        "no indicator is called 'zzz'",
        "'oil_heating' is of the domain 'energy_transition', not 'health'",
        "'no_car' cannot be scored",
    ):
        assert part in joined
    assert "zzz'; did" not in joined


def test_a_domain_without_indicator_is_a_remark_and_an_indicator_twice_a_problem(tmp_path: Path) -> None:
    lines = [line for line in CURRENT.splitlines() if "domain: sport," not in line]
    found = check_frame(_written(tmp_path, "\n".join(lines)), tmp_path)
    assert found.frame is not None
    assert found.remarks == ("the domain 'sport' has no indicator: it will have no score",)
    twice = CURRENT + "  - {id: apl_gp, domain: health, weight: 2, weight_status: ours}\n"
    assert check_frame(_written(tmp_path, twice), tmp_path).problems == ("'apl_gp' stands twice in the frame",)


def test_what_does_not_fit_the_schema_is_named_with_its_line(tmp_path: Path) -> None:
    text = CURRENT.replace("id: apl_gp, domain: health, weight: 1", "id: apl_gp, domain: health, weight: 0")
    with pytest.raises(DataError, match=r"frame\.yml, row \d+, column 'indicators/\d+/weight'"):
        check_frame(_written(tmp_path, text), tmp_path)


def test_the_schema_for_editors_takes_the_shipped_frames_and_knows_the_names() -> None:
    schema = frame_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(yaml.safe_load(CURRENT), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(CURRENT.replace("id: apl_gp,", "id: apl_pg,")), schema)
    assert set(schema["$defs"]["indicator"]["properties"]["id"]["enum"]) == set(known_indicators())


def test_a_frame_is_found_by_name_or_file(tmp_path: Path) -> None:
    assert frame_file("current") == shipped_frame("current")
    path = _written(tmp_path, CURRENT)
    assert frame_file(str(path)) == path
    with pytest.raises(UsageError, match=r"'curent'.*Did you mean current"):
        frame_file("curent")


def _bring_in(home: Path, id: str) -> None:
    indicator = read_current_catalogue()[id].indicator
    indicator = replace(indicator, source=replace(indicator.source, retrieved=date(2026, 1, 1)))
    rows = pl.DataFrame(
        {
            "territory": ["DEP-35", "DEP-29", "DEP-22"],
            "level": ["DEP"] * 3,
            "vintage": [2026] * 3,
            "indicator": [id] * 3,
            "period": ["2023"] * 3,
            "value": [1.0, 2.0, 3.0],
            "numerator": [1.0, 2.0, 3.0],
            "denominator": [1.0] * 3,
            "obs_status": ["A"] * 3,
            "conf_status": ["F"] * 3,
            "source": ["made-up"] * 3,
            "note": [None] * 3,
        },
        schema=OBSERVATIONS,
    )
    contents = Contents("made-up", "a.csv", b"a", b"", {}, indicator.source, [indicator])
    keep_snapshot(contents, iter([rows]), home)


def test_a_release_takes_the_frame_of_the_report_until_a_current_figure_is_in(tmp_path: Path) -> None:
    assert build_release(home=tmp_path).frame.id == "report-2019"
    _bring_in(tmp_path, "rent_per_m2")  # shown, in no frame
    assert build_release(home=tmp_path).frame.id == "report-2019"
    _bring_in(tmp_path, "apl_gp")
    release = build_release(home=tmp_path)
    assert release.frame.id == "current"
    entries = {item["indicator"]: item["not_scored"] for item in release.method_log("REG-metropolitan")["indicators"]}
    assert entries["housing_report"] == {"code": ReasonCode.NOT_IN_FRAME.value, "params": {"frame": "current"}}
    of_departements = {item["indicator"]: item["not_scored"] for item in release.method_log("DEP")["indicators"]}
    assert of_departements["apl_gp"] is None
    scored = release.scores(peer_set="DEP", nodes=["health"]).filter(pl.col("score").is_not_null())
    assert dict(scored.select("territory", "score").iter_rows()) == {"DEP-35": 100.0, "DEP-29": 50.0, "DEP-22": 0.0}
    assert build_release(home=tmp_path, frame=shipped_frame("report-2019")).frame.id == "report-2019"
