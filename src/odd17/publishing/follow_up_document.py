"""Where an alliance stands, to bring to its next dialogue: engagements, stage, what was decided, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from odd17.core.alliances.engagements import Engagement, Fate, due_on, fate
from odd17.core.alliances.path import Stage, path
from odd17.core.kernel import partner_kinds, stages

from . import format
from .alliance_words import fate_name, means_name
from .dialogue_document import to_fill_in
from .document import Block, Document, Grid, Heading, Paragraph, Points
from .language import Translator, translator


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation that is there: its kind (a word of the vocabulary) and its role, which may be empty."""

    name: str
    kind: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A dialogue that was held."""

    day: date
    present: str
    decisions: str


@dataclass(frozen=True, slots=True)
class Followed:
    """What the partners know of their alliance on ``day``; ``stock`` are the days on which it is followed."""

    title: str
    need: str
    begun: date
    members: tuple[Member, ...]
    stage: Stage
    engagements: tuple[Engagement, ...]
    dialogues: tuple[Held, ...]
    stock: tuple[date, ...]
    facts: tuple[tuple[str, str], ...] = ()


def follow_up_document(told: Followed, day: date, language: str) -> Document:
    """The alliance on ``day``: what is late first, then awaited, then done; the three last dialogues; room to write."""
    _ = translator(language)
    coming = next((one for one in told.stock if one >= day), None)
    facts = [*told.facts, (_("Begun on"), format.day(told.begun, language)), (_("Stage"), _stage(told.stage, _))]
    if coming is not None:
        facts.append((_("Next time to take stock"), format.day(coming, language)))
    return Document(
        told.title,
        _("odd17 · following an alliance"),
        _.language,
        (
            Paragraph(told.need),
            Heading(_("Partners")),
            Points(tuple(_member(one, _) for one in told.members)),
            Heading(_("Who brings what")),
            *_engagements(told.engagements, day, _),
            *_to_pass(told.stage, _),
            Heading(_("What was decided")),
            *_dialogues(told.dialogues, _),
            *to_fill_in(language),
        ),
        _("odd17, as the members see it on {day}; for the members alone.", day=format.day(day, language)),
        tuple(facts),
    )


def _to_pass(stage: Stage, _: Translator) -> list[Block]:
    if stage == path()[-1]:
        return []
    return [
        Heading(_("To pass this stage")),
        Points(tuple(proof.name.in_language(_.language) for proof in stage.proofs)),
    ]


def _stage(stage: Stage, _: Translator) -> str:
    name = next(word.name.in_language(_.language) for word in stages() if word.id == stage.id)
    return f"{name} ({stage.phase.in_language(_.language)})"


def _member(one: Member, _: Translator) -> str:
    kind = next((word.name.in_language(_.language) for word in partner_kinds() if word.id == one.kind), one.kind)
    said = f"{one.name} ({kind})"
    return _("{who}: {role}", who=said, role=one.role) if one.role else said


def _engagements(engagements: Sequence[Engagement], day: date, _: Translator) -> list[Block]:
    if not engagements:
        return [Paragraph(_("Nothing is promised yet."))]
    order = (Fate.LATE, Fate.AWAITED, Fate.CHANGED, Fate.KEPT, Fate.ENDED)
    ordered = sorted(engagements, key=lambda one: (order.index(fate(one, day)), due_on(one, day)))
    rows = tuple(
        (
            one.what,
            one.partner,
            means_name(one.means, _.language),
            format.day(due_on(one, day), _.language),
            "\n".join([fate_name(fate(one, day), _.language), *_reasons(one, _)]),
        )
        for one in ordered
    )
    return [
        Grid(
            _("Late first, then the earliest"),
            (_("What"), _("Who brings it"), _("Means"), _("By when"), _("State")),
            rows,
            (5, 4, 3, 3, 5),
        )
    ]


def _reasons(one: Engagement, _: Translator) -> list[str]:
    return [
        _("{day}: {reason}", day=format.day(event.day, _.language), reason=event.reason)
        for event in one.history
        if event.reason
    ]


def _dialogues(dialogues: Sequence[Held], _: Translator) -> list[Block]:
    if not dialogues:
        return [Paragraph(_("No dialogue was recorded yet."))]
    blocks: list[Block] = []
    for one in sorted(dialogues, key=lambda held: held.day, reverse=True)[:3]:
        blocks += [Heading(format.day(one.day, _.language), 2), Paragraph(one.decisions)]
        blocks.append(Paragraph(_("There: {who}", who=one.present), quiet=True))
    return blocks
