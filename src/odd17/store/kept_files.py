"""Files that can be made again: kept while there is room for them, the oldest leaving first."""

from __future__ import annotations

from pathlib import Path

from .whole_files import write_whole

LIMIT = 1_000_000_000
"""Bytes that a folder of kept files may take: a reader who asks for every report must not fill the disk."""


def keep(path: Path, content: bytes, folder: Path, limit: int = LIMIT) -> None:
    """Write ``path``, whole, somewhere under ``folder``; then remove the oldest files under it beyond ``limit`` bytes.

    A fifth of the room is made at once, so that a full folder is not emptied file by file. The file just written stays.
    """
    write_whole(path, content, parents=True)
    files = [(found.stat(), found) for found in folder.rglob("*") if found.is_file()]
    total = sum(stat.st_size for stat, _ in files)
    if total <= limit:
        return
    for stat, found in sorted(files, key=lambda item: item[0].st_mtime_ns):
        if total <= limit * 0.8:
            return
        if found != path:
            found.unlink(missing_ok=True)
            total -= stat.st_size
