"""``odd17 programmes``: what the files of a programme would give, or all that is wrong in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from odd17.workflows.programme_files import check_programme_files

from .language import whole, words

programme_commands = typer.Typer(help="Programmes of measures: check the files they are made of.", no_args_is_help=True)


@programme_commands.callback()
def programmes() -> None:
    """Programmes of measures: check the files they are made of."""


@programme_commands.command("check")
def check(
    measures: Annotated[Path, typer.Argument(help="The measures: CSV or XLSX.", show_default=False)],
    levels: Annotated[
        Path | None,
        typer.Option(help="The levels of progress, one a line from the best; the report's four where left out."),
    ] = None,
    amounts: Annotated[Path | None, typer.Option(help="The amounts: CSV or XLSX.")] = None,
) -> None:
    """Say whether a programme can be begun from these files, or everything that is wrong in them; nothing is kept.

    After the name of a level, "; reason" where nobody says it without saying why, "; done" where nothing is left to do.
    """
    programme, money = check_programme_files(measures, levels, amounts)
    _ = words()
    counts = {
        "measures": whole(len(programme.measures)),
        "dimensions": whole(len(programme.dimensions)),
        "levels": whole(len(programme.levels)),
        "amounts": whole(len(money)),
    }
    typer.echo(
        _("All holds. Measures: {measures}; dimensions: {dimensions}; levels: {levels}; amounts: {amounts}.", **counts)
    )
