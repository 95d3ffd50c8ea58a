"""``odd17 index``: an index of one's own, from a file that says its frame and its steps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.table import Column, Table

from odd17.publishing.format import number
from odd17.publishing.language import msgid
from odd17.workflows.own_index import audit_index, run_index, write_tables

from .language import command_language, words

_COLUMNS = {
    "level": msgid("level"),
    "a": msgid("one"),
    "b": msgid("the other"),
    "siblings": msgid("same parent"),
    "r": msgid("correlation"),
    "flag": msgid("remark"),
    "node": msgid("node"),
    "children": msgid("children"),
    "alpha": msgid("alpha"),
    "code": msgid("code"),
    "weight": msgid("weight"),
    "effective": msgid("weight in the whole"),
    "left_out": msgid("left out"),
    "mean_abs_rank_shift": msgid("ranks moved, mean"),
    "max_abs_rank_shift": msgid("ranks moved, most"),
    "units": msgid("units"),
    "factor": msgid("choice"),
    "first": msgid("alone"),
    "first_low": msgid("alone, low"),
    "first_high": msgid("alone, high"),
    "total": msgid("with the others"),
    "total_low": msgid("with the others, low"),
    "total_high": msgid("with the others, high"),
    "indicator": msgid("indicator"),
    "missing": msgid("missing"),
    "share": msgid("share"),
}
"""The words above the columns of the tables, by the names that these have in files."""

_FLAGS = {
    "negative": msgid("negative"),
    "weak": msgid("weak"),
    "collinear": msgid("collinear"),
    "undefined": msgid("undefined"),
}

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
    _ = words()
    shown = {
        _("Correlations between siblings that call for attention"): tables["within"].filter(
            pl.col("siblings") & (pl.col("flag") != "")
        ),
        _("Cronbach’s alpha"): tables["reliability"],
        _("Weights: among siblings, in the whole, and correlation with it"): tables["weights"],
        _("What leaving a part out does to the ranks"): tables["leave_one_out"],
        _("Which choices move the ranks (Sobol indices)"): tables.get("sobol", pl.DataFrame()),
        _("Missing values"): tables["missing"].filter(pl.col("missing") > 0),
    }
    for title, table in shown.items():
        if not table.is_empty():
            console.print(_printed(title, table))
    if out is not None:
        for path in write_tables(tables, out):
            typer.echo(str(path))


def _printed(title: str, table: pl.DataFrame) -> Table:
    _, kinds = words(), table.schema
    columns = [
        Column(_(_COLUMNS[name]), justify="right" if kinds[name].is_numeric() else "left") for name in table.columns
    ]
    printed = Table(*columns, title=title, title_justify="left")
    for row in table.iter_rows(named=True):
        printed.add_row(*(_cell(name, cell) for name, cell in row.items()))
    return printed


def _cell(name: str, cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return words()("yes") if cell else words()("no")
        case float():
            return number(cell, command_language(), decimals=3)
        case str() if name == "flag":
            return words()(_FLAGS[cell]) if cell else ""
        case _:
            return str(cell)
