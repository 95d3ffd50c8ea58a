"""Documents of alliances: a first meeting to prepare from a priority, and what partners said of their alliance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from odd17.core.alliances.counted import CountedView
from odd17.core.alliances.discussion import guide
from odd17.core.alliances.evaluation import Answer, ImpactView, Opened
from odd17.core.diagnosis.crossing_reading import CrossedDomain, CrossedViews
from odd17.core.diagnosis.reading import Diagnosis, DomainReading
from odd17.core.kernel import Domain, proofs

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
from .crossing_words import actor_name, share_of, view_sentence
from .document import Block, Document, Grid, Heading, Paragraph, Points, Space
from .language import Translator, translator
from .priority_words import priority_sentence, why_sentence
from .watermark import watermark


def dialogue_document(diagnosis: Diagnosis, crossed: CrossedViews | None, domain: Domain, language: str) -> Document:
    """A first meeting on ``domain``: why it is put forward, figures with their sources, who to invite, an agenda."""
    _ = translator(language)
    name = wording.territory_name(diagnosis.territory, language)
    reading = next(one for one in diagnosis.domains if one.domain == domain)
    row = None if crossed is None else next((one for one in crossed.domains if one.domain == domain), None)
    return Document(
        _("{domain}: a first dialogue", domain=domain.name.in_language(_.language)),
        _("odd17 · preparing a dialogue"),
        _.language,
        (
            *_why(reading, row, _),
            *_figures(reading, _),
            *_seen(row, crossed, _),
            Heading(_("Who to invite")),
            Points(
                (
                    _("those who live it: inhabitants, users, an association that speaks with them"),
                    _("those who act already: see the base of practices for this domain and this territory"),
                    _("those who could: companies, foundations, public institutions"),
                    _("those who decide: elected members and officers of each level concerned"),
                    _("one person whose trade it is to hold you together"),
                )
            ),
            Heading(_("Questions to begin with")),
            Points(
                (
                    _("What do these figures say that we recognise, and what do they miss?"),
                    _("Who among us sees it otherwise, and from where?"),
                    _("What could none of us do alone?"),
                    _("What can we try within three months, and what would make us stop or go on?"),
                ),
                numbered=True,
            ),
            Heading(_("Agenda, an hour and a half")),
            Grid(
                _("Times to be adapted"),
                (_("Time"), _("What"), _("Who leads")),
                (
                    ("10 min", _("Each says why they came"), ""),
                    ("20 min", _("The figures, and what each sees"), ""),
                    ("30 min", _("The questions above, in small groups of different worlds"), ""),
                    ("20 min", _("One thing to try: who brings what, by when"), ""),
                    ("10 min", _("Next date, and who tells the others"), ""),
                ),
            ),
            Space(_("Who was there"), 3),
            Space(_("What was decided: who brings what, by when"), 5),
        ),
        _("odd17, release {release}", release=diagnosis.release),
        ((_("Territory"), name), (_("Domain"), domain.name.in_language(_.language))),
        watermark(crossed.release if crossed is not None else diagnosis.release, language),
    )


def evaluation_document(
    title: str, opened: date, seen: Opened, people: Mapping[str, str], language: str, *, named: bool = True
) -> Document:
    """What the partners said, impact by impact; ``people`` gives the name to show for each who answered.

    Where they are not ``named``, the document says what it cannot hide.
    """
    _ = translator(language)
    blocks: list[Block] = []
    if not named:
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
    blocks.append(Heading(_("What each tells")))
    for answer in seen.answers:
        blocks += _told(answer, people, _)
    prompts = [prompt_sentence(prompt, language) for prompt in guide(seen)]
    blocks += [
        Heading(_("To discuss it together")),
        Points((*prompts, *closing_sentences(language)), numbered=True),
        Space(_("What we change before the next round"), 5),
    ]
    return Document(
        title,
        _("odd17 · evaluation by the partners"),
        _.language,
        tuple(blocks),
        _("Answered apart, read together. Marks go from 1 to 5."),
        ((_("Round opened on"), format.day(opened, language)),),
    )


def _why(reading: DomainReading, row: CrossedDomain | None, _: Translator) -> list[Block]:
    blocks: list[Block] = [Heading(_("Why this domain"))]
    if row is not None and row.priority is not None:
        told = [priority_sentence(row.priority, _.language)]
        told += [why_sentence(why, _.language) for why in row.priority.reasons]
        return [*blocks, Points(tuple(told))]
    rank = reading.score.rank
    if rank is None:
        return [*blocks, Paragraph(_("No score can be told here: see what is missing on the page of the territory."))]
    return [*blocks, Paragraph(_("By its figures: {rank}.", rank=format.rank(rank, _.language)))]


def _figures(reading: DomainReading, _: Translator) -> list[Block]:
    rows = tuple(
        (
            figure.indicator.name.in_language(_.language),
            format.estimate(figure.estimate, figure.indicator.unit, _.language),
            format.period(figure.period, _.language),
            figure.indicator.source.citation,
        )
        for figure in reading.figures
    )
    if not rows:
        return [Heading(_("Figures")), Paragraph(_("No figure of this domain is in the release."))]
    return [
        Heading(_("Figures")),
        Grid(_("Each with its date and its source"), (_("Indicator"), _("Figure"), _("Period"), _("Source")), rows),
    ]


def _seen(row: CrossedDomain | None, crossed: CrossedViews | None, _: Translator) -> list[Block]:
    blocks: list[Block] = [Heading(_("What those who were asked see"))]
    if row is None or crossed is None or not row.views:
        return [*blocks, Paragraph(_("No open study has asked people here: ask them at the meeting."))]
    told = [
        _(
            "{who}: {share} judge it fragile. {sentence}",
            who=actor_name(view.actor, _.language),
            share=share_of(view.share, _.language),
            sentence=view_sentence(row, view, _.language),
        )
        for view in row.views
    ]
    mentions = dict.fromkeys(crossed.studies[view.study].mention for view in row.views)
    return [*blocks, Points(tuple(told)), *(Paragraph(mention, quiet=True) for mention in mentions)]


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
        Grid(name, (_("Partner"), _("Mark, of 5"), _("Kind of proof"), _("In a few words")), rows),
    ]


def _counted(view: CountedView, people: Mapping[str, str], _: Translator) -> list[Block]:
    name = item_name(view, _.language)
    rows = tuple((people.get(one, one), plain_number(value, _.language)) for one, value in view.values.items())
    return [
        Heading(name),
        Paragraph(count_sentence(view, _.language)),
        Grid(name, (_("Partner"), _("Counted")), rows),
    ]


def _told(answer: Answer, people: Mapping[str, str], _: Translator) -> list[Block]:
    blocks: list[Block] = [Heading(people.get(answer.partner, answer.partner), 2)]
    if answer.story:
        blocks.append(Paragraph(answer.story))
    if answer.members is not None:
        blocks.append(
            Paragraph(_("{members} members, {uses} who use it", members=answer.members, uses=answer.uses or 0))
        )
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
