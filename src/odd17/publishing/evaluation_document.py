"""What partners said of their alliance, apart: impact by impact, what is counted, what to discuss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from odd17.core.alliances.counted import CountedView
from odd17.core.alliances.discussion import guide
from odd17.core.alliances.evaluation import Answer, ImpactView, Opened
from odd17.core.alliances.path import path
from odd17.core.kernel import proofs

from . import format, wording
from .alliance_words import (
    closing_sentences,
    count_sentence,
    impact_name,
    impact_sentence,
    item_name,
    plain_number,
    prompt_sentence,
)
from .document import Block, Document, Grid, Heading, Paragraph, Points, Space
from .language import Translator, translator


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """When a round was opened and closed, in which mode of the path (tell, count_oneself, count), to how many."""

    opened: date
    closes: date
    mode: str
    asked: int


def evaluation_document(
    title: str, facts: RoundFacts, seen: Opened, people: Mapping[str, str], language: str, *, named: bool = True
) -> Document:
    """What the partners said, impact by impact; ``people`` gives the name to show for each who answered.

    Where they are not ``named``, the document says what it cannot hide.
    """
    _ = translator(language)
    blocks: list[Block] = []
    if not named and seen.answers:
        blocks.append(
            Paragraph(_("Partners are not named; their words stand as they wrote them, and may tell who wrote them."))
        )
    if seen.silent:
        silent = wording.enumeration([people.get(one, one) for one in seen.silent], language)
        blocks.append(Paragraph(_("Did not answer: {who}.", who=silent), quiet=True))
    for view in seen.views:
        blocks += _impact(view, people, _)
    for count in seen.counts:
        blocks += _counted(count, people, _)
    blocks += (
        _together(seen, people, _) if seen.answers else [Paragraph(_("Nobody answered: there is nothing to read."))]
    )
    return Document(
        title,
        _("odd17 · evaluation by the partners"),
        _.language,
        tuple(blocks),
        _("Answered apart, read together. Marks go from 1 to 5."),
        (
            (_("Round opened on"), format.day(facts.opened, language)),
            (_("Answers until"), format.day(facts.closes, language)),
            (_("How it is judged"), _mode(facts.mode, language)),
            (_("Answers"), _("{answers} of {asked} partners asked", answers=len(seen.answers), asked=facts.asked)),
        ),
    )


def _together(seen: Opened, people: Mapping[str, str], _: Translator) -> list[Block]:
    prompts = [prompt_sentence(prompt, _.language) for prompt in guide(seen)]
    told = [block for answer in seen.answers for block in _told(answer, people, _)]
    return [
        Heading(_("What each tells")),
        *told,
        Heading(_("To discuss it together")),
        Points((*prompts, *closing_sentences(_.language)), numbered=True),
        Space(_("What we change before the next round"), 5),
    ]


def _mode(mode: str, language: str) -> str:
    return next(stage.evaluation_name.in_language(language) for stage in path() if stage.evaluation == mode)


def _impact(view: ImpactView, people: Mapping[str, str], _: Translator) -> list[Block]:
    name = impact_name(view.impact, _.language)
    known = {word.id: word.name.in_language(_.language) for word in proofs()}
    rows = tuple(
        (people.get(partner, partner), str(claim.mark), known[claim.proof], claim.words)
        for partner, claim in view.claims.items()
    )
    return [
        Heading(name),
        Paragraph(impact_sentence(view, _.language)),
        Grid(
            _("What each answered"),
            (_("Partner"), _("Mark, of 5"), _("Kind of proof"), _("In a few words")),
            rows,
            (5, 2, 3, 7),
        ),
    ]


def _counted(view: CountedView, people: Mapping[str, str], _: Translator) -> list[Block]:
    name = item_name(view, _.language)
    rows = tuple((people.get(one, one), plain_number(value, _.language)) for one, value in view.values.items())
    return [
        Heading(name),
        Paragraph(count_sentence(view, _.language)),
        Grid(_("What each counted"), (_("Partner"), _("Counted")), rows, (5, 3)),
    ]


def _told(answer: Answer, people: Mapping[str, str], _: Translator) -> list[Block]:
    blocks: list[Block] = [Heading(people.get(answer.partner, answer.partner), 2)]
    if answer.story:
        blocks.append(Paragraph(answer.story))
    for one in answer.indicators:
        told = sorted(one.measures.items())
        measured = ", ".join(
            f"{format.day(day, _.language)} ({plain_number(value, _.language)})" for day, value in told
        )
        facts = {
            "name": one.name,
            "unit": one.unit,
            "baseline": plain_number(one.baseline, _.language),
            "target": plain_number(one.target, _.language),
        }
        blocks.append(
            Paragraph(_("{name} ({unit}): from {baseline}, aiming at {target}; {measured}", **facts, measured=measured))
        )
    return blocks
