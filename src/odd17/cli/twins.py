"""``odd17 territory twins``: the territories whose profile is nearest."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from odd17.publishing import wording
from odd17.publishing.format import number
from odd17.publishing.language import translator
from odd17.publishing.twins import how, reason, twins_payload
from odd17.workflows import twins as workflow
from odd17.workflows.releases import current_release

from .diagnose import Language


class TwinsFormat(StrEnum):
    """How twins are printed."""

    TABLE = "table"
    JSON = "json"


def twins(
    territory: Annotated[str, typer.Argument(help="Identifier, code or whole name.")],
    count: Annotated[int, typer.Option("--count", "-k", help="How many.", min=1, max=50)] = 5,
    format: Annotated[TwinsFormat, typer.Option(help="A table, or JSON.")] = TwinsFormat.TABLE,
    language: Annotated[Language, typer.Option(help="Language of words and numbers.")] = Language.FRENCH,
) -> None:
    """Find the territories of the same level nearest in profile: people, density, change in population."""
    found = workflow.twins(current_release(), territory, count)
    _ = translator(language)
    if format is TwinsFormat.JSON:
        typer.echo(json.dumps(twins_payload(found, language), indent=2, ensure_ascii=False))
        return
    table = Table(Column("id", no_wrap=True), _("Territory"), Column(_("Distance"), justify="right"), _("Why"))
    for twin in found.twins:
        why = "\n".join(reason(gap, language) for gap in twin.gaps)
        name = wording.territory_name(twin.territory, language)
        table.add_row(twin.territory.id, name, number(twin.distance, language, decimals=2), why)
    console = Console(highlight=False)
    console.print(how(found, language), markup=False)
    console.print(table)
