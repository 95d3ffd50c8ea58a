"""``odd17 report``: a territory's diagnosis as a PDF to print and hand round, or those of a whole level."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from odd17.core.kernel import UsageError
from odd17.core.territories.levels import Level
from odd17.store.whole_files import write_whole
from odd17.workflows.releases import current_release, open_release
from odd17.workflows.report import build_report, build_reports, file_name

from .language import whole, words
from .one_territory import one_territory


class ReportLanguage(StrEnum):
    """Languages of a report."""

    FRENCH = "fr"
    ENGLISH = "en"


def report(
    territory: Annotated[
        str | None, typer.Argument(help="Identifier, code or name: REG-53, 35238, Saint-Étienne.")
    ] = None,
    level: Annotated[
        Level | None, typer.Option(help="Write the report of every territory of this level, in place of one.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="File to write (with --level, folder); named after the territory where left out."),
    ] = None,
    language: Annotated[ReportLanguage, typer.Option(help="Language of the report.")] = ReportLanguage.FRENCH,
    release: Annotated[str | None, typer.Option(help="A release's identifier; the current one where left out.")] = None,
) -> None:
    """Write the report of a territory as an accessible PDF, or the reports of a whole level."""
    if (territory is None) == (level is None):
        raise UsageError("Name a territory, or a level with --level: one of the two.")
    chosen = current_release() if release is None else open_release(release)
    if level is not None:
        folder = out or Path("reports")
        _ = words()
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        ) as progress:
            task = progress.add_task(_("Reports"))
            paths = build_reports(
                chosen,
                level,
                folder,
                language.value,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
        count = whole(len(paths))
        typer.echo(_("{folder}: {count} reports, release {release}.", folder=folder, count=count, release=chosen.id))
        return
    place = one_territory(chosen.cog, territory or "")
    path = out or Path(file_name(chosen, place, language.value))
    write_whole(path, build_report(chosen, place.id, language.value))
    typer.echo(words()("{file}: {name}, release {release}.", file=path, name=place.name, release=chosen.id))
