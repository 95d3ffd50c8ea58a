"""Documents written by people (YAML) and by odd17 (JSON): read, checked against a JSON Schema, written whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match

from odd17.core.kernel import DataError, Message, why

from .strict_yaml import read_strict_yaml
from .unfit import unfit


def read_document(path: Path, schema: str) -> dict[str, Any]:
    """The YAML document at ``path``, checked against the packaged schema called ``schema`` (``catalogue``, ``frame``…).

    Dates come as ISO strings. Raises DataError that names the file, the line and the field where the file is absent,
    is not UTF-8 or YAML, writes a key twice, or does not fit the schema.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError("the file does not exist", file=str(path), remedy="check its name") from None
    except OSError as error:
        raise DataError(Message("the file cannot be read ({why})", why=why(error)), file=str(path)) from error
    document, node = read_strict_yaml(content, str(path))
    check_document(document, schema, file=str(path), node=node)
    return document


def check_document(document: object, schema: str, *, file: str, node: yaml.Node | None = None) -> None:
    """Raise DataError that names the first field of ``document`` which does not fit the packaged schema."""
    error = best_match(_validator(schema).iter_errors(document))
    if error is None:
        return
    field = "/".join(str(step) for step in error.absolute_path)
    raise DataError(
        unfit(error),
        file=file,
        row=None if node is None else _line(node, error.absolute_path),
        column=field or None,
        remedy=Message("see the schema of {schema} files, or a file that odd17 ships", schema=schema),
    )


def write_json(path: Path, document: object) -> None:
    """Write ``document`` as JSON, keys in the order given, in UTF-8 with one newline at the end; on disk on return.

    NaN and infinities raise ValueError.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    with path.open("wb") as file:
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(packaged_schema(schema), format_checker=FormatChecker())


def packaged_schema(schema: str) -> dict[str, Any]:
    """The JSON Schema called ``schema`` that comes with odd17, a copy of one's own."""
    text = files("odd17.store.schemas").joinpath(f"{schema}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _line(node: yaml.Node, path: Iterable[str | int]) -> int:
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == str(step)), node)
    return int(node.start_mark.line) + 1
