"""Documents that editors bring: what they really are is read from their bytes, never from their name alone.

Nothing of them is opened here, nor in a reader's browser: they are only given back to be saved.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

_MOST_PARTS = 10_000
_MOST_UNPACKED = 500 * 2**20
_LONGEST_PART = 512
_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}


class DocumentForm(BaseDocumentForm):
    """Wagtail's form of a document, which also looks into the file."""

    def clean_file(self) -> object:
        """Refuse a file that is not what its name says, or that holds a program."""
        given = self.cleaned_data["file"]
        if isinstance(given, UploadedFile):
            check_document(given.name, given.read())
            given.seek(0)
        return given


def check_document(name: str, content: bytes) -> None:
    """Raise ValidationError unless ``content`` is what ``name`` says: PDF, ODF, OOXML or CSV, without macros."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending == "pdf":
        fits = content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
    elif ending == "csv":
        fits = _is_text(content)
    elif ending in _OFFICE or ending in _OPEN_DOCUMENT:
        fits = _is_packed(ending, content)
    else:
        fits = False
    if not fits:
        raise ValidationError(_("This file is not what its name says, is cut off, or is of a kind that is not taken."))


def _is_text(content: bytes) -> bool:
    if not content or b"\0" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return not content.startswith((b"PK", b"%PDF-", b"\x89", b"\xff\xd8"))  # an older encoding of text
    return True


def _is_packed(ending: str, content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                return False
            names = {part.filename for part in parts}
            if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
                raise ValidationError(_("This file holds macros: send it without them."))
            if ending in _OFFICE:
                return "[Content_Types].xml" in names and _OFFICE[ending] in names
            with packed.open("mimetype") as told:
                return told.read(_LONGEST_PART).strip() == _OPEN_DOCUMENT[ending]
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, EOFError):
        return False
