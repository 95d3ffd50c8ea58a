"""A first meeting to prepare from a territory's priority: figures, questions, an agenda, room to write."""

from __future__ import annotations

from odd17.core.diagnosis.crossing_reading import CrossedDomain, CrossedViews
from odd17.core.diagnosis.reading import Diagnosis, DomainReading, Figure
from odd17.core.kernel import Domain

from . import format, wording
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
                (1, 5, 2),
            ),
            *to_fill_in(language),
        ),
        _("odd17, release {release}", release=diagnosis.release),
        ((_("Territory"), name), (_("Domain"), domain.name.in_language(_.language))),
        watermark(crossed.release if crossed is not None else diagnosis.release, language),
    )


def to_fill_in(language: str) -> tuple[Block, ...]:
    """Room to write who was there, and what was decided."""
    _ = translator(language)
    return (
        Heading(_("To fill in together")),
        Space(_("Who was there"), 3),
        Grid(
            _("What was decided"),
            (_("What"), _("Who brings it"), _("By when")),
            (("\u00a0\n\u00a0", "", ""),) * 5,
            (5, 3, 2),
        ),
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
    placed = _("By its figures: {rank}. Rank 1 is the most fragile.", rank=format.rank(rank, _.language))
    return [*blocks, Paragraph(placed)]


def _figures(reading: DomainReading, _: Translator) -> list[Block]:
    rows = tuple(
        (
            figure.indicator.name.in_language(_.language),
            _figure(figure, _),
            format.period(figure.period, _.language),
            figure.indicator.source.citation,
        )
        for figure in reading.figures
    )
    if not rows:
        return [Heading(_("Figures")), Paragraph(_("No figure of this domain is in the release."))]
    return [
        Heading(_("Figures")),
        Grid(
            _("Each with its date and its source"),
            (_("Indicator"), _("Figure"), _("Period"), _("Source")),
            rows,
            (4, 3, 3, 7),
        ),
    ]


def _figure(figure: Figure, _: Translator) -> str:
    """With its interval and how many were asked, where there are."""
    shown, unit, decimals = figure.estimate, figure.indicator.unit, figure.indicator.decimals
    told = [format.estimate(shown, unit, _.language, decimals=decimals)]
    between = format.interval(shown, unit, _.language, decimals=decimals)
    if between is not None:
        told.append(between)
    if shown.n is not None:
        told.append(f"n\u00a0=\u00a0{format.number(shown.n, _.language, decimals=0)}")
    return "\n".join(told)


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
