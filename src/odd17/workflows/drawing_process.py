"""The process that draws and typesets what this one is asked for, started at the first demand."""

from __future__ import annotations

from functools import cache

from odd17.publishing.drawing import Drawer


@cache
def drawing_process() -> Drawer:
    """The one drawing process of this process: an engine of some 300 MB is held once."""
    return Drawer(workers=1)
