"""A guide for the discussion of an opened round: where to begin, and what to ask there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from odd17.core.kernel import proofs

from .evaluation import Opened


class Ask(StrEnum):
    """What is asked of a point."""

    DIFFER = "differ"  # partners see it otherwise: each says what they saw
    COUNT = "count"  # they counted otherwise: the same things, in the same way?
    FELL = "fell"  # lower than in the round before: what happened?
    PROVE = "prove"  # all agree, and nobody has more than words: what would show it?
    KEEP = "keep"  # agreed, and high: what makes it work?


@dataclass(frozen=True, slots=True)
class Prompt:
    """A point of the discussion: an impact, or for ``COUNT`` an item; ``low`` and ``high`` are what was said.

    ``unit`` is that of an indicator; None for an impact, for members and for uses.
    """

    ask: Ask
    about: str
    low: float
    high: float
    unit: str | None = None


def guide(seen: Opened) -> tuple[Prompt, ...]:
    """The points to discuss, in their order: the widest divergence first, what works last.

    Impacts are prompted at most once each: by what divides, then by what fell, then by what is not shown, then by what
    works (a median of 4 or more).
    """
    weakest = proofs()[0].id
    prompts: list[Prompt] = []
    for view in seen.views:
        if not view.agreed:
            ask = Ask.DIFFER
        elif view.change is not None and view.change < 0:
            ask = Ask.FELL
        elif all(claim.proof == weakest for claim in view.claims.values()):
            ask = Ask.PROVE
        elif view.median >= 4:
            ask = Ask.KEEP
        else:
            continue
        prompts.append(Prompt(ask, view.impact, view.low, view.high))
    prompts += [Prompt(Ask.COUNT, one.item, one.low, one.high, one.unit) for one in seen.counts if not one.agreed]
    return tuple(sorted(prompts, key=lambda one: (list(Ask).index(one.ask), one.low - one.high)))
