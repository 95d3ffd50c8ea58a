"""Documents as Word files (DOCX), to go on writing in. Only the drawing process imports this module, by name."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any, Final

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

_MUTED = RGBColor(0x56, 0x60, 0x70)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_A4: Final = (Mm(210), Mm(297))
_MARGIN: Final = Mm(23)
_TEXT_WIDTH: Final = _A4[0] - 2 * _MARGIN


def write_word(content: str, timestamp: int) -> bytes:
    """The DOCX of ``document_content`` in JSON; the same content gives the same bytes."""
    told: dict[str, Any] = json.loads(content)
    file = docx.Document()
    when = datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None)
    properties = file.core_properties
    properties.title, properties.author, properties.comments = told["title"], "odd17", told["kicker"]
    properties.created = properties.modified = when
    properties.last_modified_by, properties.language = "odd17", told["lang"]
    file.styles["Normal"].font.size = Pt(10.5)
    page = file.sections[0]
    page.page_width, page.page_height = _A4
    page.left_margin = page.right_margin = _MARGIN
    _speak(file, told["lang"])
    if told["watermark"]:
        file.sections[0].header.paragraphs[0].text = told["watermark"]
    file.sections[0].footer.paragraphs[0].text = told["foot"]
    _quiet(file, told["kicker"])
    file.add_heading(told["title"], level=0)
    for fact in told["facts"]:
        line = file.add_paragraph()
        line.add_run(f"{fact['label']} ").font.color.rgb = _MUTED
        line.add_run(fact["value"]).bold = True
    for block in told["blocks"]:
        _add(file, block)
    return _settled(file)


def _add(file: WordFile, block: dict[str, Any]) -> None:
    kind = block["kind"]
    if kind == "heading":
        file.add_heading(block["text"], level=block["level"])
    elif kind == "paragraph":
        _quiet(file, block["text"]) if block["quiet"] else file.add_paragraph(block["text"])
    elif kind == "points":
        for item in block["items"]:
            file.add_paragraph(item, style="List Number" if block["numbered"] else "List Bullet")
    elif kind == "grid":
        _quiet(file, block["caption"])
        table = file.add_table(rows=1, cols=len(block["heads"]), style="Table Grid")
        for cell, name in zip(table.rows[0].cells, block["heads"], strict=True):
            cell.paragraphs[0].add_run(name).bold = True
        header = table.rows[0]._tr.get_or_add_trPr()  # python-docx has no word for a row of heads
        header.append(header.makeelement(qn("w:tblHeader"), {}))
        for row in block["rows"]:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = value
        for column, part in zip(table.columns, block["parts"], strict=False):
            for cell in column.cells:
                cell.width = _TEXT_WIDTH * part // sum(block["parts"])
    elif kind == "image":
        _quiet(file, block["alt"])
    elif kind == "space":
        _quiet(file, block["label"])
        for _ in range(block["lines"]):
            file.add_paragraph("…")


def _quiet(file: WordFile, text: str) -> None:
    run = file.add_paragraph().add_run(text)
    run.font.color.rgb, run.font.size = _MUTED, Pt(9)


def _speak(file: WordFile, language: str) -> None:
    """Say in which language the text is: a screen reader reads it aloud in that one."""
    run = file.styles["Normal"].element.get_or_add_rPr()
    spoken = run.makeelement(qn("w:lang"), {qn("w:val"): "fr-FR" if language == "fr" else "en-GB"})
    run.append(spoken)


def _settled(file: WordFile) -> bytes:
    """The file with one date on all its parts: the same words give the same bytes."""
    made = io.BytesIO()
    file.save(made)
    settled = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            after.writestr(zipfile.ZipInfo(part.filename, _EPOCH), before.read(part), zipfile.ZIP_DEFLATED)
    return settled.getvalue()
