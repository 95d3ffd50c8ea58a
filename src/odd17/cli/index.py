"""``odd17 index``: an index of one's own, from a file that says its frame and its steps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.table import Column, Table

from odd17.workflows.own_index import audit_index, run_index, write_tables

index_commands = typer.Typer(help="Make and audit an index of your own, from a file.", no_args_is_help=True)

_File = Annotated[Path, typer.Argument(metavar="FRAME", help="YAML file of the index: values, nodes, steps.")]


@index_commands.command("run")
def run(
    file: _File,
    out: Annotated[Path, typer.Option(help="Folder of the tables; files of the same names are replaced.")],
) -> None:
    """Write every stage, the ranks, their intervals where the file asks for them, and the log that replays it all."""
    for path in run_index(file, out):
        typer.echo(str(path))


@index_commands.command("audit")
def audit(
    file: _File,
    out: Annotated[Path | None, typer.Option(help="Folder of the tables; only the terminal where left out.")] = None,
) -> None:
    """Say what an index does beside what its frame claims: correlations, alpha, effective weights, what moves ranks."""
    _, tables = audit_index(file)
    console = Console(highlight=False)
    shown = {
        "Correlations between siblings that call for attention": tables["within"].filter(
            pl.col("siblings") & (pl.col("flag") != "")
        ),
        "Cronbach's alpha": tables["reliability"],
        "Weights: among siblings, in the whole, and correlation with it": tables["weights"],
        "What leaving a part out does to the ranks": tables["leave_one_out"],
        "Which choices move the ranks (Sobol indices)": tables.get("sobol", pl.DataFrame()),
        "Missing values": tables["missing"].filter(pl.col("missing") > 0),
    }
    for title, table in shown.items():
        if not table.is_empty():
            console.print(_printed(title, table))
    if out is not None:
        for path in write_tables(tables, out):
            typer.echo(str(path))


def _printed(title: str, table: pl.DataFrame) -> Table:
    columns = [Column(name, justify="right" if table[name].dtype.is_numeric() else "left") for name in table.columns]
    printed = Table(*columns, title=title, title_justify="left")
    for row in table.iter_rows():
        printed.add_row(
            *("" if cell is None else f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row)
        )
    return printed
