"""``odd17 diagnose``: where a territory is fragile, on the terminal or as a file."""

from __future__ import annotations

import io
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from odd17.store.whole_files import write_whole
from odd17.workflows.diagnose import diagnose as diagnose_territory
from odd17.workflows.releases import current_release, open_release

from .diagnosis_table import diagnosis_table

_FILE_WIDTH = 120
"""Columns of a table that is written to a file."""


class Language(StrEnum):
    """Languages of the interface."""

    FRENCH = "fr"
    ENGLISH = "en"


def diagnose(
    territory: Annotated[str, typer.Argument(help="Identifier, code or name: REG-53, 35238, Saint-Étienne.")],
    compare: Annotated[
        list[str] | None, typer.Option(help="Another territory to set beside it; may be given several times.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; the terminal where left out.")] = None,
    language: Annotated[Language, typer.Option(help="Language of words and numbers.")] = Language.FRENCH,
    release: Annotated[str | None, typer.Option(help="A release's identifier; the current one where left out.")] = None,
) -> None:
    """Show where a territory is fragile: profile, 16 domains with score, rank and comparison, sources."""
    chosen = current_release() if release is None else open_release(release)
    found = diagnose_territory(chosen, territory, compare or [])
    if out is None:
        Console().print(diagnosis_table(found, language), highlight=False)
    else:
        page = io.StringIO()
        Console(file=page, width=_FILE_WIDTH, highlight=False).print(diagnosis_table(found, language))
        write_whole(out, page.getvalue().encode())
        typer.echo(f"{out}: {found.territory.name}, release {found.release}.")
