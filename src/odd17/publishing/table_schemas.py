"""The Table Schemas that odd17 publishes: what it writes, and what it asks of those who bring figures."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

FILES = ("schema.json", "exemple-valide.csv", "README.md", "CHANGELOG.md")
"""What each version of a schema has, under the names that schema.data.gouv.fr looks for."""


def published_schemas() -> dict[str, tuple[str, ...]]:
    """The versions of each schema by name, the newest last.

    >>> published_schemas()["odd17-observations"]
    ('1.0.0',)
    """
    return {
        folder.name: tuple(sorted((item.name for item in folder.iterdir() if item.is_dir()), key=_numbers))
        for folder in sorted(_root().iterdir(), key=lambda item: item.name)
        if folder.is_dir() and not folder.name.startswith("_")
    }


def published_file(name: str, version: str, file: str, *, address: str) -> bytes:
    """One of ``FILES`` of a version of a schema; ``address`` is where its folder is served, without a slash at the end.

    The schema then says where it and its example stand. Raises KeyError where there is no such schema, version or file.
    """
    if version not in published_schemas().get(name, ()) or file not in FILES:
        raise KeyError(f"{name}/{version}/{file}")
    if file != "schema.json":
        where = _root() / name
        return (where / version / file if file.endswith(".csv") else where / file).read_bytes()
    return json.dumps(_placed(name, version, address), ensure_ascii=False, indent=2).encode() + b"\n"


def published_fields(name: str, version: str) -> dict[str, str]:
    """The columns of a version of a schema, and their types."""
    return {field["name"]: field["type"] for field in _stored(name, version)["fields"]}


def _placed(name: str, version: str, address: str) -> dict[str, Any]:
    schema = json.loads(json.dumps(_stored(name, version)))
    for resource in schema["resources"]:
        resource["path"] = f"{address}/{resource['path']}"
    return {"$schema": schema.pop("$schema"), "path": f"{address}/schema.json", "homepage": address, **schema}


@cache
def _stored(name: str, version: str) -> dict[str, Any]:
    text = (_root() / name / version / "schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _root() -> Traversable:
    return files("odd17.publishing.schemas")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
