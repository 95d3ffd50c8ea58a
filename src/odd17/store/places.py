"""Where odd17 finds the data that it ships, and where it keeps its own."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def home() -> Path:
    """The folder where releases, imported snapshots and the database live: ``ODD17_HOME``, else ``./var``.

    The folder may not exist yet: whoever writes there creates it.
    """
    return Path(os.environ.get("ODD17_HOME") or "var")


def demonstration(at: Path | None = None) -> Path:
    """The home of the demonstration, its made-up studies and its release, inside the home ``at`` (None: odd17's own).

    >>> demonstration(Path("var")).as_posix()
    'var/demonstration'
    """
    return (home() if at is None else at) / "demonstration"


def shipped() -> Path:
    """The folder of the data that come with odd17: inside the installed package, else the repository's ``data``.

    >>> (shipped() / "cog").is_dir()
    True
    """
    installed = _PACKAGE / "data"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "data"
