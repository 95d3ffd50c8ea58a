"""Pairs of practices that look alike, kept by the version of each: after a change, only what changed is compared again.

Each process keeps its own. What is kept of a practice is small (the words of its title, its partners, its places); its
text is read only where that is worth comparing with another's.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Q

from odd17.core.practices.duplicates import Likely, Near, Sketch, Told, likely, rarity, sketch, told

from .models import DistinctPractices, Practice, PracticePartner
from .selectors import practice_case, published

_LOG: Final = logging.getLogger("odd17.practices")
_NEWEST_DRAFTS: Final = 1000
_MOST: Final = 200
_AT_ONCE: Final = 500
_MUCH: Final = 2000
"""More than this to compare, and who looks at the list does not wait for it."""


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two practices that look alike, the older first, and how."""

    first: Practice
    second: Practice
    likely: Likely


def likely_pairs() -> tuple[LikelyPair, ...] | None:
    """The pairs among public practices and the newest drafts that nobody has decided of yet, the likeliest first.

    None where there is much to compare first: this is then being done beside.
    """
    pairs = KEPT.pairs()
    if pairs is None:
        return None
    apart = set(DistinctPractices.objects.values_list("first_id", "second_id"))
    found = [(pair, item) for pair, item in pairs if pair not in apart][:_MOST]
    wanted = {number for pair, _item in found for number in pair}
    known = Practice.objects.filter(merged_into=None).prefetch_related("partners").in_bulk(wanted)
    return tuple(
        LikelyPair(known[first], known[second], item)
        for (first, second), item in found
        if first in known and second in known
    )


def shared_by(first: Practice, second: Practice) -> Likely | None:
    """What makes these two look alike; None where they do not."""
    return likely(told(practice_case(first)), told(practice_case(second)))


class KeptPairs:
    """The pairs as they stand, brought up to date by whoever asks for them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._beside = threading.Event()  # while much is being compared, and nobody waits for it
        self._forget()

    def pairs(self) -> list[tuple[tuple[int, int], Likely]] | None:
        """The numbers of the two, the smaller first, and what they share: the likeliest pair first.

        None where there is much to compare first: this is then being done beside.
        """
        if self._beside.is_set():
            return None
        with self._lock:
            now = _versions()
            if len(now.items() - self._held.items()) > _MUCH:
                self._beside.set()
                threading.Thread(target=self._compare_beside, name="duplicates", daemon=True).start()
                return None
            self._bring_to(now)
            return sorted(self._pairs.items(), key=lambda item: (-item[1].likeness, item[0]))

    def _compare_beside(self) -> None:
        try:
            with self._lock:
                self._bring_to(_versions())
        except Exception:  # whatever it is, it is told here: nobody waits for this thread
            _LOG.exception("likely duplicates could not be looked for")
        finally:
            self._beside.clear()
            connection.close()

    def _forget(self) -> None:
        self._held: dict[int, str] = {}
        self._near = Near({})
        self._pairs: dict[tuple[int, int], Likely] = {}

    def _bring_to(self, now: dict[int, str]) -> None:
        try:
            self._compare(now)
        except BaseException:
            self._forget()  # half of a change is worse than to begin again
            raise

    def _compare(self, now: dict[int, str]) -> None:
        changed = [number for number, version in now.items() if self._held.get(number) != version]
        gone = self._held.keys() - now.keys()
        stale = gone.union(changed)
        self._pairs = {pair: item for pair, item in self._pairs.items() if stale.isdisjoint(pair)}
        for number in stale:
            self._near.remove(number)
        if not self._held:
            self._near = Near(rarity(Practice.objects.values_list("title", flat=True).iterator()))
        met = {
            (min(number, other), max(number, other))
            for number, item in _sketches(changed)
            for other in self._near.put(number, item)
        }
        texts = dict(_told({number for pair in met for number in pair}))
        for first, second in met:
            if first in texts and second in texts and (item := likely(texts[first], texts[second])) is not None:
                self._pairs[first, second] = item
        self._held = now


KEPT: Final = KeptPairs()


def _versions() -> dict[int, str]:
    """Each practice that is compared, and what changes when its row does."""
    drafts = Practice.objects.filter(Q(live=False) | Q(private=True), merged_into=None).order_by("-pk")
    rows = ("pk", "last_published_at", "latest_revision_id")
    found = [*published().values_list(*rows), *drafts.values_list(*rows)[:_NEWEST_DRAFTS]]
    return {number: f"{when} {revision}" for number, when, revision in found}


def _sketches(numbers: Collection[int]) -> Iterator[tuple[int, Sketch]]:
    for batch in _batches(numbers):
        names: dict[int, list[str]] = {}
        for number, name in PracticePartner.objects.filter(practice__in=batch).values_list("practice_id", "name"):
            names.setdefault(number, []).append(name)
        rows = Practice.objects.filter(pk__in=batch).values_list("pk", "title", "territories")
        for number, title, territories in rows:
            yield number, sketch(title, names.get(number, ()), territories)


def _told(numbers: Collection[int]) -> Iterator[tuple[int, Told]]:
    whole = Practice.objects.select_related("locale", "contact").prefetch_related("partners", "impacts")
    for batch in _batches(numbers):
        for practice in whole.filter(pk__in=batch):
            yield practice.pk, told(practice_case(practice))


def _batches(numbers: Collection[int]) -> Iterator[list[int]]:
    rest = sorted(numbers)
    for at in range(0, len(rest), _AT_ONCE):
        yield rest[at : at + _AT_ONCE]
