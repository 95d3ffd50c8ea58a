"""The catalogues say everything, in both languages, and the compiled ones are what they were compiled from."""

from __future__ import annotations

import importlib.util
import re
import string
from pathlib import Path
from types import ModuleType

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(ROOT.glob("src/odd17/*/locale/*/LC_MESSAGES/*.po"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_a_catalogue() -> None:
    found = {path.relative_to(ROOT / "src/odd17").as_posix() for path in CATALOGUES}
    assert {f"publishing/locale/{language}/LC_MESSAGES/odd17.po" for language in ("fr", "en")} <= found


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_message_is_translated(path: Path) -> None:
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    assert entries
    missing = [
        entry.msgid
        for entry in entries
        if entry.fuzzy or not (all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr)
    ]
    assert missing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_compiled_catalogue_equals_its_source(path: Path) -> None:
    def said(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str], object]:
        return {
            (entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr
            for entry in catalogue
            if not entry.obsolete
        }

    assert said(polib.mofile(str(path.with_suffix(".mo")))) == said(polib.pofile(str(path)))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_catalogue_holds_the_messages_of_the_sources_and_no_other(script: ModuleType, language: str) -> None:
    path = ROOT / f"src/odd17/publishing/locale/{language}/LC_MESSAGES/odd17.po"
    assert {entry.msgid for entry in polib.pofile(str(path))} == set(script.extract())


def test_translations_fill_the_same_fields(script: ModuleType) -> None:
    """But for what goes wrong, where French may leave out what a library says of it in English."""
    sources = (ROOT / "src/odd17").rglob("*.py")
    told = {template for path in sources for _, template in script.told(path.read_text(encoding="utf-8"))}
    for entry in polib.pofile(str(ROOT / "src/odd17/publishing/locale/fr/LC_MESSAGES/odd17.po")):
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert fields(text) <= fields(entry.msgid), entry.msgid
            assert entry.msgid in told or fields(text) == fields(entry.msgid), entry.msgid


def test_french_typography() -> None:
    """A breaking space never stands before a double sign of punctuation."""
    for entry in polib.pofile(str(ROOT / "src/odd17/publishing/locale/fr/LC_MESSAGES/odd17.po")):
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            assert not re.search(r" [:;!?»%]|« |'", text), text


def test_messages_are_read_from_calls(script: ModuleType) -> None:
    source = '_("one", a=1)\n_.plural("{n} two", "{n} twos", n)\nx = {1: msgid("three")}\nprint("four")\n'
    assert sorted(script.messages(source)) == [("one", None), ("three", None), ("{n} two", "{n} twos")]
