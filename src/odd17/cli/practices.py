"""``odd17 practices``: the base of practices; its commands are added where the whole command is made."""

from __future__ import annotations

import typer

practice_commands = typer.Typer(help="The base of practices: what partnerships tell.", no_args_is_help=True)


@practice_commands.callback()
def practices() -> None:
    """The base of practices: what partnerships tell."""
