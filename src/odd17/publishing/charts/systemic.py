"""The systemic view: every domain of every peer, by the figures, as an actor sees it, or by the gap between the two."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from odd17.core.diagnosis.crossing_reading import ActorView, CrossedDomain, PeerCrossing
from odd17.core.kernel import domains
from odd17.publishing import format, wording
from odd17.publishing.crossing_words import actor_name, short_reason
from odd17.publishing.language import translator
from odd17.publishing.studies import study_sources
from odd17.publishing.watermark import watermark

from .captions import Caption
from .crossing_drawings import HeatCell, HeatChart
from .readings import source_lines, sources_of_ranks


class Sight(StrEnum):
    """What a cell of the systemic view says."""

    FIGURES = "figures"
    SEEN = "seen"
    GAP = "gap"


def heat_chart(found: PeerCrossing, sight: Sight, actor: str | None, language: str) -> HeatChart:
    """The systemic view; ``actor`` is needed for what is seen, and for gaps."""
    _ = translator(language)
    territories = list(dict.fromkeys(row.territory for row in found.rows))
    cells = {(row.domain.id, row.territory.id): row for row in found.rows}
    who = "" if actor is None else actor_name(actor, language)
    titles: Mapping[Sight, str] = {
        Sight.FIGURES: _("Ranks by the figures"),
        Sight.SEEN: _("Ranks as seen: {who}", who=who),
        Sight.GAP: _("Gap in ranks between the figures and what is seen: {who}", who=who),
    }
    title = titles[sight]
    legend = (
        (_("seen as less fragile than the figures say"), _("as more fragile"), _("·: not known"))
        if sight is Sight.GAP
        else (_("least fragile"), _("most fragile"), _("·: not known"))
    )
    studies = [study for study in found.studies.values() if study.actor == actor] if actor else []
    figures = [] if sight is Sight.SEEN else sources_of_ranks(found.rows)
    return HeatChart(
        id=f"systemic-{sight.value}-{actor or 'all'}",
        title=title,
        columns=tuple(territory.name for territory in territories),
        rows=tuple(
            (
                domain.name.in_language(_.language),
                tuple(cell(cells[domain.id, one.id], sight, actor, language) for one in territories),
            )
            for domain in domains()
        ),
        legend=legend,
        diverging=sight is Sight.GAP,
        caption=Caption(
            title,
            wording.sentence_case(wording.among(found.peers, language)),
            source_lines([*study_sources(studies), *figures], found.release, language),
        ),
        watermark=watermark(found.release, language),
    )


def cell(row: CrossedDomain, sight: Sight, actor: str | None, language: str) -> HeatCell:
    """A cell: the rank or the gap, and its shade; a dot where it is not known (``why_empty`` says why)."""
    view = None if actor is None else row.view(actor)
    if sight is Sight.FIGURES:
        rank = row.score.rank
        if rank is None:
            return HeatCell("·", None)
        last = max(rank.high or rank.value, rank.value + rank.tied)
        return _ranked(rank.value, rank.low or rank.value, last, rank.of, language)
    if view is None or view.rank is None:
        return HeatCell("·", None)
    if sight is Sight.SEEN:
        return _ranked(view.rank.value, view.rank.low, view.rank.high, view.rank.of, language)
    if view.gap is None:
        return HeatCell("·", None)
    told = [_signed(value, language) for value in (view.gap.value, view.gap.low, view.gap.high)]
    return HeatCell(told[0], _diverging(view), f"[{told[1]} ; {told[2]}]")


def why_empty(row: CrossedDomain, sight: Sight, actor: str | None, language: str) -> str:
    """Why a cell has no number, in a few words."""
    _ = translator(language)
    view = None if actor is None else row.view(actor)
    if sight is Sight.FIGURES or (sight is Sight.GAP and view is not None and view.rank is not None):
        return _("no rank by the figures")
    return _("not asked") if view is None else short_reason(view.reason, language)


def _ranked(value: int, low: int, high: int, of: int, language: str) -> HeatCell:
    """Rank 1 has the darkest shade; the middle of the interval gives it, so that equals do not all stand first."""
    shade = 4 - min(4, int(5 * ((low + high) / 2 - 1) // max(of, 1)))
    told = [format.number(one, language, decimals=0) for one in (value, low, high)]
    return HeatCell(told[0], shade, "" if low == high else f"[{told[1]}–{told[2]}]")


def _signed(value: int, language: str) -> str:
    return f"{'+' if value > 0 else ''}{format.number(value, language, decimals=0)}"


def _diverging(view: ActorView) -> int:
    """0 and 4 from a third of the peers on, 2 where the gap cannot be told from none."""
    if view.gap is None or view.rank is None or view.gap.low <= 0 <= view.gap.high:
        return 2
    far = abs(view.gap.value) * 3 >= view.rank.of
    return (4 if far else 3) if view.gap.value > 0 else (0 if far else 1)
