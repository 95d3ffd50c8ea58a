"""Documents as PDF and as Word: what goes in comes out, as text and never as markup."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from pypdf import PdfReader

from odd17.publishing.document import Document, Grid, Heading, Image, Paragraph, Points, Space
from odd17.workflows.documents import DocumentFormat, make_document

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'
NASTY = '#panic("read") $x$ *bold* <script>alert(1)</script> &amp; =SUM(A1)'
DOCUMENT = Document(
    "Préparer une première rencontre",
    "odd17 · dialogue",
    "fr",
    (
        Heading("Qui est concerné"),
        Paragraph(NASTY),
        Points(("une association", "une entreprise")),
        Points(("d’abord", "ensuite"), numbered=True),
        Grid("Chiffres", ("Indicateur", "Valeur"), (("Chômage", "7,5 %"), (NASTY, "secret"))),
        Image(SVG, "un carré"),
        Heading("Décisions", 2),
        Space("À remplir ensemble", 2),
        Paragraph("Source : Insee", quiet=True),
    ),
    "odd17, publication de test",
    (("Territoire", "Bretagne"),),
    "données fictives",
)
WHEN = datetime(2026, 11, 25, tzinfo=UTC)


def test_a_pdf_has_every_word_and_is_tagged() -> None:
    made = make_document(DOCUMENT, DocumentFormat.PDF, WHEN)
    reader = PdfReader(io.BytesIO(made))
    text = " ".join(page.extract_text() for page in reader.pages)
    words = " ".join(text.split())
    for word in ("Préparer une première rencontre", "Qui est concerné", "#panic", "<script>", "Chômage", "Bretagne"):
        assert word in words
    assert "/StructTreeRoot" in reader.root_object
    assert str(reader.root_object["/Lang"]).startswith("fr")


def test_a_word_file_has_every_word_and_its_tables_have_heads() -> None:
    file = docx.Document(io.BytesIO(make_document(DOCUMENT, DocumentFormat.WORD, WHEN)))
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    for word in ("Préparer une première rencontre", NASTY, "une association", "un carré", "À remplir ensemble"):
        assert word in text
    (table,) = file.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Indicateur", "Valeur"], ["Chômage", "7,5 %"], [NASTY, "secret"],
    ]  # fmt: skip
    assert file.sections[0].header.paragraphs[0].text == "données fictives"
    assert file.core_properties.language == "fr"


@pytest.mark.parametrize("format", DocumentFormat)
def test_the_same_document_gives_the_same_bytes(format: DocumentFormat) -> None:
    assert make_document(DOCUMENT, format, WHEN) == make_document(DOCUMENT, format, WHEN)


def test_a_word_file_states_its_own_date_alone() -> None:
    made = make_document(DOCUMENT, DocumentFormat.WORD, WHEN)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
    created = docx.Document(io.BytesIO(made)).core_properties.created
    assert created is not None
    assert created.replace(tzinfo=UTC) == WHEN


def test_a_table_askew_is_refused() -> None:
    askew = Document("t", "k", "en", (Grid("c", ("a", "b"), (("1",),)),), "f")
    with pytest.raises(ValueError, match="2 cells"):
        make_document(askew, DocumentFormat.PDF)


def test_an_empty_document_is_set_in_english_too() -> None:
    made = make_document(Document("Nothing", "odd17", "en", (), "foot"), DocumentFormat.PDF)
    assert "Nothing" in PdfReader(io.BytesIO(made)).pages[0].extract_text()
