"""Learning modules: those that come with odd17, and the versions that editors add beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from odd17.core.kernel import DataError, Message, Text
from odd17.core.resources.learning import Choice, Module, PageLink, Passage, Question, Step, check_module

from . import places
from .documents import read_document
from .whole_files import write_whole

Key = tuple[str, int]
"""The identifier of a module and its version."""


def read_module(path: Path) -> Module:
    """The module in the file at ``path``; DataError that names the file and what is wrong in it."""
    return check_module(_module(read_document(path, "module")), str(path))


def modules(home: Path | None = None) -> dict[Key, Module]:
    """Every version of every module, the shipped ones first; DataError where two files claim one version."""
    own = (places.home() if home is None else home) / "modules"
    found: dict[Key, Module] = {}
    for folder in (places.shipped() / "modules", own):
        for path in sorted(folder.glob("*.yml")):
            module = read_module(path)
            key = (module.id, module.version)
            if key in found:
                raise DataError(
                    Message("version {version} of {id!r} is there twice", version=key[1], id=key[0]), file=str(path),
                    remedy="give the file the next version",
                )  # fmt: skip
            found[key] = module
    return found


def add_module(path: Path, home: Path | None = None) -> Module:
    """Keep the file at ``path`` as a version that can be followed.

    Raises DataError where it is damaged, where its version is there already, and where it is not above the versions
    that are there: what people began is never changed.
    """
    module = read_module(path)
    last = max((version for id, version in modules(home) if id == module.id), default=0)
    if module.version <= last:
        raise DataError(
            Message("version {last} of {id!r} is there already", last=last, id=module.id), file=str(path),
            column="version", value=module.version, remedy=Message("write `version: {next}`", next=last + 1),
        )  # fmt: skip
    folder = (places.home() if home is None else home) / "modules"
    write_whole(folder / f"{module.id}-{module.version}.yml", path.read_bytes(), parents=True)
    return module


def _module(document: Mapping[str, Any]) -> Module:
    return Module(
        id=document["id"],
        version=document["version"],
        title=Text(**document["title"]),
        summary=Text(**document["summary"]),
        minutes=document["minutes"],
        source=Text(**document["source"]),
        steps=tuple(_steps(document["steps"])),
        questions=tuple(_question(given) for given in document["quiz"]),
        enough=document["enough"],
        retired=document.get("retired", False),
    )


def _steps(given: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
    above: tuple[str, ...] = ()
    for one in given:
        yield Step(
            id=one["id"],
            title=Text(**one["title"]),
            passages=tuple(_passage(told) for told in one["text"]),
            pages=tuple(PageLink(page["path"], Text(**page["name"])) for page in one.get("pages", ())),
            after=tuple(one.get("after", above)),
        )
        above = (one["id"],)


def _passage(told: Mapping[str, Any]) -> Passage:
    if "points" in told:
        return Passage(tuple(Text(**one) for one in told["points"]), listed=True)
    return Passage((Text(**told),))


def _question(given: Mapping[str, Any]) -> Question:
    choices = (
        Choice(one["id"], Text(**one["label"]), one.get("right", False), Text(**one["why"])) for one in given["answers"]
    )
    return Question(given["id"], Text(**given["wording"]), tuple(choices))
