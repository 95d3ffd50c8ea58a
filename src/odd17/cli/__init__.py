"""The ``odd17`` command: each subcommand parses, calls one workflow (or the web's services), and prints."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import structlog
import typer
from rich.console import Console

from odd17.core.kernel import Odd17Error
from odd17.publishing.said import said

from .alliances import alliance_commands
from .catalysts import catalyst_commands
from .data import data_commands
from .demonstration import demonstration
from .diagnose import diagnose
from .frame import frame_commands
from .index import index_commands
from .language import command_language, spoken
from .module import module_commands
from .newsletter import newsletter_commands
from .practices import practice_commands
from .practices_contacts import contacts
from .practices_import import import_practices
from .practices_reindex import reindex
from .programmes import programme_commands
from .pull import list_outdated, pull_all
from .questionnaire import questionnaire_commands
from .release import release_commands
from .report import report
from .serve import serve
from .survey import survey_commands
from .territory import territory_commands
from .twins import twins
from .user import user_commands

app = typer.Typer(
    name="odd17",
    help="Where is a territory fragile, and what can be done about it together?",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
"""Command groups are added below, one module each."""


@app.callback()
def configure(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what is being done, step by step.")] = False,
) -> None:
    """Where is a territory fragile, and what can be done about it together?"""
    level = logging.DEBUG if verbose else logging.WARNING
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )


app.add_typer(alliance_commands, name="alliances")
app.add_typer(catalyst_commands, name="catalysts")
data_commands.command("pull")(pull_all)
data_commands.command("outdated")(list_outdated)
app.add_typer(data_commands, name="data")
app.command("demonstration")(demonstration)
app.command("diagnose")(diagnose)
app.add_typer(frame_commands, name="frame")
app.add_typer(index_commands, name="index")
app.add_typer(module_commands, name="module")
app.add_typer(newsletter_commands, name="newsletter")
practice_commands.command("contacts")(contacts)
practice_commands.command("import")(import_practices)
practice_commands.command("reindex")(reindex)
app.add_typer(practice_commands, name="practices")
app.add_typer(programme_commands, name="programmes")
app.add_typer(questionnaire_commands, name="questionnaire")
app.add_typer(release_commands, name="release")
app.command("report")(report)
app.command("serve")(serve)
app.add_typer(survey_commands, name="survey")
territory_commands.command("twins")(twins)
app.add_typer(territory_commands, name="territory")
app.add_typer(user_commands, name="user")


def main() -> None:
    """Run the command; an error that odd17 raises on purpose is one message on stderr and its exit code."""
    language = command_language()
    try:
        spoken(app, language)()
    except Odd17Error as error:
        sentence = said(error, language)
        Console(stderr=True, highlight=False).print(f"odd17: {sentence}", style="red", markup=False, soft_wrap=True)
        raise SystemExit(error.exit_code) from error
