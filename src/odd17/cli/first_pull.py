"""The first published figures, brought in beside the server that already answers."""

from __future__ import annotations

import os
import subprocess
import sys

import typer

from odd17.store.places import home
from odd17.workflows.pull_status import State, is_due, read_status

from .language import words


def pull_beside() -> None:
    """Start to bring in the light sources in a process of its own, unless that was done, or ODD17_PULL says off.

    It ends with the server. Without a network it says so the first time, and no more.
    """
    if os.environ.get("ODD17_PULL", "").strip().lower() == "off" or not is_due(home()):
        return
    status = read_status(home())
    if status is None:
        typer.echo(words()("Bringing in the first published figures meanwhile (ODD17_PULL=off to leave them out)."))
    quiet = subprocess.DEVNULL if status is not None and status.state is State.OFFLINE else None
    command = [sys.executable, "-m", "odd17", "data", "pull", "--starter", "--build", "--in-background"]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=quiet, stderr=quiet)
