"""The result of a self-diagnosis as a document to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from odd17.core.diagnosis.self_diagnosis.profile import Profile, Scored
from odd17.core.diagnosis.self_diagnosis.questionnaire import Questionnaire

from .charts.svg import for_print
from .document import Block, Document, Grid, Heading, Image, Paragraph, Points
from .format import day, number
from .language import Translator, translator


def self_diagnosis_document(
    questionnaire: Questionnaire,
    profile: Profile,
    drawing: str,
    finished: date | None,
    language: str,
    *,
    earlier: Mapping[str, float] = MappingProxyType({}),
    links: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType({}),
) -> Document:
    """The profile with its table, strengths and next steps; it names nobody.

    ``earlier`` are the scores of the time before by dimension, ``links`` where each dimension leads (names, addresses).
    """
    _ = translator(language)
    facts = [(_("Version of the questionnaire"), str(questionnaire.version))]
    if finished is not None:
        facts.insert(0, (_("Answered on"), day(finished, language)))
    blocks: list[Block] = [
        Heading(_("Profile")),
        Image(for_print(drawing.encode()), _("The profile; the table below says the same.")),
        Grid(
            _("Scores from 0 to 100, by dimension"),
            (_("Dimension"), _("Score"), _("Level reached"), *((_("the time before"),) if earlier else ())),
            tuple(_row(one, earlier, _) for one in profile.scored),
        ),
    ]
    if not profile.complete:
        blocks.append(Paragraph(_("{count} questions are not answered yet.", count=len(profile.missing)), quiet=True))
    for title, found in ((_("Strengths"), profile.strengths), (_("Next steps"), profile.next_steps)):
        if found:
            blocks.append(Heading(title))
            for one in found:
                blocks += _advised(one, links.get(one.dimension.id, ()), _)
    blocks.append(
        Paragraph(_("A self-diagnosis says how one sees oneself: it is no measure of what was achieved."), quiet=True)
    )
    return Document(
        questionnaire.title.in_language(_.language),
        _("odd17 · self-diagnosis"),
        _.language,
        tuple(blocks),
        _("odd17, after the model of the report of Le RAMEAU (2020)"),
        tuple(facts),
    )


def _row(scored: Scored, earlier: Mapping[str, float], _: Translator) -> tuple[str, ...]:
    before = earlier.get(scored.dimension.id)
    last = () if not earlier else (_("no score") if before is None else number(before, _.language, decimals=0),)
    if scored.score is None or scored.level is None:
        return scored.dimension.name.in_language(_.language), _("no score"), _("too few answers"), *last
    return (
        scored.dimension.name.in_language(_.language),
        number(scored.score, _.language, decimals=0),
        scored.level.name.in_language(_.language),
        *last,
    )


def _advised(scored: Scored, links: Sequence[tuple[str, str]], _: Translator) -> list[Block]:
    name = scored.dimension.name.in_language(_.language)
    advice = "" if scored.advice is None else scored.advice.text.in_language(_.language)
    told: list[Block] = [Heading(name, 2), Paragraph(advice)]
    if links:
        told.append(Points(tuple(_("{name}: {advice}", name=place, advice=address) for place, address in links)))
    return told
