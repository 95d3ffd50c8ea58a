"""``odd17 practices reindex``: build the index of search again from the practices."""

from __future__ import annotations

import time

import typer

from odd17.web.config.preparation import prepare, run

from .language import whole, words


def reindex() -> None:
    """Build the index of search again from the public practices, while the old one goes on answering.

    Nothing is lost where it is stopped: the old index stays. Run it after a change of synonyms.yml or of the geography.
    """
    prepare()
    told: list[int] = []
    begun = time.monotonic()
    run("practices_index", whole=True, done=told.append)
    _ = words()
    seconds = f"{time.monotonic() - begun:.1f}"
    typer.echo(_("Practices in the index: {count}, in {seconds} s.", count=whole(told[0]), seconds=seconds))


def follow_practices() -> None:
    """Bring the index to what is public, in a site that is prepared."""
    run("practices_index", whole=False)
