"""The typesetter. It loads Typst (84 MB); only `odd17.publishing.drawing`'s own process imports it, by name."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Final

import font_source_sans_pro
import typst

from .writable import displayable

_TEMPLATES: Final = {"report": "report.typ", "document": "document.typ"}


def typeset(report: str, timestamp: int) -> bytes:
    """The report, or what its ``template`` names, as a tagged PDF (PDF/UA-1) from its content in JSON.

    The same content gives the same bytes. Letters that the typefaces lack, an emoji for instance, are set as �: a PDF
    that everybody can read (PDF/UA) may hold none.

    ``timestamp`` is the date of creation that the file states, in seconds since 1970.
    """
    try:
        made = _set(report, timestamp)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        made = _set(displayable(report), timestamp)
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no document")
    return made


def _set(report: str, timestamp: int) -> object:
    return _compiler().compile(
        input=files("odd17.publishing").joinpath(_TEMPLATES[json.loads(report).get("template", "report")]).read_bytes(),
        format="pdf",
        sys_inputs={"report": report},
        pdf_standards=["ua-1"],
        timestamp=timestamp,
    )


@cache
def _compiler() -> typst.Compiler:
    """One compiler, with the shipped fonts only, so that every machine sets the same pages."""
    root = str(files("odd17.publishing"))  # where a report finds its parts
    return typst.Compiler(root=root, font_paths=[font_source_sans_pro.font_directory], ignore_system_fonts=True)
