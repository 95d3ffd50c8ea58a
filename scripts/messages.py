"""Keeps the interface's words: ``extract`` brings catalogues up to date with the sources, ``compile`` writes the .mo.

Run from the repository's root::

    python scripts/messages.py extract    # odd17: reads the Python sources; new messages are left to translate
    python scripts/messages.py compile    # both domains, odd17 and django

The ``django`` domain's templates are extracted by ``django-admin makemessages`` in ``src/odd17/web``.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from odd17.cli import app
from odd17.cli.language import help_texts

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("src/odd17/publishing", "src/odd17/workflows", "src/odd17/cli")
CATALOGUES = {"odd17": ROOT / "src/odd17/publishing/locale", "django": ROOT / "src/odd17/web/locale"}
LANGUAGES = ("fr", "en")


def messages(source: str) -> Iterator[tuple[str, str | None]]:
    """The messages of a Python source as (singular, plural or None): calls to ``_``, ``_.plural`` and ``msgid``."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        match node.func:
            case ast.Name(id="_" | "msgid") | ast.Call(func=ast.Name(id="translator" | "words")) if texts:
                yield texts[0], None
            case ast.Attribute(value=ast.Name(id="_"), attr="plural") if len(texts) >= 2:
                yield texts[0], texts[1]


def extract() -> dict[str, tuple[str | None, list[str]]]:
    """Every message of the ``odd17`` domain: its plural, and the files that use it."""
    found: dict[str, tuple[str | None, list[str]]] = {}
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for singular, plural in messages(path.read_text(encoding="utf-8")):
                known, places = found.setdefault(singular, (plural, []))
                place = path.relative_to(ROOT / "src/odd17").as_posix()
                if place not in places:
                    places.append(place)
                found[singular] = (known or plural, places)
    for text in help_texts(app):
        found.setdefault(text, (None, ["cli"]))
    return found


def update(language: str) -> None:
    """Bring the ``odd17`` catalogue of ``language`` up to date; in English each message translates itself."""
    path = CATALOGUES["odd17"] / language / "LC_MESSAGES" / "odd17.po"
    old = {entry.msgid: entry for entry in polib.pofile(str(path))} if path.is_file() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "odd17",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals=2; plural=({'n > 1' if language == 'fr' else 'n != 1'});",
    }
    for singular, (plural, places) in sorted(extract().items()):
        entry = polib.POEntry(msgid=singular, msgid_plural=plural or "", occurrences=[(place, "") for place in places])
        known = old.get(singular)
        if plural:
            same = {0: singular, 1: plural} if language == "en" else {0: "", 1: ""}
            entry.msgstr_plural = known.msgstr_plural if known and known.msgstr_plural else same
        else:
            entry.msgstr = known.msgstr if known and known.msgstr else singular if language == "en" else ""
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def compile_all() -> None:
    """Write the .mo beside each .po of both domains."""
    for domain, folder in CATALOGUES.items():
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po")):
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["extract"]:
            for language in LANGUAGES:
                update(language)
        case ["compile"]:
            compile_all()
        case _:
            sys.exit(__doc__)
