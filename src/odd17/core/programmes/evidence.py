"""What a piece of evidence, or an effect of money, leads to: a practice, an alliance, an indicator, a measure, a page.

Of an alliance its public card alone may be evidence: the workspace is its members'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from odd17.core.kernel import DataError

from .gathering import Gathering


class Kind(StrEnum):
    """What an address leads to."""

    PRACTICE = "practice"
    ALLIANCE = "alliance"  # its public card
    INDICATOR = "indicator"
    MEASURE = "measure"
    PAGE = "page"  # any other page of this site
    WEB = "web"
    PRIVATE = "private"  # what readers cannot open
    WORDS = "words"  # no address


_PLACES: Final = (
    (Kind.PRACTICE, re.compile(r"/pratiques/(\d{1,9})-[\w-]+/")),
    (Kind.ALLIANCE, re.compile(r"/alliances/(\d{1,9})/carte/")),
    (
        Kind.PRIVATE,
        re.compile(r"/alliances/(\d{1,9})/.*|/programmes/[\w-]+/gerer/.*|/pratiques/proposer/.*|/comptes/.*"),
    ),
    (Kind.INDICATOR, re.compile(r"/indicateurs/([\w-]+)/")),
    (Kind.MEASURE, re.compile(r"/programmes/([\w-]+/mesures/\d{1,6})/")),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An address (or words), what it leads to, and the number or identifier of that within its kind."""

    address: str
    kind: Kind
    key: str = ""


def evidence_of(text: str) -> Evidence:
    """What ``text`` leads to; an address of this site begins with ``/``, with or without ``/en``.

    >>> evidence_of("/en/indicateurs/poverty_rate/").key, evidence_of("/alliances/3/").kind.value
    ('poverty_rate', 'private')
    >>> evidence_of("//example.org").kind.value, evidence_of("javascript:alert(1)").kind.value
    ('words', 'words')
    """
    if text.startswith(("https://", "http://")):
        return Evidence(text, Kind.WEB)
    if not text.startswith("/") or text.startswith(("//", "/\\")):
        return Evidence(text, Kind.WORDS)
    path = re.split(r"[?#]", text, maxsplit=1)[0]
    path = path.removeprefix("/en") if path.startswith("/en/") else path
    for kind, place in _PLACES:
        if found := place.fullmatch(path):
            return Evidence(text, kind, found[1] or "")
    return Evidence(text, Kind.PAGE)


def every_address(_address: str) -> bool:
    """Whether readers find an address, where nobody can look: it is taken as it is."""
    return True


def check_evidence(
    texts: Iterable[str],
    opens: Callable[[str], bool] = every_address,
    file: str | None = None,
    row: int | None = None,
    column: str = "",
) -> None:
    """DataError, or Faults with every one of them, naming the place, for what its readers could not open.

    ``opens`` says whether an address of this site leads everybody somewhere.
    """
    met = Gathering()
    for text in texts:
        kind = evidence_of(text).kind
        with met.here():
            if kind is Kind.PRIVATE:
                raise DataError(
                    "readers cannot open this page", file=file, row=row, column=column or None, value=text,
                    remedy="of an alliance, give the address of its public card",
                )  # fmt: skip
            if kind not in {Kind.WEB, Kind.WORDS} and not opens(text):
                raise DataError(
                    "this site has no such page for everybody", file=file, row=row, column=column or None, value=text,
                    remedy="copy the address from the page itself, once it is public",
                )  # fmt: skip
    met.end()


def linked_indicators(texts: Iterable[str]) -> tuple[str, ...]:
    """The indicators among them, each once.

    >>> linked_indicators(["/indicateurs/a/", "a study", "/en/indicateurs/a/"])
    ('a',)
    """
    found = [evidence_of(text) for text in texts]
    return tuple(dict.fromkeys(one.key for one in found if one.kind is Kind.INDICATOR))


def measure_address(programme: str, number: int) -> str:
    """The address of a measure.

    >>> measure_address("p", 3)
    '/programmes/p/mesures/3/'
    """
    return f"/programmes/{programme}/mesures/{number}/"
