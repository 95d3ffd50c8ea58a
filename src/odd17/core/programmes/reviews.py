"""Reviews of a programme: what was said, on a day, of how far along its measures are. What is published stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from odd17.core.kernel import DataError, Message

from .gathering import Gathering
from .programme import Programme


@dataclass(frozen=True, slots=True)
class Mark:
    """What a review says of one measure; ``level`` None takes back what was said: nothing is known any more."""

    level: str | None
    reason: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """What was said on ``day``.

    ``marks`` are by number of measure; those that are left out keep their level. ``totals``, by level, are all that
    some reviews publish: then the level of each measure is not known. ``corrects`` is the identifier of the review
    that this one puts right, in what it marks: the other stands as published.
    """

    id: str
    day: date
    marks: Mapping[int, Mark] = field(default_factory=dict)
    totals: Mapping[str, int] | None = None
    corrects: str | None = None
    note: str = ""
    mention: str = ""


def check_reviews(
    programme: Programme, reviews: Sequence[Review], today: date, file: str | None = None
) -> tuple[Review, ...]:
    """``reviews`` in the order of their days where each holds; those of one day stay in the order given.

    Raises DataError, or Faults with every one of them, on: an identifier given twice; a review dated after ``today``
    or before the programme; one that says nothing; a measure or a level that the programme has not; a level that needs
    a reason, without one; totals that do not add up to the number of measures, or given with marks; a correction of a
    review that is not there or is later.
    """
    ordered = tuple(sorted(reviews, key=lambda one: one.day))
    known: dict[str, Review] = {}
    met = Gathering()
    for review in ordered:
        for wrong, message, remedy in (
            (review.id in known, Message("two reviews have this identifier"), Message("give each its own")),
            (review.day > today, Message("the review is dated in the future"), Message("publish it on its day")),
            (
                review.day < programme.published,
                Message("the review is dated before its programme was published"),
                Message("correct its date"),
            ),
            (
                review.corrects is not None and review.corrects not in known,
                Message("it corrects {other!r}, which was not published before", other=review.corrects),
                Message("name an earlier review"),
            ),
        ):
            if wrong:
                with met.here():
                    raise _wrong(message, review, remedy, file)
        with met.here():
            check_review(programme, review, file)
        known[review.id] = review
    met.end()
    return ordered


def check_review(programme: Programme, review: Review, file: str | None = None) -> Review:
    """``review`` where what it says holds for ``programme``; DataError as in ``check_reviews``."""
    if not review.marks and review.totals is None:
        raise _wrong(
            Message("the review says nothing"), review, Message("mark at least one measure, or give totals"), file
        )
    if review.marks and review.totals is not None:
        raise _wrong(
            Message("the review gives both marks and totals: totals are counted from marks"),
            review,
            Message("leave one out"),
            file,
        )
    met = Gathering()
    for number, mark in review.marks.items():
        with met.here():
            _check_mark(programme, review, number, mark, file)
    met.end()
    if review.totals is not None:
        _check_totals(programme, review, review.totals, file)
    return review


def _check_mark(programme: Programme, review: Review, number: int, mark: Mark, file: str | None) -> None:
    if number not in {one.number for one in programme.measures}:
        raise _wrong(Message("the programme has no such measure"), review, Message("correct its number"), file, number)
    levels = {level.id: level for level in programme.levels}
    if mark.level is not None and mark.level not in levels:
        raise _wrong(
            Message(
                "there is no level {level!r}: there are {known}",
                level=mark.level, known=[one.name for one in levels.values()],
            ),
            review, Message("correct the level"), file, number,
        )  # fmt: skip
    if mark.level is not None and levels[mark.level].needs_reason and not mark.reason.strip():
        raise _wrong(Message("this level is never said without a reason"), review, Message("say why"), file, number)


def _check_totals(programme: Programme, review: Review, totals: Mapping[str, int], file: str | None) -> None:
    unknown = sorted(set(totals) - {level.id for level in programme.levels})
    if unknown:
        raise _wrong(
            Message("there is no level {level!r}", level=unknown[0]), review, Message("correct the level"), file
        )
    if min(totals.values(), default=0) < 0 or sum(totals.values()) != len(programme.measures):
        raise _wrong(
            Message(
                "totals add up to {sum}, the programme has {measures} measures",
                sum=sum(totals.values()), measures=len(programme.measures),
            ),
            review, Message("count each measure once"), file,
        )  # fmt: skip


def _wrong(message: Message, review: Review, remedy: Message, file: str | None, number: int | None = None) -> DataError:
    day = review.day.isoformat()
    where = Message("review of {day}", day=day)
    if number is not None:
        where = Message("review of {day}, measure {number}", day=day, number=number)
    said = Message("{where}: {message}", where=where, message=message)
    return DataError(said, file=file, remedy=remedy)
