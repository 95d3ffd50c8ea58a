"""``odd17 survey``: bring in a study, say what would be read of it, show what would be published, erase it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from odd17.core.kernel import UsageError, actors, in_language
from odd17.core.perceptions.tables import Measure
from odd17.publishing.language import msgid
from odd17.store.places import home
from odd17.store.studies import current_studies, erase_study, kept_study
from odd17.store.territories import load_shipped_cog
from odd17.store.whole_files import write_whole
from odd17.workflows import import_study as workflow

from .language import command_language, whole, words
from .release import build_and_tell
from .step_bars import StepBars
from .survey_tables import estimates_csv, estimates_table, findings_told

survey_commands = typer.Typer(
    help="Bring in surveys: respondents stay on this machine, estimates go into releases.", no_args_is_help=True
)

_STEPS = {
    "read": msgid("Read the file"),
    "check": msgid("Check it"),
    "estimate": msgid("Estimate"),
    "write": msgid("Keep it"),
}
_LISTED = 60

_StudyFile = Annotated[Path, typer.Argument(help="The study file (YAML) that says how to read it.", show_default=False)]
_File = Annotated[
    Path | None,
    typer.Argument(help="The respondents' file: CSV, XLSX, .sav or .dta; the one the study names where left out."),
]
_Id = Annotated[str, typer.Argument(help="The study's id, as `odd17 survey list` shows it.", show_default=False)]


@survey_commands.command("import")
def import_file(
    study: _StudyFile,
    file: _File = None,
    release: Annotated[
        bool, typer.Option("--release", help="Build the release at once, with the study, and make it the current one.")
    ] = False,
) -> None:
    """Check a study and its respondents, estimate, and keep both for the next release. All of it, or nothing."""
    with StepBars("survey.import", _STEPS) as bars:
        done = workflow.import_study(study, file, home=home(), cog=load_shipped_cog(), progress=bars.show)
    item, _ = done.kept, words()
    if not done.changed:
        typer.echo(_("{study}: already imported as {id}; nothing changed.", study=item.id, id=item.snapshot))
    else:
        facts = {
            "study": item.id,
            "n": whole(done.findings.description.n),
            "estimates": whole(done.findings.estimates.height),
            "id": item.snapshot,
        }
        typer.echo(_("{study}: {n} respondents, {estimates} estimates kept as {id}.", **facts))
        if not release:
            typer.echo(_("Next: odd17 survey estimate {study}, then odd17 release build", study=item.id))
    if release:
        build_and_tell()


@survey_commands.command("check")
def check_file(study: _StudyFile, file: _File = None) -> None:
    """Say what an import would read and publish, or the first thing that would stop it. Nothing is written."""
    cog = load_shipped_cog()
    with StepBars("survey.import", _STEPS) as bars:
        findings = workflow.check_study(study, file, home=home(), cog=cog, progress=bars.show)
    Console().print(findings_told(findings, cog, command_language()))
    Console().print(words()("Nothing stops the import. Nothing was written."))


@survey_commands.command("estimate")
def estimate(
    study: _Id,
    territory: Annotated[str | None, typer.Option(help="Only this territory: REG-53, FRM.")] = None,
    measure: Annotated[Measure | None, typer.Option(help="Only this measure.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write them all to a CSV file, with the study's mention.")] = None,
) -> None:
    """Show the estimates of a kept study as they would be published: shares, intervals, respondents, statuses."""
    item = kept_study(study, home())
    if out is not None:
        if territory is not None or measure is not None:
            raise UsageError("The file has every estimate: leave --territory and --measure out.")
        write_whole(out, estimates_csv(item))
        typer.echo(words()("{file}: the estimates of {study}.", file=out, study=study))
        return
    shown = item.estimates.collect().filter(
        pl.lit(territory is None) | (pl.col("territory") == (territory or "")),
        pl.lit(measure is None) | (pl.col("measure") == (measure or "")),
    )
    if shown.is_empty():
        raise UsageError("No estimate of the study is of this territory and measure.")
    Console().print(estimates_table(item.description, shown.head(_LISTED), load_shipped_cog(), command_language()))
    if shown.height > _LISTED:
        more = whole(shown.height - _LISTED)
        typer.echo(
            words()("… and {more} more: choose with --territory and --measure, or write all with --out.", more=more)
        )
    typer.echo(item.description.mention)


@survey_commands.command("list")
def list_all() -> None:
    """List the studies that are kept; the next release tells their estimates."""
    found, _, language = current_studies(home()), words(), command_language()
    names = {actor.id: actor.name for actor in actors()}
    if not found:
        typer.echo(_("No study was imported yet. Try: odd17 survey import STUDY.yml"))
        return
    table = Table(
        Column(_("study"), no_wrap=True), Column(_("snapshot"), no_wrap=True), _("actor"), _("period"),
        Column(_("respondents"), justify="right"), _("licence"),
    )  # fmt: skip
    for item in found:
        told = item.description
        licence = in_language(told.licence, language)
        cells = (item.id, item.snapshot, names[told.actor].in_language(language), told.period, whole(told.n), licence)
        table.add_row(*map(Text, cells))
    Console().print(table)


@survey_commands.command("erase")
def erase_one(
    study: _Id, yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to go on.")] = False
) -> None:
    """Erase a study whole: respondents, estimates, every snapshot. Releases already published keep its estimates."""
    _ = words()
    if not yes:
        typer.confirm(_("Erase {study}, its respondents and its estimates, for good?", study=study), abort=True)
    erase_study(study, home())
    typer.echo(_("{study}: erased. Releases already published keep its estimates; the next has none.", study=study))
