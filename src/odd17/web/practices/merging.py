"""Practices that tell the same alliance twice: which pairs look so, and what editors decide of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.db.models import Max, Q
from wagtail.log_actions import log

from odd17.core.kernel import UsageError
from odd17.core.practices.case import Case
from odd17.core.practices.duplicates import Likely, near_duplicates

from .history import MERGE_ACTION
from .models import DistinctPractices, Practice
from .selectors import practice_case, published
from .version import practices_version

MERGED_AWAY_ACTION = "practices.merged_away"
_NEWEST_DRAFTS = 1000
_MOST = 200
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two practices that look alike, the older first, and how."""

    first: Practice
    second: Practice
    likely: Likely


def likely_pairs() -> tuple[LikelyPair, ...]:
    """The pairs among public practices and the newest drafts that nobody has decided of yet, the likeliest first."""
    apart = set(DistinctPractices.objects.values_list("first_id", "second_id"))
    found = [item for item in _likely() if _numbers(item.first, item.second) not in apart][:_MOST]
    wanted = {int(number) for item in found for number in (item.first, item.second)}
    known = Practice.objects.filter(merged_into=None).prefetch_related("partners").in_bulk(wanted)
    pairs = []
    for item in found:
        one, other = _numbers(item.first, item.second)
        if one in known and other in known:
            pairs.append(LikelyPair(known[one], known[other], item))
    return tuple(pairs)


def shared_by(first: Practice, second: Practice) -> Likely | None:
    """What makes these two look alike; None where they do not."""
    return next(iter(near_duplicates([practice_case(first), practice_case(second)])), None)


@transaction.atomic
def practices_merge(*, kept: Practice, other: Practice, user: Any) -> None:
    """Keep one of two practices: the address of ``other`` leads to ``kept``, and the history of both says so.

    Nothing that ``kept`` tells is changed. Raises UsageError where the two are one, where either was merged meanwhile,
    and where a public practice would lead to one that is not public.
    """
    rows = {item.pk: item for item in Practice.objects.filter(pk__in=(kept.pk, other.pk)).select_for_update()}
    if len(rows) < 2:
        raise UsageError("Two practices are merged: these are one, or one of them is gone.")
    kept, other = rows[kept.pk], rows[other.pk]
    if kept.merged_into_id or other.merged_into_id:
        raise UsageError("One of the two practices was merged meanwhile: look at the list again.")
    if other.live and (not kept.live or (kept.private and not other.private)):
        raise UsageError(
            "A public practice would lead to one that is not public: publish that one first, or keep the other."
        )
    Practice.objects.filter(Q(pk=other.pk) | Q(merged_into=other)).update(merged_into=kept)
    if other.live:
        other.refresh_from_db()
        other.unpublish(user=user)
    log(instance=kept, action=MERGE_ACTION, user=user, data={"other": other.title, "number": other.pk})
    log(instance=other, action=MERGED_AWAY_ACTION, user=user, data={"other": kept.title, "number": kept.pk})


def practices_tell_apart(*, first: Practice, second: Practice) -> None:
    """Remember that two practices are not the same: they are not proposed again."""
    one, other = _numbers(first.pk, second.pk)
    DistinctPractices.objects.get_or_create(first_id=one, second_id=other)


def _likely() -> tuple[Likely, ...]:
    newest = Practice.objects.aggregate(revision=Max("latest_revision"), practice=Max("pk"))
    key = f"likely-{practices_version()}-{newest['revision']}-{newest['practice']}"
    found: tuple[Likely, ...] | None = caches["pages"].get(key)
    if found is None:
        found = near_duplicates([*_public(), *_drafts()])
        caches["pages"].set(key, found)
    return found


def _public() -> Iterator[Case]:
    """The public practices without their stories, which are not compared."""
    rows = published().defer("story").select_related("locale", "contact").prefetch_related("partners", "impacts")
    for practice in rows.order_by("pk").iterator(chunk_size=_AT_ONCE):
        practice.story = []
        yield practice_case(practice)


def _drafts() -> list[Case]:
    drafts = Practice.objects.filter(Q(live=False) | Q(private=True), merged_into=None).select_related(
        "locale", "contact"
    )
    newest = drafts.prefetch_related("partners", "impacts").order_by("-pk")[:_NEWEST_DRAFTS]
    return [practice_case(practice) for practice in newest]


def _numbers(one: int | str, other: int | str) -> tuple[int, int]:
    first, second = sorted((int(one), int(other)))
    return first, second
