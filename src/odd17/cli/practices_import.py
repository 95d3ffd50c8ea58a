"""``odd17 practices import``: bring a file of practices in, or the partnerships that the report cites."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from odd17.core.kernel import Message, Odd17Error, UsageError
from odd17.core.practices.case import Case
from odd17.publishing.language import msgid
from odd17.store.cited_practices import read_cited_practices
from odd17.store.territories import load_shipped_cog
from odd17.web.config.preparation import prepare, run
from odd17.workflows.import_practices import PracticesRead, read_practices, rejected_file, write_rejected

from .language import command_language, whole, words
from .step_bars import StepBars

_STEPS = {"read": msgid("Read the file"), "keep": msgid("Keep the practices")}


def import_practices(
    file: Annotated[Path | None, typer.Argument(help="The file: CSV, XLSX or JSON.", show_default=False)] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="The mapping file (YAML): which column tells which field.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    publish: Annotated[bool, typer.Option("--publish", help="Make public at once what is new.")] = False,
    report: Annotated[bool, typer.Option("--report", help="The partnerships that the report cites, public.")] = False,
) -> None:
    """Bring practices in as drafts. Rows that cannot be taken are written beside the file, each with its reason.

    The same file again changes nothing. A changed row renews its practice, unless someone has edited it since.
    """
    if report:
        if file is not None or mapping is not None:
            raise UsageError("The report's partnerships come with odd17: leave FILE and --mapping out.")
        prepare()
        cited = read_cited_practices()
        _tell(_kept(cited.cases, cited.origin, publish=True, dry_run=dry_run), dry_run=dry_run)
        return
    if file is None or mapping is None:
        raise UsageError("Give the file and its mapping: odd17 practices import FILE --mapping MAPPING.yml")
    with StepBars("practices.import", _STEPS) as bars:
        found = read_practices(file, mapping, cog=load_shipped_cog(), progress=bars.show)
        prepare()
        done = _kept(found.cases(), found.origin, publish=publish, dry_run=dry_run)
    _tell(done, dry_run=dry_run)
    if found.rejected:
        _conclude(found, file, dry_run=dry_run)


def keep_cited() -> None:
    """Keep and publish what the report cites, in a site that is prepared; what editors changed or removed stays so."""
    cited = read_cited_practices()
    _kept(cited.cases, cited.origin, publish=True, dry_run=False)


def _kept(cases: Iterable[Case], origin: str, *, publish: bool, dry_run: bool) -> Any:
    told: list[Any] = []
    run("practices_import", cases=cases, origin=origin, publish=publish, dry_run=dry_run, done=told.append)
    return told[0]


def _tell(done: Any, *, dry_run: bool) -> None:
    _ = words()
    counts = {name: whole(getattr(done, name)) for name in ("created", "updated", "unchanged", "published")}
    if dry_run:
        typer.echo(_("Nothing was written. New: {created}; to renew: {updated}; unchanged: {unchanged}.", **counts))
    else:
        typer.echo(_("New: {created}; renewed: {updated}; unchanged: {unchanged}; made public: {published}.", **counts))
    if done.gone:
        typer.echo(_("Left out, since editors removed or merged them: {count}.", count=whole(done.gone)))
    if done.edited_count:
        typer.echo(
            _(
                "Left as they are, since editors changed them after the last import: {count}.",
                count=whole(done.edited_count),
            )
        )
        for id, title in done.edited:
            typer.echo(f"  {id}: {title}")


def _conclude(found: PracticesRead, file: Path, *, dry_run: bool) -> None:
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
