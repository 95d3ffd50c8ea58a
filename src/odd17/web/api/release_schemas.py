"""The shapes of releases in the API's answers."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from odd17.core.territories.levels import Level


class FileOut(Schema):
    """A file of a release."""

    level: Level
    format: str
    address: str


class ReleaseOut(Schema):
    """A release: its address prefix keeps answering after newer ones."""

    id: str
    created: str
    current: bool
    prefix: str
    counts: dict[str, Any]
    digest: str


class ReleaseDetailOut(ReleaseOut):
    """A release with its inputs, versions and files."""

    frame: str
    inputs: list[dict[str, Any]]
    versions: dict[str, Any]
    files: list[FileOut]
