"""The language in which the command speaks: French, unless the environment asks for English.

Help is written in English where each command is, and translated here over the whole tree of commands, so that a
command has nothing to do for it; ``docs/reference/cli.md`` is written from the English.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, Final

import typer
from typer import rich_utils
from typer.main import get_command

from odd17.publishing.format import number
from odd17.publishing.language import Translator, language_of, msgid, translator

from .misuse import speak_of_misuse

_FRAME: Final = {
    "DEFAULT_STRING": msgid("[default: {}]"),
    "REQUIRED_LONG_STRING": msgid("[required]"),
    "ARGUMENTS_PANEL_TITLE": msgid("Arguments"),
    "OPTIONS_PANEL_TITLE": msgid("Options"),
    "COMMANDS_PANEL_TITLE": msgid("Commands"),
    "ERRORS_PANEL_TITLE": msgid("Error"),
    "ABORTED_TEXT": msgid("Aborted."),
    "RICH_HELP": msgid("Try [blue]'{command_path} {help_option}'[/] for help."),
}
"""Typer's own words around the help, by the name under which it keeps them."""


def command_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language asked for: by ``ODD17_LANG``, else by the locale; French where neither asks for English.

    >>> command_language({"ODD17_LANG": "en", "LANG": "fr_FR.UTF-8"}), command_language({"LANG": "C.UTF-8"})
    ('en', 'fr')
    """
    asked = (environment.get(name) for name in ("ODD17_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return language_of(next((name for name in asked if name), "fr"))


def words() -> Translator:
    """The translator into the language of the command."""
    return translator(command_language())


def whole(value: int) -> str:
    """A whole number as the command's language writes it."""
    return number(value, command_language(), decimals=0)


def help_texts(app: typer.Typer) -> tuple[str, ...]:
    """Every text of the help of ``app``, in English, once."""
    return tuple(dict.fromkeys(text for holder in _holders(get_command(app)) if (text := holder.help)))


def spoken(app: typer.Typer, language: str) -> Any:
    """The command of ``app``, ready to be called, its help in ``language``."""
    _ = translator(language)
    command = get_command(app)
    for holder in _holders(command):
        if holder.help:
            holder.help = _(holder.help)
    for name, text in _FRAME.items():
        setattr(rich_utils, name, _(text))
    speak_of_misuse(language)
    return command


def _holders(command: Any) -> Iterator[Any]:
    """The command, its options and arguments, and all of its subcommands: whatever has a text of help."""
    yield command
    yield from command.params
    yield command.get_help_option(typer.Context(command))
    for below in getattr(command, "commands", {}).values():
        yield from _holders(below)
