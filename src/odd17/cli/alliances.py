"""``odd17 alliances``: what the platform does for alliances by itself, day after day."""

from __future__ import annotations

import typer

from odd17.core.kernel import Message, Odd17Error
from odd17.web.config.preparation import prepare, run

from .language import whole, words

alliance_commands = typer.Typer(help="Workspaces of alliances.", no_args_is_help=True)


@alliance_commands.callback()
def alliances() -> None:
    """Workspaces of alliances."""


@alliance_commands.command("remind")
def remind() -> None:
    """Write to members about what is due or late in their alliances, once each. Run it every day (cron).

    Answers to calls for partners that are too old to be kept are erased. Where an e-mail cannot be sent, it is tried
    again the next time.
    """
    prepare()
    told: list[tuple[int, int, int]] = []
    run("alliances_remind", done=told.append)
    sent, failed, erased = told[0]
    _ = words()
    typer.echo(_("Reminded: {sent}. Answers to calls erased: {erased}.", sent=whole(sent), erased=whole(erased)))
    if failed:
        raise Odd17Error(
            Message("{failed} e-mails could not be sent: they are tried again the next time", failed=failed)
        )
