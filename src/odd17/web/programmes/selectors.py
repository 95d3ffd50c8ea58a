"""Reading programmes: the report's and public ones for everybody, a private one for its editors alone (else 404)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from odd17.core.kernel import UsageError
from odd17.core.programmes.plain import amount_from_plain, marks_from_plain, programme_from_plain
from odd17.core.programmes.programme import Programme as Definition
from odd17.core.programmes.reviews import Review
from odd17.core.programmes.rewritten import Part, Rewriting
from odd17.workflows.programmes import Followed, programme_named, programmes

from .models import Editor, Programme, ProgrammeReview, ProgrammeRewriting

Account = AbstractBaseUser | AnonymousUser


def editor_of(account: Account, key: str) -> Editor:
    """The place of an account in a programme; 404 where it has none, as where there is no programme."""
    found = None
    if account.is_authenticated:
        found = Editor.objects.select_related("programme").filter(account=account.pk, programme__key=key).first()
    if found is None:
        raise Http404(_("There is no such programme."))
    return found


def programmes_of(account: Account) -> list[Programme]:
    """The programmes that an account works on."""
    return list(Programme.objects.filter(editors__account=account.pk)) if account.is_authenticated else []


def public_programmes() -> list[Followed]:
    """The report's, then those that their owners made public."""
    return [*programmes(), *(followed(one) for one in public_ones())]


def public_definitions() -> list[Definition]:
    """The report's and the public ones, without reviews and money: for a list."""
    return [*(one.programme for one in programmes()), *(programme_from_plain(one.definition) for one in public_ones())]


def public_ones() -> QuerySet[Programme]:
    """Those that their owners made public, by title."""
    return Programme.objects.exclude(published=None)


def programme_for(request: HttpRequest, id: str) -> Followed:
    """A programme that this reader may read; 404 for any other. The demonstration shows the report's alone."""
    try:
        return programme_named(id)
    except UsageError:
        pass
    if not getattr(request, "demonstration", False):
        allowed = Q(published__isnull=False)
        if request.user.is_authenticated:
            allowed |= Q(editors__account=request.user.pk)
        kept = Programme.objects.filter(allowed, key=id).distinct().first()
        if kept is not None:
            return followed(kept)
    raise Http404(_("There is no such programme."))


def public_programme(id: str) -> Followed | None:
    """A programme that everybody may read; None where there is none."""
    try:
        return programme_named(id)
    except UsageError:
        kept = public_ones().filter(key=id).first()
        return None if kept is None else followed(kept)


def followed(kept: Programme) -> Followed:
    """A programme as core reads it, with its published reviews: drafts are nobody's state."""
    return Followed(
        programme_from_plain(kept.definition),
        tuple(review_from(one) for one in kept.reviews.exclude(published=None)),
        (),
        tuple(amount_from_plain(one) for one in kept.amounts),
    )


def rewritings_of(id: str) -> list[tuple[datetime, list[Rewriting]]]:
    """What was rewritten of a programme since readers knew it, and when; nothing of the report's."""
    kept = ProgrammeRewriting.objects.filter(programme__key=id)
    return [(one.made, [Rewriting(**told | {"part": Part(told["part"])}) for told in one.told]) for one in kept]


def review_from(kept: ProgrammeReview) -> Review:
    """A review as core reads it."""
    corrects = None if kept.corrects_id is None else str(kept.corrects_id)
    return Review(str(kept.pk), kept.day, marks_from_plain(kept.marks), corrects=corrects, note=kept.note)
