"""``odd17 practices contacts``: the consent of those who may be asked about a practice, once a day."""

from __future__ import annotations

import typer

from odd17.core.kernel import Message, Odd17Error
from odd17.web.config.preparation import prepare, run

from .language import whole, words


def contacts() -> None:
    """Ask by e-mail those whose consent to be named ends within a month, and erase those whose consent ended.

    Consent lasts two years. Who does not renew it is shown nowhere from the day on which it ends, whether this runs or
    not, and is erased 30 days later. Meant to be run once a day; run twice, it writes to nobody twice.
    """
    prepare()
    told: list[tuple[int, int, int]] = []
    run("contacts_follow", done=lambda *counts: told.append(counts))
    reminded, failed, erased = told[0]
    _ = words()
    typer.echo(_("Contacts reminded: {reminded}; erased: {erased}.", reminded=whole(reminded), erased=whole(erased)))
    if failed:
        raise Odd17Error(
            Message("{count} e-mails could not be sent: see ODD17_SMTP. They are tried again next time.", count=failed)
        )
