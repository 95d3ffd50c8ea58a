"""Workbooks of a few bytes that would take all the memory of a machine, or all its time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from odd17.core.kernel import DataError
from odd17.store.reading.contents import Kind
from odd17.store.reading.sheet import read_sheet
from odd17.store.small_tables import read_small_table

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Book = Callable[..., bytes]


@pytest.fixture
def book() -> Book:
    """A workbook whose sheet holds these rows, with one shared string."""

    def made(rows: str, shared: str = "x", after: str = "") -> bytes:
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/s.xml" ContentType="{_OFFICE}.worksheet+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_OFFICE}.sharedStrings+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
            f'Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="a" Type="{_DOCUMENT}/worksheet" Target="s.xml"/>'
            f'<Relationship Id="b" Type="{_DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>{shared}</t></si></sst>',
            "xl/s.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
        }
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, text in parts.items():
                archive.writestr(part, text)
        return stream.getvalue()

    return made


def cell(place: str, text: str = "x") -> str:
    """A row of one cell."""
    row = "".join(letter for letter in place if letter.isdigit())
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'


@pytest.mark.parametrize("last", ["XFD1048576", "ZZ20000", "A1048576", "ZZZZZZZ2", "XFE2"])
def test_a_cell_far_away_is_refused_before_room_is_made_for_all_between(book: Book, last: str) -> None:
    with pytest.raises(DataError, match="too many to be read"):
        read_small_table(book(cell("A1") + cell(last)), "far.xlsx")


def test_a_wider_reading_too_refuses_what_no_machine_holds(book: Book) -> None:
    with pytest.raises(DataError, match="too many to be read"):
        read_sheet(book(cell("A1") + cell("XFD1048576")), Kind.XLSX, "far.xlsx", None)
    assert read_sheet(book(cell("A1") + cell("ZZ200")), Kind.XLSX, "wide.xlsx", None).frame.height == 200


@pytest.mark.parametrize("written", ["r='XFD1048576'", 'r = "xfd1048576"', 'note="a>b" r="XFD1048576"'])
def test_a_far_place_is_seen_however_it_is_written(book: Book, written: str) -> None:
    far = f"<row><c {written}><v>1</v></c></row>"
    with pytest.raises(DataError, match="too many to be read"):
        read_small_table(book(cell("A1") + far), "far.xlsx")


def test_cells_without_a_place_are_no_way_around(book: Book) -> None:
    with pytest.raises(DataError, match="too many to be read"):
        read_small_table(book(f"<row>{'<c><v>1</v></c>' * 20_000}</row>"), "long.xlsx")


def test_a_long_text_that_many_cells_share_is_refused(book: Book) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 1_001))
    with pytest.raises(DataError, match="too long to be read"):
        read_small_table(book(rows, shared="x" * 300_000), "shared.xlsx")
    header, told = read_small_table(book(rows, shared="x" * 300), "shared.xlsx")
    assert len(header[0]) == 300
    assert len(told) == 999


@pytest.mark.parametrize("piece", ['<c r="A1" t="e">', '<c t="e" '])
def test_what_only_looks_like_cells_is_searched_once(book: Book, piece: str) -> None:
    # searched from each of them to the end, this would go on for days
    whole = book(cell("A1") + cell("A2"), after=f"<!--{piece * 200_000}-->")
    assert read_sheet(whole, Kind.XLSX, "comment.xlsx", None).frame.height == 2


def test_an_encrypted_part_is_told(book: Book) -> None:
    whole = bytearray(book(cell("A1") + cell("A2")))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.rindex(start) + flags] |= 1
    with pytest.raises(DataError, match="not a workbook"):
        read_small_table(bytes(whole), "locked.xlsx")
