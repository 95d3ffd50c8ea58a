"""YAML in which texts stay as they are written: for files that people write about codes, marks and names of columns."""

from __future__ import annotations

import re
from typing import Any

import yaml

from odd17.core.kernel import DataError, Message


def read_strict_yaml(content: bytes, name: str) -> tuple[dict[str, Any], yaml.Node]:
    """The document in ``content`` and its nodes, which know their lines; ``name`` is how errors call the file.

    Raises DataError where it is not UTF-8, not YAML, or no mapping.
    """
    try:
        loader = StrictLoader(content.decode("utf-8-sig"))
        node = loader.get_single_node()
        document = None if node is None else loader.construct_document(node)
    except UnicodeDecodeError as error:
        raise DataError("not UTF-8 text", file=name, remedy="save the file in UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else error.problem_mark.line + 1
        raise DataError(
            Message("not YAML: {problem}", problem=error.problem), file=name, row=line, remedy="correct the line"
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise DataError(
            "not YAML that can be read", file=name, remedy="save the file in UTF-8 as plain text"
        ) from error
    if not isinstance(document, dict) or node is None:
        raise DataError("not a document of keys and values", file=name, remedy="begin with `id:`, `title:`, `source:`")
    return document, node


def line_of(node: yaml.Node, path: tuple[str | int, ...]) -> int:
    """The line (from 1) of the key or list item at ``path``, or of the nearest one above it that is there."""
    line = int(node.start_mark.line)
    for step in path:
        if isinstance(step, int):
            if not isinstance(node, yaml.SequenceNode) or step >= len(node.value):
                break
            node = node.value[step]
            line = int(node.start_mark.line)
            continue
        found = [(key, value) for key, value in node.value if key.value == step] if _is_mapping(node) else []
        if not found:
            break
        line, node = int(found[0][0].start_mark.line), found[0][1]
    return line + 1


def _is_mapping(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode)


class StrictLoader(yaml.SafeLoader):
    """Keys are always text (``01`` is no number, ``no`` no truth value) and stand once; whole numbers have no leading
    zero; dates stay text; anchors, by which a few lines can grow without bound, are refused.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # PyYAML has no types
            raise yaml.composer.ComposerError(None, None, "references (*name) are not accepted", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a text", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
            key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep)


StrictLoader.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", list("tf")),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
    ("float", r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", list("-0123456789")),
):
    StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_form), _first)
