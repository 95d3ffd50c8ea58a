"""An entry of the directory as the API gives it: words as identifiers, with their names; nobody's address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from odd17.core.kernel import domains, trades
from odd17.core.resources.access import services
from odd17.core.resources.catalyst_words import kinds, languages
from odd17.core.resources.catalysts import Catalyst, CoverageMatrix, Freshness, freshness
from odd17.core.resources.catalysts_near import Reach

Payload = dict[str, Any]


def catalyst_payload(
    one: Catalyst, language: str, *, called: Callable[[str], str], path: str, day: date, reach: Reach | None = None
) -> Payload:
    """All that an entry says; ``called`` names a territory, ``path`` is the page, ``day`` decides what is stale.

    ``reach`` is how it meets the territory that was asked for.
    """

    def named(words: Iterable[Any], ids: Iterable[str]) -> list[Payload]:
        known = {word.id: word.name.in_language(language) for word in words}
        return [{"id": id, "name": known.get(id, id)} for id in ids]

    state = freshness(one, day)
    return {
        "id": one.id,
        "name": one.name,
        "doubtful_name": one.doubtful_name,
        "count": one.count,
        "kind": named(kinds(), (one.kind.value,))[0],
        "summary": one.summary,
        "trades": named(trades(), one.trades),
        "doubtful_trades": named(trades(), one.doubtful_trades),
        "domains": named(domains(), one.domains),
        "territories": [{"id": id, "name": called(id)} for id in one.territories],
        "services": named(services(), one.services),
        "languages": named(languages(), one.languages),
        "practices": list(one.practices),
        "sources": list(one.sources),
        "state": state.value,
        "cited": state is Freshness.CITED,
        "confirmed": None if one.confirmed is None else one.confirmed.isoformat(),
        "reach": None if reach is None else reach.value,
        "path": path,
    }


def coverage_payload(matrix: CoverageMatrix, language: str, *, called: Callable[[str], str]) -> list[Payload]:
    """Each cell of the matrix: what is known of a trade on a territory, who does it, and who says that no one does."""
    names = {trade.id: trade.name.in_language(language) for trade in trades()}
    return [
        {
            "territory": {"id": territory, "name": called(territory)},
            "trade": {"id": trade, "name": names[trade]},
            "presence": cell.presence.value,
            "catalysts": [one.id for one in cell.catalysts],
            "doubtful": [one.id for one in cell.doubtful],
            "absence": None
            if cell.absence is None
            else {"source": cell.absence.source, "day": cell.absence.day.isoformat()},
        }
        for territory in matrix.territories
        for trade in matrix.trades
        for cell in (matrix.cells[trade, territory],)
    ]
