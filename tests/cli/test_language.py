"""Help and what goes wrong are in French, unless the environment asks for English."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer import rich_utils

from odd17.cli import app, main
from odd17.cli.language import command_language, help_texts
from odd17.cli.misuse import misuse
from odd17.publishing.language import translator


@pytest.fixture(autouse=True)
def _words_of_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typer keeps its headings in its module: they are put back."""
    for name in ("OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE", "ARGUMENTS_PANEL_TITLE", "ERRORS_PANEL_TITLE"):
        monkeypatch.setattr(rich_utils, name, getattr(rich_utils, name))
    monkeypatch.setattr(rich_utils, "rich_format_error", rich_utils.rich_format_error)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LC_ALL": "en_US.UTF-8", "ODD17_LANG": "fr"}, "fr"),
        ({"ODD17_LANG": "", "LANG": "en"}, "en"),
    ],
)
def test_the_language_is_french_unless_english_is_asked_for(environment: dict[str, str], language: str) -> None:
    assert command_language(environment) == language


def test_every_text_of_the_help_is_translated() -> None:
    _ = translator("fr")
    assert len(help_texts(app)) > 50
    assert [text for text in help_texts(app) if _(text) == text] == []


def run(monkeypatch: pytest.MonkeyPatch, language: str, *arguments: str) -> int:
    monkeypatch.setenv("ODD17_LANG", language)
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setattr(sys, "argv", ["odd17", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def test_help_is_in_the_language_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "fr", "release", "--help") == 0
    french = capsys.readouterr().out
    assert "Construire, lister, vérifier et changer de publication." in french
    assert "Commandes" in french
    assert "Montrer ce message et sortir." in french
    assert run(monkeypatch, "en", "release", "--help") == 0
    english = capsys.readouterr().out
    assert "Build, list, verify and switch releases." in english
    assert "Commands" in english


def test_what_goes_wrong_is_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    assert run(monkeypatch, "fr", "diagnose", "Rennes") == 1
    assert "Aucune publication n’a encore été construite" in capsys.readouterr().err
    assert run(monkeypatch, "en", "diagnose", "Rennes") == 1
    assert "No release was built yet. Run: odd17 release build" in capsys.readouterr().err
    assert run(monkeypatch, "fr", "territory", "show", "53") == 2
    assert "choisissez parmi REG-53, DEP-53" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "french"),
    [
        (("data", "pull", "--foo"), "L’option --foo n’existe pas."),
        (("data", "pull", "--lev", "REG"), "L’option --lev n’existe pas. Vouliez-vous dire --level\u202f?"),
        (("data", "pul"), "La commande pul n’existe pas. Vouliez-vous dire pull\u202f?"),
        (("zzz",), "La commande zzz n’existe pas."),
        (("territory", "define"), "Il manque l’argument name."),
        (("release", "list", "one", "two"), "Il y a plus que la commande n’en attend\u202f: one two"),
        (("data", "pull", "--since"), "L’option --since demande une valeur."),
        (
            ("data", "pull", "--level", "X"),
            "La valeur de --level ne convient pas\u202f: ce n’est aucun des choix",
        ),
        (("serve", "--port", "abc"), "La valeur de --port ne convient pas\u202f: un nombre entier est attendu."),
    ],
)
def test_a_command_line_that_cannot_be_followed_is_told_in_french(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], french: str
) -> None:
    assert run(monkeypatch, "fr", *arguments) == 2
    said = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert french.replace("\u202f", " ") in said.replace("\u202f", " ")
    assert not any(word in said for word in ("No such", "Missing", "Invalid", "Got ", "requires", "Input"))


@pytest.mark.parametrize(
    ("typer", "french"),
    [
        ("Missing option '--kind'. Choose from:\n\ta,\n\tb", "Il manque l’option --kind."),
        ("Option '--yes' does not take a value.", "L’option --yes ne prend pas de valeur."),
        (
            "Invalid value for '--port': Input should be less than or equal to 65535",
            "La valeur de --port ne convient pas\u202f: elle doit être au plus de 65535.",
        ),
        (
            "Invalid value for 'file': File 'a/b.csv' does not exist.",
            "La valeur de file ne convient pas\u202f: a/b.csv n’existe pas.",
        ),
        (
            "Invalid value for 'file': File 'a' is a directory.",
            "La valeur de file ne convient pas\u202f: a est un dossier, et un fichier est attendu.",
        ),
        ("Something that Typer never said", "Something that Typer never said"),
    ],
)
def test_the_forms_of_typer_are_said_again_with_their_facts(typer: str, french: str) -> None:
    assert misuse(typer, "fr") == french
