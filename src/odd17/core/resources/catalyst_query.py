"""What is asked of the directory, as an address keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from odd17.core.kernel import Word, domains, trades

from .access import services
from .catalyst_words import kinds, languages

PAGE: Final = 20
"""Entries on a page."""

LONGEST: Final = 200
"""Characters of the words, and of the name of a territory."""

_LAST: Final = 1000
_WORDS: Final[Mapping[str, tuple[str, Callable[[], Sequence[Word]]]]] = {
    "trade": ("metier", trades),
    "kind": ("nature", kinds),
    "language": ("langue", languages),
}


@dataclass(frozen=True, slots=True)
class CatalystQuery:
    """Identifiers of the vocabularies, None for all; ``territory`` is one of the COG."""

    text: str = ""
    trade: str | None = None
    domain: str | None = None
    kind: str | None = None
    language: str | None = None
    service: str | None = None
    territory: str | None = None
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether anything is asked."""
        return replace(self, page=1) != CatalystQuery()


def query_from(parameters: Mapping[str, str]) -> CatalystQuery:
    """The query of an address, but for its territory, which is a name to look up; what is not known is left out.

    >>> query_from({"metier": "accompagnements", "nature": "rien", "page": "x"})
    CatalystQuery(text='', trade='support', domain=None, kind=None, language=None, service=None, territory=None, page=1)
    """
    said = {
        field: next((one.id for one in words() if one.slug == parameters.get(name)), None)
        for field, (name, words) in _WORDS.items()
    }
    domain = next((one.id for one in domains() if one.slug == parameters.get("domaine")), None)
    service = next((one.id for one in services() if one.id == parameters.get("service")), None)
    page = parameters.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    text = " ".join(parameters.get("q", "").replace("\x00", "").split())[:LONGEST]
    return CatalystQuery(text, domain=domain, service=service, page=min(max(1, number), _LAST), **said)


def query_to(query: CatalystQuery) -> tuple[tuple[str, str], ...]:
    """The parameters of the address that asks for it; nothing for what is not asked.

    >>> query_to(CatalystQuery("café", trade="support", territory="DEP-94", page=2))
    (('q', 'café'), ('metier', 'accompagnements'), ('territoire', 'DEP-94'), ('page', '2'))
    """
    said: list[tuple[str, str]] = [("q", query.text)] if query.text else []
    for field, (name, words) in _WORDS.items():
        said += [(name, one.slug) for one in words() if one.id == getattr(query, field)]
    said += [("domaine", one.slug) for one in domains() if one.id == query.domain]
    if query.service is not None:
        said.append(("service", query.service))
    if query.territory is not None:
        said.append(("territoire", query.territory))
    if query.page > 1:
        said.append(("page", str(query.page)))
    return tuple(said)
