"""Keys that a document should not have, with the near name; and what a schema says of a value that it refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import yaml

from odd17.core.kernel import DataError, Message

from .documents import packaged_schema
from .strict_yaml import line_of

Path = tuple[str | int, ...]


def refuse_unknown_keys(document: object, schema: str, *, file: str, node: yaml.Node) -> None:
    """Raise DataError for the first key that the packaged ``schema`` does not have, with the near one."""
    root = packaged_schema(schema)
    for key, path, known in _unknown(document, root, root, ()):
        near = get_close_matches(key, known, n=1)
        hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
        raise DataError(
            "no such key", file=file, row=line_of(node, (*path, key)), column="/".join(map(str, path)) or None,
            value=key, remedy=Message("{hint}The keys here are {known}", hint=hint, known=list(known)),
        )  # fmt: skip


def explained(error: DataError, document: object, schema: str) -> DataError:
    """``error`` with what the schema says of the key, in place of what a validator says of schemas."""
    root = packaged_schema(schema)
    here, description = _followed(root, document, root), ""
    for step in (error.column or "").split("/"):
        index = int(step) if isinstance(document, list) and step.isdigit() else None
        found = here.get("items") if index is not None else here.get("properties", {}).get(step)
        found = here.get("additionalProperties") if found is None else found
        if not isinstance(found, dict):
            break
        if isinstance(document, list):
            document = document[index] if index is not None and index < len(document) else None
        else:
            document = document.get(step) if isinstance(document, dict) else None
        here = _followed(found, document, root)
        description = found.get("description") or here.get("description") or ""
    return DataError(
        error.message, file=error.file, row=error.row, column=error.column,
        remedy=Message("what is meant: {description}", description=description) if description else error.remedy,
    )  # fmt: skip


def _unknown(
    document: object, schema: Mapping[str, Any], root: Mapping[str, Any], path: Path
) -> Iterator[tuple[str, Path, list[str]]]:
    """Keys that the schema does not have, with their path and the keys that it has there."""
    schema = _followed(schema, document, root)
    if isinstance(document, list) and "items" in schema:
        for at, value in enumerate(document):
            yield from _unknown(value, schema["items"], root, (*path, at))
    if not isinstance(document, dict):
        return
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for key, value in document.items():
        if key in known:
            yield from _unknown(value, known[key], root, (*path, str(key)))
        elif others is False:
            yield str(key), path, list(known)
        elif isinstance(others, dict):
            yield from _unknown(value, others, root, (*path, str(key)))


def _followed(schema: Mapping[str, Any], document: object, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of ``schema`` that speaks of a document of this kind: references and alternatives are followed."""
    if "$ref" in schema:
        return _followed(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], document, root)
    if isinstance(document, dict) and "properties" not in schema:
        for alternative in schema.get("anyOf", ()):
            if "properties" in _followed(alternative, document, root):
                return _followed(alternative, document, root)
    return schema
