"""What went wrong is said in the reader's language, whatever it is: every template has its French."""

from __future__ import annotations

import importlib.util
import json
import pickle
from pathlib import Path
from types import ModuleType

import polib
import pytest

from odd17.core.indicators.intake.finding import Finding, raise_errors
from odd17.core.kernel import (
    AmbiguousTerritory,
    DataError,
    Message,
    Odd17Error,
    Text,
    UnknownRelease,
    UnknownTerritory,
    message_from_plain,
    message_to_plain,
    why,
)
from odd17.publishing.said import said

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src/odd17").rglob("*.py"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def french() -> dict[str, str]:
    path = ROOT / "src/odd17/publishing/locale/fr/LC_MESSAGES/odd17.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if not entry.obsolete}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src/odd17").as_posix())
def test_whatever_is_raised_is_a_template_with_its_french(
    path: Path, script: ModuleType, french: dict[str, str]
) -> None:
    told = list(script.told(path.read_text(encoding="utf-8")))
    assert [line for line, template in told if template is None] == [], "not a literal: write Message(template, facts)"
    assert [template for _, template in told if not french.get(template)] == [], "not in the French catalogue"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('raise DataError("empty", remedy="fill it")', ["empty", "fill it"]),
        ('raise UsageError(Message("{name} is wrong", name=name))', ["{name} is wrong"]),
        ('raise UsageError(f"{name} is wrong")', [None]),
        ('raise DataError("a" + name)', [None]),
        ('yield Finding("a" if b else f"c{d}", remedy="e")', ["a", None, "e"]),
        ("raise UsageError(Message(words))", [None]),
        ('words = "do it"\nraise DataError("a", remedy=words)', ["a", None]),
        ('raise self.wrong("a", "column", value=1, remedy="b")', ["a", "b"]),
        ('raise people.wrong(f"{a}", column, value, remedy=Message("b"))', ["b", None]),
        ('words = Message("do it")\nraise DataError("a", remedy=words)', ["do it", "a"]),
    ],
)
def test_templates_are_read_from_sources(script: ModuleType, source: str, found: list[str | None]) -> None:
    assert sorted(map(str, (text for _, text in script.told(source)))) == sorted(map(str, found))


ERRORS = [
    (
        DataError("not a number", file="a.csv", row=3, column="taux", value="x", remedy="correct the cell"),
        "a.csv, ligne 3, colonne « taux » : ce n’est pas un nombre (valeur « x »). À faire : corrigez la cellule.",
    ),
    (DataError("the file is empty"), "le fichier est vide"),
    (UnknownTerritory("zzz"), "Aucun territoire ne s’appelle « zzz »."),
    (
        UnknownTerritory("Renes", ["Rennes (COM-35238)"]),
        "Aucun territoire ne s’appelle « Renes ». Vouliez-vous dire Rennes (COM-35238) ?",
    ),
    (
        AmbiguousTerritory("53", ["REG-53", "DEP-53"]),
        "« 53 » peut désigner plusieurs territoires : choisissez parmi REG-53, DEP-53.",
    ),
    (UnknownRelease("a", ()), "Aucune publication ne s’appelle « a ». Publications présentes : aucun."),
    (
        Finding("the file is empty", count=3).error("a.csv"),
        "a.csv : le fichier est vide (et 2 autres lignes)",
    ),
]


@pytest.mark.parametrize(("error", "french_words"), ERRORS, ids=lambda item: type(item).__name__)
def test_an_error_is_said_in_french_and_speaks_for_itself_in_english(error: Odd17Error, french_words: str) -> None:
    assert said(error, "fr").replace("\u00a0", " ").replace("\u202f", " ") == french_words
    assert said(error, "en-gb") == str(error)
    assert said(error, "de") == said(error, "fr")


def test_the_list_of_what_was_found_is_said_line_by_line() -> None:
    with pytest.raises(DataError) as caught:
        raise_errors([Finding("not a number", row=2), Finding("the file is empty")], "a.csv")
    assert str(caught.value) == ("a.csv: 2 problems, nothing was imported:\n  row 2: not a number\n  the file is empty")
    assert said(caught.value, "fr").replace("\u00a0", " ").splitlines() == [
        "a.csv : 2 problèmes, rien n’a été importé :",
        "  ligne 2 : ce n’est pas un nombre",
        "  le fichier est vide",
    ]


def test_facts_are_said_as_french_writes_them() -> None:
    message = Message("the file has {rows:,} rows, more than are accepted", rows=1_234_567)
    assert said(message, "fr").startswith("le fichier a 1\u202f234\u202f567 lignes")
    assert said(Message("below {least}", least=-1.5), "fr") == "est inférieur à \u22121,5"
    assert said(Message("no respondent has an answer"), "fr") == "aucun répondant n’a de réponse"
    levels = [Message("{code} ({label})", code="REG", label=Text("région", "region"))]
    message = Message("the levels are {levels}", levels=levels)
    assert message == "the levels are REG (region)"
    assert said(message, "fr") == "les niveaux sont REG (région)"


def test_a_fact_that_looks_like_a_message_is_left_alone() -> None:
    assert said(DataError("the file is empty", column="the file is empty"), "fr").count("the file is empty") == 1


def test_a_long_name_is_cut() -> None:
    assert len(said(UnknownTerritory("x" * 10_000), "fr")) < 200


def test_what_the_system_says() -> None:
    assert said(why(PermissionError(13, "Permission denied")), "fr") == "accès refusé"
    assert said(why(OSError(999, "Odd")), "fr") == "erreur 999 du système"


@pytest.mark.parametrize("error", [error for error, _ in ERRORS], ids=lambda item: type(item).__name__)
def test_a_message_survives_a_document_and_another_process(error: Odd17Error) -> None:
    kept = message_from_plain(json.loads(json.dumps(message_to_plain(error.said))))
    assert kept == str(error)
    assert said(kept, "fr") == said(error, "fr")
    sent = pickle.loads(pickle.dumps(error.said))  # noqa: S301 (made here)
    assert said(sent, "fr") == said(error, "fr")
