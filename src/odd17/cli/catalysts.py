"""``odd17 catalysts``: the directory of those who accompany; files brought in, and reminders to holders."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from odd17.core.kernel import Message, Odd17Error
from odd17.store.territories import load_shipped_cog
from odd17.web.config.preparation import prepare, run
from odd17.workflows.import_catalysts import CatalystsRead, read_catalysts, rejected_file, write_rejected

from .language import command_language, whole, words

catalyst_commands = typer.Typer(help="The directory of catalysts: who can accompany, where.", no_args_is_help=True)


@catalyst_commands.callback()
def catalysts() -> None:
    """The directory of catalysts: who can accompany, where."""


@catalyst_commands.command("import")
def import_catalysts(
    file: Annotated[Path, typer.Argument(help="The file: CSV or XLSX.", show_default=False)],
    mapping: Annotated[
        Path | None,
        typer.Option(help="The mapping file (YAML): which column tells which field; by their names where left out."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
) -> None:
    """Bring entries into the directory, public at once. Rows that cannot be taken are written beside the file.

    A row that names a person or an address has the day of their consent; without consent, a source that cites the
    entry and nobody's name. The same file again changes nothing. What a holder changed or withdrew stays so.
    """
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    found = read_catalysts(file, mapping, cog=load_shipped_cog(), today=today)
    prepare()
    told: list[Any] = []
    run(
        "catalysts_import",
        brought=found.brought,
        origin=found.origin,
        language=found.language,
        dry_run=dry_run,
        done=told.append,
    )
    _tell(told[0], found, dry_run=dry_run)
    if found.rejected:
        _conclude(found, file, dry_run=dry_run)


@catalyst_commands.command("remind")
def remind(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say who would be asked; send nothing.")] = False,
) -> None:
    """Ask by e-mail the holders of entries that nobody confirmed for twelve months; run it every day.

    Each is asked once a month at most. After fifteen months an entry is hidden, after twenty-four it is erased.
    """
    prepare()
    told: list[Any] = []
    run("catalysts_remind", dry_run=dry_run, done=told.append)
    _, done = words(), told[0]
    counts = {name: whole(getattr(done, name)) for name in ("asked", "erased")}
    if dry_run:
        typer.echo(_("Nothing was sent. To be asked: {asked}; to be erased: {erased}.", **counts))
    else:
        typer.echo(_("Asked: {asked}; erased: {erased}.", **counts))
    if done.failed:
        raise Odd17Error(
            Message("e-mails that did not leave: {count:,}; they are tried again at the next run", count=done.failed)
        )


def _tell(done: Any, found: CatalystsRead, *, dry_run: bool) -> None:
    _ = words()
    counts = {name: whole(getattr(done, name)) for name in ("created", "updated", "unchanged")}
    if dry_run:
        typer.echo(_("Nothing was written. New: {created}; to renew: {updated}; unchanged: {unchanged}.", **counts))
    else:
        typer.echo(_("New: {created}; renewed: {updated}; unchanged: {unchanged}.", **counts))
    if done.gone:
        typer.echo(_("Left out, since their holders withdrew them: {count}.", count=whole(done.gone)))
    if done.edited_count:
        count = whole(done.edited_count)
        typer.echo(_("Left as they are, since their holders changed them: {count}.", count=count))
        for id, name in done.edited:
            typer.echo(f"  {id}: {name}")
    if done.without_practice:
        count = whole(done.without_practice)
        typer.echo(_("Entries that name practices which are not published, left out of them: {count}.", count=count))
    for row, label, today in found.carried:
        facts = {"row": whole(row), "label": label, "today": ", ".join(today)}
        typer.echo(_("Row {row}: {label} is of an older vintage, carried to {today}.", **facts))


def _conclude(found: CatalystsRead, file: Path, *, dry_run: bool) -> None:
    """Tell of the rows that were not taken, by the error that the command ends with."""
    language = command_language()
    if dry_run:
        raise Odd17Error(
            Message("rows that cannot be taken: {rows:,} of {total:,}", rows=found.rejected_rows, total=found.total)
        )
    path = rejected_file(file)
    write_rejected(path, found.rejected, language)
    raise Odd17Error(
        Message(
            "rows that were not taken: {rows:,} of {total:,}; {file} says why",
            rows=found.rejected_rows, total=found.total, file=path.name,
        )
    )  # fmt: skip
