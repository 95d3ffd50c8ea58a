"""No word of the site is left untranslated, and nothing translated is out of use."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.template import engines
from django.template.base import FilterExpression, Node, Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

WEB = Path(__file__).resolve().parents[2] / "src" / "odd17" / "web"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
NO_WORDS = re.compile(r"^(?:[\W\d_]|odd|CSV|XLSX|PDF|Word|SVG|PNG|Parquet|SIREN|GET|Français|English|COG|AGPL)*$")

Message = tuple[str, str | None]


def code_messages() -> Iterator[Message]:
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                (first, *_) = node.args
                if isinstance(first, ast.Constant):
                    yield first.value, None


def templates() -> list[Path]:
    return sorted((*WEB.rglob("templates/**/*.html"), *WEB.rglob("templates/**/*.txt")))


def nodes_of(path: Path) -> Iterator[Node]:
    name = path.as_posix().split("/templates/")[1]
    yield from engines["django"].get_template(name).template.nodelist.get_nodes_by_type(Node)


def template_messages() -> Iterator[Message]:
    for path in templates():
        for node in nodes_of(path):
            if isinstance(node, TranslateNode):
                variable = node.filter_expression.var
                if isinstance(variable, str):
                    yield variable, None
                elif variable.literal is not None:
                    yield str(variable.literal), None
            elif isinstance(node, BlockTranslateNode):
                singular = node.render_token_list(node.singular)[0]
                plural = node.render_token_list(node.plural)[0] if node.plural else None
                yield singular, plural
            for value in vars(node).values():
                said = value.var if isinstance(value, FilterExpression) else None
                if isinstance(said, Variable) and said.translate:
                    yield str(said.literal), None


def used() -> dict[str, str | None]:
    return {message: plural for message, plural in (*code_messages(), *template_messages()) if message}


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(WEB / "locale" / language / "LC_MESSAGES" / "django.po"))


def test_messages_are_found() -> None:
    assert len(used()) > 250
    assert "Skip to the content" in used()
    assert "You are reading the figures of release <strong>%(release)s</strong>. Newer figures exist." in used()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_message_is_translated_and_in_use(language: str) -> None:
    known = {entry.msgid: entry for entry in catalogue(language)}
    assert set(used()) - set(known) == set(), "not in the catalogue"
    assert set(known) - set(used()) == set(), "in the catalogue, no longer in use"
    for entry in known.values():
        assert not entry.fuzzy, entry.msgid
        assert all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr, entry.msgid


@pytest.mark.parametrize("language", ["fr", "en"])
def test_translations_keep_every_field(language: str) -> None:
    for entry in catalogue(language):
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            fields = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>|%%")
            assert sorted(fields.findall(text)) == sorted(fields.findall(entry.msgid_plural or entry.msgid)), text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_compiled_catalogues_are_those_of_the_sources(language: str) -> None:
    with (WEB / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for entry in catalogue(language):
        if entry.msgid_plural:
            assert compiled.ngettext(entry.msgid, entry.msgid_plural, 1) == entry.msgstr_plural[0]
            assert compiled.ngettext(entry.msgid, entry.msgid_plural, 5) == entry.msgstr_plural[1]
        else:
            assert compiled.gettext(entry.msgid) == entry.msgstr


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_no_template_holds_a_word_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
    shown = re.findall(r'(?:aria-label|title|placeholder|alt|content)="([^"]*)"', text)
    without_tags = re.sub(r"<code>.*?</code>|<!doctype html>|<[^>]*>", "\n", text, flags=re.S)
    for line in (*without_tags.splitlines(), *shown):
        said = line.strip()
        if said in {"width=device-width, initial-scale=1", "light dark", "noindex"}:
            continue
        assert NO_WORDS.match(said), said
