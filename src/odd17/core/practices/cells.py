"""A cell of a file made clean, and what its label means: a word of a vocabulary, or a territory."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from odd17.core.kernel import AmbiguousTerritory, Message, UnknownTerritory
from odd17.core.territories import Cog, Level, territory_id

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")
"""Characters that print nothing, and those that turn the order of what follows."""

_BLANK_LINES: Final = re.compile(r"\n[ \t\xa0]*\n\s*")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a label is not that of one territory, and what to do about it."""

    reason: Message
    remedy: Message


def one_line(text: str) -> str:
    """The text on one line, without what prints nothing.

    >>> one_line(" Le \\n rucher\\x00 ")
    'Le rucher'
    """
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", text)).split())


def paragraphs(text: str) -> str:
    """The text with its lines, one blank line between paragraphs, without what prints nothing.

    >>> paragraphs("a \\r\\n\\r\\n\\n b\\x07")
    'a\\n\\nb'
    """
    plain = _CONTROL.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    parts = _BLANK_LINES.split(plain.strip())
    return "\n\n".join("\n".join(line.strip() for line in part.split("\n")) for part in parts)


class Vocabulary:
    """Words by what people write for them: the identifier, the address, or the name in either language."""

    def __init__(self, words: Iterable[Any]) -> None:
        self._ids: dict[str, str] = {}
        self._names: list[str] = []
        for word in words:
            self._names.append(word.id)
            said = (word.id, getattr(word, "slug", word.id), word.name.fr, word.name.en)
            for label in said:
                self._ids.setdefault(_folded(label), word.id)

    def id_of(self, label: str) -> str | None:
        """The identifier of the word that ``label`` says, None where it says none."""
        return self._ids.get(_folded(label))

    def near(self, label: str) -> list[str]:
        """Identifiers whose word looks most like ``label``; all of them where none does."""
        close = get_close_matches(_folded(label), self._ids, n=3, cutoff=0.5)
        return list(dict.fromkeys(self._ids[item] for item in close)) or self._names[:20]


def place_in(cog: Cog, label: str, level: str | None, within: str | None) -> str | Refused:
    """The identifier of the territory that ``label`` names or whose code it is, of ``level`` and inside ``within``."""
    wanted = None if level is None else Level(level)
    if wanted is not None and (direct := territory_id(wanted, label.upper())) in cog and _inside(cog, direct, within):
        return direct
    try:
        found = [cog.widest(label)[0].id] if wanted is None and within is None else [cog.resolve(label).id]
    except AmbiguousTerritory as error:
        found = list(error.candidates)
    except UnknownTerritory as error:
        return Refused(
            Message("no territory has this name or code"),
            Message("near it: {near}", near=error.suggestions) if error.suggestions else Message("correct it"),
        )
    kept = [id for id in found if (wanted is None or cog[id].level is wanted) and _inside(cog, id, within)]
    if len(kept) == 1:
        return kept[0]
    if kept:
        named = [f"{id} ({cog[id].name})" for id in kept[:5]]
        return Refused(
            Message("several territories have this name or code"), Message("write one of {named}", named=named)
        )
    named = [f"{id} ({cog[id].name})" for id in found[:5]]
    return Refused(
        Message("the territory is not of the level, or not of the territory, that the mapping says"),
        Message("it is {named}", named=named),
    )


def _inside(cog: Cog, id: str, within: str | None) -> bool:
    return within is None or id == within or within in cog[id].parents


def _folded(label: str) -> str:
    plain = unicodedata.normalize("NFKD", label.casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())
