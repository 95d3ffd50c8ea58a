"""A release that is built apart from those that readers see: tried, compared, then published or thrown away.

A candidate is a folder. Its ``home`` has the datasets of the real home (by links) and the one that is tried; the
release is built there by the same steps as any other, so that it has the identifier that it will be published under.
Nothing of the real home changes before :func:`publish`.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from odd17.core.kernel import Message, Odd17Error, ReleaseError, message_from_plain, message_to_plain
from odd17.store.datasets import current_snapshot, point_to, take_snapshot
from odd17.store.frames import read_frame
from odd17.store.places import home as own_home
from odd17.store.releases import Release, current_release, open_release, use
from odd17.store.releases.shelf import take_in
from odd17.store.territories import load_shipped_cog
from odd17.store.whole_files import write_whole

from .build_release import build_release
from .draw import draw_release_maps
from .import_dataset import import_dataset

STATUS = "build.json"
_LOCK = ".building"
_OWN = ("datasets", "releases", "cache", "static", "workshop", "raw")
"""Folders of a home that a candidate does not share by a link."""

_started: list[subprocess.Popen[bytes]] = []
"""The builds that this process started."""


@dataclass(frozen=True, slots=True)
class Build:
    """How a candidate's build goes: ``state`` is running, done, failed or stopped (its process is gone).

    ``step`` is one of ``odd17 release build``, ``done`` of ``total`` of it. ``base`` is the release that was current
    when it began, ``release`` the one it built, ``dataset`` and ``snapshot`` what it took in, ``frame`` the id of the
    frame that scores it.
    """

    state: str
    step: str = ""
    done: int = 0
    total: int = 0
    base: str | None = None
    release: str | None = None
    dataset: str | None = None
    snapshot: str | None = None
    frame: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication switched: the releases, and the snapshots of the dataset (None: there was none)."""

    release: str
    dataset: str
    snapshot: str
    release_before: str
    snapshot_before: str | None


def start(folder: Path, file: Path, dataset: Path, frame: Path) -> None:
    """Build the candidate of ``folder`` in a process of its own, scored in the frame of the file ``frame``.

    :func:`read_build` says how it goes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STATUS).unlink(missing_ok=True)
    command = [sys.executable, "-m", "odd17.workflows.candidate", *map(str, (folder, file, dataset, frame))]
    environment = os.environ | {"ODD17_HOME": str(own_home().resolve())}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True
    )
    _started.append(process)
    if not (folder / STATUS).exists():
        _write(folder, {"state": "running", "step": "waiting", "process": process.pid})


def build(folder: Path, file: Path, dataset: Path, frame: Path) -> None:
    """Import ``file`` into the candidate and build its release, one candidate at a time, and say how it goes."""
    home = own_home()
    facts: dict[str, Any] = {"state": "running", "step": "waiting", "process": os.getpid()}
    _write(folder, facts)
    with (folder.parent / _LOCK).open("a+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            facts |= {"base": current_release(home).id, "frame": read_frame(frame).id}
            aside = _prepared(folder, home)
            done = import_dataset(file, dataset, home=aside, cog=load_shipped_cog())
            facts |= {"dataset": done.snapshot.dataset, "snapshot": done.snapshot.id}

            def tell(step: str, done: int, total: int) -> None:
                if (step, done, total) != (facts.get("step"), facts.get("done"), facts.get("total")):
                    facts.update(step=step, done=done, total=total)
                    _write(folder, facts)

            release = build_release(home=aside, frame=frame, progress=tell, draw=draw_release_maps)
            _write(folder, facts | {"state": "done", "release": release.id})
        except Odd17Error as error:
            _write(folder, facts | {"state": "failed", "why": message_to_plain(error.said)})
        except BaseException:
            _write(
                folder,
                facts
                | {
                    "state": "failed",
                    "why": message_to_plain(Message("The build broke; try it from the command line.")),
                },
            )
            raise


def read_build(folder: Path) -> Build | None:
    """How the build of the candidate goes; None where none was asked for."""
    try:
        found = json.loads((folder / STATUS).read_bytes())
    except (OSError, ValueError):
        return None
    process = found.pop("process", 0)
    if found["state"] == "running" and not _lives(process):
        found["state"] = "stopped"
    return Build(**found | {"why": message_from_plain(found.get("why"))})


def candidate_release(folder: Path, id: str) -> Release:
    """The release that the candidate built; raises ReleaseError where it is not there."""
    return open_release(id, folder / "home")


def publish(folder: Path) -> Published:
    """Keep the candidate's snapshot and release with the others and switch to them.

    Raises ReleaseError where it is not built, or another release became current since its build began: then nothing
    changes, and it must be built again.
    """
    home = own_home()
    built = read_build(folder)
    if built is None or built.state != "done" or not (built.release and built.dataset and built.snapshot):
        raise ReleaseError("This release is not built yet.")
    before = current_release(home).id
    if before != built.base:
        raise ReleaseError(
            Message("Release {before} became the current one since this one was built: build it again.", before=before)
        )
    aside = folder / "home"
    snapshot_before = current_snapshot(built.dataset, home)
    take_snapshot(aside / "datasets" / built.dataset / built.snapshot, home)
    take_in(built.release, aside, home)
    point_to(built.dataset, built.snapshot, home)
    use(built.release, home)
    shutil.rmtree(aside, ignore_errors=True)
    return Published(built.release, built.dataset, built.snapshot, before, snapshot_before)


def undo(published: Published) -> Release:
    """Switch back to what was before a publication: the release, and the snapshot that the next build is made from.

    Raises ReleaseError where another release became current since, or the one before is no longer kept.
    """
    home = own_home()
    if current_release(home).id != published.release:
        raise ReleaseError("Another release became the current one since: switch by its own page, or by the command.")
    release = open_release(published.release_before, home)
    point_to(published.dataset, published.snapshot_before, home)
    return use(release.id, home)


def discard(folder: Path) -> None:
    """Remove the candidate with all that it holds."""
    shutil.rmtree(folder, ignore_errors=True)


def _prepared(folder: Path, home: Path) -> Path:
    """The candidate's own home, made new: links to what it shares, and a folder of datasets that it may add to."""
    aside = folder / "home"
    shutil.rmtree(aside, ignore_errors=True)
    (aside / "datasets").mkdir(parents=True)
    for path in home.iterdir():
        if path.is_dir() and path.name not in _OWN:
            (aside / path.name).symlink_to(path.resolve(), target_is_directory=True)
    for path in home.glob("datasets/*/CURRENT"):
        kept = aside / "datasets" / path.parent.name
        kept.mkdir()
        id = path.read_text(encoding="utf-8").strip()
        (kept / id).symlink_to((path.parent / id).resolve(), target_is_directory=True)
        shutil.copyfile(path, kept / path.name)
    return aside


def _write(folder: Path, facts: dict[str, Any]) -> None:
    with suppress(OSError):
        write_whole(folder / STATUS, (json.dumps(facts, indent=1) + "\n").encode())


def _lives(process: int) -> bool:
    for child in _started:
        child.poll()  # a child that ended would else seem to live
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    os.nice(10)  # readers come first
    build(*map(Path, sys.argv[1:5]))
