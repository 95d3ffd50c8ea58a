"""Practices that tell the same alliance twice: what editors decide of a pair."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from odd17.core.kernel import UsageError

from .history import MERGE_ACTION
from .models import DistinctPractices, Practice

MERGED_AWAY_ACTION = "practices.merged_away"


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
    one, other = sorted((first.pk, second.pk))
    DistinctPractices.objects.get_or_create(first_id=one, second_id=other)
