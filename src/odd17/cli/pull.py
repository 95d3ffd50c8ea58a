"""``odd17 data pull`` and ``odd17 data outdated``: bring published figures in, and say what has a newer vintage."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from odd17.core.kernel import Odd17Error
from odd17.core.territories import Level
from odd17.publishing.language import msgid
from odd17.publishing.said import said
from odd17.store.connectors.http import Client
from odd17.store.places import home
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.draw import draw_release_maps
from odd17.workflows.pull import Happened, Outcome, Pulled, Step, pull
from odd17.workflows.pull_choice import Choice
from odd17.workflows.pull_outdated import Standing, outdated
from odd17.workflows.pull_releases import ReleasesAlong
from odd17.workflows.pull_status import PullStatus, State, StatusFile, read_status

from .demonstration import demonstrate_beside
from .language import command_language, whole, words

_DOING = {"fetch": msgid("{place} Fetching {source}"), "make": msgid("{place} Making figures of {source}")}
_HAPPENED = {
    Happened.FETCHED: msgid("fetched"),
    Happened.UNCHANGED: msgid("unchanged"),
    Happened.FAILED: msgid("failed"),
}
_STYLES = {Happened.FETCHED: "green", Happened.UNCHANGED: "dim", Happened.FAILED: "red"}

_Indicators = Annotated[list[str] | None, typer.Option("--indicator", help="Only what this indicator needs.")]
_Domains = Annotated[list[str] | None, typer.Option("--domain", help="Only the indicators of this domain.")]
_Levels = Annotated[list[Level] | None, typer.Option("--level", help="Only indicators with figures at this level.")]
_Sources = Annotated[
    Path | None, typer.Option("--sources", help="Folder of source files, in the place of the shipped ones.")
]
_Mirror = Annotated[
    str | None,
    typer.Option(help="Ask a copy of the web instead: https://host/path is asked for at MIRROR/host/path."),
]


def pull_all(
    indicator: _Indicators = None,
    domain: _Domains = None,
    level: _Levels = None,
    since: Annotated[int | None, typer.Option(help="Keep figures from this year on.", min=1900, max=2100)] = None,
    starter: Annotated[bool, typer.Option("--starter", help="Only the light sources.")] = False,
    build: Annotated[bool, typer.Option("--build", help="Then build a release, where figures changed.")] = False,
    sources: _Sources = None,
    mirror: _Mirror = None,
    in_background: Annotated[bool, typer.Option("--in-background", hidden=True)] = False,
) -> None:
    """Fetch published figures from their producers, check them, and keep them for the next release.

    What is there and did not change is not fetched again. A source that fails is said at the end, and leaves the others
    in. Several options must all hold.
    """
    parent = os.getppid()
    if in_background:
        os.nice(10)
    choice = Choice(tuple(indicator or ()), tuple(domain or ()), tuple(level or ()), since, starter)
    status = StatusFile(home())
    before = read_status(home())
    state, release = State.STOPPED, None

    def build_meanwhile() -> None:
        status.building()
        status.built(build_release().id)  # its maps are drawn when they are asked for

    along = ReleasesAlong(build_meanwhile)

    def after(outcomes: Sequence[Outcome]) -> None:
        status.outcomes(outcomes)
        along.outcomes(outcomes)

    try:
        with _Bars(quiet=in_background) as bars:

            def tell(step: Step) -> None:
                if in_background and os.getppid() != parent:
                    raise SystemExit(1)  # the server is gone: what was fetched is kept for the next time
                if build and step.doing == "fetch" and not step.done:
                    along.between()
                status.step(step)
                bars.show(step)

            done = pull(
                choice,
                home=home(),
                cog=load_shipped_cog(),
                folder=sources,
                client=Client(mirror=mirror),
                tell=tell,
                after=after,
            )
        state = State.OFFLINE if done.offline else State.DONE
        if not (in_background or done.offline):
            _report(done.outcomes)
        if build and (done.changed or (_was_stopped(before) and any(item.figures for item in done.outcomes))):
            status.building()
            release = build_release(draw=draw_release_maps).id
            status.built(release)
    finally:
        status.end(state)
    if in_background and release is not None:
        demonstrate_beside()  # its figures are those that odd17 has
    _conclude(done, release, in_background=in_background)


def list_outdated(
    indicator: _Indicators = None,
    domain: _Domains = None,
    level: _Levels = None,
    sources: _Sources = None,
    mirror: _Mirror = None,
) -> None:
    """List every source: the vintage that is here, and the newest that its producer offers. Nothing is fetched."""
    choice = Choice(tuple(indicator or ()), tuple(domain or ()), tuple(level or ()))
    found = outdated(home=home(), folder=sources, client=Client(mirror=mirror), choice=choice)
    _, language = words(), command_language()
    table = Table(Column(_("source"), no_wrap=True), _("here"), _("newest"), "")
    for item in found:
        table.add_row(*map(Text, (item.source.id, item.kept or "", item.newest or "", _(_standing(item)))))
    Console().print(table)
    if not any(item.is_reached for item in found):
        raise Odd17Error(
            "No producer can be reached from this machine: the table says what is here; what is newer, only they can "
            "tell. Run odd17 data outdated once it is online."
        )
    console = Console(stderr=True, highlight=False)
    for why in dict.fromkeys(item.why for item in found if item.why):
        console.print(Text(said(why, language), style="red"), soft_wrap=True)
    if any(item.why for item in found):
        raise SystemExit(1)
    if any(item.is_newer or item.kept is None for item in found):
        typer.echo(_("Next: odd17 data pull"))


def _was_stopped(status: PullStatus | None) -> bool:
    """Whether the pull before this one ended before its release was built: its figures may be in none."""
    return status is not None and status.state is State.STOPPED


def _standing(item: Standing) -> str:
    if item.why:
        return msgid("does not answer") if item.is_reached else msgid("not reached")
    if item.kept is None:
        return msgid("not pulled yet")
    return {None: msgid("only a pull can tell"), True: msgid("newer"), False: msgid("up to date")}[item.is_newer]


def _report(outcomes: Sequence[Outcome]) -> None:
    _, language = words(), command_language()
    table = Table(Column(_("source"), no_wrap=True), "", _("vintage"), Column(_("figures"), justify="right"))
    for item in outcomes:
        figures = "" if item.figures is None else whole(item.figures)
        happened = Text(_(_HAPPENED[item.happened]), style=_STYLES[item.happened])
        table.add_row(Text(item.source.id), happened, Text(item.vintage or ""), figures)
    Console().print(table)
    console = Console(stderr=True, highlight=False)
    for item in outcomes:
        for note in item.notes:
            console.print(
                Text(_("{id}: {title}", id=item.source.id, title=said(note, language)), style="yellow"), soft_wrap=True
            )
    for why in dict.fromkeys(item.why for item in outcomes if item.why):
        console.print(Text(said(why, language), style="red"), soft_wrap=True)


def _conclude(done: Pulled, release: str | None, *, in_background: bool) -> None:
    if done.offline:
        raise Odd17Error(
            "No producer can be reached from this machine: nothing was fetched, and what is here stays. Run odd17 data "
            "pull once it is online."
        )
    _ = words()
    if release is not None:
        typer.echo(_("Release {release} is built; it is now the current one.", release=release))
    elif done.changed:
        typer.echo(_("Next: odd17 release build"))
    elif not done.failed:
        typer.echo(_("Everything is up to date."))
    if done.failed:
        if in_background:
            typer.echo(
                _("odd17 data pull: {count} sources failed; run it to see why.", count=len(done.failed)), err=True
            )
        raise SystemExit(1)


class _Bars:
    """A bar for the sources and one for the file in hand, on the terminal; a line a step in the log."""

    def __init__(self, *, quiet: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn(),
            console=Console(stderr=True), disable=quiet or not sys.stderr.isatty(), transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task("", total=None)
        self._log = structlog.get_logger()
        self._said: tuple[str, str] | None = None

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def show(self, step: Step) -> None:
        source = step.source.title.in_language(command_language())
        title = words()(_DOING[step.doing], place=f"{step.at + 1}/{step.total}", source=source)
        self._progress.update(self._task, description=title, completed=step.done, total=step.size or None)
        if self._said != (step.source.id, step.doing):
            self._said = (step.source.id, step.doing)
            self._log.info("data.pull", source=step.source.id, doing=step.doing, at=step.at + 1, total=step.total)
