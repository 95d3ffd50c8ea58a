"""What changed between two releases: inputs, figures and by how much, ranks."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from odd17.store.places import shipped
from odd17.store.releases import Release
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.import_dataset import import_dataset
from odd17.workflows.release_changes import FigureChange, InputChange, RankChange, compare_releases

DATASET = {
    "id": "rates",
    "title": "Rates",
    "source": {"producer": "Nobody", "citation": "Nobody, made up", "licence": "CC0-1.0", "published": "2026-04-01"},
    "territories": {"column": "code", "level": "DEP", "vintage": 2026},
    "period": "2022",
    "missing": {"nd": "O"},
    "columns": {"value": "some_rate"},
    "indicators": {
        "some_rate": {
            "name": {"fr": "Un taux", "en": "A rate"},
            "definition": {"fr": "Inventé.", "en": "Made up."},
            "unit": "per_1000",
            "direction": "fragility_up",
            "domain": "health",
        }
    },
}


def _release(home: Path, values: dict[str, str], frame: Path | None = None) -> Release:
    file, dataset = home.with_suffix(".csv"), home.with_suffix(".yml")
    file.write_text("code,value\n" + "".join(f"{code},{value}\n" for code, value in values.items()), encoding="utf-8")
    dataset.write_text(yaml.safe_dump(DATASET, allow_unicode=True), encoding="utf-8")
    import_dataset(file, dataset, home=home, cog=load_shipped_cog())
    return build_release(home=home, frame=frame)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, Release]:
    """The second has 22 more, 29 less, 35 and 56 changed, and 44 the same; 01 never had a value."""
    home = tmp_path_factory.mktemp("pair") / "home"
    before = _release(home, {"01": "nd", "29": "1", "35": "2", "44": "3", "56": "4"})
    return before, _release(home, {"01": "nd", "22": "9", "35": "2.5", "44": "3", "56": "1"})


def test_nothing_changes_from_a_release_to_itself(pair: tuple[Release, Release]) -> None:
    same = compare_releases(pair[0], pair[0])
    assert (same.inputs, same.figures, same.ranks) == ((), (), ())
    assert not same.is_frame_changed
    assert not same.is_code_changed


def test_an_input_that_came_is_named(pair: tuple[Release, Release], shipped_release: Release) -> None:
    assert compare_releases(shipped_release, pair[0]).inputs == (InputChange("rates", "Rates", "added"),)
    assert compare_releases(pair[0], shipped_release).inputs == (InputChange("rates", "Rates", "removed"),)
    assert compare_releases(*pair).inputs == (InputChange("rates", "Rates", "changed"),)


def test_figures_are_counted_and_the_largest_changes_come_first(pair: tuple[Release, Release]) -> None:
    (changes,) = compare_releases(*pair).figures
    assert changes.indicator == "some_rate"
    assert (changes.added, changes.removed, changes.changed) == (1, 1, 2)
    assert changes.largest == (FigureChange("DEP-56", "2022", 4.0, 1.0), FigureChange("DEP-35", "2022", 2.0, 2.5))
    (first,) = compare_releases(*pair, largest=1).figures
    assert first.largest == changes.largest[:1]


def test_going_back_is_the_mirror(pair: tuple[Release, Release]) -> None:
    (forth,), (back,) = compare_releases(*pair).figures, compare_releases(*reversed(pair)).figures
    assert (back.added, back.removed, back.changed) == (forth.removed, forth.added, forth.changed)
    assert [(item.after, item.before) for item in back.largest] == [(item.before, item.after) for item in forth.largest]


def test_ranks_that_moved_are_told_by_peer_set_and_node(pair: tuple[Release, Release]) -> None:
    (health,) = compare_releases(*pair).ranks
    assert (health.peer_set, health.node) == ("DEP", "health")
    # before: 56, 44, 35, 29; after: 22, 44, 35, 56
    assert (health.added, health.removed, health.changed) == (1, 1, 1)
    assert health.largest == (RankChange("DEP-56", 1, 4),)


def test_another_frame_is_told(tmp_path: Path, pair: tuple[Release, Release]) -> None:
    text = (shipped() / "frames" / "report-2019.yml").read_text(encoding="utf-8")
    (tmp_path / "frame.yml").write_text(text.replace("min_available: 0.8", "min_available: 0.5"), encoding="utf-8")
    after = build_release(home=pair[0].path.parent.parent, frame=tmp_path / "frame.yml")
    changes = compare_releases(pair[1], after)
    assert changes.is_frame_changed
    assert changes.figures == ()
    assert {(item.peer_set, item.node) for item in changes.ranks} >= {("REG-metropolitan", "economic")}
