"""Reading practices: those that are public, and each as the rules read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.rich_text import get_text_for_indexing

from odd17.core.practices.case import Case, Impact, Partner, Story

from .models import PARTS, Practice, PracticeContact
from .scheduled import publish_due

_AT_ONCE = 500


def published() -> QuerySet[Practice]:
    """The practices that everyone may read now, those due by now among them."""
    publish_due()
    return _live().filter(private=False)


def readable_by(user: object) -> QuerySet[Practice]:
    """Those that ``user`` may read: signed in, also the ones kept for members."""
    if not getattr(user, "is_authenticated", False):
        return published()
    publish_due()
    return _live()


def members_own() -> QuerySet[Practice]:
    """The published practices that are kept for those who are signed in."""
    publish_due()
    return _live().filter(private=True)


def _live() -> QuerySet[Practice]:
    return Practice.objects.filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now()), live=True)


def published_cases() -> Iterator[Case]:
    """Every public practice as a case, in the order of their numbers."""
    whole = published().select_related("locale", "contact").prefetch_related("partners", "impacts").order_by("pk")
    for practice in whole.iterator(chunk_size=_AT_ONCE):
        yield practice_case(practice)


def practice_case(practice: Practice) -> Case:
    """The case that ``practice`` tells; its contact only while consent stands."""
    told = {
        block.block_type: get_text_for_indexing(str(block.value))
        for block in practice.story
        if block.block_type in PARTS
    }
    contact = standing_contact(practice)
    means = {"money": practice.money, "time": practice.time, "skills": practice.skills}
    return Case(
        id=str(practice.pk),
        title=practice.title,
        language=practice.locale.language_code,
        summary=practice.summary,
        story=Story(**told),
        partners=tuple(
            Partner(item.name, item.kind or None, item.role, item.siren or None, item.doubtful)
            for item in practice.partners.all()
        ),
        domains=tuple(practice.domains),
        goals=tuple(practice.goals),
        territories=tuple(practice.territories),
        scale=practice.scale or None,
        alliance_type=practice.alliance_type or None,
        trade=practice.trade or None,
        stage=practice.stage or None,
        lever=practice.lever or None,
        begun=practice.begun,
        ended=practice.ended,
        means={kind: said for kind, said in means.items() if said},
        impacts=tuple(Impact(item.impact, item.claim, item.proof) for item in practice.impacts.all()),
        sources=tuple(line.strip() for line in practice.sources.splitlines() if line.strip()),
        contact=None if contact is None else contact.name,
        licence=practice.licence,
        cited=practice.cited,
        published=_day(practice.first_published_at),
        checked=practice.checked,
        version=_moment(practice.last_published_at),
    )


def standing_contact(practice: Practice) -> PracticeContact | None:
    """Whom to ask about ``practice``, while consent to be named has not ended."""
    contact = getattr(practice, "contact", None)
    return contact if contact is not None and timezone.localdate() <= contact.ends else None


def published_versions() -> dict[str, str]:
    """The number of every public practice, and the version of it that is public."""
    return {str(key): _moment(when) for key, when in published().values_list("pk", "last_published_at")}


def cases_numbered(numbers: Iterable[str]) -> list[Case]:
    """The public practices with these numbers, as cases."""
    whole = published().select_related("locale", "contact").prefetch_related("partners", "impacts")
    return [practice_case(practice) for practice in whole.filter(pk__in=[int(number) for number in numbers])]


def _moment(when: datetime | None) -> str:
    return "" if when is None else when.isoformat()


def _day(moment: datetime | None) -> object:
    return None if moment is None else moment.date()
