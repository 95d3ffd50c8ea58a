"""``odd17 user``: accounts of those who bring figures in the workshop."""

from __future__ import annotations

import secrets
import sys
from enum import StrEnum
from typing import Annotated

import typer
from django.utils import translation

from odd17.core.kernel import UsageError
from odd17.web.config.preparation import prepare, run

from .language import command_language, words

user_commands = typer.Typer(help="Accounts of those who bring figures; readers need none.", no_args_is_help=True)


class Role(StrEnum):
    """The roles of ``odd17.web.accounts.roles``."""

    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


_GENERATED = 18  # bytes of chance: 24 characters


@user_commands.callback()
def users() -> None:
    """Accounts of those who bring figures; readers need none."""


@user_commands.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Name to sign in with.", show_default=False)],
    staff: Annotated[bool, typer.Option("--staff", help="May enter the workshop, /atelier/.")] = False,
    admin: Annotated[bool, typer.Option("--admin", help="May also manage accounts and reports, /admin/.")] = False,
    email: Annotated[str, typer.Option(help="Their e-mail address, taken as confirmed.")] = "",
    role: Annotated[Role | None, typer.Option(help="What they do with practices.")] = None,
    generate: Annotated[bool, typer.Option("--generate", help="Make a password and print it once.")] = False,
) -> None:
    """Make an account. The password is typed twice, or read as one line where input is not a terminal."""
    if generate:
        password = secrets.token_urlsafe(_GENERATED)
    elif sys.stdin.isatty():
        password = typer.prompt(words()("Password"), hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    if not password:
        raise UsageError("No password was given: type one, or use --generate.")
    prepare()
    with translation.override(command_language()):  # what is wrong with a password is said by Django
        run("account_add", name=name, password=password, email=email, role=role or "", staff=staff, admin=admin)
    _ = words()
    typer.echo(_("Account {name} is made.", name=name))
    if generate:
        typer.echo(_("Password, shown once: {password}", password=password))
