"""Drawing happens in a process apart: whoever asks never loads the engine."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from odd17.publishing.charts.drawings import Distribution, Drawing
from odd17.publishing.drawing import Drawer, Output

DRAWING = Distribution("d", "Répartition", "Taux", "nombre", (1.0, 2.0, 3.0), (("Ici", 2.0),), "fr")

PROGRAM = """
import sys
import odd17.workflows.draw, odd17.workflows.export, odd17.workflows.report
from odd17.publishing.charts.drawings import Distribution, Drawing
from odd17.publishing.drawing import Drawer

if __name__ == "__main__":
    with Drawer() as drawer:
        drawn = drawer.draw(Distribution("d", "t", "x", "n", (1.0, 2.0), (), "fr"))
    loaded = {"altair", "vl_convert", "typst"} & set(sys.modules)
    print(drawn[:4], sorted(loaded))
"""


ASKER = """
import multiprocessing, sys
from odd17.publishing.charts.drawings import Distribution
from odd17.publishing.drawing import Drawer

def ask(kept):
    drawer = Drawer()
    drawer.draw(Distribution("d", "t", "x", "n", (1.0, 2.0), (), "fr"))
    if kept:
        print(multiprocessing.active_children()[0].pid, flush=True)
        sys.stdin.read()

if __name__ == "__main__":
    if sys.argv[1] == "killed":
        ask(True)
    else:
        worker = multiprocessing.get_context("fork").Process(target=ask, args=(False,))
        worker.start()
        worker.join()
        print(worker.exitcode)
"""


def test_the_asking_process_never_loads_the_engine() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "b'<svg' []"


def test_drawings_come_in_order_and_in_every_output() -> None:
    with Drawer() as drawer:
        drawn = list(drawer.draw_all([DRAWING, Distribution("e", "Autre", "x", "n", (1.0,), (), "en")]))
        picture = drawer.draw(DRAWING, Output.PNG)
    assert [b"Autre" in item for item in drawn] == [False, True]
    assert picture.startswith(b"\x89PNG")


def test_what_fails_there_is_raised_here() -> None:
    with Drawer() as drawer, pytest.raises(ValueError, match="zero-size"):
        drawer.draw(Distribution("d", "t", "x", "n", (), (), "fr"))


def test_drawings_are_made_only_a_little_ahead() -> None:
    made: list[int] = []

    def drawings() -> Iterator[Drawing]:
        for number in range(12):
            made.append(number)
            yield DRAWING

    with Drawer(workers=1) as drawer:
        drawn = drawer.draw_all(drawings())
        next(drawn)
        assert len(made) <= 4
        assert len(list(drawn)) == 11


def test_a_drawing_process_that_dies_is_replaced() -> None:
    with Drawer() as drawer:
        drawer.draw(DRAWING)
        for process in multiprocessing.active_children():
            os.kill(process.pid or 0, signal.SIGKILL)
        assert drawer.draw(DRAWING).startswith(b"<svg")


def test_the_drawing_process_ends_when_the_one_that_asked_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "asker.py"
    program.write_text(ASKER, encoding="utf-8")
    asking = subprocess.Popen(
        [sys.executable, program, "killed"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert asking.stdout is not None
    drawing = int(asking.stdout.readline())
    asking.kill()
    asking.communicate()
    end = os.pidfd_open(drawing) if Path(f"/proc/{drawing}").exists() else None
    if end is not None:
        ended, _, _ = select.select([end], [], [], 30)
        os.close(end)
        assert ended


def test_a_worker_that_drew_ends_when_its_work_does(tmp_path: Path) -> None:
    program = tmp_path / "asker.py"
    program.write_text(ASKER, encoding="utf-8")
    done = subprocess.run([sys.executable, program, "ended"], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "0"
