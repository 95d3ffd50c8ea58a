"""Which code builds a release: part of what its identifier stands for."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent.parent
_ROOMS = ("core", "store", "publishing", "workflows")
_SUFFIXES = (".py", ".yaml", ".json", ".po")


@cache
def versions() -> dict[str, str]:
    """The versions that decide a release's bytes: odd17, the digest of its code, its engines of tables.

    SALib, an extra, is ``absent`` where it is not installed: the method logs then lack the Sobol indices.
    """
    found = {"odd17": version("odd17"), "code": _code(), "polars": version("polars"), "numpy": version("numpy")}
    try:
        return {**found, "salib": version("salib")}
    except PackageNotFoundError:
        return {**found, "salib": "absent"}


def _code() -> str:
    total = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted(path for path in (_PACKAGE / room).rglob("*") if path.suffix in _SUFFIXES):
            total.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
            total.update(path.read_bytes() + b"\0")
    return total.hexdigest()[:16]
