"""Partnership evaluation: each partner answers blind, then agreement and divergence are shown, claim by claim.

The stage of the path decides what is asked: at concept a story, at prototype members and uses are counted, at process
indicators with baseline, target and measures. Until a round opens its answers (everybody answered, or its day has
passed) nothing of them is read here: not even who is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median
from typing import Final

from odd17.core.kernel import DataError, Message, impacts, proofs

from .answers import Answer, Claim, Measured
from .counted import CountedView, counted

__all__ = [
    "AGREED",
    "Answer",
    "Claim",
    "ImpactView",
    "Measured",
    "Opened",
    "Round",
    "check_answer",
    "opened",
    "without_names",
]

AGREED: Final = 1
"""Partners whose marks are at most that far apart agree; marks go from 1 to 5."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round: who is asked, at which evaluation mode of the path (tell, count_oneself, count), until which day."""

    mode: str
    partners: tuple[str, ...]
    closes: date
    answers: tuple[Answer, ...] = ()
    left: tuple[str, ...] = ()  # partners who left the alliance meanwhile: they are no longer waited for


@dataclass(frozen=True, slots=True)
class ImpactView:
    """One impact across partners; ``change`` is that of the median since the round before, None without one."""

    impact: str
    claims: Mapping[str, Claim]
    low: int
    median: float
    high: int
    change: float | None

    @property
    def agreed(self) -> bool:
        """Whether the partners' marks are within ``AGREED`` of each other."""
        return self.high - self.low <= AGREED


@dataclass(frozen=True, slots=True)
class Opened:
    """A round whose answers are open: by impact, the widest divergence first; what is counted; who did not answer."""

    views: tuple[ImpactView, ...]
    answers: tuple[Answer, ...]
    silent: tuple[str, ...] = field(default=())
    counts: tuple[CountedView, ...] = field(default=())


def check_answer(told: Round, answer: Answer, today: date) -> Answer:
    """``answer`` where it can be taken.

    Raises DataError on: a partner who is not asked, or left, or has answered; a round that has closed; an impact that
    is missing or unknown; a mark outside 1 to 5; an unknown proof; and what the mode requires: a story (tell), members
    and uses (count_oneself), at least one indicator with a measure and a target that differs from its baseline (count).
    None of them stands twice.
    """
    if answer.partner not in told.partners or answer.partner in told.left:
        raise DataError("this partner is not asked", value=answer.partner)
    if any(one.partner == answer.partner for one in told.answers):
        raise DataError("this partner has answered", value=answer.partner)
    if today > told.closes:
        raise DataError(Message("the round closed on {day}", day=told.closes), remedy="wait for the next one")
    known = [word.id for word in impacts()]
    for id in known:
        if id not in answer.claims:
            raise DataError("an impact is left out", column=id, remedy="mark each of the three")
    for id, claim in answer.claims.items():
        if id not in known:
            raise DataError("there is no such impact", column=id)
        if not 1 <= claim.mark <= 5:
            raise DataError("marks go from 1 to 5", column=id, value=claim.mark)
        if claim.proof not in {word.id for word in proofs()}:
            raise DataError("there is no such kind of proof", column=id, value=claim.proof)
    _check_mode(told.mode, answer)
    return answer


def opened(told: Round, today: date, before: Opened | None = None) -> Opened | None:
    """The answers of a round once everybody who is still there answered, or its day has passed; None before that."""
    waited_for = [one for one in told.partners if one not in told.left]
    answered = {one.partner for one in told.answers}
    if today <= told.closes and not set(waited_for) <= answered:
        return None
    if not told.answers:
        return Opened((), (), tuple(waited_for))
    past = {} if before is None else {view.impact: view.median for view in before.views}
    views = [_view(word.id, told.answers, past.get(word.id)) for word in impacts()]
    views.sort(key=lambda view: view.low - view.high)
    silent = tuple(one for one in waited_for if one not in answered)
    return Opened(tuple(views), told.answers, silent, counted(told.answers, () if before is None else before.counts))


def without_names(round_opened: Opened, names: Sequence[str]) -> Opened:
    """The same with ``names`` (one for each answer at least) in the place of partners, and nobody named as silent.

    The order of partners would tell them apart: answers are put in an order that rests on what they say.
    """
    ordered = sorted(round_opened.answers, key=lambda one: repr(replace(one, partner="")))
    masks = {answer.partner: name for answer, name in zip(ordered, names, strict=False)}
    answers = tuple(replace(one, partner=masks[one.partner]) for one in ordered)
    views = tuple(
        replace(view, claims={masks[one.partner]: view.claims[one.partner] for one in ordered})
        for view in round_opened.views
    )
    counts = tuple(
        replace(one, values={masks[answer.partner]: one.values[answer.partner]
                             for answer in ordered if answer.partner in one.values})
        for one in round_opened.counts
    )  # fmt: skip
    return Opened(views, answers, (), counts)


def _view(impact: str, answers: Sequence[Answer], before: float | None) -> ImpactView:
    marks = [one.claims[impact].mark for one in answers]
    middle = float(median(marks))
    claims = {one.partner: one.claims[impact] for one in answers}
    return ImpactView(impact, claims, min(marks), middle, max(marks), None if before is None else middle - before)


def _check_mode(mode: str, answer: Answer) -> None:
    if mode == "tell" and not answer.story.strip():
        raise DataError("at this stage a story is asked for", column="story", remedy="tell what was tried")
    if mode == "count_oneself":
        for column, value in (("members", answer.members), ("uses", answer.uses)):
            if value is None or value < 0:
                raise DataError(
                    "at this stage members and uses are counted", column=column, value=value, remedy="give a number"
                )
    if mode == "count" and not answer.indicators:
        raise DataError("at this stage indicators are asked for", column="indicators", remedy="give one at least")
    named: set[tuple[str, str]] = set()
    for indicator in answer.indicators:
        key = (indicator.name.strip().casefold(), indicator.unit.strip().casefold())
        if key in named:
            raise DataError(
                "this indicator is defined twice", column="indicators", value=indicator.name, remedy="keep one of them"
            )
        named.add(key)
        if not indicator.measures or indicator.baseline == indicator.target:
            raise DataError(
                "an indicator has a baseline, another target, and a measure", column="indicators",
                value=indicator.name, remedy="complete it",
            )  # fmt: skip
