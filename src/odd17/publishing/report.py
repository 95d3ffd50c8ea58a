"""The content of a territory's report: every word and figure, written by the functions that write the pages'.

It is plain JSON, set by ``report.typ``: nothing here is markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from odd17.core.diagnosis.crossing_reading import CrossedViews
from odd17.core.diagnosis.reading import Diagnosis, DomainReading, Figure
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.kernel import Estimate, Period, Provenance, Reason, dimensions
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from . import format, reason_words, wording
from .charts.readings import all_sources, reading_in_short, sources_of
from .firmness import intervals, open_beside
from .language import Translator, translator
from .report_crossing import crossing_content, crossing_words_of
from .report_method import method_in_short
from .report_sources import footer, mention, source_content
from .report_time import time_content, time_words
from .studies import study_sources
from .watermark import watermark


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of the report, what it shows in words, and the line above it."""

    svg: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Crossed:
    """The crossing of a report, with its drawings: the gaps, a year each, and the quadrants, an actor each."""

    views: CrossedViews
    gaps: tuple[Picture, ...] = ()
    quadrants: tuple[Picture, ...] = ()

    def content(self, sources: Sequence[Provenance], _: Translator) -> dict[str, Any] | None:
        """As ``crossing_content`` gives it."""
        gaps, quadrants = ([_picture(one) for one in drawn] for drawn in (self.gaps, self.quadrants))
        return crossing_content(self.views, sources, gaps, quadrants, _)


def report_content(
    diagnosis: Diagnosis,
    frame: FrameDefinition,
    *,
    profile: Picture,
    locator: Picture,
    themed_map: Picture,
    ranks: Picture | None,
    courses: Mapping[str, Picture],
    crossed: Crossed | None = None,
    language: str,
) -> dict[str, Any]:
    """The report of ``diagnosis`` as JSON values, in ``language``.

    ``ranks`` is None where no choice of ours could move one; ``courses`` are the figures with several periods, and
    ``crossed`` is the crossing with its drawings, where there is one.
    """
    _ = translator(language)
    figures = sources_of(diagnosis)
    crossing = None if crossed is None else crossed.content(figures, _)
    sources = figures if crossed is None else [*figures, *study_sources(crossed.views.studies.values())]
    name = wording.territory_name(diagnosis.territory, language)
    title = _("Diagnosis of {name}", name=name)
    notes = _Notes(_)
    groups = [
        {
            "name": dimension.name.in_language(_.language),
            "rows": [
                _row(reading, notes, _) for reading in diagnosis.domains if reading.domain.dimension == dimension.id
            ],
        }
        for dimension in dimensions()
    ]
    return {
        "lang": _.language,
        "region": "FR" if _.language == "fr" else "GB",
        "title": title,
        "author": "odd17",
        "kicker": _("odd17 · diagnosis of a territory"),
        "running": title,
        "watermark": watermark(diagnosis.release, language),
        "name": name,
        "place": _place(diagnosis, _),
        "release": _("Release {release}", release=diagnosis.release),
        "what": _what(diagnosis, _),
        "facts": _facts(diagnosis, _),
        "key_message": list(wording.key_message(diagnosis, language)),
        "profile": [
            {
                "label": wording.profile_label(item.key, language)
                + (f" ({format.period(item.period, language)})" if item.period else ""),
                "value": format.profile_value(item, language),
                "note": reason_words.profile_note(item, language),
            }
            for item in diagnosis.profile
        ],
        "reading": _reading(diagnosis, _),
        "chart": _picture(profile),
        "ranks": None if ranks is None else _picture(ranks),
        "time": time_content(diagnosis, {id: _picture(picture) for id, picture in courses.items()}, _),
        "locator": _picture(locator),
        "map": _picture(themed_map),
        "dimensions": groups,
        "notes": notes.texts,
        "comparison": _comparison(diagnosis, _),
        "missing": _missing(diagnosis, _),
        "sources": [source_content(source, _) for source in dict.fromkeys((*sources, *all_sources(diagnosis)))],
        "crossing": crossing,
        "mention": mention(figures, _),
        "footer": footer(sources, _),
        "method": method_in_short(diagnosis, frame, _),
        "cite": wording.how_to_cite(title, diagnosis.release, sources, language),
        "words": _words(_),
    }


def _words(_: Translator) -> dict[str, Any]:
    return {
        "key_message": _("What stands out"),
        "profile": _("Profile"),
        "domains": _("The 16 domains"),
        "figures": _("The 16 domains in figures"),
        "table": [_("Domain"), _("Score"), _("Rank"), _("Figure"), _("Comparison")],
        "ranks": _("How firm the ranks are"),
        "time": time_words(_),
        "crossing": crossing_words_of(_),
        "map": _("Map"),
        "comparison": _("Beside other territories"),
        "missing": _("What is missing, and why"),
        "nothing_missing": _("Every domain has a score."),
        "sources": _("Sources"),
        "no_source": _("No figure is shown, so there is no source to cite."),
        "method": _("Method in short"),
        "cite": _("How to cite"),
    }


def _place(diagnosis: Diagnosis, _: Translator) -> str:
    level = wording.sentence_case(wording.level_name(diagnosis.territory.level, _.language))
    parents = [parent.name for parent in diagnosis.parents if not parent.level.is_single]
    return ", ".join([level, *parents]) if not diagnosis.territory.level.is_single else level


def _what(diagnosis: Diagnosis, _: Translator) -> str:
    if diagnosis.peers is None:
        return _("What the figures at hand say of this territory, domain by domain, with the source of each.")
    return _(
        "Where this territory is fragile, {among}, domain by domain, with the source of every figure. Fragility is "
        "relative: a score says where the territory stands among its peers, not how far it is from an ideal.",
        among=wording.among(diagnosis.peers, _.language),
    )


def _facts(diagnosis: Diagnosis, _: Translator) -> list[dict[str, str]]:
    facts = [(_("Release"), diagnosis.release)]
    periods = sorted(
        {Period.parse(figure.period) for reading in diagnosis.domains for figure in reading.figures},
    )
    if periods:
        first, last = (format.period(period.code, _.language) for period in (periods[0], periods[-1]))
        facts.append((_("Figures of"), first if first == last else _("{first} to {last}", first=first, last=last)))
    if diagnosis.peers is not None:
        facts.append((_("Compared with"), wording.peer_set(diagnosis.peers, _.language)))
    scored = sum(reading.score.estimate.value is not None for reading in diagnosis.domains)
    facts.append((_("Domains with a score"), _("{scored} of {total}", scored=scored, total=len(diagnosis.domains))))
    return [{"label": label, "value": value} for label, value in facts]


def _reading(diagnosis: Diagnosis, _: Translator) -> str:
    if diagnosis.territory.level is Level.OWN:
        return _("A territory of one’s own is not ranked: its figures are shown without score.")
    if diagnosis.peers is None:
        return _("The country is not ranked: its figures are shown without score.")
    scale = _(
        "Score from 0 to 100, 100 = most fragile; rank 1 = most fragile {among}.",
        among=wording.among(diagnosis.peers, _.language),
    )
    ranks = [reading.score.rank for reading in diagnosis.domains if reading.score.rank is not None]
    firm = [intervals(ranks[0].level, _.language)] if any(not rank.alone for rank in ranks) else []
    if any(rank.alone for rank in ranks):
        firm.append(_("“One indicator”: the rank depends on none of our weights, scales and means."))
    return " ".join([scale, *firm, *open_beside(diagnosis, _.language)])


class _Notes:
    """The remarks under the table, numbered in the order met, each once."""

    def __init__(self, _: Translator) -> None:
        self._language = _.language
        self.texts: list[str] = []

    def marks(self, figure: Figure) -> list[str]:
        """The numbers of a figure's remarks."""
        reasons = [*figure.flags, *([] if figure.not_scored is None else [figure.not_scored])]
        return [str(self._number(reason)) for reason in reasons]

    def _number(self, reason: Reason) -> int:
        text = reason_words.sentence(reason, self._language)
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def _row(reading: DomainReading, notes: _Notes, _: Translator) -> dict[str, Any]:
    score = reading.score
    return {
        "name": reading.domain.name.in_language(_.language),
        "score": "–" if score.estimate.value is None else format.score(score.estimate, _.language),
        "rank": _ranks(reading, _) if score.rank else reading_in_short(reading, _.language) if reading.figures else "–",
        "missing": _("no figure yet"),
        "figures": [
            {
                "label": _("{name}: {figure}", name=_figure_name(figure, _), figure=""),
                "value": _value(figure, figure.estimate, _),
                "marks": notes.marks(figure),
                "comparison": ", ".join(
                    _(
                        "{name}: {figure}",
                        name=wording.territory_name(item.territory, _.language),
                        figure=_value(figure, item.estimate, _),
                    )
                    for item in figure.comparisons
                ),
            }
            for figure in reading.figures
        ],
    }


def _ranks(reading: DomainReading, _: Translator) -> str:
    rank, class_rank = reading.score.rank, reading.score.class_rank
    texts = [] if rank is None else [format.rank(rank, _.language)]
    if class_rank is not None:
        texts.append(f"{format.rank(class_rank, _.language)} {wording.among(class_rank.peers, _.language)}")
    return ", ".join(texts)


def _figure_name(figure: Figure, _: Translator) -> str:
    return f"{figure.indicator.name.in_language(_.language)}, {format.period(figure.period, _.language)}"


def _value(figure: Figure, shown: Estimate, _: Translator) -> str:
    indicator = figure.indicator
    text = format.estimate(shown, indicator.unit, _.language, decimals=indicator.decimals)
    bounds = format.interval(shown, indicator.unit, _.language, decimals=indicator.decimals)
    return text if bounds is None else f"{text} ({bounds})"


def _comparison(diagnosis: Diagnosis, _: Translator) -> dict[str, Any]:
    """The figures in columns: this territory, then each that some figure is compared with."""
    figures = [figure for reading in diagnosis.domains for figure in reading.figures if figure.comparisons]
    others: dict[str, Territory] = {
        item.territory.id: item.territory for figure in figures for item in figure.comparisons
    }
    rows = []
    for figure in figures:
        compared = {item.territory.id: item.estimate for item in figure.comparisons}
        rows.append(
            [
                _figure_name(figure, _),
                _value(figure, figure.estimate, _),
                *("–" if id not in compared else _value(figure, compared[id], _) for id in others),
            ]
        )
    names = [wording.territory_name(place, _.language) for place in (diagnosis.territory, *others.values())]
    return {"columns": [_("Indicator"), *names], "rows": rows}


def _missing(diagnosis: Diagnosis, _: Translator) -> list[dict[str, str]]:
    """Each reason why a domain has no score, and the domains that it keeps from having one; then the whole's."""
    found: dict[str, list[str]] = {}
    for reading in diagnosis.domains:
        if reading.score.refusal is not None:
            reason = reason_words.sentence(reading.score.refusal, _.language)
            found.setdefault(reason, []).append(reading.domain.name.in_language(_.language))
    if diagnosis.overall.refusal is not None:
        whole = reason_words.sentence(diagnosis.overall.refusal, _.language)
        found.setdefault(whole, []).append(wording.node_name(diagnosis.overall.node, _.language))
    return [{"reason": reason, "domains": wording.enumeration(names, _.language)} for reason, names in found.items()]


def _picture(picture: Picture) -> Mapping[str, str]:
    return {"svg": picture.svg, "alt": picture.alt, "caption": picture.caption}
