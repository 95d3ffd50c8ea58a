"""``odd17 questionnaire`` as editors run it, with what can be wrong in a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from odd17.core.diagnosis.self_diagnosis.profile import STRONG
from odd17.core.resources.orientation import audiences
from odd17.store.places import shipped
from odd17.workflows.questionnaires import (
    check_questionnaire_file,
    current_questionnaire,
    current_questionnaires,
    questionnaires,
)

Run = Callable[..., tuple[int, str, str]]
Changed = Callable[[str, str], str]
HELP = {
    "library", "modules", "practices", "innovation_path", "trades", "alliances", "calls", "catalysts",
    "dialogue_catalysts", "experiment_catalysts", "support_catalysts", "place_catalysts",
}  # fmt: skip
"""Places where there is a resource, a practice, a catalyst or an alliance."""

COMMAND = "questionnaire"
FILE = shipped() / "questionnaires" / "organisations-1.yml"


def test_four_questionnaires_ship_one_an_audience_of_twenty_items_and_ten_minutes(run: Run) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert len(out.splitlines()) == 4
    shipped_ones = current_questionnaires()
    assert {one.audience for one in shipped_ones} == {audience.id for audience in audiences()}
    for one in shipped_ones:
        assert (one.minutes, 18 <= len(one.items) <= 22) == (10, True)
        assert all(item.origin.fr and item.origin.en for item in one.items)


def test_a_good_file_can_be_answered(run: Run) -> None:
    code, out, _ = run("check", str(FILE))
    assert (code, out) == (0, "organisations 1: 21 items, 10 dimensions: can be answered.\n")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("above: 35", "above: 80", "hole in the scores"),
        ("above: 0,", "above: 5,", "hole in the scores"),
        ('only_if: {stage: ["process"]}', 'only_if: {stage: ["finished"]}', "no answer leads"),
        ("dimension: vision", "dimension: visions", "no such dimension"),
        ("    scale: progress", "    scale: progres", "no such scale"),
        ("version: 1", "version: one", "version"),
        ("audience: organisations", "audience: nobody", "audience"),
        ("minutes: 10", "minute: 10", "minute"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(run: Run, changed: Changed, old: str, new: str, words: str) -> None:
    code, _, err = run("check", changed(old, new))
    assert code == 1
    assert words in err
    assert "mine.yml" in err


def test_a_dimension_that_no_item_feeds_is_a_hole(run: Run, tmp_path: Path) -> None:
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    document["items"] = [item for item in document["items"] if item["dimension"] != "trust"]
    path = tmp_path / "mine.yml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    code, _, err = run("check", str(path))
    assert (code, "no item gives points to the dimension 'trust'" in err) == (1, True)


def test_a_new_version_is_answered_from_then_on_and_the_older_one_stays(run: Run, changed: Changed) -> None:
    code, out, _ = run("add", changed("version: 1", "version: 2"))
    assert (code, out) == (0, "Version 2 of organisations is answered from now on.\n")
    assert current_questionnaire("organisations").version == 2
    assert ("organisations", 1) in questionnaires()


def test_a_version_that_is_there_is_never_replaced(run: Run, changed: Changed) -> None:
    code, _, err = run("add", changed("minutes: 10", "minutes: 12"))
    assert code == 1
    assert "is there already" in err
    assert "write `version: 2`" in err
    assert current_questionnaire("organisations").minutes == 10


def test_a_retired_version_is_not_answered_anew(run: Run, changed: Changed) -> None:
    assert run("add", changed("version: 1\n", "version: 2\nretired: true\n"))[0] == 0
    assert current_questionnaire("organisations").version == 1
    assert "retired" in run("list")[1]


def test_the_schema_completes_an_editor(run: Run) -> None:
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out)["title"] == "Questionnaire of self-diagnosis"


@pytest.mark.parametrize("old", ["leads_to: [practices, territory, crossing], ", "[practices, territory, crossing]"])
def test_an_advice_that_leads_nowhere_is_refused(run: Run, changed: Changed, old: str) -> None:
    code, _, err = run("check", changed(old, "[nowhere]" if old.startswith("[") else ""))
    assert code == 1
    assert ("nowhere" if old.startswith("[") else "leads_to") in err


def test_each_next_step_of_those_shipped_leads_to_help() -> None:
    for one in current_questionnaires():
        weak = [level.id for level in one.levels if level.above < STRONG]
        assert len(weak) < len(one.levels)
        for dimension in one.dimensions:
            assert dimension.cases
            assert all(HELP & set(dimension.advice[level].leads_to) for level in weak), (one.id, dimension.id)


PARTS = (
    ("vision", "action", "management"),
    ("innovation", "performance", "confiance"),
    ("richesses humaines", "ressources financières", "alliances"),
    ("chemin d’innovation",),
)
TRADES = ("dialogue territorial", "expérimentations collectives", "accompagnement", "animation d’un lieu")


@pytest.mark.parametrize("path", sorted(FILE.parent.glob("*.yml")), ids=lambda path: path.stem)
def test_each_of_those_shipped_asks_about_every_part_of_the_model(path: Path) -> None:
    asked = check_questionnaire_file(path)
    said = " ".join([*(f"{item.origin.fr} {item.wording.fr}" for item in asked.items),
                     *(dimension.origin.fr for dimension in asked.dimensions)]).casefold()  # fmt: skip
    for part in PARTS if asked.audience != "territories" else (*PARTS, TRADES):
        assert all(name in said for name in part), part
    for item in asked.items:
        assert any(word in item.origin.fr for word in ("Levier", "Impact", "Équilibre", "Chemin", "Métier")), item.id
