"""What Typer says of a command line that it cannot follow, in the language of the command.

Typer words these errors in English as it raises them: each form is read here, and said again from its facts.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, Final

from typer import rich_utils

from odd17.publishing.language import Translator, msgid, translator

_SAID: Final[tuple[tuple[str, str], ...]] = (
    (r"No such option: (?P<option>\S+) \(Possible options: (?P<options>.+)\)",
     msgid("There is no option {option}. Did you mean {options}?")),
    (r"No such option: (?P<option>\S+)", msgid("There is no option {option}.")),
    (r"No such command '(?P<command>.+?)'\. Did you mean (?P<commands>.+)\?",
     msgid("There is no command {command}. Did you mean {commands}?")),
    (r"No such command '(?P<command>.+)'\.", msgid("There is no command {command}.")),
    (r"Missing command\.", msgid("A command is missing.")),
    (r"Missing argument '(?P<name>.+?)'\.(?: Choose from.+)?", msgid("The argument {name} is missing.")),
    (r"Missing option '(?P<name>.+?)'\.(?: Choose from.+)?", msgid("The option {name} is missing.")),
    (r"Got unexpected extra argument\(s\) \((?P<words>.+)\)", msgid("There is more than the command takes: {words}")),
    (r"Option '(?P<option>.+)' requires an argument\.", msgid("The option {option} needs a value.")),
    (r"Option '(?P<option>.+)' does not take a value\.", msgid("The option {option} takes no value.")),
    (r"Invalid value for (?P<name>.+?): (?P<why>.+)", msgid("The value of {name} cannot be used: {why}")),
)  # fmt: skip
"""What is said of the whole, by the form that Typer gives it; the first form that fits is taken."""

_WHY: Final[tuple[tuple[str, str], ...]] = (
    (r"(?:Value error, )?'?(?P<value>.*?)'? is not one of (?P<choices>.+)\.", msgid("it is none of {choices}.")),
    (r"Input should be a valid integer.*", msgid("a whole number is expected.")),
    (r"Input should be a valid number.*", msgid("a number is expected.")),
    (r"Input should be less than or equal to (?P<limit>\S+)", msgid("it must be {limit} at most.")),
    (r"Input should be greater than or equal to (?P<limit>\S+)", msgid("it must be {limit} at least.")),
    (r"Input should be a valid (?:date|datetime).*", msgid("a date such as 2026-11-25 is expected.")),
    (r"\w+ '(?P<path>.+)' does not exist\.", msgid("{path} does not exist.")),
    (r"\w+ '(?P<path>.+)' is a directory\.", msgid("{path} is a folder, and a file is expected.")),
    (r"\w+ '(?P<path>.+)' is a file\.", msgid("{path} is a file, and a folder is expected.")),
    (r"\w+ '(?P<path>.+)' is not (?:readable|writable)\.", msgid("access to {path} is not allowed.")),
)
"""Why a value cannot be used."""


def misuse(message: str, language: str) -> str:
    """``message``, which Typer worded in English, in ``language``; as it is where its form is not known.

    >>> misuse("No such option: --foo", "en")
    'There is no option --foo.'
    """
    return _said(message, _SAID, translator(language))


def speak_of_misuse(language: str) -> None:
    """Have Typer show what it cannot follow in ``language``."""
    rich_utils.rich_format_error = partial(_show, language)


def _said(message: str, forms: tuple[tuple[str, str], ...], _: Translator) -> str:
    for form, words in forms:
        if found := re.fullmatch(form, message, re.S):
            facts = {name: _quoted(text) for name, text in found.groupdict().items() if text is not None}
            if "why" in facts:
                facts["why"] = _said(found["why"], _WHY, _)
            return _(words, **facts)
    return message


def _quoted(text: str) -> str:
    """Names as they are typed, without the quotes of the program and the breaks between choices."""
    return re.sub(r"\s+", " ", re.sub(r"'([^']*)'", r"\1", text))


_SHOW: Final = rich_utils.rich_format_error


def _show(language: str, error: Any) -> None:
    said = misuse(error.format_message(), language)
    error.format_message = lambda: said
    _SHOW(error)
