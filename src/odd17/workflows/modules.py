"""The learning modules that can be followed, checked, added to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from odd17.core.kernel import Message, UsageError
from odd17.core.resources.learning import Module
from odd17.store.documents import packaged_schema
from odd17.store.modules import MODULES
from odd17.store.versions import Key


def modules(home: Path | None = None) -> Mapping[Key, Module]:
    """Every version by (identifier, version); read again when a version was added."""
    return _read(home, MODULES.stamp(home))


def current_module(id: str, home: Path | None = None) -> Module:
    """The last version that can be begun; UsageError with the known identifiers where there is none."""
    live = [one for one in modules(home).values() if one.id == id and not one.retired]
    if not live:
        raise UsageError(
            Message(
                "No module {id!r} can be begun: there are {known}.",
                id=id[:80], known=sorted({one.id for one in modules(home).values() if not one.retired}),
            )
        )  # fmt: skip
    return max(live, key=lambda one: one.version)


def current_modules(home: Path | None = None) -> tuple[Module, ...]:
    """The last version of each that can be begun, the shipped ones first."""
    ids = dict.fromkeys(one.id for one in modules(home).values() if not one.retired)
    return tuple(current_module(id, home) for id in ids)


def ships(id: str) -> bool:
    """Whether a module comes with odd17: editors add others, and later versions."""
    return MODULES.ships(id)


def check_module_file(path: Path) -> Module:
    """The module in a file; DataError that says what is wrong in it."""
    return MODULES.read(path)


def add_module_file(path: Path, home: Path | None = None) -> Module:
    """Keep a file as the next version; DataError where it is wrong or no next version."""
    return MODULES.add(path, home)


def module_schema() -> dict[str, object]:
    """The JSON Schema of modules, for an editor's completion."""
    return packaged_schema("module")


@cache
def _read(home: Path | None, stamp: object) -> Mapping[Key, Module]:
    return MODULES.all(home)
