"""Mapping files of the directory: which columns of a file tell which fields of its entries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from odd17.core.kernel import DataError
from odd17.core.practices.mapping import CaseMapping, Rule

from .documents import check_document
from .reading import read_bytes
from .strict_yaml import line_of, read_strict_yaml
from .unknown_keys import explained, refuse_unknown_keys

_SCHEMA = "catalyst-mapping"


def read_catalyst_mapping(path: Path) -> CaseMapping:
    """The mapping file at ``path``, its fields those of an entry; raises DataError that names file, line and key."""
    document, node = read_strict_yaml(read_bytes(path), path.name)
    refuse_unknown_keys(document, _SCHEMA, file=path.name, node=node)
    try:
        check_document(document, _SCHEMA, file=path.name, node=node)
    except DataError as error:
        raise explained(error, document, _SCHEMA) from error
    file = document.get("file", {})
    return CaseMapping(
        origin=document["origin"],
        id=document["id"],
        fields={name: _rule(given, name, node, path.name) for name, given in document["fields"].items()},
        language=document.get("language", "fr"),
        sheet=file.get("sheet"),
        encoding=file.get("encoding"),
        delimiter=file.get("delimiter"),
    )


def _rule(given: str | Mapping[str, Any], field: str, node: yaml.Node, file: str) -> Rule:
    if isinstance(given, str):
        return Rule(column=given)
    if ("column" in given) == ("constant" in given):
        raise DataError(
            "a rule has either a column or a constant", file=file, row=line_of(node, ("fields", field)),
            column=f"fields/{field}", remedy="write `column:` or `constant:`, one of the two",
        )  # fmt: skip
    return Rule(
        **{name: given[name] for name in ("column", "constant", "separator", "values", "date") if name in given}
    )
