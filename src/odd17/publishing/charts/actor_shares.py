"""Charts of what one group sees: the domains that it judges fragile, and the levers that it puts first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from odd17.core.diagnosis.actor_views import ActorCrossing
from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import Estimate, ObsStatus
from odd17.publishing import format, wording
from odd17.publishing.crossing_words import actor_name, who
from odd17.publishing.language import Translator, translator
from odd17.publishing.lever_words import lever_name
from odd17.publishing.share_words import share_in_full
from odd17.publishing.studies import study_sources
from odd17.publishing.watermark import watermark

from .captions import Caption
from .crossing_drawings import ShareChart, ShareRow
from .readings import source_lines


def share_charts(found: ActorCrossing, language: str) -> tuple[ShareChart, ...]:
    """The chart of the domains and that of the levers, as far as the group was asked of them here."""
    _ = translator(language)
    facts = {"name": wording.territory_name(found.territory, language), "who": who(found.actor, language)}
    views = [(row, view) for row in found.domains if (view := row.view(found.actor)) is not None]
    levers = [(lever, lever.first) for lever in found.levers if lever.first is not None]
    charts = (
        _chart(
            found,
            "fragile",
            _("{name}: domains judged fragile by {who}", **facts),
            [(row.domain.name.in_language(_.language), view.share) for row, view in views],
            {view.study: view.period for _row, view in views},
            _,
        ),
        _chart(
            found,
            "levers",
            _("{name}: levers put first by {who}", **facts),
            [(lever_name(lever.lever, language), share) for lever, share in levers],
            {lever.study: lever.period for lever, _share in levers},
            _,
        ),
    )
    return tuple(chart for chart in charts if chart is not None)


def _chart(
    found: ActorCrossing,
    id: str,
    title: str,
    shares: Sequence[tuple[str, Estimate]],
    asked: dict[str, str],
    _: Translator,
) -> ShareChart | None:
    if not shares:
        return None
    periods = ", ".join(format.period(period, _.language) for period in dict.fromkeys(asked.values()))
    subtitle = f"{actor_name(found.actor, _.language)}, {periods}"
    behind = [study for study in found.studies if study.id in asked]
    lines = source_lines(study_sources(behind), found.release, _.language)
    return ShareChart(
        id=id,
        title=title,
        axis_title=_("share of those asked"),
        ends=_ends(_),
        interval_label=_interval_label((share for _label, share in shares), _),
        actor=found.actor,
        rows=tuple(_row(label, share, _) for label, share in shares),
        caption=Caption(title, subtitle, lines),
        watermark=watermark(found.release, _.language),
    )


def _ends(_: Translator) -> tuple[str, str]:
    low, high = (format.quantity(share, Unit.PERCENT, _.language, decimals=0) for share in (0, 100))
    return low, high


def _interval_label(shares: Iterable[Estimate], _: Translator) -> str:
    if any(_is_careful(share) for share in shares):
        return _("bars: 19 samples in 20; an outline: few answered, to be read with care")
    return _("bars: 19 samples in 20")


def _is_careful(share: Estimate) -> bool:
    return share.obs_status is ObsStatus.LOW_RELIABILITY


def _row(label: str, share: Estimate, _: Translator) -> ShareRow:
    return ShareRow(label, share.value, share.low, share.high, share_in_full(share, _.language), _is_careful(share))
