"""A document to print or to edit: a title and blocks, set as PDF by ``document.typ`` or written as Word.

What goes in is plain text: nothing in it is ever read as markup, in either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .language import Translator, translator


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``quiet`` for a remark or a source."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list; ``numbered`` where the order says something."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a caption, heads, rows of as many cells.

    ``parts`` share the width of the page among the columns, one part each; without them a column is as wide as its
    words. Cells left empty to write in by hand need them.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A drawing (SVG) with what it shows in words. Word gets the words alone: its table stands beside.

    ``width`` is in per cent of that of the text.
    """

    svg: str
    alt: str
    width: int = 100


@dataclass(frozen=True, slots=True)
class Space:
    """Lines to write on by hand, after a label."""

    label: str
    lines: int = 3


Block = Heading | Paragraph | Points | Grid | Image | Space


@dataclass(frozen=True, slots=True)
class Document:
    """A document in ``language`` (fr or en). ``kicker`` says what kind it is, ``foot`` where it comes from.

    ``facts`` are pairs shown under the title (a date, a place); ``mark`` is printed across every page (made-up data).
    """

    title: str
    kicker: str
    language: str
    blocks: tuple[Block, ...]
    foot: str
    facts: tuple[tuple[str, str], ...] = ()
    mark: str | None = None


def document_content(document: Document) -> dict[str, Any]:
    """``document`` as the JSON values that ``document.typ`` sets."""
    _ = translator(document.language)
    return {
        "template": "document",
        "lang": _.language,
        "region": "FR" if _.language == "fr" else "GB",
        "title": document.title,
        "kicker": document.kicker,
        "foot": document.foot,
        "watermark": document.mark,
        "facts": [{"label": label, "value": value} for label, value in document.facts],
        "blocks": [_block(block) for block in document.blocks],
        "words": {"page": _page_words(_)},
    }


def check_grids(blocks: Sequence[Block]) -> None:
    """ValueError where a row of a table, or its parts, are not as many as its heads: it would be set askew."""
    for block in blocks:
        if not isinstance(block, Grid):
            continue
        columns = len(block.heads)
        if any(len(row) != columns for row in block.rows) or len(block.parts) not in (0, columns):
            raise ValueError(f"a row of {block.caption!r} has not {columns} cells")


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text, quiet):
            return {"kind": "paragraph", "text": text, "quiet": quiet}
        case Points(items, numbered):
            return {"kind": "points", "items": list(items), "numbered": numbered}
        case Grid(caption, heads, rows, parts):
            check_grids([block])
            cells = [list(row) for row in rows]
            return {"kind": "grid", "caption": caption, "heads": list(heads), "rows": cells, "parts": list(parts)}
        case Image(svg, alt, width):
            return {"kind": "image", "svg": svg, "alt": alt, "width": width}
        case Space(label, lines):
            return {"kind": "space", "label": label, "lines": lines}


def _page_words(_: Translator) -> str:
    return _("page")
