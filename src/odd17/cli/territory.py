"""``odd17 territory``: find a territory, show it, define one of your own, and install the movements of communes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import Message, UsageError
from odd17.core.territories import Cog, Level, Territory
from odd17.publishing.format import quantity
from odd17.store.movements import install_movements
from odd17.store.territories import load_shipped_cog
from odd17.workflows import own_territories
from odd17.workflows.former_communes import former_named

from .language import command_language, whole, words
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
    """Find territories by name or code, your own and former communes too, the best match first, the largest first."""
    cog = own_territories.known_territories().cog
    found = cog.search(text, limit=limit, levels=level)
    former = former_named(cog, text, limit=3) if level is None or Level.COMMUNE in level else []
    if not found and not former:
        near = [f"{item.name} ({item.id})" for item in cog.suggest(text)]
        shown = text if len(text) <= 80 else f"{text[:80]}…"
        raise UsageError(
            Message("Nothing is called {name!r}. Did you mean {near}?", name=shown, near=near)
            if near
            else Message("Nothing is called {name!r}.", name=shown)
        )
    _ = words()
    table = Table(Column("id", no_wrap=True), _("name"), _("in"), Column(_("inhabitants"), justify="right"))
    for item in found:
        table.add_row(item.id, item.name, _place(cog, item), _whole(item.population))
    console = Console(highlight=False)
    if found:
        console.print(table)
    for old, holder in former:
        said = _(
            "{old} ({code}), former commune, today {new} ({id})",
            old=old.name,
            code=old.code,
            new=holder.name,
            id=holder.id,
        )
        console.print(said, markup=False, soft_wrap=True)


@territory_commands.command("show")
def show(query: Annotated[str, typer.Argument(metavar="ID", help="Identifier, code or whole name.")]) -> None:
    """Show what a territory is, what it belongs to and what it holds."""
    known = own_territories.known_territories()
    cog = known.cog
    item = one_territory(cog, query)
    table = Table(show_header=False, box=None)
    _, language = words(), command_language()
    table.add_row(_("identifier"), item.id)
    table.add_row(_("level"), item.level.label.in_language(language))
    if item.level is Level.OWN:
        release = known.released[item.id]
        table.add_row(_("release"), _("the next one: odd17 release build") if release is None else release)
    else:
        table.add_row(_("code"), f"{item.code} (COG {cog.vintage})")
    table.add_row(_("inhabitants"), _whole(item.population))
    if not item.has_true_contour:
        area = _("no true contour")
    else:
        area = _("unknown") if item.area_km2 is None else quantity(item.area_km2, Unit.KM2, language)
    table.add_row(_("area"), area)
    if item.density is not None:
        table.add_row(_("density"), quantity(item.density, Unit.PER_KM2, language))
    if item.parents:
        table.add_row(_("belongs to"), ", ".join(f"{parent.name} ({parent.id})" for parent in cog.parents(item.id)))
    if item.other_parents:
        others = ", ".join(f"{other.name} ({other.id})" for other in cog.get(item.other_parents))
        table.add_row(_("reaches into"), others)
    for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE):
        held = len(cog.children(item.id, level))
        if held:
            table.add_row(_("of level {level}", level=level.value), whole(held))
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
    said = words()(
        "{moves} movements between communes, up to the COG of {year}; used by the next release.",
        moves=whole(moves),
        year=installed.through,
    )
    typer.echo(said)


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
    said = words()(
        "{name} ({id}): {communes} communes, {people} inhabitants; in the next release.",
        name=own.name,
        id=own.id,
        communes=whole(len(own.communes)),
        people=whole(people),
    )
    typer.echo(said)


@territory_commands.command("list-own")
def list_own() -> None:
    """List the territories of your own."""
    _ = words()
    found = own_territories.own_files()
    if not found:
        typer.echo(_("No territory of your own is defined: see odd17 territory define --help."))
        return
    table = Table(Column("id", no_wrap=True), _("name"), Column(_("communes"), justify="right"))
    for item in found:
        table.add_row(item.territory.id, item.territory.name, _whole(len(item.territory.communes)))
    Console(highlight=False).print(table)


@territory_commands.command("forget")
def forget(id: Annotated[str, typer.Argument(help="The id of the territory.")]) -> None:
    """Forget a territory of your own; releases that have it keep it."""
    own = own_territories.forget(id)
    typer.echo(words()("{name} ({id}) is forgotten; the next release will not have it.", name=own.name, id=own.id))


def _place(cog: Cog, territory: Territory) -> str:
    """The département of a commune or EPCI, the region of a département."""
    above = [parent for parent in territory.parents if parent.split("-")[0] in (Level.DEPARTEMENT, Level.REGION)]
    return cog[above[0]].name if above else ""


def _whole(number: int | None) -> str:
    return words()("unknown") if number is None else whole(number)
