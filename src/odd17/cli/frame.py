"""``odd17 frame``: check a frame of one's own, show one, and give the schema that an editor completes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from odd17.core.kernel import DataError, Message
from odd17.publishing.format import number
from odd17.publishing.language import msgid
from odd17.publishing.said import said
from odd17.store.frames import frame_file, read_frame
from odd17.workflows.check_frame import SHOWN_LEVELS, check_frame, frame_schema, indicators_by_level

from .language import command_language, words

_NORMALISATIONS = {"minmax": msgid("min-max")}
_MEANS = {"arithmetic": msgid("arithmetic mean")}

frame_commands = typer.Typer(
    help="Frames: which domains and indicators are scored, with which weights.", no_args_is_help=True
)


@frame_commands.command("check")
def check(file: Annotated[Path, typer.Argument(help="YAML file of the frame.")]) -> None:
    """Say whether a frame can be used, and all that is wrong with it, with the names that are near."""
    found = check_frame(file)
    _, language = words(), command_language()
    for problem in found.problems:
        typer.echo(_("error: {message}", message=said(problem, language)))
    for remark in found.remarks:
        typer.echo(_("note: {message}", message=said(remark, language)))
    if found.frame is None:
        raise DataError(
            Message("{problems} error(s)", problems=len(found.problems)), file=str(file), remedy="correct the frame"
        )
    frame = found.frame
    facts = {"id": frame.id, "dimensions": len(frame.dimensions), "domains": len(frame.domains)}
    if frame.indicators:
        facts["indicators"] = len(frame.indicators)
        typer.echo(
            _("{id}: {dimensions} dimensions, {domains} domains, {indicators} indicators: can be used.", **facts)
        )
    else:
        typer.echo(
            _("{id}: {dimensions} dimensions, {domains} domains, every indicator of its domains: can be used.", **facts)
        )


@frame_commands.command("show")
def show(
    frame: Annotated[str, typer.Argument(help="A file, or the name of a frame that odd17 ships.")] = "current",
) -> None:
    """Show the domains of a frame, their weights, and how many current indicators each has at each level."""
    chosen = read_frame(frame_file(frame))
    heads = [Column(level.value, justify="right") for level in SHOWN_LEVELS]
    _, language = words(), command_language()
    table = Table(_("dimension"), Column(_("domain"), no_wrap=True), Column(_("weight"), justify="right"), *heads)
    for domain, by_level in indicators_by_level(chosen).items():
        node = next(item for item in chosen.domains if item.id == domain)
        table.add_row(node.parent, domain, f"{node.weight:g}", *(str(len(by_level[level])) for level in SHOWN_LEVELS))
    typer.echo(_("{id}: {title}", id=chosen.id, title=chosen.title.in_language(language)))
    typer.echo(
        _(
            "Normalisation: {name}; aggregation: {mean}.",
            name=_(_NORMALISATIONS[chosen.normalisation]),
            mean=_(_MEANS[chosen.aggregation]),
        )
    )
    least = number(100 * chosen.min_available, language, decimals=0)
    typer.echo(_("A node is refused where less than {least}% of what it is made of is there.", least=least))
    Console().print(table)


@frame_commands.command("schema")
def schema() -> None:
    """Print the JSON Schema of frames, with the names of domains and indicators, for an editor to complete from."""
    typer.echo(json.dumps(frame_schema(), ensure_ascii=False, indent=2))
