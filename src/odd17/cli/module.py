"""``odd17 module``: list the learning modules, check a file, keep it as the next version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from odd17.workflows.modules import add_module_file, check_module_file, module_schema, modules

from .language import command_language, words

module_commands = typer.Typer(help="Learning modules: their versions, and new ones.", no_args_is_help=True)


@module_commands.command("list")
def list_all() -> None:
    """List every version, with how many steps and questions it has."""
    _, language = words(), command_language()
    for one in modules().values():
        facts = {
            "id": one.id,
            "version": one.version,
            "title": one.title.in_language(language),
            "steps": len(one.steps),
            "questions": len(one.questions),
        }
        line = (
            _("{id} {version}: {title}, {steps} steps, {questions} questions, retired", **facts)
            if one.retired
            else _("{id} {version}: {title}, {steps} steps, {questions} questions", **facts)
        )
        typer.echo(line)


@module_commands.command("check")
def check(file: Annotated[Path, typer.Argument(help="YAML file of the module.")]) -> None:
    """Say whether a module can be followed to its end, or what is wrong in it."""
    one, _ = check_module_file(file), words()
    typer.echo(
        _(
            "{id} {version}: {steps} steps, {questions} questions: can be followed.",
            id=one.id,
            version=one.version,
            steps=len(one.steps),
            questions=len(one.questions),
        )
    )


@module_commands.command("add")
def add(file: Annotated[Path, typer.Argument(help="YAML file of the module.")]) -> None:
    """Keep a file as the version that is begun from now on; whoever began an older one finishes that one."""
    one, _ = add_module_file(file), words()
    typer.echo(_("Version {version} of {id} is begun from now on.", version=one.version, id=one.id))


@module_commands.command("schema")
def schema() -> None:
    """Print the JSON Schema of modules, for an editor to complete from."""
    typer.echo(json.dumps(module_schema(), ensure_ascii=False, indent=2))
