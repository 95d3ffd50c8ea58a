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

from odd17.core.kernel import DataError


def read_document(path: Path, schema: str) -> dict[str, Any]:
    """The YAML document at ``path``, checked against the packaged schema called ``schema`` (``catalogue``, ``frame``…).

    Dates come as ISO strings. Raises DataError that names the file, the line and the field where the file is absent,
    is not UTF-8 or YAML, writes a key twice, or does not fit the schema.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DataError("the file does not exist", file=str(path), remedy="check its name") from None
    except UnicodeDecodeError as error:
        raise DataError("not UTF-8 text", file=str(path), remedy="save the file in UTF-8") from error
    try:
        node = yaml.compose(text, Loader=_Loader)
        document = yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else error.problem_mark.line + 1
        raise DataError(f"not YAML: {error.problem}", file=str(path), row=line, remedy="correct the line") from error
    check_document(document, schema, file=str(path), node=node)
    if not isinstance(document, dict):
        raise DataError("not a document of keys and values", file=str(path))
    return document


def check_document(document: object, schema: str, *, file: str, node: yaml.Node | None = None) -> None:
    """Raise DataError that names the first field of ``document`` which does not fit the packaged schema."""
    error = best_match(_validator(schema).iter_errors(document))
    if error is None:
        return
    field = "/".join(str(step) for step in error.absolute_path)
    raise DataError(
        _readable(error.message),
        file=file,
        row=None if node is None else _line(node, error.absolute_path),
        column=field or None,
        remedy=f"see the schema of {schema} files, or a file that odd17 ships",
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


class _Loader(yaml.SafeLoader):
    """YAML whose dates stay strings and whose mappings write a key once: a key written twice loses a value unseen."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _as_written(loader: _Loader, node: yaml.Node) -> str:
    return str(node.value)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_written)


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = files("odd17.store.schemas").joinpath(f"{schema}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text), format_checker=FormatChecker())


def _readable(message: str, limit: int = 300) -> str:
    return message if len(message) <= limit else f"{message[:limit]}…"


def _line(node: yaml.Node, path: Iterable[str | int]) -> int:
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == str(step)), node)
    return int(node.start_mark.line) + 1
