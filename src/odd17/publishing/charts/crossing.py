"""Charts of the crossing: gaps of a territory or of a domain by year asked, and quadrants by actor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from odd17.core.diagnosis.crossing_reading import ActorView, CrossedDomain, CrossedViews, PeerCrossing, Place
from odd17.core.diagnosis.crossing_tables import Quadrant
from odd17.core.diagnosis.reading import PeerSet
from odd17.core.kernel import ReasonCode, actors
from odd17.core.perceptions.study import StudyDescription
from odd17.publishing import format, wording
from odd17.publishing.crossing_words import actor_name, quadrant_name, short_reason
from odd17.publishing.language import Translator, translator
from odd17.publishing.studies import study_sources
from odd17.publishing.watermark import watermark

from .captions import Caption
from .crossing_drawings import GapChart, GapRow, QuadrantChart, QuadrantPoint, Spot
from .readings import source_lines, sources_of_ranks


def gap_charts(views: CrossedViews, language: str) -> tuple[GapChart, ...]:
    """The gaps of a territory, one chart a year: those asked in different years are never shown as if together.

    Rows are sorted by the widest gap of the year. A year in which nobody can be ranked has no chart.
    """
    return _by_year(
        _Told(
            wording.territory_name(views.territory, language), views.domains, _domain_label(language), views.studies,
            views.release, views.peers,
        ),
        language,
    )  # fmt: skip


def domain_gap_charts(found: PeerCrossing, language: str) -> tuple[GapChart, ...]:
    """The gaps of one domain over its peers, a row a territory, one chart a year, as ``gap_charts``."""
    name = found.rows[0].domain.name.in_language(language) if found.rows else ""
    return _by_year(
        _Told(name, found.rows, lambda row: row.territory.name, found.studies, found.release, found.peers), language
    )


def quadrant_chart(views: CrossedViews, actor: str, language: str) -> QuadrantChart | None:
    """The domains of a territory by their figures and by ``actor``; None where nothing can be placed."""
    _ = translator(language)
    told = [(row, view) for row in views.domains if (view := row.view(actor)) is not None]
    points = tuple(_point(row, view, language) for row, view in told if view.rank and view.objective)
    if not points:
        return None
    names = [
        wording.sentence_case(quadrant_name(one, language))
        for one in (Quadrant.WORRY, Quadrant.SHARED_PRIORITY, Quadrant.ASSET, Quadrant.UNDER_THE_RADAR)
    ]
    place, who = wording.territory_name(views.territory, language), actor_name(actor, language)
    return QuadrantChart(
        id=f"quadrants-{actor}",
        title=_("{name}: domains by their figures and as seen by {who}", name=place, who=who),
        across=_("by the figures: least fragile → most fragile"),
        up=_("{who}: least seen as fragile → most", who=who),
        corners=(names[0], names[1], names[2], names[3]),
        told_label=_("quadrant told, with a probability of 70% at least"),
        untold_label=_("cannot tell: no quadrant is likely enough"),
        actor=actor,
        points=points,
        caption=_caption(views, [view for _row, view in told], _("{name}: quadrants, {who}", name=place, who=who), _),
        watermark=watermark(views.release, language),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What a chart of gaps tells of: its rows, how each is called, and where it all comes from."""

    name: str
    rows: tuple[CrossedDomain, ...]
    label: Callable[[CrossedDomain], str]
    studies: Mapping[str, StudyDescription]
    release: str
    peers: PeerSet | None


def _domain_label(language: str) -> Callable[[CrossedDomain], str]:
    return lambda row: row.domain.name.in_language(language)


def _by_year(told: _Told, language: str) -> tuple[GapChart, ...]:
    years = sorted({view.period[:4] for row in told.rows for view in row.views}, reverse=True)
    return tuple(chart for year in years if (chart := _gaps(told, year, language)) is not None)


def _gaps(told: _Told, year: str, language: str) -> GapChart | None:
    _ = translator(language)
    asked = [view for row in told.rows for view in row.views if view.period[:4] == year]
    people = [one.id for one in actors() if any(view.actor == one.id and view.rank for view in asked)]
    if not people:
        return None
    rows = sorted(told.rows, key=lambda row: (-_widest(row, year), told.rows.index(row)))
    return GapChart(
        id=f"gaps-{year}",
        title=_("{name}: ranks by the figures and by those asked in {year}", name=told.name, year=year),
        axis_title=_("rank among the peers, least fragile to most fragile"),
        ends=(_("last"), _("rank 1")),
        figures_label=_("by the figures"),
        interval_label=_("bars: nine draws in ten"),
        actors=tuple((actor, _who(actor, asked, _)) for actor in people),
        rows=tuple(_row(row, told.label(row), people, year, _) for row in rows),
        caption=_caption(told, asked, _("{name}: gaps, {year}", name=told.name, year=year), _),
        watermark=watermark(told.release, language),
    )


def _row(row: CrossedDomain, label: str, people: Sequence[str], year: str, _: Translator) -> GapRow:
    told = [view for view in row.views if view.period[:4] == year and view.actor in people]
    ranked = [view for view in told if view.rank is not None]
    spots = [_spot(view.rank, view.actor) for view in ranked if view.rank is not None]
    objective = next((view.objective for view in ranked if view.objective is not None), None)
    if objective is not None:  # equals share a bar: any of its places could be theirs
        last = max(objective.high, objective.value + _tied(row, objective))
        spots.insert(0, Spot(objective.value, objective.low, last, objective.of))
    gaps = [view for view in ranked if view.gap is not None]
    if gaps:
        widest = max(gaps, key=lambda view: abs(view.gap.value) if view.gap else 0)
        value = widest.gap.value if widest.gap else 0
        sign = "+" if value > 0 else ""
        text = _(
            "{gap} ({who})",
            gap=f"{sign}{format.number(value, _.language, decimals=0)}",
            who=actor_name(widest.actor, _.language).lower(),
        )
        hidden = [view for view in told if view.rank is None]
        if hidden:
            text = _("{text}; {why}", text=text, why=_withheld(hidden, _))
    elif ranked:
        text = _("no rank by the figures")
    else:
        text = _withheld(told, _) if told else _("not asked")
    return GapRow(label, tuple(spots), text)


def _withheld(hidden: Sequence[ActorView], _: Translator) -> str:
    """Why some have no mark, each named."""
    return ", ".join(
        _(
            "{who}: {why}",
            who=actor_name(view.actor, _.language).lower(),
            why=short_reason(view.reason, _.language),
        )
        for view in hidden
    )


def _widest(row: CrossedDomain, year: str) -> int:
    gaps = [abs(view.gap.value) for view in row.views if view.gap is not None and view.period[:4] == year]
    return max(gaps, default=-1)


def _spot(place: Place, actor: str | None) -> Spot:
    return Spot(place.value, place.low, place.high, place.of, actor)


def _who(actor: str, asked: Sequence[ActorView], _: Translator) -> str:
    own = [view for view in asked if view.actor == actor]
    most = max((view.share.n or 0 for view in own), default=0)
    return _(
        "{who}, {period}, n = {n}",
        who=actor_name(actor, _.language),
        period=format.period(own[0].period, _.language),
        n=format.number(most, _.language, decimals=0),
    )


def _point(row: CrossedDomain, view: ActorView, language: str) -> QuadrantPoint:
    if view.objective is None or view.rank is None:
        raise ValueError(ReasonCode.NO_STUDY)
    return QuadrantPoint(
        row.domain.name.in_language(language),
        _standing(view.objective.value + _tied(row, view.objective) / 2, view.objective.of),
        _interval(view.objective, _tied(row, view.objective)),
        _standing(view.rank.value, view.rank.of),
        _interval(view.rank, 0),
        view.quadrant not in (None, Quadrant.CANNOT_TELL),
    )


def _interval(place: Place, tied: int) -> tuple[float, float]:
    return _standing(max(place.high, place.value + tied), place.of), _standing(place.low, place.of)


def _tied(row: CrossedDomain, place: Place) -> int:
    """How many share the rank: a territory among equals stands in their middle, as quadrants take it."""
    rank = row.score.rank
    return rank.tied if rank is not None and (rank.value, rank.of) == (place.value, place.of) else 0


def _standing(rank: float, of: int) -> float:
    """1 for the first of ``of``, 0 for the last."""
    return (of - rank) / (of - 1) if of > 1 else 1.0


def _caption(views: CrossedViews | _Told, asked: Sequence[ActorView], title: str, _: Translator) -> Caption:
    studies = [views.studies[id] for id in dict.fromkeys(view.study for view in asked)]
    peers = "" if views.peers is None else wording.sentence_case(wording.among(views.peers, _.language))
    rows = views.domains if isinstance(views, CrossedViews) else views.rows
    sources = [*study_sources(studies), *sources_of_ranks(rows)]
    return Caption(title, peers, source_lines(sources, views.release, _.language))
