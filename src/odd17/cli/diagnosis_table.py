"""A diagnosis as tables for a terminal: a line of profile, the 16 domains, what stands out, the sources."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

from odd17.core.diagnosis.reading import Diagnosis, DomainReading, Figure, Score
from odd17.core.diagnosis.side_by_side import open_orders
from odd17.core.kernel import Reason, in_language
from odd17.publishing import format, reason_words, wording
from odd17.publishing.charts.readings import all_sources
from odd17.publishing.firmness import intervals
from odd17.publishing.language import Translator, translator


def diagnosis_table(diagnosis: Diagnosis, language: str) -> RenderableType:
    """The diagnosis in ``language``, every figure as the pages write it."""
    _ = translator(language)
    parts: list[RenderableType] = [_title(diagnosis, _), _profile(diagnosis, _), Text()]
    parts += [Text(sentence) for sentence in wording.key_message(diagnosis, language)]
    notes: dict[str, int] = {}
    parts += [Text(), _domains(diagnosis, notes, _)]
    ranks = [reading.score.rank for reading in diagnosis.domains if reading.score.rank is not None]
    if any(rank.low is not None and not rank.alone for rank in ranks):
        parts.append(Text(intervals(ranks[0].level, language), style="italic"))
    parts += [Text(f"({number}) {note}", style="italic") for note, number in notes.items()]
    parts += [Text(), _upper_nodes(diagnosis, _), Text()]
    parts += _sources(diagnosis, _)
    return Group(*parts)


def _title(diagnosis: Diagnosis, _: Translator) -> Text:
    territory = diagnosis.territory
    above = " › ".join(wording.territory_name(parent, _.language) for parent in reversed(diagnosis.parents))
    level = wording.level_name(territory.level, _.language)
    place = f"{level} · {above}" if above else level
    return Text.assemble((wording.territory_name(territory, _.language), "bold"), f" ({territory.id}) · {place}")


def _profile(diagnosis: Diagnosis, _: Translator) -> Text:
    items = []
    for item in diagnosis.profile:
        label = wording.profile_label(item.key, _.language)
        value = format.profile_value(item, _.language)
        period = f" ({format.period(item.period, _.language)})" if item.period else ""
        note = "" if item.stale is None else f" – {reason_words.sentence(item.stale, _.language)}"
        items.append(f"{label} {value}{period}{note}")
    return Text(" · ".join(items))


def _domains(diagnosis: Diagnosis, notes: dict[str, int], _: Translator) -> Table:
    """The 16 domains; what qualifies figures is added to ``notes`` once, and told in the table by its number."""
    caption = _("Score from 0 to 100, 100 = most fragile; rank 1 = most fragile.")
    if diagnosis.peers is not None:
        among = wording.among(diagnosis.peers, _.language)
        caption = _("Score from 0 to 100, 100 = most fragile; rank 1 = most fragile {among}.", among=among)
    table = Table(
        Column(_("Domain"), ratio=3),
        Column(_("Score"), justify="right", no_wrap=True),
        Column(_("Rank"), no_wrap=True),
        Column(_("Figure"), ratio=5),
        Column(_("Comparison"), ratio=4),
        caption=caption,
        caption_justify="left",
        expand=True,
    )
    for reading in diagnosis.domains:
        for row in _rows(reading, notes, _):
            table.add_row(*row)
    return table


def _rows(reading: DomainReading, notes: dict[str, int], _: Translator) -> Iterator[tuple[RenderableType, ...]]:
    """A row for each figure of the domain, the first with the score; one row where there is no figure."""
    head = (reading.domain.name.in_language(_.language), *_score_cells(reading.score, _))
    refusal = reading.score.refusal
    # a reason that stands beside the figure it is about is not said twice
    if refusal is not None and all(figure.not_scored != refusal for figure in reading.figures):
        yield *head, f"({_mark(refusal, notes, _)})", _scores_elsewhere(reading, _)
        head = ("", "", "")
    for figure in reading.figures:
        beside = _comparisons(figure, _)
        if head[0]:
            beside = Text("\n").join(part for part in (beside, _scores_elsewhere(reading, _)) if part)
        yield *head, _figure(figure, notes, _), beside
        head = ("", "", "")


def _score_cells(score: Score, _: Translator) -> tuple[str, str]:
    if score.rank is None:
        return "–", "–"
    rank = format.rank(score.rank, _.language)
    if score.class_rank is not None:
        inside = wording.among(score.class_rank.peers, _.language)
        rank += f"\n{format.rank(score.class_rank, _.language)} {inside}"
    return format.score(score.estimate, _.language), rank


def _mark(reason: Reason, notes: dict[str, int], _: Translator) -> int:
    """The number of the note that says this reason, which is added where it is the first to."""
    return notes.setdefault(reason_words.sentence(reason, _.language), len(notes) + 1)


def _figure(figure: Figure, notes: dict[str, int], _: Translator) -> Text:
    indicator = figure.indicator
    value = format.estimate(figure.estimate, indicator.unit, _.language, decimals=indicator.decimals)
    marks = [_mark(flag, notes, _) for flag in figure.flags]
    line = Text(
        _(
            "{name}: {value} ({period})",
            name=indicator.name.in_language(_.language),
            value=value,
            period=format.period(figure.period, _.language),
        )
    )
    line.highlight_words([value], "bold")
    line.append("".join(f" ({mark})" for mark in marks))
    if figure.not_scored is not None:
        line.append(f"\n{reason_words.sentence(figure.not_scored, _.language)}", style="italic")
    return line


def _comparisons(figure: Figure, _: Translator) -> Text:
    unit, decimals = figure.indicator.unit, figure.indicator.decimals
    lines = [
        _(
            "{name}: {value}",
            name=wording.territory_name(comparison.territory, _.language),
            value=format.estimate(comparison.estimate, unit, _.language, decimals=decimals),
        )
        for comparison in figure.comparisons
    ]
    return Text("\n".join(lines))


def _scores_elsewhere(reading: DomainReading, _: Translator) -> Text:
    lines = []
    for other, score in reading.others:
        if score.estimate.value is None:
            continue
        line = _(
            "Score of {name}: {score}",
            name=wording.territory_name(other, _.language),
            score=format.score(score.estimate, _.language),
        )
        apart = open_orders([reading.score, score])
        lines.append(_("{line} (cannot be told apart)", line=line) if apart else line)
    return Text("\n".join(lines))


def _upper_nodes(diagnosis: Diagnosis, _: Translator) -> Table:
    table = Table.grid(padding=(0, 2))
    for score in (*diagnosis.dimensions, diagnosis.overall):
        value, rank = _score_cells(score, _)
        why = reason_words.sentence(score.refusal, _.language) if score.refusal is not None else ""
        table.add_row(
            wording.node_name(score.node, _.language), value, rank if why == "" else Text(why, style="italic")
        )
    return table


def _sources(diagnosis: Diagnosis, _: Translator) -> Iterator[Text]:
    sources = all_sources(diagnosis)
    if sources:
        yield Text(_("Sources"), style="bold")
    for source in sources:
        yield Text(wording.citation(source, diagnosis.release, _.language))
        if source.note:
            yield Text(in_language(source.note, _.language), style="italic")
    yield Text(_("How to cite"), style="bold")
    title = _("Diagnosis of {name}", name=wording.territory_name(diagnosis.territory, _.language))
    yield Text(wording.how_to_cite(title, diagnosis.release, sources, _.language))
