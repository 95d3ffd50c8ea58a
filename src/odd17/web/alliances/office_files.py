"""Files that partners share: pictures and PDF as anywhere on the platform, and office documents without macros.

What a file is is read from its bytes. Nothing is unpacked: only the names of an archive's parts are read, so that an
archive made to swell stays as small as it came.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from django.utils.translation import gettext as _

from odd17.web.contributions.files import MOST_BYTES, FileRefused, TakenFile, read_file

_OPEN: Final = "application/vnd.oasis.opendocument."
_XML: Final = "application/vnd.openxmlformats-officedocument."
_KINDS: Final = {
    "docx": f"{_XML}wordprocessingml.document",
    "xlsx": f"{_XML}spreadsheetml.sheet",
    "pptx": f"{_XML}presentationml.presentation",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "odp": f"{_OPEN}presentation",
}
_MAIN_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MOST_PARTS: Final = 10_000


def read_document(name: str, content: bytes) -> TakenFile:
    """The picture, PDF or office document that ``content`` is; raises FileRefused for anything else."""
    if not content.startswith(b"PK\x03\x04"):
        return read_file(name, content)
    if len(content) > MOST_BYTES:
        raise FileRefused(_("This file is too large: 10 MB at most."))
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in _KINDS or _kind_of(content) != ending:
        raise FileRefused(
            _("This is none of the files taken here: JPEG, PNG, WebP, PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP.")
        )
    stem = re.sub(r"[^\w-]+", "-", PurePath(name.replace("\\", "/")).stem).strip("-_")[:80]
    return TakenFile(f"{stem or 'document'}.{ending}", _KINDS[ending], content, hashlib.sha256(content).hexdigest())


def _kind_of(content: bytes) -> str:
    """The ending that the parts of an archive ask for, or nothing; raises FileRefused where it holds macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            told = archive.read("mimetype") if _is_short(archive, "mimetype") else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, KeyError, EOFError) as error:
        raise FileRefused(_("This document is damaged: send it once more.")) from error
    if len(names) > _MOST_PARTS or _has_macros(names):
        raise FileRefused(_("This document holds macros: save it without them."))
    open_kind = next((ending for ending, kind in _KINDS.items() if told == kind.encode()), "")
    return open_kind or next((ending for ending, part in _MAIN_PARTS.items() if part in names), "")


def _is_short(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size <= 100


def _has_macros(names: Iterable[str]) -> bool:
    return any(name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names)
