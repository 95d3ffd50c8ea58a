"""What a body is, by its first bytes: a page of HTML instead of data is an error that must not pass for a file."""

from __future__ import annotations

import re

from odd17.core.kernel import DataError, Message

_HTML = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TITLE = re.compile(rb"<title[^>]*>\s*(.*?)\s*</title>", re.I | re.S)
_MAGIC = {"zip": b"PK", "xlsx": b"PK", "parquet": b"PAR1", "xls": b"\xd0\xcf\x11\xe0"}
_NAMES = {"csv": Message("CSV"), "zip": Message("a zip archive"), "xlsx": Message("a workbook"),
          "xls": Message("a workbook"), "parquet": Message("Parquet"), "json": Message("JSON"),
          "xml": Message("XML")}  # fmt: skip


def check_start(start: bytes, content_type: str, expected: str | None, address: str) -> None:
    """Raise DataError where ``start``, the first bytes of a body, cannot be what is ``expected``.

    ``expected`` is ``csv``, ``zip``, ``xlsx``, ``xls``, ``parquet``, ``json`` or ``xml``; None takes anything but HTML.
    """
    if _HTML.match(start) or (content_type.lower().startswith("text/html") and expected != "csv"):
        title = _TITLE.search(start)
        shown = title[1].decode("utf-8", "replace")[:80] if title else None
        raise DataError(
            "the server answers with a web page instead of the file", file=address, value=shown,
            remedy="open the address in a browser: the file moved, or the service is closed for maintenance",
        )  # fmt: skip
    if expected is None or not start:
        return
    found = next((name for name, magic in _MAGIC.items() if start.startswith(magic)), None)
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    wrong = (
        (expected in _MAGIC and not start.startswith(_MAGIC[expected]))
        or (expected not in _MAGIC and found is not None)
        or (expected == "json" and text[:1] not in (b"{", b"["))
        or (expected == "xml" and text[:1] != b"<")
    )
    if wrong:
        raise DataError(
            Message("the server does not answer with {kind}", kind=_NAMES[expected]), file=address,
            value=_NAMES[found] if found else text[:40].decode("utf-8", "replace"),
            remedy="see the source's page: its form changed, correct `format` or `access` in the source file",
        )  # fmt: skip
