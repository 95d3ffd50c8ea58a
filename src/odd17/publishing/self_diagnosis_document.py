"""The result of a self-diagnosis as a document to print."""

from __future__ import annotations

from datetime import date

from odd17.core.diagnosis.self_diagnosis.profile import Profile, Scored
from odd17.core.diagnosis.self_diagnosis.questionnaire import Questionnaire

from .charts.svg import for_print
from .document import Block, Document, Grid, Heading, Image, Paragraph, Points
from .format import day, number
from .language import Translator, translator


def self_diagnosis_document(
    questionnaire: Questionnaire, profile: Profile, drawing: str, finished: date | None, language: str
) -> Document:
    """The profile with its table, strengths and next steps; it names nobody."""
    _ = translator(language)
    facts = [(_("Version of the questionnaire"), str(questionnaire.version))]
    if finished is not None:
        facts.insert(0, (_("Answered on"), day(finished, language)))
    blocks: list[Block] = [
        Heading(_("Profile")),
        Image(for_print(drawing.encode()), _("The profile; the table below says the same.")),
        Grid(
            _("Scores from 0 to 100, by dimension"),
            (_("Dimension"), _("Score"), _("Level reached")),
            tuple(_row(one, _) for one in profile.scored),
        ),
    ]
    if not profile.complete:
        blocks.append(Paragraph(_("{count} questions are not answered yet.", count=len(profile.missing)), quiet=True))
    for title, found in ((_("Strengths"), profile.strengths), (_("Next steps"), profile.next_steps)):
        if found:
            blocks += [Heading(title), Points(tuple(_advised(one, _) for one in found))]
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


def _row(scored: Scored, _: Translator) -> tuple[str, str, str]:
    if scored.score is None or scored.level is None:
        return scored.dimension.name.in_language(_.language), _("no score"), _("too few answers")
    return (
        scored.dimension.name.in_language(_.language),
        number(scored.score, _.language, decimals=0),
        scored.level.name.in_language(_.language),
    )


def _advised(scored: Scored, _: Translator) -> str:
    name = scored.dimension.name.in_language(_.language)
    advice = "" if scored.advice is None else scored.advice.text.in_language(_.language)
    return _("{name}: {advice}", name=name, advice=advice)
