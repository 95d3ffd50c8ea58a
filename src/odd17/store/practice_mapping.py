"""Mapping files: which columns of a file tell which fields of practices, checked with near names for wrong keys."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from odd17.core.kernel import DataError
from odd17.core.practices.mapping import CaseMapping, ImpactRule, PartnerRule, Rule

from .documents import check_document
from .reading import read_bytes
from .strict_yaml import line_of, read_strict_yaml
from .unknown_keys import explained, refuse_unknown_keys

_SCHEMA = "practice-mapping"


def read_practice_mapping(path: Path) -> CaseMapping:
    """The mapping file at ``path``; raises DataError that names the file, the line and the key."""
    return parse_practice_mapping(read_bytes(path), path.name)


def parse_practice_mapping(content: bytes, name: str) -> CaseMapping:
    """The mapping that ``content`` (YAML) says; ``name`` is how errors call the file."""
    document, node = read_strict_yaml(content, name)
    refuse_unknown_keys(document, _SCHEMA, file=name, node=node)
    try:
        check_document(document, _SCHEMA, file=name, node=node)
    except DataError as error:
        raise explained(error, document, _SCHEMA) from error
    file = document.get("file", {})
    return CaseMapping(
        origin=document["origin"],
        id=document["id"],
        fields={key: _rule(given, ("fields", key), node=node, name=name) for key, given in document["fields"].items()},
        partners=tuple(
            _partner(given, ("partners", at), node, name) for at, given in enumerate(document.get("partners", ()))
        ),
        impacts=tuple(
            _impact(given, ("impacts", at), node, name) for at, given in enumerate(document.get("impacts", ()))
        ),
        language=document.get("language", "fr"),
        sheet=file.get("sheet"),
        encoding=file.get("encoding"),
        delimiter=file.get("delimiter"),
    )


def _partner(given: Mapping[str, Any], path: tuple[str | int, ...], node: yaml.Node, name: str) -> PartnerRule:
    rules = {
        key: _rule(given[key], (*path, key), node=node, name=name)
        for key in ("name", "kind", "role", "siren")
        if key in given
    }
    return PartnerRule(**rules, separator=given.get("separator"))


def _impact(given: Mapping[str, Any], path: tuple[str | int, ...], node: yaml.Node, name: str) -> ImpactRule:
    proof = _rule(given["proof"], (*path, "proof"), node=node, name=name) if "proof" in given else None
    return ImpactRule(given["impact"], _rule(given["claim"], (*path, "claim"), node=node, name=name), proof)


def _rule(given: str | Mapping[str, Any], path: tuple[str | int, ...], *, node: yaml.Node, name: str) -> Rule:
    if isinstance(given, str):
        return Rule(column=given)
    if ("column" in given) == ("constant" in given):
        raise DataError(
            "a rule has either a column or a constant", file=name, row=line_of(node, path),
            column="/".join(map(str, path)), remedy="write `column:` or `constant:`, one of the two",
        )  # fmt: skip
    constant = given.get("constant")
    return Rule(
        column=given.get("column"),
        constant=tuple(constant) if isinstance(constant, list) else constant,
        separator=given.get("separator"),
        values=given.get("values", {}),
        drop=given.get("unknown") == "drop",
        date=given.get("date"),
        cut=given.get("cut", False),
        level=given.get("level"),
        within=given.get("within"),
    )
