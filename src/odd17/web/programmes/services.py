"""Writing programmes: begun, filled, reviewed, published, shared, left. Each change is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from odd17.core.programmes.plain import amount_to_plain, marks_to_plain, programme_from_plain, programme_to_plain
from odd17.core.programmes.portfolio import Amount, check_amounts
from odd17.core.programmes.programme import Programme as Definition
from odd17.core.programmes.reviews import Mark, check_reviews
from odd17.core.programmes.rewritten import Part, Rewriting, rewritings

from .models import Editor, EditorInvitation, Programme, ProgrammeComment, ProgrammeReview, ProgrammeRewriting
from .selectors import review_from


class Refused(Exception):
    """It cannot be done; its word says why."""


class Changed(Exception):
    """Somebody else changed it since it was shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a review says."""

    day: date
    marks: dict[int, Mark]
    note: str = ""
    corrects: ProgrammeReview | None = None


@transaction.atomic
def programme_begin(
    *, account: AbstractUser, definition: Definition, key: str, two_to_publish: bool = True
) -> Programme:
    """Keep a new programme, private, owned by who begins it."""
    made = Programme.objects.create(
        key=key,
        title=str(definition.title),
        definition=programme_to_plain(definition),
        two_to_publish=two_to_publish,
    )
    Editor.objects.create(programme=made, account=account, owner=True)
    return made


@transaction.atomic
def programme_change(
    *, programme: Programme, version: int, definition: Definition, two_to_publish: bool, account: AbstractUser
) -> None:
    """Put a definition in the place of the one that ``version`` shows; what readers knew otherwise is told for good.

    Raises Changed where somebody else did meanwhile, DataError where a published review speaks of what is gone.
    """
    locked = _locked(programme, version)
    today = timezone.localdate()
    check_reviews(definition, [review_from(one) for one in locked.reviews.exclude(published=None)], today)
    _tell(locked, rewritings(programme_from_plain(locked.definition), definition), account)
    locked.title, locked.definition = str(definition.title), programme_to_plain(definition)
    locked.two_to_publish = two_to_publish
    _keep(locked)


@transaction.atomic
def amounts_replace(*, programme: Programme, version: int, amounts: Sequence[Amount], account: AbstractUser) -> None:
    """Put amounts in the place of those that ``version`` shows; raises Changed, and DataError (`check_amounts`)."""
    locked = _locked(programme, version)
    before, locked.amounts = locked.amounts, [amount_to_plain(one) for one in check_amounts(amounts)]
    if before and before != locked.amounts:
        _tell(locked, [Rewriting(Part.MONEY, str(len(before)), str(len(locked.amounts)))], account)
    _keep(locked)


@transaction.atomic
def programme_publish(*, place: Editor) -> None:
    """Make a programme public, for good; raises Refused for anybody but its owner."""
    if not place.owner:
        raise Refused("owner")
    Programme.objects.filter(pk=place.programme_id, published=None).update(published=timezone.now())


@transaction.atomic
def review_save(
    *, programme: Programme, review: ProgrammeReview | None, version: int, told: Told, account: AbstractUser
) -> ProgrammeReview:
    """Keep a draft, new where ``review`` is None.

    Raises Changed where somebody else saved it since ``version`` or it was published, DataError where it cannot stand.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    kept = ProgrammeReview(programme=programme)
    if review is not None:
        found = ProgrammeReview.objects.filter(pk=review.pk, version=version, published=None).first()
        if found is None:
            raise Changed
        kept = found
        kept.version += 1
    kept.day, kept.note, kept.corrects, kept.by = told.day, told.note, told.corrects, account
    kept.marks = marks_to_plain(told.marks)
    _check(programme, kept)
    kept.save()
    return kept


@transaction.atomic
def review_publish(*, review: ProgrammeReview, version: int, account: AbstractUser) -> None:
    """Publish a draft as it was read in ``version``.

    Raises Changed where it is another now, Refused where two people are needed and its author asks, DataError where it
    cannot stand. Published twice, it is published once.
    """
    programme = Programme.objects.select_for_update().get(pk=review.programme_id)
    kept = ProgrammeReview.objects.get(pk=review.pk)
    if kept.published is not None:
        return
    if kept.version != version:
        raise Changed
    if programme.two_to_publish and kept.by_id == account.pk:
        raise Refused("two")
    _check(programme, kept)
    kept.published, kept.published_by = timezone.now(), account
    kept.save()


def comment_add(*, programme: Programme, account: AbstractUser, text: str, measure: int | None) -> ProgrammeComment:
    """Tell the other editors something."""
    return ProgrammeComment.objects.create(programme=programme, by=account, text=text, measure=measure)


def comment_change(*, comment: ProgrammeComment, text: str) -> None:
    """Put other words in the place of one's own; that they were changed stays said."""
    kept = ProgrammeComment.objects.filter(pk=comment.pk, removed=None).exclude(text=text)
    kept.update(text=text, changed=timezone.now())


def comment_remove(*, comment: ProgrammeComment) -> None:
    """Take one's own words away; that there was a comment stays said."""
    ProgrammeComment.objects.filter(pk=comment.pk, removed=None).update(text="", removed=timezone.now())


def invite(*, programme: Programme) -> EditorInvitation:
    """Make a link that lets one account in."""
    return EditorInvitation.objects.create(programme=programme)


@transaction.atomic
def invitation_take(*, invitation: EditorInvitation, account: AbstractUser) -> Editor:
    """Become an editor by a link, once; raises Refused where it was used."""
    kept = EditorInvitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if kept is None or kept.used is not None:
        raise Refused("used")
    kept.used = timezone.now()
    kept.save(update_fields=["used"])
    return Editor.objects.get_or_create(programme=kept.programme, account=account)[0]


def invitation_withdraw(*, invitation: EditorInvitation) -> None:
    """Make a link that nobody used lead nowhere."""
    EditorInvitation.objects.filter(pk=invitation.pk, used=None).delete()


@transaction.atomic
def editor_remove(*, place: Editor, by: Editor) -> None:
    """Take somebody's place; raises Refused for anybody but the owner, and for the owner's own (`editor_leave`).

    The links that wait go with it: they were shown to who goes, and would let them in again.
    """
    if not by.owner or by.programme_id != place.programme_id or place.pk == by.pk:
        raise Refused("owner")
    if Editor.objects.filter(pk=place.pk, owner=False).delete()[0]:
        EditorInvitation.objects.filter(programme=by.programme_id, used=None).delete()


@transaction.atomic
def editor_leave(*, place: Editor) -> Editor | None:
    """Leave a programme; what an owner held goes to the editor who was there first, who is given back.

    Raises Refused for the last editor.
    """
    others = Editor.objects.select_for_update().filter(programme=place.programme_id).exclude(pk=place.pk)
    heir = others.first()
    if heir is None:
        raise Refused("last")
    was_owner = place.owner
    place.delete()
    if not was_owner:
        return None
    heir.owner = True
    heir.save(update_fields=["owner"])
    return heir


@transaction.atomic
def account_forget(*, account: AbstractUser) -> None:
    """A person is erased: their places end, their name goes off what they did, what they did stays.

    A private programme that nobody else works on goes with them; a public one stays as it was published.
    """
    for place in Editor.objects.filter(account=account).select_related("programme"):
        try:
            editor_leave(place=place)
        except Refused:
            programme = place.programme
            place.delete()
            if programme.published is None:
                programme.delete()
    ProgrammeReview.objects.filter(by=account).update(by=None)
    ProgrammeReview.objects.filter(published_by=account).update(published_by=None)
    ProgrammeComment.objects.filter(by=account).update(by=None)
    ProgrammeRewriting.objects.filter(by=account).update(by=None)


def _check(programme: Programme, review: ProgrammeReview) -> None:
    """Hold a review to core's rules beside those that were published; DataError where it cannot stand."""
    published = [review_from(one) for one in programme.reviews.exclude(published=None)]
    here = review_from(review)
    check_reviews(programme_from_plain(programme.definition), [*published, here], timezone.localdate())


def _tell(programme: Programme, told: Sequence[Rewriting], account: AbstractUser) -> None:
    """Keep what was rewritten, once readers know the programme or a review of it was published."""
    known = programme.published is not None or programme.reviews.exclude(published=None).exists()
    if told and known:
        ProgrammeRewriting.objects.create(programme=programme, by=account, told=[asdict(one) for one in told])


def _locked(programme: Programme, version: int) -> Programme:
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if locked.version != version:
        raise Changed
    return locked


def _keep(programme: Programme) -> None:
    programme.version += 1
    programme.save()
