"""Files that people attach: what they really are is read from their bytes, never from their name.

A picture is drawn anew, so that what else its file holds (place, camera, hidden content) is gone.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES = 10 * 2**20
"""Of one file."""

MOST_FILES = 6
"""Of one proposal."""

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2_000

_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_ENDINGS = {
    "image/jpeg": {"jpg", "jpeg"},
    "image/png": {"png"},
    "image/webp": {"webp"},
    "application/pdf": {"pdf"},
}
_PDF = "application/pdf"


class FileRefused(ValueError):
    """Why a file is not taken, in the reader's language."""


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file as it will be kept; ``width`` and ``height`` are None for what is not a picture."""

    name: str
    kind: str
    content: bytes
    digest: str
    width: int | None = None
    height: int | None = None


def read_file(name: str, content: bytes) -> TakenFile:
    """The picture (JPEG, PNG, WebP) or PDF that ``content`` is; raises FileRefused for anything else.

    ``digest`` is of the bytes as they came: the same file sent twice has the same.
    """
    if len(content) > MOST_BYTES:
        raise FileRefused(_("This file is too large: 10 MB at most."))
    if not content:
        raise FileRefused(_("This file is empty."))
    digest = hashlib.sha256(content).hexdigest()
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if content.startswith(b"%PDF-"):
        _hold_to(ending, _PDF)
        if b"%%EOF" not in content[-2048:]:
            raise FileRefused(_("This PDF is cut off: send the whole file."))
        return TakenFile(_safe(name, "pdf"), _PDF, content, digest)
    kind, drawn, size = _drawn_anew(content, ending)
    return TakenFile(_safe(name, kind.removeprefix("image/").replace("jpeg", "jpg")), kind, drawn, digest, *size)


def _drawn_anew(content: bytes, ending: str) -> tuple[str, bytes, tuple[int, int]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=tuple(_PICTURES))
            if picture.width * picture.height > MOST_PIXELS:
                raise FileRefused(_("This picture has too many pixels: make it smaller."))
            _hold_to(ending, _PICTURES[picture.format])
            kind, form = _PICTURES[picture.format], picture.format
            turned = ImageOps.exif_transpose(picture)
            turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = turned.convert("RGB" if form == "JPEG" else "RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused(_("This picture has too many pixels: make it smaller.")) from error
    except FileRefused:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise FileRefused(_("This is not a picture (JPEG, PNG, WebP) nor a PDF that can be read.")) from error
    plain.info.clear()
    made = io.BytesIO()
    plain.save(made, form, quality=85)
    return kind, made.getvalue(), plain.size


def _hold_to(ending: str, kind: str) -> None:
    if ending not in _ENDINGS[kind]:
        raise FileRefused(
            _("The name of this file does not say what it holds (%(kind)s): rename it, or send another one.")
            % {"kind": kind.rpartition("/")[2].upper()}
        )


def _safe(name: str, ending: str) -> str:
    stem = re.sub(r"[^\w-]+", "-", PurePath(name.replace("\\", "/")).stem).strip("-_")[:80]
    return f"{stem or 'fichier'}.{ending}"
