"""The frames that a release may be scored in without a file of one's own: the current release's, and those shipped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.kernel import Message, UsageError
from odd17.store.frames import read_frame, shipped_frame, shipped_frames
from odd17.store.releases import Release, layout

OF_THE_RELEASE = "release"
"""The key of the frame that the current release was scored in."""


@dataclass(frozen=True, slots=True)
class FrameChoice:
    """A frame, the ``file`` that defines it, and its ``key``: ``OF_THE_RELEASE``, or the id of the shipped one."""

    key: str
    frame: FrameDefinition
    file: Path


def frame_choices(release: Release) -> tuple[FrameChoice, ...]:
    """The frame of ``release``, which is the one to propose, then the shipped ones that are not the same."""
    shipped = [FrameChoice(name, read_frame(shipped_frame(name)), shipped_frame(name)) for name in shipped_frames()]
    mine = FrameChoice(OF_THE_RELEASE, release.frame, release.path / layout.FRAME)
    return (mine, *(choice for choice in shipped if choice.frame != mine.frame))


def frame_chosen(release: Release, key: str) -> FrameChoice:
    """The choice called ``key`` (or the shipped frame of that id, be it the release's); raises UsageError otherwise."""
    choices = frame_choices(release)
    found = [choice for choice in choices if choice.key == key] or [c for c in choices if c.frame.id == key]
    if not found:
        names = ", ".join(choice.key for choice in choices)
        raise UsageError(Message("No frame is called {key!r} here; there are: {names}.", key=key[:80], names=names))
    return found[0]
