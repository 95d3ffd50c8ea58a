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
RAISING = ("src/odd17",)
"""Where what goes wrong is told: every room."""

TOLD = ("DataError", "UsageError", "ReleaseError", "Odd17Error", "Offline", "GaveUp", "Passing", "SecondPersonNeeded")
"""What is raised with a message; ``Finding`` has one too."""
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


def told(source: str) -> Iterator[tuple[int, str | None]]:
    """The messages of what a Python source raises or finds, as (line, template); None where there is no telling.

    A template is a literal: the first argument of an error or a Message, or its remedy. What stands there under a name
    must be made in the same source, by Message. A method named ``wrong`` makes an error of its first argument and of
    its ``remedy``.
    """
    tree = ast.parse(source)
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr.lstrip("_") == "wrong":
            for value in (*node.args[:1], *(item.value for item in node.keywords if item.arg == "remedy")):
                yield from ((value.lineno, text) for text in _templates(value, {}))
        if not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "Message":
            kept = isinstance(node.args[0], ast.Name) and node.args[0].id not in ("message", "remedy")
            yield from ((node.lineno, text) for text in ([None] if kept else _templates(node.args[0], {})))
        elif node.func.id in (*TOLD, "Finding"):
            first = node.args[:1] if node.func.id != "Offline" else []
            words = [item.value for item in node.keywords if item.arg in ("message", "remedy")]
            for value in (*first, *words):
                yield from ((value.lineno, text) for text in _templates(value, named))


def _templates(value: ast.expr, named: dict[str, ast.expr]) -> Iterator[str | None]:
    """The literals that ``value`` may be; None for anything built out of others, such as an f-string."""
    match value:
        case ast.Constant(value=str() as text):
            if text:
                yield text
        case ast.IfExp():
            yield from _templates(value.body, named)
            yield from _templates(value.orelse, named)
        case ast.Name(id=name) if isinstance(named.get(name), ast.Constant):
            yield None  # a plain text that no Message marks
        case ast.JoinedStr() | ast.BinOp() | ast.BoolOp():
            yield None
        case _:
            pass  # a Message, seen by itself; or what another function tells


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
    for folder in RAISING:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT / "src/odd17").as_posix()
            for _line, template in told(path.read_text(encoding="utf-8")):
                if template:
                    places = found.setdefault(template, (None, []))[1]
                    if place not in places:
                        places.append(place)
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
