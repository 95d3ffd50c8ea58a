"""``odd17 newsletter``: the letters, sending one, and removing addresses: unconfirmed ones, and one that is named."""

from __future__ import annotations

import sys
from typing import Annotated, Protocol

import typer

from odd17.core.kernel import Odd17Error
from odd17.web.config.preparation import prepare, run

from .language import whole, words

newsletter_commands = typer.Typer(help="The newsletter: its letters, and to whom they are sent.", no_args_is_help=True)


class Tally(Protocol):
    """How far a letter is."""

    recipients: int
    sent: int
    refused: int
    uncertain: int
    left: int
    trouble: bool


@newsletter_commands.command("list")
def list_all() -> None:
    """List the letters, with how far each is sent."""
    prepare()
    _ = words()

    def told(number: int, title: str, tally: Tally | None) -> None:
        if tally is None:
            typer.echo(_("{number} {title}: not sent yet", number=number, title=title))
        else:
            typer.echo(
                _(
                    "{number} {title}: sent to {sent} of {recipients}",
                    number=number,
                    title=title,
                    sent=whole(tally.sent),
                    recipients=whole(tally.recipients),
                )
            )

    run("newsletter_letters", told=told)


@newsletter_commands.command("send")
def send(letter: Annotated[int, typer.Argument(help="Number of the letter, as `list` shows it.")]) -> None:
    """Send a letter to each confirmed address, once; run again after a stop, it goes on with those that are left."""
    prepare()
    ends: list[Tally] = []
    run("newsletter_send", number=letter, done=ends.append)
    _, (tally,) = words(), ends
    typer.echo(_("Sent: {sent} of {recipients}.", sent=whole(tally.sent), recipients=whole(tally.recipients)))
    if tally.refused:
        typer.echo(_("Refused by the server of their mailbox: {count}.", count=whole(tally.refused)))
    if tally.uncertain:
        stopped = whole(tally.uncertain)
        typer.echo(_("Stopped while leaving, not sent again since they may have arrived: {count}.", count=stopped))
    if tally.trouble:
        raise Odd17Error("The server of e-mails stopped answering: run the command again for those that are left.")
    if tally.left:
        typer.echo(_("To be tried again later: {count}.", count=whole(tally.left)))


@newsletter_commands.command("tidy")
def tidy() -> None:
    """Remove the addresses that nobody confirmed within seven days; to be run every day."""
    prepare()
    gone: list[int] = []
    run("newsletter_tidy", done=gone.append)
    typer.echo(words()("Addresses removed: {count}.", count=whole(gone[0])))


@newsletter_commands.command("remove")
def remove(
    address: Annotated[
        str, typer.Argument(help="The address; `-` reads it from the standard input, out of the history of commands.")
    ],
) -> None:
    """Remove an address, whose e-mails come back for example, with all that is kept with it; it is written nowhere.

    Its person may sign up again. Exit code 1 where the address is not on the list.
    """
    given = (sys.stdin.readline() if address == "-" else address).strip()
    prepare()
    told: list[bool] = []
    run("newsletter_remove", address=given, done=told.append)
    if not told[0]:
        raise Odd17Error("This address is not on the list: nothing was removed.")
    typer.echo(words()("The address was removed, with all that was kept with it."))
