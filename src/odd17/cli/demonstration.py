"""``odd17 demonstration``: build the release of made-up studies, in its own home."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from odd17.core.kernel import ReleaseError
from odd17.workflows.demonstration import build_demonstration

from .language import words


def demonstration(
    in_background: Annotated[bool, typer.Option("--in-background", hidden=True)] = False,
) -> None:
    """Build the demonstration: made-up studies beside the figures that are there, shown under /demonstration/.

    Nothing is built where nothing changed. Its pages, drawings, reports and files all say that its data are fictitious.
    """
    _ = words()
    if in_background:
        os.nice(10)
    try:
        release = build_demonstration()
    except ReleaseError:
        if in_background:  # another build is running, which will do
            return
        raise
    if not in_background:
        typer.echo(_("The demonstration is built: {release}, shown under /demonstration/.", release=release.id))


def demonstrate_beside() -> None:
    """Start to build the demonstration in a process of its own, unless ODD17_DEMONSTRATION says off."""
    if os.environ.get("ODD17_DEMONSTRATION", "").strip().lower() == "off":
        return
    command = [sys.executable, "-m", "odd17", "demonstration", "--in-background"]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
