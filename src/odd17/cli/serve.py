"""``odd17 serve``: prepare what is missing, then serve the site."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import typer

from odd17.core.kernel import Message, ReleaseError, UsageError, why
from odd17.web.config.preparation import prepare
from odd17.workflows.build_release import build_release
from odd17.workflows.draw import draw_release_maps
from odd17.workflows.releases import current_release

from .demonstration import demonstrate_beside
from .first_pull import pull_beside
from .language import words
from .practices_import import keep_cited
from .practices_reindex import follow_practices, start_library

_APPLICATION = "odd17.web.config.wsgi:application"

_FREED_AT_ONCE = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0"}
"""Has Polars give memory back as soon as it is done with it: a worker reads in bursts, and Polars itself says half a
second when it is imported, as it was here."""


_ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""A worker answers several readers at once already: threads within each answer only stand in each other's way."""


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on. Beyond this machine, set ODD17_HOSTS too.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
) -> None:
    """Serve the site; builds the release of the shipped data first where there is none."""
    _ = words()
    _refuse_taken(host, port)
    try:
        current_release()
    except ReleaseError:
        typer.echo(_("There is no release yet: building the one of the shipped data…"))
        typer.echo(_("Release {release} is built.", release=build_release(draw=draw_release_maps).id))
    prepare()
    keep_cited()
    start_library()
    follow_practices()
    pull_beside()
    demonstrate_beside()
    shown = f"[{host}]" if ":" in host else host
    typer.echo(_("odd17 answers at {address} (Ctrl+C to stop)", address=f"http://{shown}:{port}"))
    sys.stdout.flush()
    # The server takes this process's place, so that its workers carry nothing of what preparing needed.
    arguments = (
        "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "warning",
    )  # fmt: skip
    os.execve(  # noqa: S606 - no shell
        sys.executable,
        [sys.executable, "-m", "granian", *arguments, _APPLICATION],
        _ONE_THREAD | os.environ | _FREED_AT_ONCE,
    )


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                Message(
                    "Cannot listen on {host}:{port}: {why}. Choose another with --port.",
                    host=host,
                    port=port,
                    why=why(error),
                )
            ) from error
