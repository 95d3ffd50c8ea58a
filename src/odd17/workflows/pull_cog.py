"""The code officiel géographique as published: movements to install, and lists to check the shipped one against."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from odd17.core.indicators.source import Source
from odd17.core.kernel import Message
from odd17.core.territories import Cog
from odd17.store.connectors import RawFile, Wanted, connector_of
from odd17.store.movements import install_movements
from odd17.store.places import shipped
from odd17.store.sources import read_sources

from .pull_choice import Choice

MOVEMENTS = "insee-cog-movements"

_CHECKED: Mapping[str, Mapping[str, str]] = {
    "insee-cog-communes": {"departement": "DEP", "region": "REG"},
    "geo-api-communes": {"departement": "codeDepartement", "region": "codeRegion", "epci": "codeEpci"},
}
"""The lists that the shipped COG is compared with, and the column of each membership."""

_COMMUNES_ONLY = "TYPECOM"
_LISTED = 5


def cog_sources(choice: Choice) -> tuple[Source, ...]:
    """The published lists, the movements first: the movements alone where ``choice`` asks for some indicators only."""
    found = read_sources(shipped() / "cog" / "sources")
    if choice.indicators or choice.domains or choice.levels:
        return (found[MOVEMENTS],)
    order = sorted(found.values(), key=lambda item: (item.id != MOVEMENTS, item.id))
    return tuple(item for item in order if item.starter or not choice.starter)


def use_cog_file(source: Source, raw: RawFile, cog: Cog, home: Path) -> tuple[Message, ...]:
    """Install the movements, or compare a list with ``cog``; returns what there is to say.

    Raises DataError where the file does not have its shape, or its movements do not lead to the communes of ``cog``.
    """
    if source.id == MOVEMENTS:
        installed = install_movements(raw.path, cog, home=home)
        moves = sum(len(edges) for _, edges in installed.steps)
        return (
            Message(
                "{moves:,} movements between communes, up to the COG of {year}", moves=moves, year=installed.through
            ),
        )
    columns = dict(_CHECKED[source.id])
    wanted = frozenset(columns.values()) | ({_COMMUNES_ONLY} if source.id == "insee-cog-communes" else frozenset())
    with tempfile.TemporaryDirectory(prefix=".reading-", dir=home) as work:
        table = connector_of(source.connector).table(source, raw, Wanted(columns=wanted), Path(work))
        if _COMMUNES_ONLY in wanted:
            table = table.filter(pl.col(_COMMUNES_ONLY) == "COM")
        theirs = table.select(commune="code", **{name: pl.col(column) for name, column in columns.items()}).collect()
    return differences(theirs, cog.memberships)


def differences(theirs: pl.DataFrame, ours: pl.DataFrame) -> tuple[Message, ...]:
    """How a published list of communes differs from the memberships of the COG, a line each; one line where not at all.

    Communes of the overseas collectivities, which the COG here does not hold, are passed over.

    >>> table = pl.DataFrame({"commune": ["01001"], "departement": ["01"]})
    >>> differences(table, table)
    ('1 communes, the same as here',)
    >>> differences(table.with_columns(departement=pl.lit("69")), table)
    ('1 communes have another departement there: 01001 (69, here 01)',)
    """
    theirs = theirs.filter(~pl.col("commune").str.contains(r"^9(?:75|77|78|8)"))
    found: list[Message] = []
    for left, right, is_here in ((theirs, ours, True), (ours, theirs, False)):
        absent = left.join(right, on="commune", how="anti")["commune"].sort().to_list()
        if absent:
            found.append(
                Message(
                    "{communes} communes are not here: {some}"
                    if is_here
                    else "{communes} communes are not there: {some}",
                    communes=len(absent),
                    some=_some(absent),
                )
            )
    for column in (name for name in theirs.columns if name != "commune"):
        both = theirs.select("commune", column).join(ours.select("commune", here=column), on="commune")
        other = both.filter(~pl.col(column).eq_missing(pl.col("here"))).sort("commune")
        if not other.is_empty():
            shown = [
                Message("{commune} ({there}, here {here})", commune=commune, there=there or "–", here=here or "–")
                for commune, there, here in other.rows()
            ]
            found.append(
                Message(
                    "{communes} communes have another {column} there: {some}",
                    communes=other.height,
                    column=column,
                    some=_some(shown),
                )
            )
    return tuple(found) or (Message("{communes:,} communes, the same as here", communes=theirs.height),)


def _some(items: Sequence[str]) -> list[str]:
    return [*items[:_LISTED], *(["…"] if len(items) > _LISTED else [])]
