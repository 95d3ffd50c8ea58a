"""Building is atomic and alone: killed, crowded out or out of disk, it leaves the old release serving."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from odd17.core.kernel import ReleaseError
from odd17.store.releases import Release, current_release, list_releases, verify
from odd17.store.releases import draft as draft_module
from odd17.workflows.build_release import build_release

# A build that stops for good at a moment of our choosing, and says that it is there.
STOPPING = """
import sys, time
from pathlib import Path
from odd17.store.releases import draft
from odd17.workflows.build_release import build_release

home, frame, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def stop(*_):
    print("there", flush=True)
    time.sleep(600)

def progress(step, done, total):
    if f"{step} {done}" == moment:
        stop()

if moment == "file written":
    draft.describe_file = stop
if moment == "manifest written":
    draft.sync_folder = stop
if moment == "renamed, not switched":
    draft.use = stop
build_release(home=home, frame=frame, progress=progress)
"""
MOMENTS = [
    "inputs 0", "tables 0", "file written", "scores 0", "exports 3", "publish 0", "manifest written",
    "renamed, not switched", "publish 1",
]  # fmt: skip
Start = Callable[[Path, Path, str], "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a build in a process of its own, and returns once it stands at the moment asked for."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(home: Path, frame: Path, moment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", STOPPING, str(home), str(frame), moment], stdout=subprocess.PIPE
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"there\n"
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _leftovers(home: Path) -> list[str]:
    return [path.name for path in (home / "releases").iterdir() if path.name.startswith(".building")]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_build_leaves_the_old_release_or_the_new_one_and_never_half_of_it(
    home: Path, release: Release, other_frame: Path, start: Start, moment: str
) -> None:
    process = start(home, other_frame, moment)
    assert verify(current_release(home)) == ()  # readers are served while a build runs
    process.send_signal(signal.SIGKILL)
    process.wait()

    serving = current_release(home)
    assert (serving.id == release.id) == (moment != "publish 1")
    assert all(verify(item) == () for item in list_releases(home))

    built = build_release(home=home, frame=other_frame)
    assert current_release(home).id == built.id != release.id
    assert verify(built) == ()
    assert _leftovers(home) == []


def test_a_second_build_at_once_is_refused_and_names_the_first(
    home: Path, release: Release, other_frame: Path, start: Start
) -> None:
    process = start(home, other_frame, "scores 0")
    with pytest.raises(ReleaseError, match=rf"process {process.pid}"):
        build_release(home=home, frame=other_frame)
    assert len(_leftovers(home)) == 1  # the refused build did not clear the other's work
    assert current_release(home).id == release.id
    process.kill()
    process.wait()
    assert build_release(home=home, frame=other_frame).id != release.id


def test_an_interrupted_build_clears_up_after_itself(home: Path, release: Release, other_frame: Path) -> None:
    def interrupt(step: str, done: int, total: int) -> None:
        if step == "exports":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_release(home=home, frame=other_frame, progress=interrupt)
    assert _leftovers(home) == []
    assert current_release(home).id == release.id


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 14 MB: one release fits, two do not."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=14m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounting.returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_changes_nothing(small_disk: Path, other_frame: Path) -> None:
    release = build_release(home=small_disk)
    with pytest.raises(ReleaseError, match=r"disk is full.*Make room"):
        build_release(home=small_disk, frame=other_frame)
    assert current_release(small_disk).id == release.id
    assert verify(release) == ()
    assert _leftovers(small_disk) == []


def test_a_disk_that_fills_at_the_last_moment_is_said_too(
    home: Path, release: Release, other_frame: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(draft_module, "sync_folder", full)
    with pytest.raises(ReleaseError, match=r"disk is full.*Make room"):
        build_release(home=home, frame=other_frame)
    assert current_release(home).id == release.id
    assert _leftovers(home) == []


def test_a_home_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ReleaseError, match="cannot be written"):
        build_release(home=tmp_path / "file")
