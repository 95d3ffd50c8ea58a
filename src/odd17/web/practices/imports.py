"""Bringing cases in: new ones are made, changed ones renewed, and what an editor has changed since stays."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale

from odd17.core.practices.case import Case

from .models import PARTS, Practice, PracticeImpact, PracticePartner, RemovedPractice
from .version import practices_changed

_AT_ONCE = 500
_LISTED = 20
_PLAIN = (
    "title", "summary", "domains", "goals", "territories", "scale", "alliance_type", "trade", "stage", "lever",
    "begun", "ended", "money", "time", "skills", "sources", "licence", "checked", "cited",
)  # fmt: skip
_EDITING_MARK = re.compile(r' data-block-key="[^"]*"')


@dataclass
class Imported:
    """What an import did or would do. ``edited`` are changed rows whose practice an editor has changed since.

    ``edited`` lists the first ones by their identifier in the file and their title; ``edited_count`` counts all.
    ``gone`` were removed, or merged into others, by an editor.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    published: int = 0
    gone: int = 0
    edited_count: int = 0
    edited: list[tuple[str, str]] = field(default_factory=list)


def practices_import(*, cases: Iterable[Case], origin: str, publish: bool = False, dry_run: bool = False) -> Imported:
    """Keep ``cases``, told apart by their ``id`` under ``origin``; the same cases again change nothing.

    What is new or was never public becomes public where ``publish`` is asked, else it is a draft. Five hundred at a
    time are kept whole or not at all: an import that was stopped goes on when it is run again.
    """
    done = Imported()
    locales = {item.language_code: item for item in Locale.objects.all()}
    rest = iter(cases)
    while batch := list(islice(rest, _AT_ONCE)):
        with transaction.atomic():
            _keep(batch, origin, locales, done, publish=publish, dry_run=dry_run)
    return done


def _keep(
    batch: list[Case], origin: str, locales: Mapping[str, Locale], done: Imported, *, publish: bool, dry_run: bool
) -> None:
    told = {case.id: (case, _of_case(case)) for case in batch}
    mine = Practice.objects.filter(origin=origin, origin_id__in=told)
    known = {row[0]: row[1:] for row in mine.values_list("origin_id", "pk", "origin_digest", "merged_into")}
    removed = RemovedPractice.objects.filter(origin=origin, origin_id__in=told).values_list("origin_id", flat=True)
    gone = set(removed) - set(known)
    new, changed, same = [], [], []
    for id, (_case, content) in told.items():
        digest = _digest(content)
        if id in gone or (id in known and known[id][2] is not None):
            done.gone += 1
        elif id not in known:
            new.append((id, content, digest))
        elif known[id][1] == digest:
            same.append(known[id][0])
        else:
            changed.append((known[id][0], content, digest))
    published = 0
    if not dry_run:
        published += _make(new, origin, locales, publish=publish)
    done.created += len(new)
    done.unchanged += len(same)
    for pk, content, digest in changed:
        published += _renew(pk, content, digest, done, publish=publish, dry_run=dry_run)
    if publish and not dry_run:
        published += _publish_drafts(same)
    done.published += published
    if published:
        practices_changed()


def _make(
    new: list[tuple[str, dict[str, Any], str]], origin: str, locales: Mapping[str, Locale], *, publish: bool
) -> int:
    now = timezone.now()
    moments = {"first_published_at": now, "last_published_at": now} if publish else {}
    made = Practice.objects.bulk_create(
        Practice(
            **{name: content[name] for name in _PLAIN},
            story=_blocks(content["story"]),
            locale=locales[content["language"]],
            live=publish,
            has_unpublished_changes=not publish,
            origin=origin,
            origin_id=id,
            origin_digest=digest,
            **moments,
        )
        for id, content, digest in new
    )
    contents = [content for _id, content, _digest in new]
    pairs = list(zip(made, contents, strict=True))
    PracticePartner.objects.bulk_create(
        item for practice, content in pairs for item in _partners(content["partners"], practice=practice)
    )
    PracticeImpact.objects.bulk_create(
        item for practice, content in pairs for item in _impacts(content["impacts"], practice=practice)
    )
    return len(made) if publish else 0


def _renew(pk: int, content: dict[str, Any], digest: str, done: Imported, *, publish: bool, dry_run: bool) -> int:
    """Renew one practice, unless someone has changed it since; how many became public or were renewed in public."""
    kept = Practice.objects.select_related("locale", "latest_revision").get(pk=pk)
    newest = kept.get_latest_revision_as_object()
    if _digest(_of_practice(newest)) != kept.origin_digest:
        done.edited_count += 1
        if len(done.edited) < _LISTED:
            done.edited.append((kept.origin_id, kept.title))
        return 0
    done.updated += 1
    if dry_run:
        return 0
    if kept.latest_revision is None:
        kept.save_revision(clean=False)  # so that its history can say what changed
        newest = kept.get_latest_revision_as_object()
    for name in _PLAIN:
        setattr(newest, name, content[name])
    newest.story = _blocks(content["story"])
    newest.origin_digest = digest
    newest.partners.set(_partners(content["partners"]))
    newest.impacts.set(_impacts(content["impacts"]))
    is_public = kept.live or (publish and kept.first_published_at is None)
    if not is_public:
        newest.save()
    else:
        Practice.objects.filter(pk=pk).update(origin_digest=digest)
    revision = newest.save_revision(clean=False, log_action=True)
    if is_public:
        revision.publish()
    return int(is_public)


def _publish_drafts(keys: list[int]) -> int:
    """Publish those of an earlier import that never were public and that nobody has changed or put aside."""
    now = timezone.now()
    drafts = Practice.objects.filter(pk__in=keys, live=False, first_published_at=None, latest_revision=None)
    return drafts.update(live=True, has_unpublished_changes=False, first_published_at=now, last_published_at=now)


def _of_case(case: Case) -> dict[str, Any]:
    """What is kept of a case, as the columns have it."""
    return {
        "title": case.title,
        "summary": case.summary,
        "story": [(part, _html(text)) for part in PARTS if (text := getattr(case.story, part))],
        "domains": list(case.domains),
        "goals": list(case.goals),
        "territories": list(case.territories),
        "scale": case.scale or "",
        "alliance_type": case.alliance_type or "",
        "trade": case.trade or "",
        "stage": case.stage or "",
        "lever": case.lever or "",
        "begun": case.begun,
        "ended": case.ended,
        **{kind: case.means.get(kind, "") for kind in ("money", "time", "skills")},
        "sources": "\n".join(case.sources),
        "licence": case.licence,
        "checked": case.checked,
        "cited": case.cited,
        "language": case.language,
        "partners": [
            (item.name, item.kind or "", item.role, item.siren or "", item.doubtful) for item in case.partners
        ],
        "impacts": [(item.impact, item.claim, item.proof) for item in case.impacts],
    }


def _of_practice(practice: Practice) -> dict[str, Any]:
    """The same of a practice as it stands."""
    blocks = ((block.block_type, str(getattr(block.value, "source", block.value))) for block in practice.story)
    return {
        **{name: getattr(practice, name) for name in _PLAIN},
        "story": [(kind, _EDITING_MARK.sub("", html)) for kind, html in blocks],
        "language": practice.locale.language_code,
        "partners": [(item.name, item.kind, item.role, item.siren, item.doubtful) for item in practice.partners.all()],
        "impacts": [(item.impact, item.claim, item.proof) for item in practice.impacts.all()],
    }


def _digest(content: Mapping[str, Any]) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def _html(text: str) -> str:
    """Paragraphs of plain text as rich text: whatever looks like a mark stays text."""
    parts = (escape(part).replace("\n", "<br/>") for part in text.split("\n\n"))
    return "".join(f"<p>{part}</p>" for part in parts)


def _blocks(story: list[tuple[str, str]]) -> str:
    return json.dumps([{"type": part, "value": html, "id": str(uuid.uuid4())} for part, html in story])


def _partners(rows: list[tuple[Any, ...]], **of: Practice) -> Iterator[PracticePartner]:
    for order, (name, kind, role, siren, doubtful) in enumerate(rows):
        yield PracticePartner(name=name, kind=kind, role=role, siren=siren, doubtful=doubtful, sort_order=order, **of)


def _impacts(rows: list[tuple[Any, ...]], **of: Practice) -> Iterator[PracticeImpact]:
    for order, (impact, claim, proof) in enumerate(rows):
        yield PracticeImpact(impact=impact, claim=claim, proof=proof, sort_order=order, **of)
