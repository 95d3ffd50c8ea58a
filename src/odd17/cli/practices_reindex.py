"""``odd17 practices reindex``: build the indexes of search again from the practices and from the library."""

from __future__ import annotations

import time

import typer

from odd17.web.config.preparation import prepare, run

from .language import whole, words


def reindex() -> None:
    """Build the indexes of search again from what is public, practices and library, while the old ones go on answering.

    Nothing is lost where it is stopped: the old index stays. Run it after a change of synonyms.yml or of the geography.
    """
    prepare()
    _ = words()
    practices, seconds = _built("practices_index")
    typer.echo(_("Practices in the index: {count}, in {seconds} s.", count=practices, seconds=seconds))
    resources, seconds = _built("library_index")
    typer.echo(_("Resources in the index: {count}, in {seconds} s.", count=resources, seconds=seconds))


def follow_practices() -> None:
    """Bring the index to what is public, in a site that is prepared."""
    run("practices_index", whole=False)


def start_library() -> None:
    """Publish what the library starts with, and bring its index to what is public, in a site that is prepared."""
    run("library_start")
    run("library_index", whole=False)


def _built(command: str) -> tuple[str, str]:
    """How many things an index built again holds, and in how many seconds."""
    told: list[int] = []
    begun = time.monotonic()
    run(command, whole=True, done=told.append)
    return whole(told[0]), f"{time.monotonic() - begun:.1f}"
