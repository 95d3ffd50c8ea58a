"""A study file as it is read: its document, and what is wrong with it said with the line and the key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml

from odd17.core.kernel import DataError, Message

from .strict_yaml import line_of


@dataclass(frozen=True, slots=True)
class StudyDocument:
    """The ``document`` of the file ``name``, and the ``node`` that knows its lines."""

    document: dict[str, Any]
    node: yaml.Node
    name: str

    def wrong(
        self, message: str, *path: str | int, value: object = None, remedy: str | None = "correct the study file"
    ) -> DataError:
        """What is wrong with the key at ``path``."""
        return DataError(
            message, file=self.name, row=line_of(self.node, path), column="/".join(map(str, path)) or None,
            value=value, remedy=remedy,
        )  # fmt: skip


def near_or_known(word: str, known: Iterable[str]) -> Message:
    """The remedy for a word that is none of ``known``: the nearest, then all."""
    listed = list(known)
    near = get_close_matches(word, listed, n=1)
    hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
    return Message("{hint}Known: {known}", hint=hint, known=listed)
