"""Learning modules: those that come with odd17, and the versions that editors add beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from odd17.core.kernel import Text
from odd17.core.resources.learning import Choice, Module, PageLink, Passage, Question, Step, check_module

from .documents import read_document
from .versions import Versions


def read_module(path: Path) -> Module:
    """The module in the file at ``path``; DataError that names the file and what is wrong in it."""
    return check_module(_module(read_document(path, "module")), str(path))


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


MODULES: Final = Versions("modules", read_module)
"""Every version of every module; what people began is never changed."""
