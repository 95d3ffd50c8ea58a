"""From the answers of a proposal to a practice, and from changed answers to a changed practice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.html import linebreaks

from odd17.web.practices.models import PARTS as STORY
from odd17.web.practices.models import Practice, PracticeImpact, PracticePartner

from .step_forms import Step
from .steps import PARTS, Part

Answers = Mapping[str, Mapping[str, Any]]

_PLAIN = (
    "title",
    "summary",
    "territories",
    "scale",
    "domains",
    "begun",
    "ended",
    "alliance_type",
    "money",
    "time",
    "skills",
    "sources",
)


def read(answers: Answers) -> list[tuple[Part, Step]]:
    """Each step with its answers, read as those of a whole proposal."""
    return [(part, part.form(answers.get(part.slug, {}), whole=True)) for part in PARTS]


def is_whole(answers: Answers) -> bool:
    """Whether nothing is missing or wrong."""
    return all(form.is_valid() for _part, form in read(answers))


def cleaned(answers: Answers) -> dict[str, Any]:
    """What the answers say, by field, those of all steps together."""
    found: dict[str, Any] = {}
    for _part, form in read(answers):
        form.is_valid()
        found |= {name: value for name, value in form.cleaned_data.items() if name != "name"}
    return found


def apply(practice: Practice, now: Answers, before: Answers) -> None:
    """Bring into ``practice`` what ``now`` says otherwise than ``before``: what editors changed elsewhere stays."""
    said, was = cleaned(now), cleaned(before) if before else {}
    for name in _PLAIN:
        if (value := said.get(name)) != was.get(name, _NOTHING):
            setattr(practice, name, value)
    told = {part: said[part] for part in STORY if said.get(part, "") != was.get(part, "")}
    if told:
        practice.story = _story(practice.story, told)
    if said["partners"] != was.get("partners"):
        practice.partners = [PracticePartner(sort_order=row, **one) for row, one in enumerate(said["partners"])]
    if said["impacts"] != was.get("impacts"):
        practice.impacts = [PracticeImpact(sort_order=row, **one) for row, one in enumerate(said["impacts"])]


_NOTHING = object()


def _story(story: Any, told: Mapping[str, str]) -> list[dict[str, Any]]:
    """The blocks of ``story`` with the parts that are told anew, in the order of a story; pictures stay last."""
    blocks = [dict(block) for block in story.get_prep_value()] if story else []
    kept = [block for block in blocks if block["type"] not in told]
    anew = [
        {"type": part, "value": linebreaks(text, autoescape=True), "id": str(uuid.uuid4())}
        for part, text in told.items()
        if text
    ]
    order = {part: place for place, part in enumerate(STORY)}
    return sorted([*kept, *anew], key=lambda block: order.get(block["type"], len(order)))
