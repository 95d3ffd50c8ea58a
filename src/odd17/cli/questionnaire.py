"""``odd17 questionnaire``: list those of self-diagnosis, check a file, keep it as the next version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from odd17.workflows.questionnaires import (
    add_questionnaire_file,
    check_questionnaire_file,
    questionnaire_schema,
    questionnaires,
)

from .language import command_language, words

questionnaire_commands = typer.Typer(
    help="Questionnaires of self-diagnosis: their versions, and new ones.", no_args_is_help=True
)


@questionnaire_commands.command("list")
def list_all() -> None:
    """List every version, with how many items it has."""
    _, language = words(), command_language()
    for one in questionnaires().values():
        facts = {"id": one.id, "version": one.version, "title": one.title.in_language(language)}
        line = (
            _("{id} {version}: {title}, {items} items, retired", items=len(one.items), **facts)
            if one.retired
            else _("{id} {version}: {title}, {items} items", items=len(one.items), **facts)
        )
        typer.echo(line)


@questionnaire_commands.command("check")
def check(file: Annotated[Path, typer.Argument(help="YAML file of the questionnaire.")]) -> None:
    """Say whether a questionnaire can be answered and scored, or what is wrong in it."""
    one, _ = check_questionnaire_file(file), words()
    typer.echo(
        _(
            "{id} {version}: {items} items, {dimensions} dimensions: can be answered.",
            id=one.id,
            version=one.version,
            items=len(one.items),
            dimensions=len(one.dimensions),
        )
    )


@questionnaire_commands.command("add")
def add(file: Annotated[Path, typer.Argument(help="YAML file of the questionnaire.")]) -> None:
    """Keep a file as the version that is answered from now on; answers to older ones keep theirs."""
    one, _ = add_questionnaire_file(file), words()
    typer.echo(_("Version {version} of {id} is answered from now on.", version=one.version, id=one.id))


@questionnaire_commands.command("schema")
def schema() -> None:
    """Print the JSON Schema of questionnaires, for an editor to complete from."""
    typer.echo(json.dumps(questionnaire_schema(), ensure_ascii=False, indent=2))
