"""Every public practice held ready for matching, one process each: what changed since is read again, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from sys import intern
from threading import Lock

from odd17.core.practices.case import Case, Story
from odd17.core.practices.matching import said_in

from .models import PARTS, Practice
from .selectors import practice_case, published
from .version import practices_version

_AT_ONCE = 500
_MARK = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Pool:
    """The cases by number, without their stories; ``said`` has the words of all that each tells."""

    version: int
    stamps: Mapping[int, datetime | None]
    cases: tuple[Case, ...]
    said: Mapping[str, frozenset[str]] = field(repr=False)


_EMPTY = Pool(-1, {}, (), {})
_kept: list[Pool] = [_EMPTY]
_lock = Lock()


def pool() -> Pool:
    """What is public now."""
    version = practices_version()
    if _kept[0].version != version:
        with _lock:
            if _kept[0].version != version:
                _kept[0] = _renewed(_kept[0], version)
    return _kept[0]


def _renewed(before: Pool, version: int) -> Pool:
    stamps = dict(published().order_by("pk").values_list("pk", "last_published_at"))
    known = {int(case.id): case for case in before.cases}
    same = {pk for pk, stamp in stamps.items() if pk in known and before.stamps.get(pk) == stamp}
    cases = {pk: known[pk] for pk in same}
    said = {str(pk): before.said[str(pk)] for pk in same}
    wanted = [pk for pk in stamps if pk not in same]
    for start in range(0, len(wanted), _AT_ONCE):
        for pk, case, words in _read(wanted[start : start + _AT_ONCE]):
            cases[pk], said[str(pk)] = case, words
    return Pool(version, stamps, tuple(cases[pk] for pk in stamps if pk in cases), said)


def _read(keys: list[int]) -> Iterable[tuple[int, Case, frozenset[str]]]:
    rows = published().filter(pk__in=keys).select_related("locale", "contact").prefetch_related("partners", "impacts")
    for practice in rows:
        # the text of a story is read by its marks: thousands are, and nothing of them is shown
        story = Story(**{part: _plain(html) for part, html in _blocks(practice)})
        practice.story = []
        case = practice_case(practice)
        words = frozenset(map(intern, said_in(replace(case, story=story))))
        yield practice.pk, case, words


def _blocks(practice: Practice) -> Iterable[tuple[str, str]]:
    for block in practice.story.raw_data:
        if block["type"] in PARTS:
            yield block["type"], str(block["value"])


def _plain(html: str) -> str:
    return unescape(_MARK.sub(" ", html))
