"""The directory of catalysts as a table: nobody's name or address stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from odd17.core.kernel import domains, trades
from odd17.core.resources.access import services
from odd17.core.resources.catalyst_words import kinds, languages
from odd17.core.resources.catalysts import Catalyst, Freshness, freshness
from odd17.publishing.language import msgid, translator

from .table import Column, Kind, Table

_FRESHNESS = {
    Freshness.FRESH: msgid("confirmed by its holder"),
    Freshness.STALE: msgid("to be confirmed: its holder was asked"),
    Freshness.CITED: msgid("cited by a source, to be claimed"),
    Freshness.EXPIRED: msgid("no longer confirmed"),
}


def catalysts_table(
    catalysts: Sequence[Catalyst],
    language: str,
    called: Callable[[str], str],
    *,
    day: date,
    address: str,
    release: str,
) -> Table:
    """A row an entry, as of ``day``; ``called`` names a territory, ``address`` is where to ask for the same again."""
    _ = translator(language)

    def named(words: Iterable[Any], ids: Iterable[str]) -> str:
        known = {word.id: word.name.in_language(language) for word in words}
        return "; ".join(known.get(id, id) for id in ids)

    rows = tuple(
        (
            one.id,
            one.name,
            named(kinds(), (one.kind,)),
            named(trades(), one.trades),
            named(trades(), one.doubtful_trades),
            named(domains(), one.domains),
            "; ".join(map(called, one.territories)),
            "; ".join(one.territories),
            named(services(), one.services),
            named(languages(), one.languages),
            one.summary,
            "; ".join(one.practices),
            "; ".join(one.sources),
            one.count,
            _(_FRESHNESS[freshness(one, day)]),
            "" if one.confirmed is None else one.confirmed.isoformat(),
        )
        for one in catalysts
    )
    return Table(
        name="odd17-catalysts",
        title=_("Territorial catalysts"),
        columns=(
            Column("id", _("Number")),
            Column("name", _("Name")),
            Column("kind", _("Kind")),
            Column("trades", _("Trades")),
            Column("doubtful_trades", _("Trades read with doubt")),
            Column("domains", _("Domains")),
            Column("territories", _("Territories")),
            Column("territory_codes", _("Codes of territories")),
            Column("services", _("Services")),
            Column("languages", _("Languages")),
            Column("summary", _("Summary")),
            Column("practices", _("Practices in which it took part")),
            Column("sources", _("Sources")),
            Column("count", _("How many it stands for"), Kind.INTEGER, 0),
            Column("state", _("State of the entry")),
            Column("confirmed", _("Last confirmed on")),
        ),
        rows=rows,
        notes=(
            address,
            _("As of {day}.", day=day.isoformat()),
            _(
                "Nobody known somewhere does not mean that there is nobody. Entries are those that holders publish and "
                "those that a source cites; withdrawn, an entry leaves the next file."
            ),
        ),
        release=release,
        data_title=_("Catalysts"),
        notes_title=_("Sources"),
    )
