"""``odd17 territory``: find a territory, show it, define one of your own, and install the movements of communes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from odd17.core.kernel import UsageError
from odd17.core.territories import Cog, Level, Territory
from odd17.store.movements import install_movements
from odd17.store.territories import load_shipped_cog
from odd17.workflows import own_territories

from .one_territory import one_territory

territory_commands = typer.Typer(
    help="Find territories, define your own, and follow how communes change.", no_args_is_help=True
)


@territory_commands.command("search")
def search(
    text: Annotated[str, typer.Argument(help="Name, part of a name, or code.")],
    limit: Annotated[int, typer.Option(help="How many to show.", min=1, max=100)] = 10,
    level: Annotated[list[Level] | None, typer.Option(help="Only this level; may be given several times.")] = None,
) -> None:
    """Find territories by name or code, the best match first, the largest first among equals."""
    cog = load_shipped_cog()
    found = cog.search(text, limit=limit, levels=level)
    if not found:
        near = ", ".join(f"{item.name} ({item.id})" for item in cog.suggest(text))
        shown = text if len(text) <= 80 else f"{text[:80]}…"
        raise UsageError(f"Nothing is called {shown!r}." + (f" Did you mean {near}?" if near else ""))
    table = Table(Column("id", no_wrap=True), "name", "in", Column("inhabitants", justify="right"))
    for item in found:
        table.add_row(item.id, item.name, _place(cog, item), _whole(item.population))
    Console(highlight=False).print(table)


@territory_commands.command("show")
def show(query: Annotated[str, typer.Argument(metavar="ID", help="Identifier, code or whole name.")]) -> None:
    """Show what a territory is, what it belongs to and what it holds."""
    cog = load_shipped_cog()
    item = one_territory(cog, query)
    table = Table(show_header=False, box=None)
    table.add_row("identifier", item.id)
    table.add_row("level", item.level.label.en)
    table.add_row("code", f"{item.code} (COG {cog.vintage})")
    table.add_row("inhabitants", _whole(item.population))
    area = "no true contour" if not item.has_true_contour else "unknown" if item.area_km2 is None else None
    table.add_row("area", area or f"{item.area_km2:,.1f} km²")
    if item.density is not None:
        table.add_row("density", f"{item.density:,.1f} inhabitants per km²")
    if item.parents:
        table.add_row("belongs to", ", ".join(f"{parent.name} ({parent.id})" for parent in cog.parents(item.id)))
    if item.other_parents:
        others = ", ".join(f"{other.name} ({other.id})" for other in cog.get(item.other_parents))
        table.add_row("reaches into", others)
    for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE):
        held = len(cog.children(item.id, level))
        if held:
            table.add_row(f"of level {level.value}", f"{held:,}")
    console = Console(highlight=False)
    console.print(item.name, style="bold", markup=False)
    console.print(table)


@territory_commands.command("movements")
def movements(
    file: Annotated[Path, typer.Argument(help="INSEE's file v_mvt_commune_<year>.csv, gzipped or not.")],
    through: Annotated[
        int | None, typer.Option(help="Year of the COG it goes to, where its name does not say.", min=1943, max=2100)
    ] = None,
) -> None:
    """Install the movements between communes, so that figures of older vintages are carried to the current one."""
    installed = install_movements(file, load_shipped_cog(), through=through)
    moves = sum(len(edges) for _, edges in installed.steps)
    typer.echo(f"{moves:,} movements between communes, up to the COG of {installed.through}; used by the next release.")


@territory_commands.command("define")
def define(
    name: Annotated[str, typer.Argument(help='Its name, as in "Pays de Bray".')],
    communes: Annotated[Path, typer.Option(help="File of codes of communes: one a line, or a CSV.")],
    id: Annotated[
        str | None, typer.Option(help="Its id: lower-case letters, digits, hyphens (default: its name).")
    ] = None,
    column: Annotated[str | None, typer.Option(help="The column of the CSV that has the codes.")] = None,
) -> None:
    """Define a territory of your own from its communes; it enters the next release.

    A territory of the same id is replaced. Its figures are put together from those of its communes; it is never ranked,
    for it has no peers.
    """
    cog = load_shipped_cog()
    own = own_territories.define(name, communes, cog, code=id, column=column)
    people = sum(cog[f"COM-{code}"].population or 0 for code in own.communes)
    typer.echo(f"{own.name} ({own.id}): {len(own.communes):,} communes, {people:,} inhabitants; in the next release.")


@territory_commands.command("list-own")
def list_own() -> None:
    """List the territories of your own."""
    found = own_territories.own_files()
    if not found:
        typer.echo("No territory of your own is defined: see odd17 territory define --help.")
        return
    table = Table(Column("id", no_wrap=True), "name", Column("communes", justify="right"))
    for item in found:
        table.add_row(item.territory.id, item.territory.name, _whole(len(item.territory.communes)))
    Console(highlight=False).print(table)


@territory_commands.command("forget")
def forget(id: Annotated[str, typer.Argument(help="The id of the territory.")]) -> None:
    """Forget a territory of your own; releases that have it keep it."""
    own = own_territories.forget(id)
    typer.echo(f"{own.name} ({own.id}) is forgotten; the next release will not have it.")


def _place(cog: Cog, territory: Territory) -> str:
    """The département of a commune or EPCI, the region of a département."""
    above = [parent for parent in territory.parents if parent.split("-")[0] in (Level.DEPARTEMENT, Level.REGION)]
    return cog[above[0]].name if above else ""


def _whole(number: int | None) -> str:
    return "unknown" if number is None else f"{number:,}"
