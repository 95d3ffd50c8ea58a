"""Documents to print (PDF) or to go on writing (Word)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum

from odd17.publishing.document import Document, document_content
from odd17.publishing.writable import writable_content

from .drawing_process import drawing_process


class DocumentFormat(StrEnum):
    """What a document becomes; the value is the ending of its file's name."""

    PDF = "pdf"
    WORD = "docx"

    @property
    def media_type(self) -> str:
        """Its type on the web."""
        return {
            "pdf": "application/pdf",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }[self.value]


def make_document(document: Document, format: DocumentFormat, when: datetime | None = None) -> bytes:
    """``document`` as bytes. ``when`` is the time of creation that the file states (None: 1970), aware.

    PDFs are tagged (PDF/UA-1). ValueError where a row of a table has not as many cells as heads.

    Letters that no file can hold are left out; in a PDF, those that no typeface has become �.
    """
    content = json.dumps(writable_content(document_content(document)), ensure_ascii=False)
    stamp = 0 if when is None else int(when.astimezone(UTC).timestamp())
    drawer = drawing_process()
    return drawer.typeset(content, stamp) if format is DocumentFormat.PDF else drawer.write_word(content, stamp)
