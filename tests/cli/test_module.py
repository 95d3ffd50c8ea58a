"""``odd17 module`` as editors run it, with what can be wrong in a file."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from odd17.store.places import shipped
from odd17.workflows.modules import current_module, current_modules, modules

Run = Callable[..., tuple[int, str, str]]
Changed = Callable[[str, str], str]
COMMAND = "module"
FILE = shipped() / "modules" / "read-fragility-1.yml"


def test_the_modules_that_ship_are_listed_and_explain_every_answer(run: Run) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert len(out.splitlines()) == len(modules()) >= 2
    for module in current_modules():
        assert all(step.passages for step in module.steps)
        assert all(choice.why.fr and choice.why.en for one in module.questions for choice in one.choices)
        assert module.source.fr


def test_a_good_file_can_be_followed(run: Run) -> None:
    code, out, _ = run("check", str(FILE))
    assert (code, out) == (0, "read-fragility 1: 6 steps, 6 questions: can be followed.\n")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{id: lowest, right: true,", "{id: lowest,", "no answer to this question is right"),
        ("{id: none, label", "{id: none, right: true, label", "several answers"),
        ("  - id: score\n", "  - id: score\n    after: [quote]\n", "nobody ever comes to this step"),
        ("enough: 5", "enough: 7", "nobody can pass"),
        ("version: 1", "version: one", "version"),
        ("path: /regards/", "path: //elsewhere.example/", "pages"),
        ("path: /regards/", "path: https://elsewhere.example/", "pages"),
        ("path: /regards/", "path: /en/regards/", "pages"),
        ("  - id: with_whom", "  - id: gap", "share this identifier"),
        ("minutes: 20", "minute: 20", "minute"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(run: Run, changed: Changed, old: str, new: str, words: str) -> None:
    code, _, err = run("check", changed(old, new))
    assert code == 1
    assert words in err
    assert "mine.yml" in err


def test_a_new_version_is_begun_from_then_on_and_the_older_one_stays(run: Run, changed: Changed) -> None:
    code, out, _ = run("add", changed("version: 1", "version: 2"))
    assert (code, out) == (0, "Version 2 of read-fragility is begun from now on.\n")
    assert current_module("read-fragility").version == 2
    assert ("read-fragility", 1) in modules()


def test_a_version_that_is_there_is_never_replaced(run: Run, changed: Changed) -> None:
    code, _, err = run("add", changed("minutes: 20", "minutes: 12"))
    assert code == 1
    assert "is there already" in err
    assert "write `version: 2`" in err
    assert current_module("read-fragility").minutes == 20


def test_a_retired_version_is_not_begun_anew(run: Run, changed: Changed) -> None:
    assert run("add", changed("version: 1\n", "version: 2\nretired: true\n"))[0] == 0
    assert current_module("read-fragility").version == 1
    assert "retired" in run("list")[1]


def test_the_schema_completes_an_editor(run: Run) -> None:
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out)["title"] == "Learning module"
