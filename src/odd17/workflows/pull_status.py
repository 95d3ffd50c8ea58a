"""How the pull of a home goes, in one small file that any page can read: ``pull.json``."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from odd17.core.kernel import Text, message_from_plain, message_to_plain
from odd17.store.whole_files import write_whole

from .pull import Happened, Outcome, Step

STATUS = "pull.json"


class State(StrEnum):
    """Where a pull stands."""

    RUNNING = "running"
    DONE = "done"  # every source was asked; some may have failed
    OFFLINE = "offline"  # no host answered
    STOPPED = "stopped"  # the process that ran it is gone


@dataclass(frozen=True, slots=True)
class PullStatus:
    """How the last pull went, or goes: ``done`` of ``total`` sources; ``current`` is the title of the one in hand.

    ``doing`` is ``fetch``, ``make`` or ``release``. ``failed`` are titles and why. ``release`` is the one it built.
    """

    state: State
    started: datetime
    updated: datetime
    done: int = 0
    total: int = 0
    doing: str = "fetch"
    current: Text | None = None
    fetched: tuple[Text, ...] = ()
    failed: tuple[tuple[Text, str], ...] = ()
    release: str | None = None


AGAIN_AFTER = timedelta(days=1)
"""How long a pull that found no network, or in which sources failed, is left alone before it is tried again."""


def is_due(home: Path, now: datetime | None = None) -> bool:
    """Whether a first pull is to be tried: none was, or it was stopped, or what failed in it was so a day ago.

    ``now`` is the present where None.
    """
    status = read_status(home)
    if status is None or status.state is State.STOPPED:
        return True
    has_failed = status.state is State.OFFLINE or (status.state is State.DONE and bool(status.failed))
    return has_failed and (now or datetime.now(UTC)) - status.updated >= AGAIN_AFTER


def read_status(home: Path) -> PullStatus | None:
    """How the pull of ``home`` goes; None where none was begun, or its file cannot be read."""
    try:
        found = json.loads((home / STATUS).read_bytes())
        state = State(found["state"])
        if state is State.RUNNING and not _lives(int(found["process"])):
            state = State.STOPPED
        return PullStatus(
            state=state,
            started=datetime.fromisoformat(found["started"]),
            updated=datetime.fromisoformat(found["updated"]),
            done=found["done"],
            total=found["total"],
            doing=found["doing"],
            current=None if found["current"] is None else Text(**found["current"]),
            fetched=tuple(Text(**item) for item in found["fetched"]),
            failed=tuple((Text(**item["title"]), message_from_plain(item["why"])) for item in found["failed"]),
            release=found["release"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


@dataclass
class StatusFile:
    """Writes how a pull goes, from its first step on. A disk that takes no more writes does not stop the pull."""

    home: Path
    facts: dict[str, Any] = field(default_factory=dict)

    def step(self, step: Step) -> None:
        """Say which source is in hand; bytes are not written down."""
        if not self.facts:
            self.facts = {
                "state": State.RUNNING.value, "process": os.getpid(), "started": _now(), "current": None, "fetched": [],
                "doing": None, "failed": [], "release": None,
            }  # fmt: skip
        current = {"fr": step.source.title.fr, "en": step.source.title.en}
        if (self.facts["current"], self.facts["doing"]) != (current, step.doing):
            self.facts |= {"current": current, "doing": step.doing, "done": step.at, "total": step.total}
            self._write()

    def outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Say what became of the sources so far."""
        titles = [(item, {"fr": item.source.title.fr, "en": item.source.title.en}) for item in outcomes]
        self.facts |= {
            "done": min(len(outcomes), self.facts.get("total", 0)),
            "fetched": [title for item, title in titles if item.happened is not Happened.FAILED],
            "failed": [
                {"title": title, "why": message_to_plain(item.why or "")}
                for item, title in titles
                if item.happened is Happened.FAILED
            ],
        }
        self._write()

    def building(self) -> None:
        """Say that a release is being built."""
        self.facts |= {"doing": "release", "current": None}
        self._write()

    def built(self, release: str) -> None:
        """Say which release has the figures so far."""
        self.facts |= {"release": release}
        self._write()

    def end(self, state: State) -> None:
        """Say how it ended; nothing where it never began."""
        if self.facts:
            self.facts |= {"state": state.value, "current": None}
            self._write()

    def _write(self) -> None:
        self.facts["updated"] = _now()
        with suppress(OSError):
            self.home.mkdir(parents=True, exist_ok=True)
            write_whole(self.home / STATUS, (json.dumps(self.facts, ensure_ascii=False, indent=1) + "\n").encode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
