"""The steps in their order: their addresses, titles and forms."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from .step_forms import ContactStep, PartnersStep, PracticeStep, ResultsStep, Step, StoryStep


@dataclass(frozen=True, slots=True)
class Part:
    """A step of the proposal; ``slug`` is its address and the key of its answers."""

    slug: str
    title: Any
    lead: Any
    form: type[Step]


PARTS = (
    Part("practice", _("The practice, and where"), _("Only the first three questions are needed."), PracticeStep),
    Part(
        "partners",
        _("Who takes part"),
        _("Associations, companies, local authorities, citizens… Name organisations, not persons."),
        PartnersStep,
    ),
    Part(
        "story",
        _("What happened"),
        _("Tell it as you would to someone who wants to do the same. Plain words are the best."),
        StoryStep,
    ),
    Part(
        "results",
        _("Results and proof"),
        _("Say what you know and how you know it: an impression is welcome if it says that it is one."),
        ResultsStep,
    ),
    Part(
        "contact",
        _("Contact"),
        _("Readers often want to ask a question. It is for you to choose: you may leave this step empty."),
        ContactStep,
    ),
)
BY_SLUG = {part.slug: part for part in PARTS}


def after(slug: str) -> str | None:
    """The step that follows; None after the last."""
    return next((there.slug for here, there in pairwise(PARTS) if here.slug == slug), None)


def before(slug: str) -> str | None:
    """The step before; None before the first."""
    return next((here.slug for here, there in pairwise(PARTS) if there.slug == slug), None)
