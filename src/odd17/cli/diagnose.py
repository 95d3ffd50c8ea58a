"""``odd17 diagnose``: where a territory is fragile, on the terminal or as a file."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from odd17.core.kernel import Message, UsageError
from odd17.store.whole_files import write_whole
from odd17.workflows.crossing import crossing_of
from odd17.workflows.diagnose import diagnose as diagnose_territory
from odd17.workflows.export import FileFormat, diagnosis_json, export_diagnosis
from odd17.workflows.export_crossing import crossing_json, export_crossing
from odd17.workflows.releases import Release, current_release, open_release
from odd17.workflows.releases import demonstration as demonstration_home
from odd17.workflows.report import build_report

from .crossing_table import crossing_table
from .diagnosis_table import diagnosis_table
from .language import words
from .one_territory import one_territory

_FILE_WIDTH = 120
"""Columns of a table that is written to a file."""


class Language(StrEnum):
    """Languages of the interface."""

    FRENCH = "fr"
    ENGLISH = "en"


class Format(StrEnum):
    """What the diagnosis is written as."""

    TABLE = "table"
    JSON = "json"
    CSV = FileFormat.CSV.value
    FRENCH_CSV = FileFormat.FRENCH_CSV.value
    XLSX = FileFormat.XLSX.value
    PDF = "pdf"


_BINARY = {Format.XLSX, Format.PDF}


def diagnose(
    territory: Annotated[str, typer.Argument(help="Identifier, code or name: REG-53, 35238, Saint-Étienne.")],
    compare: Annotated[
        list[str] | None, typer.Option(help="Another territory to set beside it; may be given several times.")
    ] = None,
    format: Annotated[
        Format, typer.Option(help="tableur-fr is a CSV for a French spreadsheet; xlsx and pdf need --out.")
    ] = Format.TABLE,
    out: Annotated[Path | None, typer.Option(help="File to write; the terminal where left out.")] = None,
    language: Annotated[Language, typer.Option(help="Language of words and numbers.")] = Language.FRENCH,
    release: Annotated[str | None, typer.Option(help="A release's identifier; the current one where left out.")] = None,
    crossing: Annotated[
        bool,
        typer.Option("--crossing", help="Set figures against what each group asked sees, and who acts; needs studies."),
    ] = False,
    demonstration: Annotated[
        bool, typer.Option("--demonstration", help="Read the demonstration, the studies of which are made up.")
    ] = False,
) -> None:
    """Show where a territory is fragile: profile, 16 domains with score, rank and comparison, sources."""
    if out is None and format in _BINARY:
        raise UsageError(
            Message("A {format} file cannot be shown on a terminal: name a file with --out.", format=format)
        )
    if format is Format.PDF and compare:
        raise UsageError("A PDF report sets the territory beside those it belongs to alone: leave --compare out.")
    if crossing and compare:
        raise UsageError("A crossing is of one territory: leave --compare out.")
    if demonstration and not crossing:
        raise UsageError("The demonstration differs by its studies alone: give --crossing with --demonstration.")
    inside = demonstration_home() if demonstration else None
    chosen = current_release(inside) if release is None else open_release(release, inside)
    place = one_territory(chosen.cog, territory).id
    if crossing:
        _cross(chosen, place, format, out, language, inside)
        return
    others = [one_territory(chosen.cog, name).id for name in compare or []]
    if out is None and format is Format.TABLE:
        found = diagnose_territory(chosen, place, others)
        Console().print(diagnosis_table(found, language), highlight=False)
        return
    content = _content(chosen, place, others, format, language)
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(out, content)
        typer.echo(words()("{file}: release {release}.", file=out, release=chosen.id))


def _cross(
    release: Release, territory: str, format: Format, out: Path | None, language: Language, inside: Path | None
) -> None:
    views = crossing_of(release, territory)
    if out is None and format is Format.TABLE:
        Console().print(crossing_table(views, language), highlight=False)
        return
    if format is Format.TABLE:
        page = io.StringIO()
        Console(file=page, width=_FILE_WIDTH, highlight=False).print(crossing_table(views, language))
        content = page.getvalue().encode()
    elif format is Format.JSON:
        content = crossing_json(views, language)
    elif format is Format.PDF:  # the report has the crossing of every territory that a study tells of
        content = build_report(release, territory, language, home=inside)
    else:
        content = export_crossing(views, FileFormat(format.value), language)
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(out, content)
        typer.echo(words()("{file}: release {release}.", file=out, release=release.id))


def _content(release: Release, territory: str, compare: Sequence[str], format: Format, language: Language) -> bytes:
    if format is Format.JSON:
        return diagnosis_json(diagnose_territory(release, territory, compare), language)
    if format is Format.TABLE:
        page = io.StringIO()
        found = diagnose_territory(release, territory, compare)
        Console(file=page, width=_FILE_WIDTH, highlight=False).print(diagnosis_table(found, language))
        return page.getvalue().encode()
    if format is Format.PDF:
        return build_report(release, territory, language)
    return export_diagnosis(release, territory, FileFormat(format.value), language, compare)
