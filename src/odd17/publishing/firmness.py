"""How firm a rank is, in sentences: what moves it, and from whom it tells a territory apart."""

from __future__ import annotations

from collections.abc import Sequence

from odd17.core.diagnosis.reading import Diagnosis, Rank
from odd17.core.diagnosis.side_by_side import open_orders
from odd17.core.indicators.indicator import Unit
from odd17.core.territories.territory import Territory

from . import format, wording
from .language import Translator, translator


def firmness(rank: Rank, language: str) -> str | None:
    """What the interval of a rank means for its reader; None where the rank has none.

    >>> from odd17.core.diagnosis.reading import PeerSet
    >>> firmness(Rank(3, 13, 0, PeerSet("REG-metropolitan", 13), 2, 5, overlaps=4), "en")
    'Cannot be told apart from 4 others: their intervals meet.'
    """
    _ = translator(language)
    if rank.alone:
        return _("A single indicator makes this score: the rank depends on none of our weights, scales and means.")
    if rank.overlaps is None:
        return None
    if rank.overlaps == 0:
        return _("Told apart from all others: no other interval meets its own.")
    return _.plural(
        "Cannot be told apart from {count} other: their intervals meet.",
        "Cannot be told apart from {count} others: their intervals meet.",
        rank.overlaps,
        count=format.number(rank.overlaps, language, decimals=0),
    )


def move(rank: Rank, language: str) -> str | None:
    """How a rank moved, with the interval of the move; None where that is not known.

    >>> from odd17.core.diagnosis.reading import PeerSet, RankChange
    >>> move(Rank(3, 13, 0, PeerSet("REG-metropolitan", 13), change=RankChange("2018", -4, -6, -1)), "en")
    'Since 2018: 4 places nearer to rank 1 (90%: between 6 nearer and 1 nearer).'
    """
    change = rank.change
    if change is None:
        return None
    _ = translator(language)
    facts = {
        "since": format.period(change.since, language),
        "count": format.number(abs(change.value), language, decimals=0),
    }
    if change.value == 0:
        said = _("Since {since}: the same rank", **facts)
    elif change.value < 0:
        said = _.plural(
            "Since {since}: {count} place nearer to rank 1",
            "Since {since}: {count} places nearer to rank 1",
            -change.value,
            **facts,
        )
    else:
        said = _.plural(
            "Since {since}: {count} place further from rank 1",
            "Since {since}: {count} places further from rank 1",
            change.value,
            **facts,
        )
    if rank.alone:
        return f"{said}."
    level = format.quantity(100 * rank.level, Unit.PERCENT, language, decimals=0)
    low, high = _places(change.low, _), _places(change.high, _)
    if change.low == change.high == change.value:
        return _("{said} (unmoved, {level}).", said=said, level=level)
    if change.value != 0 and change.low <= 0 <= change.high:
        return _(
            "{said} ({level}: between {low} and {high}). The move may owe to our choices alone.",
            said=said,
            level=level,
            low=low,
            high=high,
        )
    return _("{said} ({level}: between {low} and {high}).", said=said, level=level, low=low, high=high)


def _places(change: int, _: Translator) -> str:
    """A bound of a move: how many places, and which way."""
    count = format.number(abs(change), _.language, decimals=0)
    if change == 0:
        return count
    return _("{count} nearer", count=count) if change < 0 else _("{count} further", count=count)


def not_told_apart(territories: Sequence[Territory], language: str) -> str:
    """That the ranks of these territories leave their order open."""
    _ = translator(language)
    names = wording.enumeration([wording.territory_name(one, language) for one in territories], language)
    return _("{names} cannot be told apart: the intervals of their ranks meet.", names=names)


def intervals(level: float, language: str) -> str:
    """What the interval of a rank is."""
    return translator(language)(
        "The interval of a rank holds {level} of the ranks that other weights, scales and means would give. Two "
        "territories whose intervals meet cannot be told apart.",
        level=format.quantity(100 * level, Unit.PERCENT, language, decimals=0),
    )


def open_beside(diagnosis: Diagnosis, language: str) -> list[str]:
    """For each territory set beside, the domains in which it cannot be told apart from the one diagnosed."""
    _ = translator(language)
    found: dict[str, list[str]] = {}
    for reading in diagnosis.domains:
        for other, score in reading.others:
            if open_orders([reading.score, score]):
                domains = found.setdefault(wording.territory_name(other, language), [])
                domains.append(reading.domain.name.in_language(language))
    return [
        _("Cannot be told apart from {name}: {domains}.", name=name, domains=wording.enumeration(domains, language))
        for name, domains in found.items()
    ]
