"""Which sources a pull brings in: all of them, or those behind some indicators, domains or levels; light ones first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from odd17.core.indicators.recipe import CatalogueEntry
from odd17.core.indicators.source import Source
from odd17.core.kernel import Message, UsageError, domains
from odd17.core.territories import Level
from odd17.store.current_catalogue import read_current_catalogue
from odd17.store.sources import read_sources


@dataclass(frozen=True, slots=True)
class Choice:
    """What to bring in. Empty fields choose everything; several of them must all hold.

    ``levels`` choose the indicators that have figures there. ``since`` keeps the figures of periods from that year on.
    ``starter`` chooses the light sources only.
    """

    indicators: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    since: int | None = None
    starter: bool = False


EVERYTHING = Choice()


@dataclass(frozen=True, slots=True)
class Plan:
    """The described ``sources`` by id, those to fetch in their order, and every indicator that could be made."""

    sources: Mapping[str, Source]
    fetched: tuple[Source, ...]
    entries: Mapping[str, CatalogueEntry]


def plan(choice: Choice, folder: Path | None = None) -> Plan:
    """The sources to fetch for ``choice``, the light ones first; ``folder`` has source files (None: the shipped ones).

    Raises UsageError for an indicator or domain that is not there, and where nothing answers to the choice.
    """
    sources = read_sources(folder) if folder is not None else read_sources()
    entries = read_current_catalogue(sources=sources)
    _check_names(choice.indicators, entries, "indicator")
    _check_names(choice.domains, [item.id for item in domains()], "domain")
    chosen = [entry for entry in entries.values() if _is_chosen(entry, choice)]
    ids = {source for entry in chosen for source in entry.recipe.sources}
    if choice.starter:
        ids = {id for id in ids if sources[id].starter}
    if not ids:
        raise UsageError("No source answers to this choice: widen it, or see the indicators with odd17 data outdated.")
    order = sorted((sources[id] for id in ids), key=lambda item: (not item.starter, item.size_mb, item.id))
    return Plan(sources, tuple(order), entries)


def _is_chosen(entry: CatalogueEntry, choice: Choice) -> bool:
    return (
        (not choice.indicators or entry.indicator.id in choice.indicators)
        and (not choice.domains or entry.indicator.domain in choice.domains)
        and (not choice.levels or not set(choice.levels).isdisjoint(entry.levels))
    )


def _check_names(names: Collection[str], known: Collection[str], kind: str) -> None:
    for name in names:
        if name not in known:
            near = get_close_matches(name, list(known), n=3, cutoff=0.4)
            hint = Message(" Did you mean {near}?", near=near) if near else ""
            raise UsageError(Message("No {kind} is called {name!r}.{hint}", kind=kind, name=name, hint=hint))
