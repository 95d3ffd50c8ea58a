"""``odd17 release``: build, list, verify and switch releases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from odd17.core.kernel import Message, ReleaseError
from odd17.publishing.language import msgid
from odd17.publishing.said import said
from odd17.store.frames import frame_file
from odd17.store.releases import current_release, list_releases, open_release, use, verify
from odd17.workflows.build_release import build_release
from odd17.workflows.draw import draw_release_maps

from .language import command_language, whole, words
from .step_bars import StepBars

release_commands = typer.Typer(help="Build, list, verify and switch releases.", no_args_is_help=True)

_STEPS = {
    "inputs": msgid("Gather the inputs"),
    "tables": msgid("Write the figures"),
    "scores": msgid("Score"),
    "crossing": msgid("Cross with the studies"),
    "exports": msgid("Write the exports"),
    "maps": msgid("Draw the maps"),
    "publish": msgid("Publish"),
}


def build_and_tell(frame: Path | None = None) -> None:
    """Build the release, its steps shown, and say what it holds."""
    with StepBars("release.build", _STEPS) as bars:
        release = build_release(frame=frame, progress=bars.show, draw=draw_release_maps)
    counts = release.manifest["counts"]
    built = words()(
        "{release}: {figures} figures, {scores} scores; now the current one.",
        release=release.id,
        figures=whole(counts["observations"]),
        scores=whole(counts["scores"]),
    )
    typer.echo(built)


@release_commands.command("build")
def build(
    frame: Annotated[
        str | None,
        typer.Option(
            help="Frame to score in: a file, or current or report-2019. Where left out, current as soon as one of its "
            "indicators was brought in, else report-2019."
        ),
    ] = None,
) -> None:
    """Build the release of the shipped data and every imported dataset, maps drawn, and make it the current one."""
    build_and_tell(None if frame is None else frame_file(frame))


@release_commands.command("list")
def list_all() -> None:
    """List the releases that are here, the newest build first; a star marks the one that answers."""
    releases = list_releases()
    if not releases:
        raise ReleaseError("No release was built yet. Run: odd17 release build")
    current = _current_id()
    _ = words()
    table = Table("", Column(_("release"), no_wrap=True), _("built"), _("inputs"), _("figures"), _("scores"))
    for release in releases:
        facts = release.manifest
        table.add_row(
            "*" if release.id == current else "",
            release.id,
            facts["created"][:16].replace("T", " "),
            str(len(facts["inputs"])),
            whole(facts["counts"]["observations"]),
            whole(facts["counts"]["scores"]),
        )
    Console().print(table)


@release_commands.command("verify")
def verify_one(
    release: Annotated[str | None, typer.Argument(help="Identifier; the current release where left out.")] = None,
) -> None:
    """Compute every checksum and number of rows again, and name each difference from the manifest."""
    chosen = current_release() if release is None else open_release(release)
    differences = verify(chosen)
    for difference in differences:
        typer.echo(said(difference.said, command_language()))
    if differences:
        raise ReleaseError(
            Message(
                "Release {chosen} is damaged: {differences} difference(s). Build it again.",
                chosen=chosen.id,
                differences=len(differences),
            ),
        )
    files = whole(len(chosen.manifest["resources"]))
    typer.echo(words()("{release}: {files} files, all as published.", release=chosen.id, files=files))


@release_commands.command("use")
def use_one(release: Annotated[str, typer.Argument(help="Identifier, as `odd17 release list` shows it.")]) -> None:
    """Make a release the one that answers."""
    typer.echo(words()("{release} is now the current one.", release=use(release).id))


def _current_id() -> str | None:
    try:
        return current_release().id
    except ReleaseError:
        return None
