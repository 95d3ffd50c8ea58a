"""Bring in published figures: fetch what changed, make figures, keep them; one failing source leaves the others in."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from odd17.core.indicators.source import Source
from odd17.core.kernel import DataError, Message, Odd17Error
from odd17.core.territories import Cog
from odd17.store.connectors import RawFile, connector_of
from odd17.store.connectors.http import Client
from odd17.store.connectors.raw import kept
from odd17.store.connectors.trouble import Offline
from odd17.store.movements import load_movements
from odd17.store.territories import former_communes

from .pull_choice import EVERYTHING, Choice, Plan, plan
from .pull_cog import cog_sources, use_cog_file
from .pull_figures import Ground, Made, make_figures


class Happened(StrEnum):
    """What became of one source."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: ``why`` it failed, with the remedy; ``notes`` on indicators left out and strangers.

    ``figures`` is how many its snapshot has, None where it has none.
    """

    source: Source
    happened: Happened
    vintage: str | None = None
    figures: int | None = None
    changed: bool = False
    why: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did, source by source, in the order in which they were asked. ``offline``: no host answered."""

    outcomes: tuple[Outcome, ...]
    offline: bool = False

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The sources that failed."""
        return tuple(item for item in self.outcomes if item.happened is Happened.FAILED)

    @property
    def changed(self) -> bool:
        """Whether there are figures that the last release does not have."""
        return any(item.changed for item in self.outcomes)


@dataclass(frozen=True, slots=True)
class Step:
    """Where a pull is: source number ``at`` of ``total``, being ``fetched`` or ``made``; bytes where they are known."""

    source: Source
    at: int
    total: int
    doing: str
    done: int = 0
    size: int = 0


Tell = Callable[[Step], None]
"""Called as a pull goes on."""


_SILENT_HOSTS = 2
"""How many hosts must be silent, and none answer, for the machine to be taken for offline."""


@dataclass
class _Run:
    client: Client
    home: Path
    tell: Tell
    total: int
    files: dict[str, RawFile] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    answered: bool = False


def pull(
    choice: Choice = EVERYTHING,
    *,
    home: Path,
    cog: Cog,
    folder: Path | None = None,
    client: Client | None = None,
    tell: Tell | None = None,
    after: Callable[[Sequence[Outcome]], None] | None = None,
) -> Pulled:
    """Fetch the sources of ``choice`` into ``home/raw``, and keep the figures they give as snapshots under ``home``.

    ``folder`` has the files of sources (None: the shipped ones). ``after`` is told the outcomes so far after each
    source: the figures of a source are kept as soon as all that they are made of was asked for. Sources are asked one
    after the other; where no host at all answers, the rest is not tried. Raises UsageError for a choice that is none,
    Odd17Error where another pull is running; what goes wrong with one source is its outcome.
    """
    wanted = plan(choice, folder)
    home.mkdir(parents=True, exist_ok=True)
    lists = cog_sources(choice)
    asked = (*lists, *wanted.fetched)
    run = _Run(client or Client(), home, tell or (lambda step: None), len(asked))
    told = after or (lambda outcomes: None)
    ground: Ground | None = None  # once the lists of the COG are there
    with _alone(home):
        for at, source in enumerate(asked):
            outcome = _fetched(source, at, run)
            if source in lists and source.id in run.files:
                outcome = _with_list(outcome, run.files.pop(source.id), cog, home)
            run.outcomes[source.id] = outcome
            is_last = at + 1 == len(asked)
            if not run.answered and (len(run.silent) >= _SILENT_HOSTS or (is_last and run.silent)):
                told(list(run.outcomes.values()))
                return Pulled(tuple(run.outcomes.values()), offline=True)
            if source not in lists and (run.answered or is_last):
                ground = ground or Ground(home, cog, load_movements(home), former_communes(), choice.since)
                _make_ready(wanted, {item.id for item in asked[at + 1 :]}, ground, at, run)
            told(list(run.outcomes.values()))
    return Pulled(tuple(run.outcomes.values()))


def _with_list(outcome: Outcome, raw: RawFile, cog: Cog, home: Path) -> Outcome:
    try:
        return replace(outcome, notes=use_cog_file(outcome.source, raw, cog, home))
    except Odd17Error as error:
        return replace(outcome, happened=Happened.FAILED, why=error.said)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the lock of pulls; raises Odd17Error where another process has it."""
    with (home / ".pull.lock").open("a+b") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Odd17Error(
                "Another pull is running. Wait until it ends: what it fetches need not be fetched twice."
            ) from error
        yield


def _fetched(source: Source, at: int, run: _Run) -> Outcome:
    """Ask for the newest vintage of ``source``, and fetch it unless it is there."""
    run.tell(Step(source, at, run.total, "fetch"))
    run.client.progress = lambda done, size: run.tell(Step(source, at, run.total, "fetch", done, size))
    connector = connector_of(source.connector)
    try:
        newest = connector.vintages(source, run.client)[0]
        raw = connector.fetch(source, newest, run.client, run.home)
        run.answered = True
    except Offline as error:
        run.silent.add(error.host)
        return Outcome(source, Happened.FAILED, why=error.said)
    except Odd17Error as error:
        run.answered = True
        return Outcome(source, Happened.FAILED, why=error.said)
    run.files[source.id] = raw
    return Outcome(source, Happened.FETCHED if raw.is_new else Happened.UNCHANGED, vintage=raw.vintage.id)


def _make_ready(wanted: Plan, pending: Collection[str], ground: Ground, at: int, run: _Run) -> None:
    """Make the figures of every source that draws on one that was asked for, once none of ``pending`` is needed."""
    asked = {source.id for source in wanted.fetched}
    for source in wanted.sources.values():
        entries = [entry for entry in wanted.entries.values() if entry.recipe.sources[:1] == (source.id,)]
        used = {name for entry in entries for name in entry.recipe.sources}
        if source.id in run.made or used.isdisjoint(asked) or not used.isdisjoint(pending):
            continue
        run.made.add(source.id)
        for id in sorted(used - run.files.keys()):
            _take_kept(wanted.sources[id], ground, run)
        if source.id not in run.files:
            continue
        run.tell(Step(source, at, run.total, "make"))
        before = run.outcomes.get(source.id, Outcome(source, Happened.UNCHANGED))
        try:
            made = make_figures(source, entries, wanted.sources, run.files, ground)
        except Odd17Error as error:
            run.outcomes[source.id] = replace(before, happened=Happened.FAILED, why=before.why or error.said)
            continue
        run.outcomes[source.id] = _with_figures(before, made)


def _take_kept(source: Source, ground: Ground, run: _Run) -> None:
    """What an earlier pull fetched serves as well."""
    try:
        raw = kept(source.id, ground.home)
    except DataError as error:
        run.outcomes.setdefault(source.id, Outcome(source, Happened.FAILED, why=error.said))
        return
    if raw is not None:
        run.files[source.id] = raw


def _with_figures(outcome: Outcome, made: Made) -> Outcome:
    notes = [Message("{indicator} is left out: {why}", indicator=id, why=why) for id, why in made.refused.items()]
    notes += [
        Message("{indicator}: {rows:,} rows are of no territory, and left out", indicator=id, rows=count)
        for id, count in made.strangers.items()
    ]
    failed = made.snapshot is None and bool(made.refused)
    return replace(
        outcome,
        figures=None if made.snapshot is None else made.snapshot.observations,
        changed=made.changed,
        happened=Happened.FAILED if failed else outcome.happened,
        why=outcome.why or (next(iter(made.refused.values())) if failed else None),
        notes=tuple(notes),
    )
