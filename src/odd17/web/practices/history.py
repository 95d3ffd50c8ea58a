"""What became of a practice in public: when it was published, which parts then changed, what it was merged with.

Nobody's name stands there, nor anything of a draft: only states that were public are compared.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from wagtail.models import ModelLogEntry, Revision

from .models import Practice

PUBLISHED, CHANGED, WITHDRAWN, MERGED = "published", "changed", "withdrawn", "merged"
MERGE_ACTION: Final = "practices.merge"
_ACTIONS: Final = {"wagtail.publish": CHANGED, "wagtail.unpublish": WITHDRAWN, MERGE_ACTION: MERGED}
_MOST: Final = 50

PARTS: Final = (
    "title", "summary", "story", "picture", "partners", "impacts", "domains", "goals", "territories", "scale",
    "alliance_type", "trade", "stage", "lever", "begun", "ended", "money", "time", "skills", "sources", "licence",
    "checked", "cited",
)  # fmt: skip
"""What is compared, by the names of the columns."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in public; ``parts`` are the columns that changed, ``other`` a practice merged with."""

    moment: datetime
    kind: str
    parts: tuple[str, ...] = ()
    other: str = ""


def history_of(practice: Practice) -> tuple[Event, ...]:
    """The events, the last first, at most fifty."""
    entries = ModelLogEntry.objects.for_instance(practice).filter(action__in=_ACTIONS).order_by("timestamp", "pk")
    events: list[Event] = []
    before: dict[str, Any] | None = None
    if practice.first_published_at:
        events.append(Event(practice.first_published_at, PUBLISHED))
    for entry in entries.select_related("revision"):
        kind = _ACTIONS[entry.action]
        if kind == MERGED:
            events.append(Event(entry.timestamp, MERGED, other=str(entry.data.get("other", ""))))
        elif kind == WITHDRAWN:
            events.append(Event(entry.timestamp, WITHDRAWN))
        elif entry.revision is not None:
            content = entry.revision.content
            told = _imported(practice, entry.revision) if before is None else before
            if told is not None or not _is_first(practice, entry.timestamp):
                events.append(Event(entry.timestamp, CHANGED, _changed(told, content)))
            before = content
    return tuple(sorted(events, key=lambda event: event.moment, reverse=True)[:_MOST])


def _imported(practice: Practice, revision: Revision) -> dict[str, Any] | None:
    """What stood there before its first revision was published, where the import that renewed it kept that."""
    first = practice.revisions.filter(user=None, pk__lt=revision.pk).order_by("pk").first() if practice.origin else None
    return None if first is None else first.content


def _is_first(practice: Practice, moment: datetime) -> bool:
    first = practice.first_published_at
    return first is not None and abs((moment - first).total_seconds()) < 60  # the same act, noted twice


def _changed(before: dict[str, Any] | None, after: dict[str, Any]) -> tuple[str, ...]:
    if before is None:  # what was public before came by an import, and has no revision
        return ()
    return tuple(part for part in PARTS if _plain(before.get(part)) != _plain(after.get(part)))


def _plain(value: Any) -> Any:
    """A story, partners and impacts without their numbers, which change where nothing is said otherwise."""
    if isinstance(value, str) and value.startswith("[{"):  # a story is kept as the text of its blocks
        try:
            value = json.loads(value)
        except ValueError:
            return value
    if not isinstance(value, list):
        return value
    return [
        {name: said for name, said in item.items() if name not in ("pk", "id", "practice", "sort_order")}
        if isinstance(item, dict)
        else item
        for item in value
    ]
