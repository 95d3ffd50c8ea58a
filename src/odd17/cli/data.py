"""``odd17 data``: import published files, say what an import would do, list what was imported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from odd17.core.indicators.intake import Findings
from odd17.core.kernel import in_language
from odd17.publishing.language import msgid
from odd17.publishing.said import said
from odd17.store.places import home
from odd17.store.territories import load_shipped_cog
from odd17.workflows import import_dataset as workflow

from .language import command_language, whole, words
from .step_bars import StepBars

data_commands = typer.Typer(
    help="Import published files: CSV, XLSX, XLS, Parquet, JSON records; gzipped too.", no_args_is_help=True
)

_STEPS = {"read": msgid("Read the file"), "check": msgid("Check it"), "write": msgid("Keep it")}
_ABSENCES = {
    "not_available": msgid("not available"),
    "suppressed": msgid("suppressed"),
    "not_applicable": msgid("not applicable"),
}
_OUTCOMES = {
    "kept": msgid("kept as they are"),
    "recoded": msgid("given their new code"),
    "merged": msgid("merged: counts summed, ratios recomputed, anything else not carried"),
    "split": msgid("not carried: split since"),
    "perimeter_changed": msgid("not carried: the perimeter changed"),
    "perimeter_unverified": msgid("kept, flagged: same code, perimeter unverified"),
    "gone": msgid("not carried: the code is gone, and its successor unknown"),
}
_LISTED_INDICATORS = 40

_File = Annotated[Path, typer.Argument(help="The file as published.", show_default=False)]
_Dataset = Annotated[
    Path, typer.Option("--dataset", "-d", help="The dataset file (YAML) that says how to read it.", show_default=False)
]


@data_commands.command("import")
def import_file(file: _File, dataset: _Dataset) -> None:
    """Check a file, and keep it for the next release. Nothing is kept where something is wrong."""
    with StepBars("data.import", _STEPS) as bars:
        done = workflow.import_dataset(file, dataset, home=home(), cog=load_shipped_cog(), progress=bars.show)
    _show_warnings(done.findings)
    kept, _ = done.snapshot, words()
    if not done.changed:
        typer.echo(_("{dataset}: already imported as {id}; nothing changed.", dataset=kept.dataset, id=kept.id))
        return
    figures = whole(kept.observations)
    kept_as = _(
        "{dataset}: {figures} figures kept as {id}. Next: odd17 release build",
        dataset=kept.dataset,
        figures=figures,
        id=kept.id,
    )
    typer.echo(kept_as)


@data_commands.command("check")
def check_file(file: _File, dataset: _Dataset) -> None:
    """Say what an import would do, and every problem that would stop it. Nothing is written."""
    with StepBars("data.import", _STEPS) as bars:
        findings = workflow.check(file, dataset, cog=load_shipped_cog(), home=home(), progress=bars.show)
    _show(findings)
    findings.raise_errors()


@data_commands.command("list")
def list_all() -> None:
    """List what was imported; a star marks the snapshot that the next release is built from."""
    snapshots, _ = workflow.imported(home()), words()
    if not snapshots:
        typer.echo(_("Nothing was imported yet. Try: odd17 data import FILE --dataset DATASET.yml"))
        return
    named = (Column(_("dataset"), no_wrap=True), Column(_("snapshot"), no_wrap=True))
    table = Table("", *named, _("file"), _("figures"), _("licence"))
    for item in snapshots:
        star = "*" if item.is_current else ""
        licence = in_language(item.provenance.licence, command_language())
        cells = (star, item.dataset, item.id, item.file, whole(item.observations), licence)
        table.add_row(*map(Text, cells))
    Console().print(table)


def _show(findings: Findings) -> None:
    console, _ = Console(), words()
    facts = {"dataset": findings.dataset, "rows": whole(findings.rows), "file": findings.file}
    console.print(Text(_("{dataset}: {rows} rows of {file}.", **facts)))
    if findings.left_out:
        console.print(Text(_("Rows left out as the dataset file says: {rows}.", rows=whole(findings.left_out))))
    console.print(
        _("Codes of an unknown vintage.")
        if findings.vintage is None
        else _("Codes of the vintage {vintage}.", vintage=findings.vintage)
    )
    counts = (Column(_("in the current COG"), justify="right"), Column(_("not in it"), justify="right"))
    levels = Table(_("level"), *counts, _("such as"))
    for level in findings.levels:
        shown = ", ".join(level.unknown[:5])
        levels.add_row(*map(Text, (level.level, whole(level.matched), whole(len(level.unknown)), shown)))
    if findings.levels:
        console.print(levels)
    if findings.carried:
        console.print(_("Carried to the current COG when a release is built:"))
        for outcome, count in findings.carried.items():
            console.print(Text(f"  {whole(count)} {_(_OUTCOMES[outcome])}"))
    figures = Table(_("indicator"), _("period"), Column(_("figures"), justify="right"), _("absent"))
    for item in findings.measures[:_LISTED_INDICATORS]:
        absent = ", ".join(f"{whole(count)} {_(_ABSENCES[kind])}" for kind, count in item.absent.items())
        figures.add_row(*map(Text, (item.indicator, item.period, whole(item.present), absent)))
    if findings.measures:
        console.print(figures)
    if len(findings.measures) > _LISTED_INDICATORS:
        console.print(_("… and {more} more.", more=whole(len(findings.measures) - _LISTED_INDICATORS)))
    _show_warnings(findings)
    if not findings.errors:
        console.print(_("Nothing stops the import. Nothing was written."))


def _show_warnings(findings: Findings) -> None:
    console, _ = Console(stderr=True, highlight=False), words()
    for finding in findings.warnings:
        note = _("Note: {message}", message=said(finding.error(findings.file), command_language()))
        console.print(Text(note, style="yellow"), soft_wrap=True)
